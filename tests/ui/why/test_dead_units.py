"""What is told of units that never respond is what was counted, and what their weights did."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from cnn_core.findings.compared import COMPARED
from cnn_core.findings.units import UnitsOfLayer, load_units
from cnn_core.store.moment import Moment
from cnn_core.store.store import BUNDLED_ROOT, StoredModel, open_model
from tests.support.seen import alone, plain, plotted, words
from ui.look.colors import ACCENT
from ui.look.wording import number
from ui.why.dead_units import (
    dead_in_words,
    dead_maps_in_words,
    life_figure,
    life_in_words,
    show_dead_unit,
)


@pytest.fixture(scope="module")
def models() -> dict[str, StoredModel]:
    return {name: open_model(BUNDLED_ROOT / name) for name in COMPARED}


@pytest.fixture(scope="module")
def bundled(models: dict[str, StoredModel]) -> dict[str, dict[str, UnitsOfLayer]]:
    return load_units(models)


@pytest.mark.parametrize("name", COMPARED)
def test_counts_by_layer_and_since_when(
    models: dict[str, StoredModel], bundled: dict[str, dict[str, UnitsOfLayer]], name: str
) -> None:
    """Each layer with how many are dead; how many never lived, and how many fell silent at once."""
    survey = bundled[name]
    said = dead_in_words(survey, [*models[name].checkpoints()])
    for layer, found in survey.items():
        thing = "units" if layer == "dense" else "maps"
        silent = int((found.responding.sum(axis=1) + found.responding_test.sum(axis=1) == 0).sum())
        assert f"**{silent} of {len(found.mean)} {thing}** of {layer}" in said
    lives = [found.alive[:, unit] > 0 for found in survey.values() for unit in found.dead]
    never = sum(not life.any() for life in lives)
    early = sum(bool(life[0] and not life[1:].any()) for life in lives)
    assert f"Of these {len(lives)}, as the first 10,000 training digits show, {never} never" in said
    assert f"{early} fell silent within 10 batches" in said


def test_maps_that_are_silent_for_all() -> None:
    """One, several, none."""
    assert dead_maps_in_words([]) == ""
    assert dead_maps_in_words([5]).startswith(" Map 5 is silent for all 70,000 digits")
    assert dead_maps_in_words([5, 9, 30]).startswith(" Maps 5, 9 and 30 are silent for all")


def test_the_life_of_a_unit(
    models: dict[str, StoredModel], bundled: dict[str, dict[str, UnitsOfLayer]]
) -> None:
    """Its largest sum moment by moment, in accent where it responds, and a line at 0."""
    found, moments = bundled["baseline"]["conv3"], [*models["baseline"].checkpoints()]
    figure = life_figure(found, 30, moments).to_dict()
    (line,) = figure["data"]
    np.testing.assert_allclose(plotted(line["y"]), found.largest_sums[:, 30])
    assert line["x"][0] == "before training"
    assert line["x"][-1] == "epoch 10"
    assert [colour == ACCENT for colour in line["marker"]["color"]] == (
        found.alive[:, 30] > 0
    ).tolist()
    assert [each["y0"] for each in figure["layout"]["shapes"]] == [0]


def told(model: StoredModel, found: UnitsOfLayer, layer: str, unit: int) -> str:
    """In a session, as checkpoints are kept there."""
    said: list[str] = []
    alone(lambda: said.append(life_in_words(model, found, layer, unit)))
    return plain(said[0])


def test_a_choice_that_is_none(
    models: dict[str, StoredModel], bundled: dict[str, dict[str, UnitsOfLayer]]
) -> None:
    """Whoever claims to have chosen a living map is shown the first dead one."""
    state = {"dead-unit-baseline": "map 0 of conv1"}
    app = alone(lambda: show_dead_unit(models["baseline"], bundled["baseline"]), state)
    assert app.selectbox[0].value == "map 25 of conv2"
    assert "Not one of its 145" in words(app)


@pytest.mark.parametrize(
    ("name", "layer", "unit", "expected"),
    [
        ("baseline", "conv3", 30, "Not one of its 289 weights and biases has moved since."),
        ("baseline", "conv3", 62, "That was the end of the training"),
        ("baseline", "conv3", 11, "weights and biases have moved since. Adam goes on"),
        ("improved", "dense", 35, "shrunk by the same factor, to 76 %"),
        ("improved", "dense", 55, "such as those that augmentation had moved or turned"),
        ("improved", "dense", 69, "At every moment that was kept it was silent."),
    ],
)
def test_what_became_of_its_weights(
    models: dict[str, StoredModel],
    bundled: dict[str, dict[str, UnitsOfLayer]],
    name: str,
    layer: str,
    unit: int,
    expected: str,
) -> None:
    """Unmoved, shrunk by decay alone, or moved: each as the kept moments have it."""
    found = bundled[name][layer]
    said = told(models[name], found, layer, unit)
    assert expected in said
    assert f"Before training {int(found.alive[0, unit]):,} digit" in said
    kept = models[name].checkpoints()
    moments, networks = [*kept], [*kept.values()]
    silent = found.silent_from(unit)
    assert silent is not None
    if silent:
        sums = [number(float(value), 3) for value in found.largest_sums[:, unit]]
        assert f"{moments[silent].title} {sums[silent]}. From then on it was silent." in said
    before, after = (
        np.append(network.weights[layer].kernel[..., unit], network.weights[layer].bias[unit])
        for network in (networks[silent], networks[-1])
    )
    moved = int((before != after).sum())
    if "Adam" in expected or "augmentation" in expected:
        assert f"Even so {moved} of its {len(before)}" in said
    if "shrunk" in expected:
        ratios: Any = after / before
        assert ratios.std() < 1e-3
        assert f"to {100 * ratios.mean():.0f} %" in said
    if "Not one" in expected:
        assert moved == 0
        assert silent < len(networks) - 1


def test_a_layer_in_which_all_live(bundled: dict[str, dict[str, UnitsOfLayer]]) -> None:
    """Then there is nothing to explain."""
    said = dead_in_words({"conv1": bundled["improved"]["conv1"]}, [Moment(0, 0), Moment(1, 10)])
    assert said.endswith("a response from **0 of 16 maps** of conv1.")
