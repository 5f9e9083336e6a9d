"""Everything about one unit of one layer for one digit: each kind of layer in its own way."""

from __future__ import annotations

from ui.inside.units.convolution import show_convolution
from ui.inside.units.dense import show_dense
from ui.inside.units.dropout import show_dropout
from ui.inside.units.flatten import show_flatten
from ui.inside.units.pooling import show_pooling
from ui.inside.units.rescaling import show_rescaling
from ui.inside.units.sight import show_map
from ui.inside.units.unit import Unit


def show_unit(unit: Unit) -> None:
    """Show everything about a unit."""
    match unit.layer.kind:
        case "rescaling":
            show_rescaling(unit, show_map(unit))
        case "convolution":
            show_convolution(unit, show_map(unit))
        case "pooling":
            show_pooling(unit, show_map(unit))
        case "flatten":
            show_flatten(unit)
        case "dense":
            show_dense(unit)
        case "dropout":
            show_dropout(unit)
