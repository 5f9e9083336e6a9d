"""Convolution: a kernel slides over the current digit, and every step can be computed by hand."""

import numpy as np
import streamlit as st

from cnn_core.network.architecture import Layer
from cnn_core.network.axis import Sliding
from cnn_core.network.change_of_maps import relative_change
from cnn_core.network.cost import convolution_cost, dense_cost
from cnn_core.network.filter_run import FilterRun, run_filter, run_layer
from cnn_core.network.kernels import PAPER_IMAGE, flip, prewitt
from cnn_core.network.network import Network
from cnn_core.network.telling import brightest_unit
from ui.components.filter_grid.filter_grid import filter_grid
from ui.components.kernel_editor.kernel_editor import kernel_editor
from ui.components.sliding_window.sliding_window import Place, Scale, sliding_window
from ui.frame.article import question, takeaway
from ui.inside.filter_settings import FilterSettings, choose_filter_settings
from ui.inside.guess import guess
from ui.inside.own_kernel import (
    choose_kernel,
    choose_kernel_size,
    edit_weight,
    offer_preset,
    own_kernel,
    what_to_look_for,
)
from ui.inside.size_formula import size_formula
from ui.inside.units.unit import Unit, unit_of
from ui.look.colors import colour_activations, colour_signed
from ui.look.contents import contents
from ui.look.gloss import glossed, prose
from ui.look.pictures import kernel_slices, show
from ui.look.wording import number, percent, shape
from ui.shared.checkpoints import checkpoints
from ui.shared.resources import activations, network
from ui.visitor.current import current_digit, current_model
from ui.visitor.filter_choice import choose_filter, choose_layer
from ui.visitor.looked_at import (
    follow_looked_at,
    is_unit_chosen,
    look_at,
    look_at_cell,
    look_at_unit,
)

question(
    "What does a kernel see?",
    "A [kernel], a small grid of numbers, slides over the image. At each place its products with the pixels "
    "are added up: one cell of the output.",
)
contents(
    {
        "turned": "Turned kernels",
        "paper": "On paper",
        "learned": "Learned kernels",
        "training": "Training",
        "cost": "Cost",
    }
)


def convolutions() -> dict[str, Layer]:
    """The convolutions of the current model, by name."""
    layers = current_model().config.architecture.layers()
    return {layer.name: layer for layer in layers if layer.kind == "convolution"}


def compute_on_paper() -> None:
    """A convolution that is small enough for one's head."""
    st.header("On paper", anchor="paper")
    prose(
        "An image of 5×5 pixels and a kernel of 3×3 weights, small enough to compute in your head. "
        "Guess before you look."
    )
    guess(
        run_filter(PAPER_IMAGE[..., np.newaxis], prewitt(3)[..., np.newaxis]),
        Scale("pixels", float(PAPER_IMAGE.max())),
        "A 5 by 5 image under a 3 by 3 kernel",
        key="paper",
    )


@st.fragment
def slide_own_kernel(autoplay: bool) -> None:
    """The visitor's kernel on the current digit; no window where it does not fit."""
    digit = current_digit()
    # Weights, input and output stand in one row, on a phone right below each other.
    kernel, result = st.columns([1, 2])
    with kernel, st.container(gap="xsmall"):
        choose_kernel()
        kernel_editor(own_kernel(), key="kernel-editor", on_edit=edit_weight)
        with st.expander("More: size, stride, padding, bias"):
            choose_kernel_size()
            settings = choose_filter_settings()
        offer_preset()
    axis = Sliding(28, len(own_kernel()), settings.stride, settings.padding, settings.dilation)
    if not size_formula(axis):
        return
    pixels = digit.image[..., np.newaxis].astype(np.float32)
    own = run_filter(pixels, own_kernel()[..., np.newaxis], *settings)
    with result:
        sliding_window(
            own,
            Scale("pixels", 255.0),
            f"{digit.title} under your kernel",
            key="own-window",
            note=what_to_look_for(digit.title.lower()),
            autoplay=autoplay,
        )
    compare_with_turned(own, settings)


def compare_with_turned(own: FilterRun, settings: FilterSettings) -> None:
    """What the visitor's kernel makes of the digit as it is, and turned by half a turn."""
    st.header("Convolution or cross-correlation?", anchor="turned")
    prose(
        "In mathematics a [convolution] first turns the kernel by half a turn, and only then slides "
        "it. Deep learning leaves that out, and so does everything on this page: what networks "
        "call a convolution is a **[cross-correlation]**. Since the [weights] are learned, nothing is "
        "lost: a network that turned its kernels would learn them turned."
    )
    turned = run_filter(own.maps, flip(own_kernel())[..., np.newaxis], *settings)
    largest = float(max(np.abs(own.output).max(), np.abs(turned.output).max()))
    colour = colour_activations if settings.rectified else colour_signed
    most = float(np.abs(own.output - turned.output).max())
    pictures, words = st.columns([2, 1], gap="large")
    with pictures, st.grid(2, min_column_width=150):  # Side by side on a phone too.
        show(
            colour(own.output, largest),
            caption="Kernel as it is: what networks compute",
            alt="Output of your kernel as it is",
        )
        show(
            colour(turned.output, largest),
            caption="Kernel turned by half a turn: convolution in mathematics",
            alt="Output of your kernel turned by half a turn",
        )
    with words:
        st.metric("Largest difference of a cell", number(most, 0 if most.is_integer() else 2))
        say_what_turning_does(largest, settings)


