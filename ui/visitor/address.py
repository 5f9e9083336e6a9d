"""The address repeats the session; where it was changed by hand or by a link, it asks for something."""

from __future__ import annotations

import streamlit as st


def newly_asked(name: str) -> str | None:
    """What the address asks for under a name, unless that is only what was last written there."""
    asked = st.query_params.get(name)
    return None if asked == st.session_state.get(_written(name)) else asked


def write_address(name: str, value: str | None) -> None:
    """Repeat a value of the session in the address; None takes it out."""
    if value is None:
        forget_written(name)
        st.query_params.pop(name, None)
        return
    st.session_state[_written(name)] = value
    if st.query_params.get(name) != value:
        st.query_params[name] = value


def forget_written(name: str) -> None:
    """Take whatever the address holds under a name as newly asked for."""
    st.session_state.pop(_written(name), None)


def _written(name: str) -> str:
    return f"{name}-in-address"
