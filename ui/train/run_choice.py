"""Which trainings are on the chart, and which moment is looked at, in session and address."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from cnn_core.errors import quoted
from cnn_core.findings.moments import moment_named, name_of
from cnn_core.store.store import Moment
from ui.look.wording import as_markdown
from ui.shared.resources import can_be_used, models
from ui.visitor.address import newly_asked, write_address
from ui.visitor.current import current_model

# The keys in session and address.
RUNS = "runs"
MOMENT = "moment"
_ONE_RUN = "run"
_BY_DEFAULT = "runs-by-default"
# An address may name so many; the widget may take more.
MOST_IN_ADDRESS = 30


def follow_runs() -> list[str]:
    """The trainings on the chart, of those that are there; call before their widget is shown.

    An address that names others is answered with those that are there, and a notice.
    """
    known = models()
    if only := st.query_params.pop(_ONE_RUN, None):
        # Short for one training on the chart, and moment by moment.
        st.query_params[RUNS] = only
        if only in known:
            st.query_params["model"] = only
        st.rerun()
    asked = newly_asked(RUNS)
    if asked is not None:
        names = list(dict.fromkeys(name for name in asked.split(",") if name))[:MOST_IN_ADDRESS]
        if lost := [name for name in names if name not in known]:
            st.warning(
                as_markdown(
                    f"There is no training {', '.join(map(quoted, lost))}. You see the others, or "
                    "else the model of the sidebar."
                ),
                title="The address asks for a training that is not there",
                icon=":material/link_off:",
            )
        st.session_state[RUNS] = [name for name in names if name in known]
        st.session_state[_BY_DEFAULT] = None
    kept = [name for name in st.session_state.get(RUNS) or [] if can_be_used(name)]
    if not kept or kept == st.session_state.get(_BY_DEFAULT):
        # Nobody has chosen anything: the chart goes with the model of the sidebar.
        kept = st.session_state[_BY_DEFAULT] = [current_model().id]
    st.session_state[RUNS] = kept
    return list(kept)


def write_runs() -> None:
    """Repeat the trainings on the chart in the address."""
    write_address(RUNS, ",".join(st.session_state[RUNS]) or None)


def show_runs(names: Sequence[str]) -> None:
    """Put trainings on the chart, and no others."""
    st.session_state[RUNS] = list(names)


def switch_run(name: str) -> None:
    """Put a training on the chart, or take it off; the last one stays."""
    shown = st.session_state[RUNS]
    others = [each for each in shown if each != name]
    st.session_state[RUNS] = others or shown if name in shown else [*shown, name]


def follow_moment(moments: Sequence[Moment]) -> int:
    """The place of the moment that the address or the session names; else the first, 0."""
    asked = newly_asked(MOMENT)
    if asked is not None:
        if moment_named(asked, moments) is None:
            st.warning(
                as_markdown(
                    f"This training has no moment {quoted(asked)}. You see it before it began. A "
                    f"moment is named by epoch and batch: {name_of(moments[-1])} is the last."
                ),
                title="The address asks for a moment that is not there",
                icon=":material/link_off:",
            )
        st.session_state[MOMENT] = asked
    place = moment_named(st.session_state.get(MOMENT) or "", moments)
    if place is None:
        st.session_state[MOMENT] = None
    write_address(MOMENT, st.session_state[MOMENT])
    return place or 0


def look_at_moment(moment: Moment) -> None:
    """Put a moment into the session and the address."""
    st.session_state[MOMENT] = name_of(moment)
    write_address(MOMENT, name_of(moment))
