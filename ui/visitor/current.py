"""What a visitor carries from page to page, kept in the session and shown in the address.

The session is the truth; the address repeats it, so that a link shows the same digit and the same
model. Where the address was changed by hand, by a link or by the back button, it is followed.
"""

from __future__ import annotations

import streamlit as st

from cnn_core.data.digit import Digit, parse_digit
from cnn_core.errors import StoreError
from cnn_core.store.store import StoredModel
from ui.look.wording import as_markdown
from ui.shared.resources import mnist, model, network, test_probabilities
from ui.visitor.address import Part, follow, write

DEFAULT_DIGIT = "test-42"
DEFAULT_MODEL = "improved"

_INSTEAD = "You see what was shown before, or a digit and a model to begin with."
_DIGIT = Part(
    "digit", "digit", lambda name: parse_digit(name, mnist()), _INSTEAD, lambda it: it.name
)
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
    choose_digit(parse_digit(name, mnist()))


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
