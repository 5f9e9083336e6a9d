"""One unit of one layer for one digit: what it holds, what made it, and what it can see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from cnn_core.data.digit import Digit
from cnn_core.network.architecture import POOL_SIZE, Architecture, Layer
from cnn_core.network.arithmetic import Array
from cnn_core.network.connections import conv_window, weighted_sum
from cnn_core.network.dropout import drop_out
from cnn_core.network.filter_run import run_layer, run_pool
from cnn_core.network.network import Network
from cnn_core.network.receptive_field import spans_seen, unseen
from ui.components.sum_table.sum_table import Factor, Term, Total, signed, terms
from ui.components.unit_view.unit_view import unit_view
from ui.inside.softmax_table import softmax_table
from ui.look.colors import colour_activations, colour_signed
from ui.look.model_words import unit_name
from ui.look.pictures import show
from ui.look.wording import number, percent
from ui.visitor.looked_at import look_at, look_at_cell

# Of a dense unit's contributions, so many of each sign are written out.
SHOWN_OF_EACH_SIGN = 8
# Of the maps that a convolution reads.
CHANNELS_SHOWN = 16
UNITS_PER_ROW = 16


@dataclass(frozen=True)
class Unit:
    """A unit that is looked at.

    before: the layer that feeds it; for the first layer, that layer itself.
    activations: every layer's output for the digit, float32 of its output shape, by layer name.
    """

    network: Network
    digit: Digit
    layer: Layer
    before: Layer
    number: int
    activations: Mapping[str, Array]

    @property
    def architecture(self) -> Architecture:
        """The architecture of the network."""
        return self.network.architecture

    @property
    def title(self) -> str:
        """Its name for people: `Map 5 of conv2`."""
        return f"{unit_name(self.layer).capitalize()} {self.number} of {self.layer.name}"

    @property
    def values(self) -> Array:
        """What it holds for the digit: float32 (rows, columns), or () where it is one number."""
        return np.asarray(self.activations[self.layer.name][..., self.number])

    @property
    def inputs(self) -> Array:
        """What the layer before puts out, float32 of its output shape."""
        return self.activations[self.before.name]


def show_unit(unit: Unit) -> None:
    """Show everything about a unit."""
    match unit.layer.kind:
        case "rescaling":
            _show_rescaling(unit, _show_map(unit))
        case "convolution":
            _show_convolution(unit, _show_map(unit))
        case "pooling":
            _show_pooling(unit, _show_map(unit))
        case "flatten":
            _show_flatten(unit)
        case "dense":
            _show_dense(unit)
        case "dropout":
            _show_dropout(unit)


def _show_map(unit: Unit) -> tuple[int, int]:
    """Show a map and what its cells see; returns the cell that is looked at."""
    values = unit.values
    # Where nobody has chosen a cell, the one with most to tell.
    brightest = np.unravel_index(int(values.argmax()), values.shape)
    cell = look_at() or (int(brightest[0]), int(brightest[1]))
    largest = float(unit.activations[unit.layer.name].max())
    _note_on_scale(unit, largest)
    unit_view(
        unit.digit.image,
        spans_seen(unit.architecture, unit.layer.name),
        unseen(unit.architecture, unit.layer.name),
        key="unit-view",
        digit_title="What the marked cell can see",
        values=values,
        title=unit.title,
        chosen=cell,
        largest=largest,
        are_pixels=unit.layer.kind == "rescaling",
        on_choice=look_at_cell,
    )
    _note_on_blind_spot(unit)
    # Made when it is opened: it took an eighth of the page's time, and few look into it.
    table = st.expander(f"All {values.size} values as a table", key="unit-table", on_change="rerun")
    if table.open:
        with table:
            st.dataframe(values, key="unit-values", height="content" if len(values) < 15 else 400)
    return cell


def _note_on_scale(unit: Unit, largest: float) -> None:
    if unit.layer.kind == "rescaling":
        return
    silent = "" if unit.values.max() > 0 else " This map is 0 everywhere: it found nothing."
    st.markdown(
        f"All maps of `{unit.layer.name}` share one scale, from 0 to {number(largest, 2)}.{silent} "
        "Point at a cell to see what it can see; click it, or press Enter, for its arithmetic."
    )


def _note_on_blind_spot(unit: Unit) -> None:
    lost = int(unseen(unit.architecture, unit.layer.name).sum())
    if lost:
        st.caption(
            f"Struck through: {lost} of the 784 pixels that no unit of {unit.layer.name} can see. "
            "Whatever is drawn there, nothing from this layer on changes, nor does the answer."
        )


def _show_rescaling(unit: Unit, cell: tuple[int, int]) -> None:
    pixel = int(unit.digit.image[cell])
    st.markdown(
        f"**The arithmetic of row {cell[0]}, column {cell[1]}:** "
        f"{pixel} ÷ 255 = **{number(float(unit.values[cell]), 4)}**"
    )


def _show_convolution(unit: Unit, cell: tuple[int, int]) -> None:
    row, column = cell
    st.subheader(f"The arithmetic of row {row}, column {column}")
    st.page_link(
        "pages/convolution.py",
        label="Open in convolution: the window at this very place",
        icon=":material/blur_linear:",
        query_params=_address(unit, unit.layer.name, cell),
    )
    run = run_layer(unit.network, unit.layer.name, unit.number, unit.inputs)
    window = conv_window(unit.network, unit.inputs, len(run.kernel), row, column)
    rows = (
        _pixel_terms(
            window[..., 0], run.kernel[..., 0], run.rows.start(row), run.rows.start(column)
        )
        if window.shape[2] == 1
        else _channel_terms(unit, window, run.kernel, run.contributions[cell])
    )
    single = window.shape[2] == 1
    terms(
        f"What {unit.title.lower()} adds up here",
        ["Pixel", "Value", "Weight", "Product"]
        if single
        else [f"Map of {unit.before.name}", "Values", "Weights", "Sum of products"],
        rows,
        [
            *_rest(run.contributions[cell]),
            Total("All products together", signed(float(run.totals[cell]))),
            Total("Bias", signed(run.bias)),
            Total("Sum", signed(float(run.sums[cell]))),
            Total(
                "After ReLU: a negative sum becomes 0",
                number(float(run.output[cell]), 4),
                strong=True,
            ),
        ],
        key="conv-terms",
    )
    if not single:
        st.caption(
            f"Largest first. Values: {unit.before.name}, from 0 (dark) to "
            f"{number(float(unit.inputs.max()), 2)} (yellow). Weights: from orange, negative, to "
            f"blue, positive, ±{number(float(np.abs(run.kernel).max()), 2)} at most."
        )


def _pixel_terms(window: Array, kernel: Array, top: int, left: int) -> list[Term]:
    return [
        Term(
            f"row {top + row}, column {left + column}",
            float(window[row, column] * kernel[row, column]),
            (number(float(window[row, column]), 4), signed(float(kernel[row, column]))),
        )
        for row, column in np.ndindex(*window.shape)
    ]


def _channel_terms(unit: Unit, window: Array, kernel: Array, shares: Array) -> list[Term]:
    brightest, heaviest = float(unit.inputs.max()), float(np.abs(kernel).max())
    return [
        Term(
            f"map {channel}",
            float(shares[channel]),
            (
                Factor(
                    colour_activations(window[..., channel], brightest),
                    f"The window on map {channel}: {_listed(window[..., channel])}",
                ),
                Factor(
                    colour_signed(kernel[..., channel], heaviest),
                    f"The weights for map {channel}: {_listed(kernel[..., channel])}",
                ),
            ),
        )
        for channel in _strongest(shares)
    ]


def _rest(shares: Array) -> list[Total]:
    """What the maps that are not written out add together."""
    hidden = len(shares) - len(_strongest(shares))
    if not hidden:
        return []
    rest = float(np.delete(shares, _strongest(shares)).sum())
    return [Total(f"The other {hidden} maps together", signed(rest))]


def _strongest(shares: Array) -> NDArray[np.int64]:
    return np.argsort(-np.abs(shares), kind="stable")[:CHANNELS_SHOWN]


def _listed(values: Array) -> str:
    return "; ".join(", ".join(number(float(value), 3) for value in row) for row in values)


def _show_pooling(unit: Unit, cell: tuple[int, int]) -> None:
    row, column = cell
    st.subheader(f"The arithmetic of row {row}, column {column}")
    st.page_link(
        "pages/pooling.py",
        label="Open in pooling: the window at this very place",
        icon=":material/compress:",
        query_params=_address(unit, unit.before.name, cell),
    )
    source = unit.inputs[..., unit.number]
    won = int(run_pool(source).winners[cell])
    places = list(np.ndindex(POOL_SIZE, POOL_SIZE))
    read = [(row * POOL_SIZE + down, column * POOL_SIZE + right) for down, right in places]
    terms(
        f"The window on map {unit.number} of {unit.before.name}",
        ["Place", "Value"],
        [
            Term(
                f"row {place[0]}, column {place[1]}",
                float(source[place]),
                text=number(float(source[place]), 4),
                marked=position == won,
            )
            for position, place in enumerate(read)
        ],
        [Total("The largest is handed on", number(float(unit.values[cell]), 4), strong=True)],
        key="pool-terms",
    )


def _show_flatten(unit: Unit) -> None:
    maps = unit.before.output_shape
    row, column, channel = (int(place) for place in np.unravel_index(unit.number, maps))
    st.markdown(
        f"**Value {number(float(unit.values), 4)}** is the cell in **row {row}, column {column} of "
        f"map {channel} of {unit.before.name}**. Counted from 0, its number is (row · columns + "
        f"column) · maps + map = ({row} · {maps[1]} + {column}) · {maps[2]} + {channel} = "
        f"**{unit.number}**."
    )
    st.button(
        f"Go to map {channel} of {unit.before.name}",
        key="origin",
        icon=":material/arrow_back:",
        on_click=_go_to,
        args=(unit.before.name, channel, row, column),
    )
    spans = spans_seen(unit.architecture, unit.before.name)
    unit_view(
        unit.digit.image,
        (spans[row], spans[column]),
        unseen(unit.architecture, unit.layer.name),
        key="unit-view",
        digit_title="What this value can see",
    )
    _note_on_blind_spot(unit)


def _show_dense(unit: Unit) -> None:
    is_output = unit.layer.name == "output"
    taken = weighted_sum(unit.network, unit.layer.name, unit.number, unit.inputs)
    order = np.argsort(-taken.products, kind="stable")
    raising = [int(place) for place in order[:SHOWN_OF_EACH_SIGN] if taken.products[place] > 0]
    lowering = [
        int(place) for place in order[::-1][:SHOWN_OF_EACH_SIGN] if taken.products[place] < 0
    ]
    shown = [*raising, *reversed(lowering)]
    rest = float(np.delete(taken.products, shown).sum())
    others = len(taken.products) - len(shown)
    zero = int((taken.inputs == 0).sum())
    result = (
        Total(f"Sum: the logit of the {unit.number}", signed(taken.total), strong=True)
        if is_output
        else Total(
            "After ReLU: a negative sum becomes 0", number(float(unit.values), 4), strong=True
        )
    )
    st.markdown(
        f"Each of the {len(taken.inputs):,} inputs is multiplied by its weight. {zero} of the inputs "
        "are 0 for this digit and add nothing. Here are the products that raise the sum most, and "
        "those that lower it most."
    )
    name = unit_name(unit.before).capitalize()
    terms(
        f"What {unit.title.lower()} adds up",
        [f"{name} of {unit.before.name}", "Activation", "Weight", "Product"],
        [
            Term(
                f"{name.lower()} {place}",
                float(taken.products[place]),
                (number(float(taken.inputs[place]), 4), signed(float(taken.weights[place]))),
            )
            for place in shown
        ],
        [
            Total(f"The other {others:,} inputs together", signed(rest)),
            Total("Bias", signed(taken.bias)),
            *([] if is_output else [Total("Sum", signed(taken.total))]),
            result,
        ],
        key="dense-terms",
    )
    if is_output:
        softmax_table(unit.network.logits(unit.digit.image[np.newaxis])[0], unit.number)
    _show_whole_field(unit)


def _show_dropout(unit: Unit) -> None:
    rate = unit.architecture.dropout
    st.markdown(
        f"**Now: {number(float(unit.values), 4)} comes in, {number(float(unit.values), 4)} goes "
        f"out.** While training, it would have been 0 in {percent(rate, 0)} of all steps, and "
        f"{number(float(unit.values), 4)} ÷ (1 − {rate:g}) = "
        f"{number(float(unit.values) / (1 - rate), 4)} in the others, so that on average nothing "
        "changes."
    )
    seed = st.session_state.setdefault("dropout-step", 0)
    dropped = drop_out(unit.inputs, rate, seed)
    st.button(
        "Another training step",
        key="another-step",
        icon=":material/casino:",
        on_click=_next_step,
        help="An illustration with the real values: which units a step silences is random.",
    )
    largest = float(dropped.max(initial=float(unit.inputs.max())))
    now, then = st.columns(2, gap="large")
    with now:
        show(
            colour_activations(_folded(unit.inputs), largest),
            alt=f"The {len(unit.inputs)} values of {unit.before.name}, unchanged",
            caption="Now: all values as they are",
        )
    with then:
        silenced = int(((dropped == 0) & (unit.inputs > 0)).sum())
        active = int((unit.inputs > 0).sum())
        show(
            colour_activations(_folded(dropped), largest),
            alt=f"The same values after a random training step; {silenced} are silenced",
            caption=f"One training step: {silenced} of the {active} values above 0 are silenced, "
            "the others are a little larger",
        )
    st.caption(f"Both pictures share one scale, from 0 to {number(largest, 2)}.")
    _show_whole_field(unit)


def _show_whole_field(unit: Unit) -> None:
    unit_view(
        unit.digit.image,
        spans_seen(unit.architecture, unit.layer.name),
        unseen(unit.architecture, unit.layer.name),
        key="unit-view",
        digit_title="What this unit can see",
    )
    _note_on_blind_spot(unit)


def _folded(values: Array) -> Array:
    """Values (n,) in rows of sixteen, the last one filled up with zeros."""
    missing = -len(values) % UNITS_PER_ROW
    return np.pad(values, (0, missing)).reshape(-1, UNITS_PER_ROW)


def _address(unit: Unit, layer: str, cell: tuple[int, int]) -> dict[str, str]:
    return {
        "digit": unit.digit.name,
        "model": st.session_state["model"],
        "layer": layer,
        "unit": str(unit.number),
        "row": str(cell[0]),
        "column": str(cell[1]),
    }


def _go_to(layer: str, unit: int, row: int, column: int) -> None:
    st.session_state["layer"] = layer
    st.session_state["unit"] = unit
    look_at_cell(row, column)


def _next_step() -> None:
    st.session_state["dropout-step"] += 1
