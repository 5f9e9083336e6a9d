"""A trained network for the browser: its weights travel once a session and model, as bytes."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import streamlit as st

from cnn_core.network.network import Network
from cnn_core.store.store import StoredModel
from ui.components.shared.from_browser import Implausible, text
from ui.components.shared.network.sent import network_data
from ui.components.shared.register import register

# Sent again only to another visitor; of base64, 0.2 to 0.5 MB for a bundled network.
_SENT_KEPT = 4

_live_network = register(__file__)


def live_id(model: StoredModel) -> str:
    """What a model's network is called in the browser: a name that no other weights have."""
    return f"{model.id}-{model.weights_checksum[:16]}"


@st.fragment
def live_network(model: StoredModel, network: Network, *, key: str) -> None:
    """Bring a model's network to the browser, where every component of the page can use it.

    At first only its name is sent. A browser that has no such network, in memory or since before a
    reload, asks for it, which runs this fragment again.
    """
    identity = live_id(model)

    def want(value: object) -> None:
        if text(value) != identity:
            raise Implausible
        st.session_state[f"{key}-wanted"] = identity

    is_wanted = st.session_state.pop(f"{key}-wanted", None) == identity
    _live_network(
        key=key,
        data={"id": identity, "sent": _sent(network, identity) if is_wanted else None},
        wanted=want,
    )


@lru_cache(maxsize=_SENT_KEPT)
def _sent(network: Network, identity: str) -> dict[str, Any]:
    return network_data(identity, network)
