"""To how many digits units answer: the guess at it, the figure, and the sentence beside it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from tests.support.seen import alone, plain, plotted
from ui.look.colors import ACCENT
from ui.why.answered_classes import (
    classes_figure,
    classes_in_words,
    digits_field,
    judge_digits,
    medians_in_words,
)


def layer(*classes: int, dead: int = 0) -> Any:
    """A layer whose live units answer to so many digits each."""
    return SimpleNamespace(
        classes_of_live_units=np.array(classes, int), mean=np.zeros((len(classes) + dead, 10))
    )


@pytest.mark.parametrize(
    ("guessed", "answered", "kind", "said"),
    [
        (None, [3, 5, 7], "info", "It answers to the 3, 5 and 7."),
        ([3, 5, 7], [3, 5, 7], "success", "Yes. It answers to the 3, 5 and 7."),
        ([3, 4], [3, 5, 7], "error", "It answers to the 3, 5 and 7. You named 1 of 3, and 1 to which it "
         "does not answer."),
        ([5], [5, 7], "error", "It answers to the 5 and 7. You named 1 of 2."),
        (None, [8], "info", "It answers to the 8 alone."),
        (None, list(range(10)), "info", "It answers to all ten digits."),
        (None, [], "info", "It answers to none: it never responds to any digit."),
        ([2], [], "error", "It answers to none: it never responds to any digit."),
    ],
)  # fmt: skip
def test_a_guess_is_judged(
    guessed: list[int] | None, answered: list[int], kind: str, said: str
) -> None:
    """What is right is always said, and what was found of it."""
    app = alone(lambda: judge_digits(guessed, answered))
    assert [each.value for each in getattr(app, kind)] == [said]


def test_a_field_for_any_digits() -> None:
    """Sorted, nothing at first; whatever a browser claims to have chosen is left out."""
    seen: list[Any] = []
    for state in ({}, {"f": [7, 2]}, {"f": "nonsense"}, {"f": [11, 2]}, {"f": None}):
        alone(lambda: seen.append(digits_field("f")), state)
    assert seen == [None, [2, 7], None, None, None]


def test_shares_of_live_units_by_layer() -> None:
    """A bar for each number of digits, the median as a line, layer by layer from above."""
    layers = {"conv1": layer(10, 10, 9), "dense": layer(1, 2, 2, 4, dead=3)}
    figure = classes_figure(layers).to_dict()
    first, second = figure["data"]
    np.testing.assert_allclose(plotted(first["y"]), [0] * 8 + [1 / 3, 2 / 3])
    np.testing.assert_allclose(plotted(second["y"]), [0.25, 0.5, 0, 0.25] + [0] * 6)
    assert list(first["x"]) == list(range(1, 11))
    assert [line["x0"] for line in figure["layout"]["shapes"]] == [10, 2]
    assert {line["line"]["color"] for line in figure["layout"]["shapes"]} == {ACCENT}
    assert [title["text"] for title in figure["layout"]["annotations"]] == ["conv1", "dense"]
    assert plain(classes_in_words(layers)) == (
        "- **conv1**: 10 of 10 digits; to one digit alone answer 0 of 3 (0 %).\n"
        "- **dense**: 2 of 10 digits; to one digit alone answer 1 of 4 (25 %)."
    )


def test_a_layer_without_a_live_unit() -> None:
    """Is said, and has no bar and no line."""
    layers = {"conv1": layer(3, 4), "conv2": layer(dead=5)}
    assert "- **conv1**: 3.5 of 10 digits" in classes_in_words(layers)
    assert "- **conv2**: none of its 5 ever responds." in classes_in_words(layers)
    figure = classes_figure(layers).to_dict()
    assert not plotted(figure["data"][1]["y"]).any()
    assert len(figure["layout"]["shapes"]) == 1


def test_what_medians_do() -> None:
    """Whether they only fall is looked at, not taken for granted."""
    falling = medians_in_words({"a": layer(10), "b": layer(10), "c": layer(2, 3)})
    assert falling == "So from layer to layer the median never rises, and from 10 it falls to 2.5."
    for classes in ((10, 4, 5), (4, 4)):
        layers = {str(place): layer(one) for place, one in enumerate(classes)}
        assert "it does not fall from layer to layer" in medians_in_words(layers)
