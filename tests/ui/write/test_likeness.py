"""How far a picture is from digits, and how often that is right, in the figures that were measured."""

from __future__ import annotations

import numpy as np
import pytest

from cnn_core.data.dataset import Mnist
from cnn_core.findings.neighbours import features
from cnn_core.findings.unlikely import METHODS, OWN_DIGITS
from cnn_core.store.store import model_folder, open_model
from tests.support.likeness import NETWORK, measure
from tests.support.seen import alone, charts, plain, plotted, words
from ui.write import likeness
from ui.write.likeness import (
    note_if_unlikely,
    show_likeness,
)

MODEL = open_model(model_folder("improved"))


@pytest.mark.parametrize(("threshold", "is_beyond"), [(0.01, True), (1.99, False)])
def test_what_is_said(
    mnist: Mnist, monkeypatch: pytest.MonkeyPatch, threshold: float, is_beyond: bool
) -> None:
    """Beyond the threshold a note, below it none; in detail the same distance."""
    found = measure(threshold)
    monkeypatch.setattr(likeness, "unlikely", lambda _: found)
    image = mnist.test.images[42]
    distance = likeness.distance_of(found, NETWORK, image)

    note = words(alone(lambda: note_if_unlikely(MODEL, features(NETWORK, image[np.newaxis])[0])))
    assert bool(note) == is_beyond
    if is_beyond:
        assert (
            f"nearest of {len(found.bank)} training digits is {distance:.2f}; "
            f"{100 * (found.test <= 0.01).mean():.1f} % of the test digits stay below 0.01."
        ) in note

    app = alone(lambda: show_likeness(MODEL, NETWORK, image))
    said = words(app)
    where = "beyond the threshold of 0.010: **to" if is_beyond else "below the threshold of 1.990:"
    assert f"Its distance is **{distance:.3f}**, {where}" in said
    assert "where 1 % of the 6,000 digits that were held out" in said
    beyond = found.others[OWN_DIGITS] > threshold
    assert f"the way the letters below are, {100 * beyond.mean():.1f} % are." in said
    (chart,) = charts(app)
    assert chart["layout"]["shapes"][1]["x0"] == pytest.approx(distance)
    assert plotted(chart["data"][0]["y"]).sum() == pytest.approx(1)
    methods = app.table[1].value
    assert methods["Measure"].tolist() == list(METHODS.values())
    assert [plain(text) for text in methods["Scribbles"]] == [
        "11.0 %",
        "21.0 %",
        "31.0 %",
        "41.0 %",
    ]
    assert [plain(text) for text in methods["Mean"]] == ["12.0 %", "22.0 %", "32.0 %", "42.0 %"]


def test_the_distance_is_to_the_nearest(mnist: Mnist) -> None:
    """Of unit vectors, the root of two minus twice the cosine."""
    found = measure()
    image = mnist.test.images[42]
    values = NETWORK.activations(image[np.newaxis])["dropout"][0].astype(float)
    cosine = values[0] / np.linalg.norm(values)
    assert likeness.distance_of(found, NETWORK, image) == pytest.approx(
        np.sqrt(2 - 2 * cosine), abs=1e-3
    )
