"""Which trainings are on the chart, and which moment is looked at, in session and address."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from cnn_core.errors import quoted
from cnn_core.store.moment import Moment, moment_named
from ui.shared.resources import can_be_used, models
from ui.visitor.address import AddressError, Part, ask, follow, say_not_there, take_out, write
from ui.visitor.current import current_model

# The keys in session and address.
RUNS = "runs"
MOMENT = "moment"
_ONE_RUN = "run"
_BY_DEFAULT = "runs-by-default"
# An address may name so many; the widget may take more.
MOST_IN_ADDRESS = 30


def _take_runs(text: str) -> list[str]:
    """Those that are there, of the trainings that the address names."""
    known = models()
    names = list(dict.fromkeys(name for name in text.split(",") if name))[:MOST_IN_ADDRESS]
    if lost := [name for name in names if name not in known]:
        say_not_there(
            "training",
            f"There is no training {', '.join(map(quoted, lost))}. You see the others, or else the "
            "model of the sidebar.",
        )
    return [name for name in names if name in known]


_RUNS = Part(RUNS, "training", _take_runs, written=",".join)


def follow_runs() -> list[str]:
    """The trainings on the chart, of those that are there; call before their widget is shown.

    An address that names others is answered with those that are there, and a notice.
    """
    if only := take_out(_ONE_RUN):
        # Short for one training on the chart, and moment by moment.
        ask(**{RUNS: only} | ({"model": only} if only in models() else {}))
    if follow(_RUNS):
        st.session_state[_BY_DEFAULT] = None
    kept = [name for name in st.session_state.get(RUNS) or [] if can_be_used(name)]
    if not kept or kept == st.session_state.get(_BY_DEFAULT):
        # Nobody has chosen anything: the chart goes with the model of the sidebar.
        kept = st.session_state[_BY_DEFAULT] = [current_model().id]
    st.session_state[RUNS] = kept
    return list(kept)


def write_runs() -> None:
    """Repeat the trainings on the chart in the address."""
    write(_RUNS)


def show_runs(names: Sequence[str]) -> None:
    """Put trainings on the chart, and no others."""
    st.session_state[RUNS] = list(names)


def switch_run(name: str) -> None:
    """Put a training on the chart, or take it off; the last one stays."""
    shown = st.session_state[RUNS]
    others = [each for each in shown if each != name]
    st.session_state[RUNS] = others or shown if name in shown else [*shown, name]


def follow_moment(moments: Sequence[Moment], otherwise: int = 0) -> int:
    """The index of the moment that the address or the session names; else another, the first."""
    part = _moment_part(moments)
    follow(part)
    index = moment_named(part.value or "", moments)
    if index is None:
        part.put(None)
    write(part)
    return otherwise if index is None else index


def look_at_moment(index: int, moments: Sequence[Moment]) -> None:
    """Put a moment into the session and the address."""
    part = _moment_part(moments)
    part.put(moments[index].name)
    write(part)


def _moment_part(moments: Sequence[Moment]) -> Part[str]:
    def take(name: str) -> str:
        if moment_named(name, moments) is None:
            raise AddressError(f"This training has no moment {quoted(name)}.")
        return name

    return Part(
        MOMENT,
        "moment",
        take,
        "You see the one from before, or the training before it began. A moment is named by epoch "
        f"and batch: {moments[-1].name} is the last.",
    )
