"""What a visitor carries from page to page, kept in the session and shown in the address.

The session is the truth; the address repeats it, so that a link shows the same digit and the same
model. Where the address was changed by hand, by a link or by the back button, it is followed.
"""

from __future__ import annotations

from collections import deque
from dataclasses import replace

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from cnn_core.data.digit import Digit, drawn_digit, parse_digit
from cnn_core.errors import StoreError
from cnn_core.store.store import StoredModel
from ui.look.wording import as_markdown
from ui.shared.resources import mnist, model, network, test_probabilities
from ui.visitor.address import Part, follow, write

DEFAULT_DIGIT = "test-42"
DEFAULT_MODEL = "improved"

_INSTEAD = "You see what was shown before, or a digit and a model to begin with."
# Where the session keeps the names of what was drawn in it, and the digit that a drawing replaced.
_OWN, _BEFORE = "own-drawings", "digit-before-drawing"
_WRITTEN = "written-last"
_OWN_KEPT = 200


def digit_named(name: str) -> Digit:
    """The digit of a name, which is this visitor's own where they drew it. Raises DigitNameError."""
    digit = parse_digit(name, mnist())
    is_own = digit.name in st.session_state.get(_OWN, ())
    return replace(digit, is_own=True) if is_own else digit


_DIGIT = Part("digit", "digit", digit_named, _INSTEAD, lambda digit: digit.name)
_MODEL = Part("model", "model", lambda name: model(name).id, _INSTEAD)


def current_digit() -> Digit:
    """The digit that every page shows."""
    digit: Digit = st.session_state["digit"]
    return digit


def current_model() -> StoredModel:
    """The trained model that every page uses."""
    try:
        return model(st.session_state["model"])
    except StoreError:
        # Somebody has deleted it since the page was opened: `follow_address` chooses another.
        st.rerun()


def choose_digit(digit: Digit) -> None:
    """Make a digit the current one everywhere."""
    _DIGIT.put(digit)
    write(_DIGIT)


def choose_digit_named(name: str) -> None:
    """Make a digit the current one everywhere, by its name. Raises DigitNameError."""
    choose_digit(digit_named(name))


def own_drawing(image: NDArray[np.uint8]) -> Digit:
    """What this visitor has drawn, uint8 (28, 28), as a digit; its link names it as theirs, too."""
    digit = drawn_digit(image, is_own=True)
    own = st.session_state.setdefault(_OWN, deque(maxlen=_OWN_KEPT))
    if digit.name not in own:
        own.append(digit.name)
    return digit


def make_current_once(digit: Digit) -> None:
    """Make what is being written the current digit; whoever then goes on to another one keeps that."""
    if st.session_state.get(_WRITTEN) != digit.name:
        st.session_state[_WRITTEN] = digit.name
        choose_written(digit)


def is_written_last(digit: Digit) -> bool:
    """Whether a digit is what was written last, and so still stands where it was written."""
    return bool(st.session_state.get(_WRITTEN) == digit.name)


def forget_written() -> None:
    """What was written last was cleared away."""
    st.session_state.pop(_WRITTEN, None)


def choose_written(digit: Digit) -> None:
    """Make what is being written the current digit everywhere, and keep the one before for a way back.

    In a fragment that is run by itself, as after a stroke, the address is left to the next whole run:
    a drawing is not worth an entry in the browser's history for each of its strokes.
    """
    before = current_digit()
    if not before.is_own and before.name != digit.name:
        st.session_state[_BEFORE] = before
    _DIGIT.put(digit)
    write(_DIGIT, only_in_whole_run=True)


def digit_before() -> Digit | None:
    """The digit that was current before the visitor's drawing; None where none is current."""
    before: Digit | None = st.session_state.get(_BEFORE)
    return before if current_digit().is_own else None


def go_back_to_digit_before() -> None:
    """Make the digit that was current before the drawing the current one again."""
    before = digit_before()
    if before is not None:
        choose_digit(before)


def choose_model(model_id: str) -> None:
    """Make a model the current one everywhere; for callbacks, before its selector is shown."""
    st.session_state["model"] = model_id


def follow_address() -> None:
    """Bring session and address together; call once a run, before either is asked for.

    An address that makes no sense is answered with what was there before, or the default, and a
    short notice.
    """
    follow(_DIGIT, _MODEL)
    if _DIGIT.value is None:
        _DIGIT.put(parse_digit(DEFAULT_DIGIT, mnist()))
    if _MODEL.value is None:
        _MODEL.put(DEFAULT_MODEL)
    _leave_lost_model()
    write(_DIGIT, _MODEL)


def _leave_lost_model() -> None:
    """Take the default where the model in use was deleted or damaged in the meantime."""
    chosen = st.session_state["model"]
    if not isinstance(chosen, str):  # No browser of ours sends such a thing.
        st.session_state["model"] = chosen = DEFAULT_MODEL
    if chosen == DEFAULT_MODEL:
        return
    try:
        network(chosen)
        test_probabilities(chosen)
    except StoreError as error:
        st.session_state["model"] = DEFAULT_MODEL
        st.warning(
            as_markdown(f"{error} You see the {DEFAULT_MODEL} model instead."),
            title="The model that was chosen is gone",
            icon=":material/link_off:",
        )
