"""Units of random networks, and what stands on the screen about them."""

from __future__ import annotations

from typing import Any

from streamlit.testing.v1 import AppTest

from cnn_core.data.dataset import Mnist
from cnn_core.data.digit import mnist_digit
from cnn_core.network.architecture import Architecture
from cnn_core.network.network import Network
from tests.support.networks import random_network
from tests.support.seen import alone
from ui.inside.units.show_unit import show_unit
from ui.inside.units.unit import Unit, unit_of

NETWORK = random_network(Architecture(filters=(5, 20), dense_units=24, dropout=0.25), seed=3)


def unit(mnist: Mnist, layer: str, number: int, network: Network = NETWORK) -> Unit:
    """A unit for test digit 42."""
    return unit_of(network, mnist_digit(mnist, "test", 42), layer, number)


def shown(one: Unit, cell: tuple[int, int] | None = None, **state: Any) -> AppTest:
    """The unit as it is shown, at a cell of its map."""
    row, column = cell or (None, None)
    return alone(lambda: show_unit(one), {"row": row, "column": column, "model": "m", **state})


def value(text: str) -> float:
    """The number that a text shows."""
    return float(text.replace("\N{MINUS SIGN}", "-").replace(",", ""))


def sums(table: dict[str, Any]) -> dict[str, float]:
    """What stands below the terms, by its name."""
    return {line["name"]: value(line["text"]) for line in table["sums"]}
