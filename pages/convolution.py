"""Convolution: a kernel slides over the current digit, and every step can be computed by hand."""

import numpy as np
import streamlit as st

from cnn_core.network.arithmetic import Padding
from cnn_core.network.axis import Sliding
from cnn_core.network.change_of_maps import relative_change
from cnn_core.network.cost import convolution_cost, dense_cost
from cnn_core.network.filter_run import layer_inputs, run_filter, run_layer
from cnn_core.network.kernels import PAPER_IMAGE, flip, prewitt
from ui.components.filter_grid.filter_grid import filter_grid
from ui.components.kernel_editor.kernel_editor import kernel_editor
from ui.components.sliding_window.sliding_window import Place, Scale, sliding_window
from ui.frame.article import question, takeaway
from ui.inside.filter_choice import choose_filter, choose_layer
from ui.inside.guess import guess
from ui.inside.own_kernel import choose_preset, edit_weight, own_kernel
from ui.inside.size_formula import size_formula
from ui.look.colors import colour_activations, colour_signed
from ui.look.pictures import kernel_slices, show
from ui.look.wording import number, percent, shape
from ui.shared.checkpoints import checkpoints
from ui.shared.resources import activations, network
from ui.visitor.choice import choose_one
from ui.visitor.current import current_digit, current_model
from ui.visitor.looked_at import follow_place, look_at, look_at_cell, look_at_unit

WIDEST_PADDING = 7
MOST_DILATION = 5

question(
    "What does a convolution compute?",
    "A kernel is a small grid of numbers. It slides over the image, and at every place the "
    "numbers of both are multiplied pairwise and added up: one sum, one cell of the output. "
    "In a network a bias is added, ReLU turns negative sums into 0, and that is the whole layer.",
)

digit = current_digit()
model = current_model()
trained = network(model.id)
convolutions = {
    layer.name: layer for layer in model.config.architecture.layers() if layer.kind == "convolution"
}
arrived_by_link = follow_place({name: layer.output_shape for name, layer in convolutions.items()})

st.header("On paper first")
st.markdown(
    "An image of 5×5 pixels and a kernel of 3×3 weights, small enough to compute in your head. "
    "Guess before you look."
)
paper = run_filter(PAPER_IMAGE[..., np.newaxis], prewitt(3)[..., np.newaxis])
guess(
    paper,
    Scale("pixels", float(PAPER_IMAGE.max())),
    "A 5 by 5 image under a 3 by 3 kernel",
    key="paper",
)

st.header("Your kernel")
st.markdown(
    f"Now {digit.title.lower()}, 28×28 pixels from 0 to 255. Take a ready-made kernel or type in "
    "your own weights, and change how it moves."
)
choice, weights, movement = st.columns([5, 4, 5], gap="large")
with choice:
    choose_preset()
with weights:
    st.markdown("Weights")
    kernel_editor(own_kernel(), key="kernel-editor", on_edit=edit_weight)
with movement:
    choose_one(
        "Stride",
        (1, 2, 3),
        default=1,
        key="stride",
        persist_state="session",
        help="How many pixels the window moves from one place to the next.",
    )
    padding: Padding = st.selectbox(
        "Padding",
        ("valid", "same", *range(1, WIDEST_PADDING + 1)),
        key="padding",
        format_func=lambda width: {
            "valid": "None (“valid”)",
            "same": "As much as keeps the size (“same”)",
        }.get(width, f"{width} on every side"),
        persist_state="session",
        help="Zeros around the image, so that the window can stand on its edge.",
    )
    dilation = st.slider(
        "Dilation",
        1,
        MOST_DILATION,
        key="dilation",
        persist_state="session",
        help="How many pixels one weight is away from the next; 1 leaves no gaps.",
    )
    bias = st.number_input(
        "Bias",
        -1000.0,
        1000.0,
        0.0,
        step=10.0,
        format="%g",
        key="bias",
        persist_state="session",
        help="A number added to every sum.",
    )
    rectified = st.toggle("ReLU: negative sums become 0", key="rectified", persist_state="session")

