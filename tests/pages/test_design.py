"""The page of design choices: a guess first, then what was measured, then one's own digit."""

from __future__ import annotations

import pytest

from cnn_core.data.dataset import Mnist
from cnn_core.findings.variant_results import load_measured, mean
from cnn_core.recipe.variants import VARIANTS
from tests.support.pages import OpenPage, all_text, set_value, takeaway_of
from tests.support.seen import pictures
from ui.check.variants_try import everywhere
from ui.look.wording import percent


def test_guess_then_look_then_move(
    open_page: OpenPage, mnist: Mnist, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is given away before the guess; then it is judged, and all is shown and moves."""
    app = open_page("design", digit="test-7")
    assert not app.get("plotly_chart")
    assert "Take this with you" not in all_text(app)
    found = load_measured(mnist.test.class_counts())
    moved = {
        name: mean(each.moved_accuracies)
        for name, each in found.items()
        if name != "same-padding-blackened"
    }
    fewest = VARIANTS[min(moved, key=lambda name: moved[name])].title
    for name in moved:
        assert f"- **{VARIANTS[name].title}**: {VARIANTS[name].change}" in all_text(app)
    set_value(app, "variants-guess", "One block").run()
    assert not app.exception
    assert app.error[0].value.startswith(f"No: {fewest.lower()}.")
    set_value(app, "variants-guess", fewest).run()
    assert app.success[0].value.startswith("Yes.")

    assert len(app.get("plotly_chart")) == 3
    assert len(app.table[0].value) == len(moved)
    wide, reference = found["dense-wide"], found["baseline"]
    assert percent(mean(wide.accuracies)) in takeaway_of(app)
    assert percent(mean(reference.moved_accuracies)) in takeaway_of(app)

    shown = pictures(monkeypatch)
    app.slider(key="variants-down").set_value(-4).run()
    assert not app.exception
    here = everywhere("dense-wide", "test-7")[0, 4]
    captions = [str(picture.caption) for picture in shown]
    (caption,) = (each for each in captions if each.startswith("**128 dense units**"))
    assert f"{here.argmax()} ({percent(float(here.max()))}) moved" in caption
    assert any("moved 4 pixels up" in each for each in captions)
