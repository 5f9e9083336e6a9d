"""The results in the README are those that come with the project."""

from __future__ import annotations

import re
from math import comb

import pytest

from cnn_core.findings.compared import COMPARED
from cnn_core.findings.robustness import DIALS, load_robustness
from cnn_core.recipe.bundled_trainings import IMPROVEMENTS, SEEDS
from cnn_core.recipe.improvements import Improvement, known_improvements, verdict
from cnn_core.store.store import model_folder, open_model
from tests.support.pages import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
# Lines are broken where they are long.
FLOWING = " ".join(README.split())
STEPS = {improvement.name: improvement for improvement in known_improvements()}


def row(name: str, columns: int) -> list[str]:
    """The cells of the line about a network in the table of so many columns."""
    lines = (
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in README.splitlines()
        if line.startswith("|")
    )
    return next(
        cells for cells in lines if len(cells) == columns and cells[0].startswith(f"`{name}`")
    )


@pytest.mark.parametrize("name", COMPARED)
def test_the_two_networks(name: str) -> None:
    """Parameters, seeds, mean and range; the conditions that the first cell names."""
    config, accuracies = IMPROVEMENTS[name].config, STEPS[name].accuracies
    shown = [f"{100 * accuracy:.2f}" for accuracy in accuracies]
    title, *cells = row(name, 5)
    assert cells == [
        f"{config.architecture.parameters:,}",
        f"{', '.join(shown)} %",
        f"{100 * STEPS[name].mean:.2f} %",
        f"{min(shown)} to {max(shown)} %",
    ]
    assert f"padding {config.architecture.padding}, {config.epochs} epochs" in title
    assert f"seeds {', '.join(map(str, SEEDS[:-1]))} and {SEEDS[-1]}" in FLOWING


@pytest.mark.parametrize("step", STEPS.values(), ids=lambda step: step.name)
def test_each_step(step: Improvement) -> None:
    """Its mean, and the settings that its line names."""
    *_, mean = row(step.name, 3)
    assert mean == f"{100 * step.mean:.2f} %"


def test_what_the_steps_change() -> None:
    """Shift, rotation, zoom and shear; the learning rate; the decay; parameters and values read."""
    config, moved = IMPROVEMENTS["improved"].config, IMPROVEMENTS["improved"].config.augmentation
    assert (
        f"shifted by up to {moved.shift:g} pixels, turned by up to {moved.rotation:g}°, zoomed by up to "
        f"{100 * moved.zoom:g} %, sheared by up to {moved.shear:g}"
    ) in row("augmentation", 3)[1]
    assert (
        f"batches of {config.batch_size}, a learning rate that begins at {config.learning_rate:g}"
        in row("larger-steps", 3)[1]
    )
    assert f"a weight decay of {config.weight_decay:g}" in row("weight-decay", 3)[1]
    assert f"{config.epochs} epochs instead of {IMPROVEMENTS['baseline'].config.epochs}" in FLOWING
    flat = [
        next(
            layer.output_shape[0]
            for layer in IMPROVEMENTS[name].config.architecture.layers()
            if layer.kind == "flatten"
        )
        for name in ("same-padding", "baseline")
    ]
    assert f"{flat[0]} values to read instead of {flat[1]}" in FLOWING
    parameters = [
        IMPROVEMENTS[name].config.architecture.parameters for name in ("improved", "baseline")
    ]
    assert round(parameters[0] / parameters[1]) == 3
    assert "three times the parameters" in FLOWING
    assert len(IMPROVEMENTS) - 1 == 6
    assert "Six trained steps from baseline to improved" in FLOWING


def test_which_steps_stand_apart() -> None:
    """Only two have every seed above every seed before; one gap by luck in six is no surprise."""
    apart = [
        name
        for name, step in STEPS.items()
        if step.before and verdict(STEPS[step.before].accuracies, step.accuracies) == "better"
    ]
    assert apart == ["same-padding", "cosine-decay"]
    assert (
        "Only same padding and cosine decay have every seed above every seed of the step before"
        in FLOWING
    )
    by_luck = 1 - (1 - 2 / comb(2 * len(SEEDS), len(SEEDS))) ** (len(STEPS) - 1)
    assert 0.4 < by_luck < 0.6
    # Of 6,000 digits.
    assert round(6_000 * (0.9952 - 0.9940)) == 7


def test_moved_digits_and_noise() -> None:
    """What each reads of digits moved by 4 pixels, of every fifth, and in strong noise, of all."""
    measured = load_robustness({name: open_model(model_folder(name)) for name in COMPARED})
    moved = {name: found.shifted(-4, -4) for name, found in measured.items()}
    noise = DIALS["noise"].values.index(96)
    noisy = {name: found.dials["noise"][noise] for name, found in measured.items()}
    assert {score.total for score in moved.values()} == {2_000}
    assert {score.total for score in noisy.values()} == {10_000}
    shares = [100 * moved[name].accuracy for name in ("improved", "baseline")]
    shares += [100 * noisy[name].accuracy for name in ("improved", "baseline")]
    said = re.search(
        r"of 2,000 test digits \(every fifth\), moved by 4 pixels up and to the left, `improved` still "
        r"reads ([\d.]+) % and `baseline` ([\d.]+) %, but of all 10,000 with strong noise \(standard "
        r"deviation 96 of 255\) `improved` reads ([\d.]+) % and `baseline` ([\d.]+) %\.",
        FLOWING,
    )
    assert said is not None
    assert [f"{share:.1f}" for share in shares] == list(said.groups())