stride: int = st.session_state["stride"]
fits = size_formula(Sliding(28, len(own_kernel()), stride, padding, dilation))
if fits:
    pixels = digit.image[..., np.newaxis].astype(np.float32)
    own = run_filter(
        pixels, own_kernel()[..., np.newaxis], bias, stride, padding, dilation, rectified
    )
    sliding_window(
        own,
        Scale("pixels", 255.0),
        f"{digit.title} under your kernel",
        key="own-window",
        autoplay=not arrived_by_link,
    )

    st.subheader("Convolution or cross-correlation?")
    st.markdown(
        "In mathematics a convolution first turns the kernel by half a turn, and only then slides "
        "it. Deep learning leaves that out, and so does everything on this page: what networks "
        "call a convolution is a **cross-correlation**. Since the weights are learned, nothing is "
        "lost: a network that turned its kernels would learn them turned."
    )
    turned = run_filter(
        pixels,
        flip(own_kernel())[..., np.newaxis],
        bias,
        stride,
        padding,
        dilation,
        rectified,
    )
    largest = float(max(np.abs(own.output).max(), np.abs(turned.output).max()))
    colour = colour_activations if rectified else colour_signed
    as_is, half_a_turn, difference = st.columns(3, gap="large")
    with as_is:
        show(
            colour(own.output, largest),
            caption="Kernel as it is: what networks compute",
            alt="Output of your kernel as it is",
        )
    with half_a_turn:
        show(
            colour(turned.output, largest),
            caption="Kernel turned by half a turn: convolution in mathematics",
            alt="Output of your kernel turned by half a turn",
        )
    with difference:
        most = float(np.abs(own.output - turned.output).max())
        st.metric("Largest difference of a cell", number(most, 0 if most.is_integer() else 2))
        st.markdown(
            "This kernel looks the same after half a turn, so nothing changes."
            if np.array_equal(own_kernel(), flip(own_kernel()))
            else "Both pictures share one scale, from "
            f"{number(0 if rectified else -largest)} to {number(largest)}. A kernel that turns "
            "into its own negative, like Sobel, only swaps orange and blue."
        )

st.header("Learned kernels")
st.markdown(
    "Nobody designed the kernels of a network: training found them. Here they are, with what each "
    f"of them makes of the same digit. You look at **{model.id}**; pixels are divided by 255 "
    "before the first layer sees them."
)
layer_choice, unit_choice = st.columns(2, gap="large")
with layer_choice:
    layer_name = choose_layer("Layer", convolutions)
layer = convolutions[layer_name]
rows, columns, filters = layer.output_shape
with unit_choice:
    unit = choose_filter(filters)

computed = activations(trained, digit)
maps, outputs = layer_inputs(trained, layer_name, computed), computed[layer_name]
layer_weights = trained.weights[layer_name]
kernel_size, _, channels, _ = layer_weights.kernel.shape
brightest = float(outputs.max())
heaviest = float(np.abs(layer_weights.kernel).max())
single = channels == 1
st.markdown(
    f"The {filters} feature maps of `{layer_name}`. They share one scale, from 0 (dark) to "
    f"{number(brightest, 2)} (yellow)"
    + (
        ". Left of each is its kernel; the kernels share one scale too, from "
        f"{number(-heaviest, 2)} (orange) to {number(heaviest, 2)} (blue)."
        if single
        else f". Each filter has {channels} slices of {kernel_size}×{kernel_size} weights, one "
        "for every channel of its input."
    )
)

filter_grid(
    colour_activations(outputs.transpose(2, 0, 1), brightest),
    colour_signed(layer_weights.kernel[:, :, 0].transpose(2, 0, 1), heaviest) if single else None,
    unit,
    key="filters",
    on_choice=look_at_unit,
)

