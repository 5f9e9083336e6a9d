"""One option of several, whatever a browser says it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar, cast

import streamlit as st

Option = TypeVar("Option")


def choose_one(
    label: str,
    options: Sequence[Option],
    *,
    key: str,
    default: Option | None = None,
    **looks: Any,
) -> Option:
    """Show a segmented control of which exactly one option is chosen, and return that option.

    default: the option that is chosen at first, where the session does not name one under the key.
    looks: the other arguments of `st.segmented_control`.
    """
    # The session and a default must not both be set.
    if hold_to(options, key, default):
        default = None
    chosen: Any = st.segmented_control(
        label, options, key=key, default=default, required=True, **looks
    )
    return cast(Option, chosen)


def hold_to(options: Sequence[Option], key: str, otherwise: Option | None = None) -> bool:
    """Put the session right where it names none of the options; call before the widget is shown.

    `required` and the options bind only Streamlit's side in the browser: whoever sends messages of
    his own may choose nothing, or anything.
    otherwise: what is chosen then; the first option where it is None.
    Returns whether anything was put right.
    """
    if key not in st.session_state or st.session_state[key] in options:
        return False
    st.session_state[key] = options[0] if otherwise is None else otherwise
    return True
