"""How many digits survive noise on the weights is drawn and told as it was counted."""

from __future__ import annotations

import numpy as np
import pytest

from cnn_core.findings.weight_noise import ALL, SEEDS, STRENGTHS, Survival
from tests.support.seen import alone, charts, components, plain, plotted
from ui.look.colors import ACCENT, NEUTRAL
from ui.why import damage
from ui.why.damage import STRENGTH, layer_in_words, survival_in_words
from ui.why.damage_figure import survival_figure

SHAPE = (len(STRENGTHS), len(SEEDS))


@pytest.fixture
def found() -> Survival:
    """Counts of 1,000 digits that are all different: by layer, strength and seed."""
    fewer = 60 * np.arange(SHAPE[0])[:, np.newaxis] + 7 * np.arange(SHAPE[1])
    right = {
        layer: 900 - fewer * (place + 1) // 3 for place, layer in enumerate((ALL, "conv1", "dense"))
    }
    for counts in right.values():
        counts[0] = 990
    return Survival(right, 1000)


def test_lines_and_band(found: Survival) -> None:
    """Each line is the mean over the seeds at its strength; the band is that of the chosen layer."""
    figure = survival_figure(found, "conv1", 0.7)
    band, *lines = figure.data
    assert [line.name for line in lines] == ["All layers", "conv1", "dense"]
    for line, layer in zip(lines, (ALL, "conv1", "dense"), strict=True):
        assert tuple(line.x) == STRENGTHS
        np.testing.assert_allclose(line.y, found.right[layer].mean(axis=1) / 1000)
        assert line.line.color == (ACCENT if layer == "conv1" else NEUTRAL)
    counts = found.right["conv1"] / 1000
    count = len(STRENGTHS)
    assert tuple(band.x) == (*STRENGTHS, *STRENGTHS[::-1])
    np.testing.assert_allclose(band.y[:count], counts.max(axis=1))
    np.testing.assert_allclose(band.y[count:][::-1], counts.min(axis=1))
    mean, least, most = (plain(text) for text in lines[1].customdata[5])
    assert [mean, least, most] == [
        f"{100 * value:.1f} %" for value in (counts[5].mean(), counts[5].min(), counts[5].max())
    ]
    assert figure.layout.shapes[0].x0 == 0.7


def test_what_is_not_counted_yet_is_not_drawn(found: Survival) -> None:
    """A line ends where a seed is missing; a layer without any has no line."""
    found.right["conv1"][3, 4] = -1
    found.right["dense"][:] = -1
    _, *lines = survival_figure(found, ALL, 0).data
    assert [(line.name, len(line.x)) for line in lines] == [
        ("All layers", len(STRENGTHS)),
        ("conv1", 3),
    ]


def test_words(found: Survival) -> None:
    """Without noise, and at strength 1: the mean over the seeds, the worst and the best."""
    left = found.right["dense"][STRENGTHS.index(1.0)] / 10
    assert plain(survival_in_words(found, "dense")) == (
        "Without noise 99.0 % of the digits are read right; with noise of strength 1 on dense "
        f"**{left.mean():.1f} %**, on average over {len(SEEDS)} seeds: from {left.min():.1f} % to "
        f"{left.max():.1f} %, as the noise falls."
    )
    assert "on all layers" in survival_in_words(found, ALL)
    assert layer_in_words(ALL) == "All layers"


def test_the_slider_reaches_what_is_measured() -> None:
    """Every strength that was measured is one of the slider's."""
    assert all(STRENGTH.nearest(strength) == strength for strength in STRENGTHS)
    assert STRENGTH.most == STRENGTHS[-1]


def test_shown_so_far(found: Survival) -> None:
    """While it is measured the chart is there, and no sentence about what is not known yet."""
    found.right["dense"][-1] = -1
    app = alone(lambda: damage._show(found, "dense", 0.5))
    (chart,) = charts(app)
    assert plotted(chart["data"][0]["x"]).size == 2 * (len(STRENGTHS) - 1)
    assert not app.markdown
    assert "1,000 test digits, every fifth" in plain(app.caption[0].value)
    assert not components(app, "shares")