st.subheader(f"Filter {unit} of {layer_name} at work")
st.markdown(
    "Its real weights, its real bias, and the ReLU that follows. The output is the feature map "
    f"that {'pool' + layer_name.removeprefix('conv')} receives."
    if single
    else f"Its window reads all {channels} channels at once. Every channel adds its own sum of "
    f"{kernel_size * kernel_size} products; together with the bias they make one cell. "
    "Choose a channel to see its window and its products."
)
place = look_at()
sliding_window(
    run_layer(trained, layer_name, unit, maps),
    Scale("pixels", 1.0) if single else Scale("activations", float(maps.max())),
    f"Filter {unit} of {layer_name}, {digit.title}",
    key=f"{layer_name}-window",
    start=Place(*place) if place else None,
    autoplay=not arrived_by_link,
    scroll=arrived_by_link,
    on_link=look_at_cell,
)

st.header("How a kernel came to be")
kept = list(checkpoints(model.id).items())
st.markdown(
    "Before training the weights are random numbers. With every batch of images they are moved a "
    f"little, so that the answers become less wrong. The same filter {unit} of `{layer_name}` over "
    "time:"
)
step = st.select_slider(
    "Moment of training",
    range(len(kept)),
    key=f"moment-{model.id}",
    format_func=lambda step: kept[step][0].title,
    persist_state="session",
)
moment, past = kept[step]
history = [then.weights[layer_name].kernel[..., unit] for _, then in kept]
heaviest_ever = float(max(np.abs(kernel).max() for kernel in history))
then = past.weights[layer_name]
computed_then = activations(past, digit)
then_map, then_read = computed_then[layer_name][..., unit], computed_then["output"]
kernel_then, map_then, words_then = st.columns(3, gap="large")
with kernel_then:
    show(
        kernel_slices(then.kernel[..., unit], heaviest_ever),
        caption=f"Kernel {moment.title}; orange {number(-heaviest_ever, 2)}, blue "
        f"{number(heaviest_ever, 2)} at all moments",
        alt=f"The weights of filter {unit} {moment.title}",
    )
with map_then:
    show(
        colour_activations(then_map, float(then_map.max())),
        caption=f"Its feature map; yellow is {number(float(then_map.max()), 2)}",
        alt=f"The feature map of filter {unit} {moment.title}",
    )
with words_then:
    now = layer_weights.kernel[..., unit]
    st.metric("Bias", number(float(then.bias[unit]), 4), help="It starts at 0 and is learned too.")
    st.metric(
        "Still to go to the final weights",
        percent(relative_change(now, then.kernel[..., unit])),
        help="The sum of all differences to the final weights, over the sum of their sizes.",
    )
    st.metric(
        f"The network {moment.title} reads",
        f"{int(then_read.argmax())} with {percent(float(then_read.max()))}",
    )

st.header("What it costs")
cost = convolution_cost(kernel_size, channels, (rows, columns, filters))
dense = dense_cost(maps.shape, layer.output_shape)
st.markdown(
    f"`{layer_name}` turns {shape(maps.shape)} values into {shape(layer.output_shape)}. The same "
    f"{kernel_size * kernel_size * channels} weights of a filter are used at all "
    f"{rows * columns:,} places. A dense layer with the same output would have an own weight from "
    "every input to every output."
)
with st.grid(4, min_column_width=190):
    st.metric("Parameters of the convolution", number(cost.parameters), border=True)
    st.metric(
        "Parameters of a dense layer",
        number(dense.parameters),
        f"{number(dense.parameters / cost.parameters)} times as many",
        delta_color="off",
        delta_arrow="off",
        border=True,
    )
    st.metric("Multiplications, convolution", number(cost.multiplications), border=True)
    st.metric(
        "Multiplications, dense",
        number(dense.multiplications),
        f"{number(dense.multiplications / cost.multiplications, 1)} times as many",
        delta_color="off",
        delta_arrow="off",
        border=True,
    )
st.caption(
    f"Parameters: {layer.formula} = {layer.parameters:,}. Multiplications: {rows}·{columns} places "
    f"· {filters} filters · {kernel_size}·{kernel_size}·{channels} weights"
    + (", products with padding counted." if model.config.architecture.padding == "same" else ".")
)

takeaway(
    "A convolution asks the same small question everywhere: how well does what lies under the "
    "window match these weights? It needs few weights, and it finds a stroke wherever it is."
)