def say_what_turning_does(largest: float, settings: FilterSettings) -> None:
    """What half a turn does to the visitor's kernel, in words.

    largest: the value at the end of the scale that both outputs are shown on.
    """
    if np.array_equal(own_kernel(), flip(own_kernel())):
        st.markdown("This kernel looks the same after half a turn, so nothing changes.")
        return
    is_its_negative = np.array_equal(own_kernel(), -flip(own_kernel()))
    st.markdown(
        "Both pictures share one scale, from "
        f"{number(0 if settings.rectified else -largest)} to {number(largest)}."
        + (
            " This kernel turns into its own negative, and so every sum only changes its sign: "
            "orange and blue are swapped."
            if is_its_negative and not settings.rectified and not settings.bias
            else ""
        )
    )


def choose_learned_kernel() -> Unit:
    """The filters of a chosen convolution, side by side; returns the one that is looked at."""
    model = current_model()
    st.header("Learned kernels", anchor="learned")
    prose(
        "Nobody designed the kernels of a network: training found them. Here they are, with what each "
        "of them makes of the same digit. A [bias] is added to every sum, [ReLU] turns negative sums into "
        f"0, and that is the whole [layer]. You look at **{model.title}**, whose first layer, rescaling, "
        "divides pixels by 255."
    )
    layer_choice, unit_choice = st.columns(2, gap="large")
    with layer_choice:
        layer = choose_layer("Layer", convolutions())
    with unit_choice:
        filters = convolutions()[layer].output_shape[2]
        chosen = unit_of(network(model.id), current_digit(), layer, choose_filter(filters))

    kernels, outputs = chosen.network.weights[layer].kernel, chosen.activations[layer]
    size, _, channels, _ = kernels.shape
    brightest, heaviest = float(outputs.max()), float(np.abs(kernels).max())
    single = channels == 1
    prose(
        f"The {filters} [feature maps] of `{layer}`. They share one scale, from 0 (dark) to "
        f"{number(brightest, 2)} (yellow)"
        + (
            ". Left of each is its kernel; the kernels share one scale too, from "
            f"{number(-heaviest, 2)} (orange) to {number(heaviest, 2)} (blue)."
            if single
            else f". Each [filter] has {channels} slices of {size}×{size} weights, one "
            "for every [channel] of its input."
        )
        + (
            ""
            if is_unit_chosen()
            else f" [Filter] {chosen.number} is opened because its map holds that largest value."
        )
    )
    filter_grid(
        colour_activations(outputs.transpose(2, 0, 1), brightest),
        colour_signed(kernels[:, :, 0].transpose(2, 0, 1), heaviest) if single else None,
        chosen.number,
        key="filters",
        on_choice=look_at_unit,
    )
    return chosen


def slide_learned_kernel(chosen: Unit, arrived_by_link: bool) -> None:
    """A learned filter on its way over the maps that the network hands it."""
    layer = chosen.layer.name
    size, _, channels, _ = chosen.network.weights[layer].kernel.shape
    single = channels == 1
    st.subheader(f"Filter {chosen.number} of {layer} at work")
    st.markdown(
        "Its real weights, its real bias, and the ReLU that follows. The output is the feature map "
        f"that {'pool' + layer.removeprefix('conv')} receives."
        if single
        else f"Its window reads all {channels} channels at once. Every channel adds its own sum of "
        f"{size * size} products; together with the bias they make one cell. "
        "Choose a channel to see its window and its products."
    )
    place = look_at()
    sliding_window(
        run_layer(chosen.network, layer, chosen.number, chosen.inputs),
        Scale("pixels", 1.0) if single else Scale("activations", float(chosen.inputs.max())),
        f"Filter {chosen.number} of {layer}, {chosen.digit.title}",
        key=f"{layer}-window",
        start=Place(*place) if place else None,
        autoplay=not arrived_by_link,
        scroll=arrived_by_link,
        on_link=look_at_cell,
    )


