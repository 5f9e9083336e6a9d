"""What is said and drawn of a digit with parts of it covered, in probabilities and in logits."""

from __future__ import annotations

import numpy as np
import pytest

from cnn_core.findings.attribution import Measure, Occlusion
from tests.support.seen import Picture, alone, pictures, plain, words
from ui.why.covering import Covering, judge_part, part_field, show_drops, show_lowest
from ui.why.evidence import evidence_picture
from ui.why.parts import Parts, Thirds

PARTS = Parts(Thirds(4, 22), Thirds(4, 22))
PLACES = tuple(range(0, 25, 4))


def covering(
    measure: Measure = "probability", lowest: float = -2.0, patch: int = 4, step: int = 1
) -> Covering:
    """The logit of the 4 is 5, and `lowest` with a square on rows 16 to 19, columns 4 to 7."""
    image = np.zeros((28, 28), np.uint8)
    image[4:22, 4:22] = 200
    places = PLACES[::step]
    logits = np.zeros((len(places), len(places), 10), np.float32)
    logits[..., 4] = 5
    whole = logits[0, 0].copy()
    if step == 1:
        logits[4, 1, 4] = lowest
        logits[1, 4, 4] = max(4, lowest)
    return Covering(image, 4, Occlusion(patch, places, whole, logits), measure)


def share(logit: float) -> str:
    """The probability of one logit among nine of 0."""
    return f"{np.exp(logit) / (np.exp(logit) + 9):.1%}".replace("%", " %")


def test_a_guess_is_judged() -> None:
    """Right, wrong with what is left there, none; and where the square takes next to nothing."""
    at = covering()
    worst = f"ost is taken at the bottom left: {share(-2)} is left."
    app = alone(lambda: judge_part(6, at, PARTS))
    assert plain(app.success[0].value) == f"Yes, m{worst}"
    # The square whose middle is nearest to row 7, column 19.
    app = alone(lambda: judge_part(2, at, PARTS))
    assert plain(app.error[0].value) == f"Not at the top right: there {share(4)} is left. M{worst}"
    app = alone(lambda: judge_part(None, covering("logit"), PARTS))
    assert app.info[0].value == "Most is taken at the bottom left: −2.00 is left."
    app = alone(lambda: judge_part(6, covering(lowest=4.95), PARTS))
    assert plain(app.info[0].value) == (
        f"Nowhere much: of {share(5)} the square leaves {share(4.95)} even where it takes most."
    )


def test_a_forged_answer_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever stands under the key, a part or nothing is taken for the answer."""
    app = alone(lambda: part_field("part"), {"part": "no part"})
    assert app.session_state["part"] == 0
    app = alone(lambda: part_field("part"), {"part": None})
    assert app.session_state["part"] is None


def drawn(at: Covering, monkeypatch: pytest.MonkeyPatch) -> tuple[Picture, str]:
    """The map of drops, and all that is said beside it."""
    shown = pictures(monkeypatch)
    said = words(alone(lambda: show_drops(at)))
    return shown[0], said


@pytest.mark.parametrize(
    ("measure", "scale"), [("probability", None), ("logit", None), ("probability", 0.01)]
)
def test_the_scale_of_a_map_is_never_next_to_nothing(
    monkeypatch: pytest.MonkeyPatch, measure: Measure, scale: float | None
) -> None:
    """Its largest value, in the measure; a hundredth where even that is less, and it says so."""
    at = covering(measure, lowest=-2.0 if scale is None else 4.995)
    drops = at.found.drops(measure)[..., 4]
    assert (drops.max() < 0.01) == (scale is not None)
    picture, said = drawn(at, monkeypatch)
    largest = float(np.abs(drops).max()) if scale is None else scale
    np.testing.assert_array_equal(
        picture.pixels[::2, ::2], evidence_picture(drops, at.image, largest)
    )
    assert f"from −{largest:.3f} (orange" in str(picture.caption)
    assert f"Mean drop of the {measure} of the 4" in str(picture.caption)
    assert ("so its colours are faint" in said) == (scale is not None)
    assert "Striped" not in str(picture.caption)


def test_what_no_square_covers_is_striped(monkeypatch: pytest.MonkeyPatch) -> None:
    """And counted: of rows and columns 0 to 3, 8 to 11 and so on, four in eight are covered."""
    at = covering(step=2)
    never = at.found.never_covered
    picture, _ = drawn(at, monkeypatch)
    assert f"Striped: {never.sum()} pixels that the square never covers" in str(picture.caption)
    assert never.sum() == 784 - 16 * 16
    transparent = picture.pixels[::2, ::2][..., 3].reshape(28, 14, 28, 14).min(axis=(1, 3)) == 0
    outlined = (at.image > 0) & never
    np.testing.assert_array_equal(transparent | outlined, never)


def test_the_place_where_least_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its rows and columns, what is left there, and what the network then reads."""
    shown = pictures(monkeypatch)
    alone(lambda: show_lowest(covering("logit")))
    (picture,) = shown
    assert picture.alt == "The digit with rows 16 to 19, columns 4 to 7 covered"
    assert picture.caption == (
        "Covered here, the 4 has its lowest logit: −2.00. The network then reads a 0"
    )
