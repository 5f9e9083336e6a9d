"""What is said of the steps is what their seeds show, and no more."""

from __future__ import annotations

from cnn_core.recipe.improvements import Improvement
from ui.check.improvements_view import what_is_proven


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
    assert "10\N{NO-BREAK SPACE}% of the time" in text

    assert "the worst seed of Same padding beats the best of Baseline" in what_is_proven(
        improvements[:2]
    )
