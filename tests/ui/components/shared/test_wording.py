"""A browser says an answer in the same words as the server."""

from __future__ import annotations

import numpy as np

from cnn_core.network.arithmetic import softmax
from tests.support.javascript import in_javascript
from ui.look.answer_change import answer_change, told_answer
from ui.look.wording import answer_in_words, percent, probability_in_words

MODULE = "ui/components/shared/wording.js"


def predictions(count: int) -> np.ndarray:
    """Probabilities of every kind, from torn to sure beyond what float32 can tell from 1."""
    rng = np.random.default_rng(5)
    sharpness = np.geomspace(0.3, 60, count)[:, np.newaxis]
    return softmax((rng.normal(size=(count, 10)) * sharpness).astype(np.float32))


def test_shares() -> None:
    """Next to nothing, next to everything, halves, and all between."""
    edges = [0.0, 1.0, 1e-9, 0.00049, 0.0005, 0.00051, 0.0625, 0.1875, 0.9994, 0.9995, 0.99999]
    shares = [*np.array(edges, np.float32).tolist(), *predictions(200).ravel().tolist()]
    found = in_javascript(MODULE, "percent", [[share] for share in shares])
    assert found == [percent(share) for share in shares]
    found = in_javascript(MODULE, "probabilityInWords", [[share] for share in shares])
    assert found == [probability_in_words(share) for share in shares]
    assert not [words for words in found if words.startswith(("0.0", "100"))]


def test_answers() -> None:
    """Sure, probably and torn."""
    each = predictions(300)
    found = in_javascript(MODULE, "answerInWords", [[one.tolist()] for one in each])
    assert found == [answer_in_words(one) for one in each]
    assert {words.split()[0] for words in found} == {"Probably", "The"}
    assert any("torn" in words for words in found)


def test_changes_of_an_answer() -> None:
    """The same digit as before, and another."""
    before, after = predictions(300), predictions(300)[::-1]
    pairs = list(zip(before, after, strict=True)) + [(one, one) for one in before[:20]]
    found = in_javascript(MODULE, "answerChange", [[a.tolist(), b.tolist()] for a, b in pairs])
    assert found == [answer_change(a, b) for a, b in pairs]
    assert len({words.split()[2] for words in found}) == 2


def test_what_became_of_an_answer() -> None:
    """Nothing changed, changed without effect, and changed; with and without words for the second."""
    one, other = predictions(2)
    for before, after, is_changed, same in (
        (one, one, False, ""),
        (one, other, False, "Same: "),
        (one, one, True, ""),
        (one, one, True, "Same: "),
        (one, other, True, "Same: "),
    ):
        given = [before.tolist(), after.tolist(), is_changed, "Unchanged: ", same]
        assert in_javascript(MODULE, "toldAnswer", [given]) == [
            told_answer(before, after, is_changed=is_changed, unchanged="Unchanged: ", same=same)
        ]
