"""The line and the bands of two digits' likeness, and what is said of them."""

from __future__ import annotations

import numpy as np
import pytest

from cnn_core.findings.alike import LayerOfTwo, Pairs, side_by_side
from cnn_core.network.architecture import BASELINE
from tests.support.networks import random_network
from tests.support.seen import plain, plotted
from ui.look.colors import ACCENT
from ui.why.alike import (
    ONE_CLASS,
    likeness_figure,
    likeness_in_words,
    parting_in_words,
    table_of_likeness,
)

NAMES = ["pixels", "conv1", "pool1", "conv2", "pool2", "conv3", "pool3", "dense", "output"]


@pytest.fixture(scope="module")
def layers() -> dict[str, LayerOfTwo]:
    """Two digits of noise in a random network."""
    images = np.random.default_rng(0).integers(0, 256, (2, 28, 28), np.uint8)
    outputs = random_network(BASELINE).activations(images)
    one, other = ({name: values[at] for name, values in outputs.items()} for at in (0, 1))
    return side_by_side(BASELINE, one, other)


def spread(one: tuple[float, float], two: tuple[float, float]) -> Pairs:
    """Pairs of one class and of two, each spread evenly between two ends."""
    one_class, two_classes = (np.linspace(*ends, 101, dtype=np.float32) for ends in (one, two))
    return Pairs(one_class, two_classes, 0.75)


def test_figure(layers: dict[str, LayerOfTwo]) -> None:
    """The line is this pair's; each band goes from the 10th to the 90th percentile of its own pairs."""
    pairs = {name: spread((at, at + 1), (at + 2, at + 3)) for at, name in enumerate(layers)}
    figure = likeness_figure(layers, pairs).to_dict()
    low, high, low_two, high_two, line = figure["data"]
    for part in figure["data"]:
        assert list(part["x"]) == NAMES
    steps = np.arange(len(NAMES))
    for part, expected in ((low, 0.1), (high, 0.9), (low_two, 2.1), (high_two, 2.9)):
        np.testing.assert_allclose(plotted(part["y"]), steps + expected, rtol=1e-6)
    assert (high["name"], high["line"]["color"]) == ("80 % of pairs of one class", ONE_CLASS)
    assert high["fill"] == high_two["fill"] == "tonexty"
    assert line["line"]["color"] == ACCENT
    np.testing.assert_allclose(plotted(line["y"]), [two.alike for two in layers.values()])
    assert len(likeness_figure(layers, None).data) == 1


def test_words(layers: dict[str, LayerOfTwo]) -> None:
    """Each layer with its number, and where the two part."""
    alike = [two.alike for two in layers.values()]
    assert likeness_in_words(layers) == (
        "Cosine similarity of the two digits, layer by layer: "
        + ", ".join(f"{name} {each:.2f}" for name, each in zip(NAMES, alike, strict=True))
    )
    like_one, like_two, either = (
        spread(*ends) for ends in (((-1, 0), (-1, 0)), ((1, 2), (1, 2)), ((-9, 9), (-9, 9)))
    )

    def said(*kinds: Pairs) -> str:
        return parting_in_words(
            layers, {name: kinds[min(at, len(kinds) - 1)] for at, name in enumerate(layers)}
        )

    more, less = (
        "more alike than nine of ten pairs of two different digits.",
        "less alike than nine of ten pairs of one digit.",
    )
    assert said(like_one) == f"In every layer, from the pixels on, these two are {more}"
    assert said(either, like_two) == (
        f"By their pixels they could be either. **From `conv1` on** they are {less}"
    )
    assert said(*[like_one] * 8, like_two) == (
        f"By their pixels they are {more} **Only in the output** they are {less}"
    )
    assert said(either).startswith("Up to the last layer these two are as alike as many pairs of")


def test_table(layers: dict[str, LayerOfTwo]) -> None:
    """Of each layer the pair, the middle of one class, of two, and how well both are told apart."""
    pairs = {name: spread((0.5, 1), (0, 0.5)) for name in layers}
    rows = plain(table_of_likeness(layers, pairs)).splitlines()[2:]
    assert len(rows) == len(NAMES)
    alike = layers["conv2"].alike
    assert rows[3] == f"| `conv2` | {alike:.2f} | 0.55 to 0.95 | 0.05 to 0.45 | 75.0 % |"


def test_what_has_no_number(layers: dict[str, LayerOfTwo]) -> None:
    """A layer that is 0 for one of the two, and a network in which a layer is 0 for all."""
    dark = LayerOfTwo(layers["dense"].layer, layers["dense"].first, 0 * layers["dense"].second)
    nothing = np.full(101, np.nan, np.float32)
    pairs = {"dense": Pairs(nothing, nothing, float("nan"))}
    assert likeness_in_words({"dense": dark}).endswith("dense no number")
    assert likeness_figure({"dense": dark}, pairs).data[-1].y == (None,)
    assert table_of_likeness({"dense": dark}, pairs).endswith("| `dense` | no number | – | – | – |")
