"""Weights travel when a browser asks for them, and only those that it may ask for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from cnn_core.store.store import BUNDLED, StoredModel, model_folder, open_model
from tests.support.forged import ANYTHING, forge, triggered, widget
from tests.support.seen import alone, components, numbers
from ui.components.live_network.live_network import live_id, live_network


def bring(model: StoredModel) -> AppTest:
    """A page that brings a network to the browser and does nothing else."""
    network = model.network()
    return alone(lambda: live_network(model, network, key="live-network"))


def handed(app: AppTest) -> dict[str, Any]:
    """What the browser was handed last."""
    (data,) = components(app, "sent")
    return data


@pytest.fixture(scope="module")
def baseline() -> StoredModel:
    """A model of the store."""
    return open_model(model_folder("baseline"))


def test_weights_come_once_they_are_asked_for(baseline: StoredModel) -> None:
    """At first only the name is sent; then, in one run, every weight as float32; then only the name."""
    app = bring(baseline)
    name = live_id(baseline)
    assert handed(app) == {"id": name, "sent": None}

    forge(app, **triggered(widget(app, "live-network"), f'"{name}"', "wanted"))
    sent = handed(app)["sent"]
    assert sent["id"] == name
    network = baseline.network()
    assert [layer["name"] for layer in sent["layers"]] == [
        layer.name for layer in network.architecture.layers()
    ]
    for layer, weights in network.weights.items():
        kernel = numbers(sent["weights"][layer]["kernel"], np.float32, weights.kernel.shape)
        np.testing.assert_array_equal(kernel, weights.kernel)

    app.run()
    assert handed(app) == {"id": name, "sent": None}


def test_what_nobody_may_ask_for_is_not_sent(baseline: StoredModel) -> None:
    """Anything but the name of this very network is ignored."""
    app = bring(baseline)
    for value in (*ANYTHING, '"improved"', '"baseline"'):
        forge(app, **triggered(widget(app, "live-network"), value, "wanted"))
        assert not app.exception, value
        assert handed(app)["sent"] is None, value


def test_names_tell_weights_apart() -> None:
    """No two models have the same name in a browser, and a name is short and plain."""
    names = {live_id(open_model(model_folder(name))) for name in BUNDLED}
    assert len(names) == len(BUNDLED)
    assert all(Path(name).name == name and len(name) < 100 for name in names)
