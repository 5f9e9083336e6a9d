"""Which own runs a visitor may rename and delete: those that they trained; an operator all of them.

Whoever trained a run proves it by the key in the address of the training, `?job=…`; an operator by
`?operator=…`. Both are kept for the session. What arrives from a browser proves nothing else, so a
run is never changed without asking here, whatever buttons there are.
"""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from cnn_core.errors import LimitsError
from cnn_core.store.own_runs import DamagedRun, damaged_runs, list_runs
from cnn_core.store.ownership import fingerprint, is_owner
from cnn_core.store.store import StoredModel
from cnn_core.training.limits import limits
from ui.visitor.address import take_out

_KEYS = "keys-of-own-runs"
_OPERATOR = "operator-key"


def remember_key(key: str) -> None:
    """Keep the key of a training that this visitor started, or whose address they opened."""
    st.session_state.setdefault(_KEYS, set()).add(key)


def follow_keys() -> None:
    """Take the keys out of the address, where a link that is shared would hand them on."""
    asked = take_out("job")
    if asked is not None and run_of(asked) is not None:
        remember_key(asked)
    operator = take_out("operator")
    if operator is None:
        return
    if limits().is_operator(operator):
        st.session_state[_OPERATOR] = operator
    else:
        st.warning("You see the page as any visitor does.", title="The operator's key is another")


def own_runs() -> list[StoredModel | DamagedRun]:
    """All own runs of this server, damaged or not."""
    return [*list_runs(), *damaged_runs()]


def run_of(key: str) -> StoredModel | DamagedRun | None:
    """The run that was trained with a key, damaged or not."""
    mark = fingerprint(key)
    return next((run for run in own_runs() if run.owner == mark), None)


def key_of(run: StoredModel | DamagedRun) -> str | None:
    """The key of a run, where this visitor has it."""
    return next(
        (key for key in st.session_state.get(_KEYS, ()) if fingerprint(key) == run.owner), None
    )


def may_change(run: StoredModel | DamagedRun) -> bool:
    """Whether this visitor may rename and delete a run. Raises LimitsError."""
    if isinstance(run, StoredModel) and run.is_bundled:
        return False
    return is_operator() or is_owner(run.owner, st.session_state.get(_KEYS, ()))


def own_first(models: Mapping[str, StoredModel]) -> list[str]:
    """Ids of models in their order, but those that this visitor may rename before all others."""

    def is_own(model: StoredModel) -> bool:
        try:
            return may_change(model)
        except LimitsError:  # Where it matters, a page says so.
            return False

    return sorted(models, key=lambda model_id: not is_own(models[model_id]))


def is_operator() -> bool:
    """Whether this visitor may change all own runs. Raises LimitsError."""
    return limits().is_operator(st.session_state.get(_OPERATOR))
