"""What the test set says to maps that are off: each digit's share before and after."""

from __future__ import annotations

import time
from types import SimpleNamespace

import numpy as np
import pytest
import streamlit as st

from cnn_core.findings.ablation import Tally
from cnn_core.store.store import model_folder, open_model
from tests.support.seen import alone, components, plain
from ui.shared.background import Job
from ui.why import switched_off
from ui.why.switched_off import (
    accuracy_without_maps,
    complete_tally,
    count_off,
    maps_off,
    silent_maps_in_words,
    switch,
    switch_all,
)

MODEL = open_model(model_folder("baseline"))


def test_maps_are_switched_off_and_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """Some or all of a convolution; they are counted over all of them."""
    monkeypatch.setattr(st, "session_state", {})
    switch(MODEL, "conv2", {7, 5})
    switch(MODEL, "conv2", {5})
    assert maps_off(MODEL) == {"conv2": {5}}
    switch_all(MODEL, "conv1", on=False)
    assert maps_off(MODEL)["conv1"] == set(range(16))
    assert count_off(MODEL) == 17
    switch_all(MODEL, "conv2", on=True)
    assert count_off(MODEL) == 16


def test_every_digit_has_its_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """Share with all maps, share without these, and the difference in points."""
    read = np.full(10, 100)
    whole = Tally(read, np.array([100, 98, 97, 96, 95, 94, 93, 92, 91, 90]))
    less = np.array([100, 50, 98, 96, 0, 94, 93, 92, 91, 80])
    read_less = np.where(np.arange(10) == 8, 0, 100)
    found = Tally(read_less, np.where(np.arange(10) == 8, 0, less))
    monkeypatch.setattr(switched_off, "complete_tally", lambda _: whole)
    question = (MODEL.id, frozenset({("conv1", frozenset({3}))}))
    job: Job[Tally] = Job("accuracy-test", question, iter([(10_000, found)]), 10_000, 1)
    while job.is_running:
        time.sleep(0.01)

    app = alone(
        lambda: accuracy_without_maps(MODEL),
        {"maps-off": {MODEL.id: {"conv1": {3}, "conv2": set()}}, "accuracy-job": job},
    )

    (table,) = components(app, "terms")
    lines = {line["name"]: line for line in table["terms"]}
    assert list(lines) == list("012345679")  # No 8 was read.
    assert [plain(text) for text in lines["1"]["factors"]] == ["98.0 %", "50.0 %"]
    assert lines["1"]["text"] == "−48.0 points"
    assert lines["1"]["value"] == pytest.approx(-0.48)
    assert lines["2"]["text"] == "+1.0 points"
    assert lines["3"]["text"] == "0.0 points"
    assert [plain(text) for text in lines["9"]["factors"]] == ["90.0 %", "80.0 %"]
    assert table["heads"] == ["Written digit", "All maps", "Without them", "Change"]
    (total,) = table["sums"]
    # 946 of 1,000 before; 703 of 900 after.
    assert plain(total["name"]) == "All digits: 94.60 % with all maps, 78.11 % without these"
    assert total["text"] == "−16.49 points"


def test_the_whole_network_is_tallied_by_its_stored_answers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Three digits of two classes."""
    model = SimpleNamespace(test_probabilities=lambda: np.eye(10)[[1, 1, 2]])
    split = SimpleNamespace(labels=np.array([1, 2, 2]))
    monkeypatch.setattr(switched_off, "models", lambda: {"x": model})
    monkeypatch.setattr(switched_off, "mnist", lambda: SimpleNamespace(test=split))
    complete_tally.clear()
    found = complete_tally("x")
    complete_tally.clear()
    assert found.read.tolist() == [0, 1, 2, *[0] * 7]
    assert found.correct.tolist() == [0, 1, 1, *[0] * 7]


def test_silent_maps_are_named() -> None:
    """None, one, or several, by number."""
    assert silent_maps_in_words([]).startswith("None of them is silent")
    assert silent_maps_in_words([7]).startswith("Silent, 0 everywhere, is map 7: off or on, it ")
    assert silent_maps_in_words([0, 12]).startswith("Silent, 0 everywhere, are maps 0, 12: off or")