@st.fragment
def follow_training(chosen: Unit) -> None:
    """A learned filter at a moment of training that the visitor chooses."""
    model = current_model()
    st.header("How a kernel came to be", anchor="training")
    kept = list(checkpoints(model.id).items())
    prose(
        "Before training the weights are random numbers. With every [batch] of images they are moved a "
        f"little, so that the answers become less wrong. The same [filter] {chosen.number} of "
        f"`{chosen.layer.name}` over time:"
    )
    step = st.select_slider(
        "Moment of training",
        range(len(kept)),
        key=f"moment-{model.id}",
        format_func=lambda step: kept[step][0].title,
        persist_state="session",
    )
    history = [past.weights[chosen.layer.name].kernel[..., chosen.number] for _, past in kept]
    heaviest = float(max(np.abs(kernel).max() for kernel in history))
    moment, past = kept[step]
    show_moment(chosen, moment.title, past, heaviest)


def show_moment(chosen: Unit, moment: str, past: Network, heaviest: float) -> None:
    """A learned filter as it was at a moment of training, and what the network then read.

    moment: its name for people, `after epoch 2`.
    past: the network at that moment.
    heaviest: the largest weight of the filter at all moments, without its sign.
    """
    layer, unit = chosen.layer.name, chosen.number
    then = past.weights[layer]
    computed = activations(past, chosen.digit)
    feature_map, answer = computed[layer][..., unit], computed["output"]
    brightest = float(feature_map.max())
    now = chosen.network.weights[layer].kernel[..., unit]
    pictures, words = st.columns([2, 1], gap="large")
    with pictures, st.grid(2, min_column_width=150):  # Side by side on a phone too.
        show(
            kernel_slices(then.kernel[..., unit], heaviest),
            caption=f"Kernel {moment}; orange {number(-heaviest, 2)}, blue "
            f"{number(heaviest, 2)} at all moments",
            alt=f"The weights of filter {unit} {moment}",
        )
        show(
            colour_activations(feature_map, brightest),
            caption=f"Its feature map; yellow is {number(brightest, 2)}",
            alt=f"The feature map of filter {unit} {moment}",
        )
    with words:
        st.metric(
            "Bias", number(float(then.bias[unit]), 4), help="It starts at 0 and is learned too."
        )
        st.metric(
            "Distance to the final weights",
            percent(relative_change(now, then.kernel[..., unit])),
            help="The sum of all differences to the final weights, over the sum of the sizes of these. "
            "It can be more than 100 %, and it may grow on the way.",
        )
        st.metric(
            f"The network {moment} reads",
            f"{int(answer.argmax())} with {percent(float(answer.max()))}",
        )


def count_cost(chosen: Unit) -> None:
    """What the layer costs, and what a dense one with the same output would."""
    layer, inputs = chosen.layer, chosen.inputs.shape
    rows, columns, filters = layer.output_shape
    size, _, channels, _ = chosen.network.weights[layer.name].kernel.shape
    cost = convolution_cost(size, channels, (rows, columns, filters))
    dense = dense_cost(inputs, layer.output_shape)
    st.header("What it costs", anchor="cost")
    prose(
        f"`{layer.name}` turns {shape(inputs)} values into {shape(layer.output_shape)}. The same "
        f"{size * size * channels} weights of a filter are used at all "
        f"{rows * columns:,} places. A [dense layer] with the same output would have an own weight from "
        "every input to every output."
    )
    with st.grid(4, min_column_width=190):
        st.metric("Parameters", number(cost.parameters), border=True)
        st.metric(
            "Parameters, dense",
            number(dense.parameters),
            f"{number(dense.parameters / cost.parameters)} times as many",
            delta_color="off",
            delta_arrow="off",
            border=True,
        )
        st.metric("Multiplications", number(cost.multiplications), border=True)
        st.metric(
            "Multiplications, dense",
            number(dense.multiplications),
            f"{number(dense.multiplications / cost.multiplications, 1)} times as many",
            delta_color="off",
            delta_arrow="off",
            border=True,
        )
    is_padded = chosen.architecture.padding == "same"
    st.caption(
        glossed(
            f"[Parameters]: {layer.formula} = {layer.parameters:,}. Multiplications: {rows}·{columns} places "
            f"· {filters} filters · {size}·{size}·{channels} weights"
            + (", products with [padding] counted." if is_padded else ".")
        )
    )


arrived_by_link = follow_looked_at(
    {name: layer.output_shape for name, layer in convolutions().items()},
    telling=lambda layer: brightest_unit(
        activations(network(current_model().id), current_digit())[layer]
    ),
)
slide_own_kernel(autoplay=not arrived_by_link)
compute_on_paper()
learned = choose_learned_kernel()
slide_learned_kernel(learned, arrived_by_link)
follow_training(learned)
count_cost(learned)
takeaway(
    "A convolution asks the same small question everywhere: how much of these weights is in what lies "
    "under the window? How bright that is counts as well as how alike. It needs few weights, and it "
    "finds a stroke wherever it is."
)
