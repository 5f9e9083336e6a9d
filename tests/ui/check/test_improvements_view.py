"""What is said of the steps is what their seeds show, and no more."""

from __future__ import annotations

import numpy as np
import pytest

from cnn_core.data.dataset import Mnist
from cnn_core.data.digit import mnist_digit
from cnn_core.recipe.improvements import Improvement
from tests.support.seen import alone, charts, components, plain, words
from ui.check import improvements_view
from ui.check.improvements_view import one_improvement, show_improvements, what_is_proven


def test_each_step_is_told_by_its_seeds() -> None:
    """Clear of the ones before, overlapping, worse, or not known yet; and from end to end."""
    improvements = [
        Improvement("baseline", None, (0.980, 0.981, 0.982)),
        Improvement("same-padding", "baseline", (0.983, 0.984, 0.985)),
        Improvement("augmentation", "same-padding", (0.985, 0.986, 0.990)),
        Improvement("cosine-decay", "augmentation", (0.970, 0.971, 0.972)),
        Improvement("improved", "cosine-decay", (0.995,)),
    ]

    text = what_is_proven(improvements)

    assert "**Every seed better than every seed before**: Same padding." in text
    assert "**Seeds overlap with those before, so no help is shown**: Augmentation." in text
    assert "**Every seed worse than every seed before**: Cosine decay." in text
    assert "**Not all seeds trained yet**: Improved." in text
    assert "All the way: not all 3 seeds are trained" in text
    # Two of the twenty ways to deal six results to two steps keep them apart.
    assert "above or below, 10 % of the time" in plain(text)
    # Of the three steps that can be judged, at least one: 1 − 0.9³.
    assert "of 3 such steps at least one would, 27 % of the time, were they" in plain(text)

    assert "the worst seed of Same padding beats the best of Baseline" in what_is_proven(
        improvements[:2]
    )


def test_the_table_has_a_row_for_each_step() -> None:
    """Seeds in their order, the mean and its errors where all are known, parameters, epochs."""
    improvements = [
        Improvement("baseline", None, (0.982, 0.98, 0.981)),
        Improvement("same-padding", "baseline", (0.985, 0.984, 0.983)),
        Improvement("improved", "same-padding", (0.995,)),
    ]

    app = alone(lambda: show_improvements(improvements))

    table = app.table[0].value
    assert [plain(text) for text in table["Accuracy"]] == [
        "Mean **98.10 %**, 190 errors in 10,000. Seeds: 98.20, 98.00, 98.10 %",
        "Mean **98.40 %**, 160 errors in 10,000. Seeds: 98.50, 98.40, 98.30 %",
        "Seeds: 99.50 %",
    ]
    assert list(table["Seeds against those before"]) == [
        "",
        "every seed better",
        "too few seeds yet",
    ]
    sizes = [text.rpartition(". ")[2] for text in table["Step, and what it changes"]]
    assert sizes == [
        "32,906 parameters, 10 epochs",
        "98,442 parameters, 10 epochs",
        "98,442 parameters, 50 epochs",
    ]
    assert table["Step, and what it changes"][1].startswith("**Same padding**: ")
    assert "the worst seed of Same padding beats the best of Baseline" not in words(app)
    assert "Not trained yet, and so not shown: Augmentation, " in words(app)
    assert plain(app.get("plotly_chart")[0].proto.alt) == (
        "Test accuracy of each seed: Baseline 98.20, 98.00, 98.10 %; Same padding 98.50, 98.40, "
        "98.30 %; Improved 99.50 %"
    )
    assert len(charts(app)[0]["data"][1]["x"]) == 7


def test_a_step_fixes_some_digits_and_breaks_others(
    mnist: Mnist, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What only the new network reads is fixed, what only the old one reads is broken."""
    labels = mnist.test.labels
    right, other = (
        np.eye(10, dtype=np.float32)[labels],
        np.eye(10, dtype=np.float32)[(labels + 1) % 10],
    )
    old, new = right.copy(), right.copy()
    old[[3, 5, 8, 9]] = other[[3, 5, 8, 9]]
    new[[9, 20, 21]] = other[[9, 20, 21]]
    stored = {"baseline": old, "same-padding": new}
    monkeypatch.setattr(improvements_view, "test_probabilities", stored.get)
    session = {"digit": mnist_digit(mnist, "test", 0), "model": "improved", "step": "same-padding"}

    app = alone(one_improvement, session)

    said = words(app)
    assert (
        "Same padding reads **3 digits** right that Baseline misreads, and misreads **2 digits** "
        "that Baseline reads right."
    ) in said
    fixed, broken = components(app, "captions")
    assert fixed["names"] == ["test-3", "test-5", "test-8"]
    assert broken["names"] == ["test-20", "test-21"]
    assert plain(fixed["captions"][0]) == f"{labels[3]} → {(labels[3] + 1) % 10}, > 99 %"
    assert plain(broken["captions"][0]) == f"{labels[20]} → {(labels[20] + 1) % 10}, > 99 %"
    # Five tosses, two and three: no proof of anything.
    assert "this much 100 % of the time (McNemar's exact test): no proof" in said
    assert "Of all settings it changes these: padding valid → same. What it gave: " in said
