"""What one image adds to the gradient of a weight: its factors, and one way back from the loss."""

from __future__ import annotations

from itertools import zip_longest

import numpy as np
import pandas as pd
import streamlit as st

from cnn_core.network.chain import Link, product, strongest_path
from cnn_core.network.network import Network
from cnn_core.network.weight_gradient import meeting
from cnn_core.network.weight_place import WeightPlace
from ui.components.shared.from_browser import Implausible, chosen_point, values, whole_number
from ui.look.colors import colour_activations, colour_pixels, colour_signed
from ui.look.gloss import prose
from ui.look.pictures import show
from ui.look.wording import a_digit, count, probability_in_words, significant
from ui.train.descents import Beginning
from ui.train.weight_figures import pulls_figure

_IMAGE = "weight-image"


def choose_image(start: Beginning, place: WeightPlace) -> int:
    """The gradient as a sum over the images of the batch; returns the index of the chosen one.

    At first that is the one that pulls most.
    """
    shares = meeting(start.network, start.batch, place).by_image / np.float32(len(start.labels))
    asked = (start.positions.tolist(), place)
    kept = st.session_state.get(_IMAGE)
    image = kept[1] if kept and kept[0] == asked else int(np.abs(shares).argmax())

    def choose() -> None:
        try:
            if (point := chosen_point(st.session_state.get("weight-pulls"))) is not None:
                index = whole_number(values(point.get("customdata"), 3)[0], len(shares))
                st.session_state[_IMAGE] = (asked, index)
        except Implausible:
            return

    up, down = int((shares < 0).sum()), int((shares > 0).sum())
    idle = len(shares) - up - down
    others = f", and {idle} would not notice" if idle else ""
    st.markdown(
        f"The loss of the batch is a mean over {count(len(shares), 'image')}, so its gradient is a sum, "
        f"with a term for each. **{up}** of them would have the weight larger (orange: the loss falls "
        f"when it grows), **{down}** smaller (blue){others}. All together they make "
        f"**{significant(float(shares.sum()), 4)}**. Choose one by its bar, or with the buttons."
    )
    st.plotly_chart(
        pulls_figure(shares, start.labels, start.positions, image),
        key="weight-pulls",
        on_select=choose,
        selection_mode="points",
        config={"displayModeBar": False},
        alt=f"What each of {count(len(shares), 'image')} adds to the gradient: {up} bars below 0, "
        f"{down} above",
    )
    order = np.argsort(shares, kind="stable").tolist()
    bar = order.index(image)

    def move(to: int) -> None:
        st.session_state[_IMAGE] = (asked, order[to])

    # What a mouse does on the bars, a keyboard does here.
    with st.container(horizontal=True, gap="small"):
        for label, to in (("Bar to the left", bar - 1), ("Bar to the right", bar + 1)):
            st.button(
                label,
                key=f"weight-{label.split()[-1]}",
                disabled=to not in range(len(order)),
                on_click=move,
                args=(to,),
            )
    return image


def show_factors(start: Beginning, place: WeightPlace, image: int) -> None:
    """What the weight reads in one image, times how the loss changes with that sum."""
    met = meeting(start.network, start.batch, place)
    reads, by_sums = met.reads[image], met.by_sums[image]
    total = float(met.by_image[image])
    label = int(start.labels[image])
    probability = float(start.batch.activations["output"][image, label])
    picture, words = st.columns([1, 4], gap="large")
    with picture, st.container(width=150):
        show(
            colour_pixels(start.images[image]),
            alt=f"Training digit {start.positions[image]:,}: 28 by 28 pixels",
        )
    with words:
        prose(
            f"**Training digit {start.positions[image]:,}**, {a_digit(label)}, to which the network gives "
            f"{probability_in_words(probability)}: a loss of "
            f"{significant(float(start.batch.losses[image]))} nats. "
            "The gradient has two factors: what the weight reads, and how the loss changes with the sum "
            "that it reads it for. "
            + (
                f"{_in_words(start.network, place)}, for the sum of [unit] {place.unit}:"
                if reads.ndim == 0
                else f"The weight is used at all {reads.shape[0]}×{reads.shape[1]} places of map "
                f"{place.unit} of {place.layer}, so there are so many products, to be added up. "
                f"{_in_words(start.network, place)}."
            )
        )
        if reads.ndim == 0:
            st.latex(
                rf"{_tex(float(reads))} \cdot {_tex(float(by_sums), is_factor=True)} = {_tex(total)}"
            )
        st.caption(
            f"The loss of the batch is a mean over {len(start.labels)} images, so the bar above is "
            f"1/{len(start.labels)} of what comes out here."
            if len(start.labels) > 1
            else "This image is the whole batch."
        )
    if reads.ndim:
        _show_maps(start.network, place, reads, by_sums, total)


def _in_words(network: Network, place: WeightPlace) -> str:
    """What the weight reads, in a sentence without its end."""
    if place.part == "bias":
        return "A bias reads 1 everywhere"
    layers = network.architecture.layers()
    before = layers[[layer.name for layer in layers].index(place.layer) - 1]
    *position, channel, _ = place.index
    if not position:
        return f"It reads value {channel} of {before.name}"
    source = (
        "the rescaled image" if before.kind == "rescaling" else f"map {channel} of {before.name}"
    )
    return f"In row {position[0]}, column {position[1]} of its [kernel] it reads {source}"


def _show_maps(
    network: Network, place: WeightPlace, reads: np.ndarray, by_sums: np.ndarray, total: float
) -> None:
    """The two factors and their product, at every place of a convolution."""
    products = reads * by_sums
    largest, slope, most = (float(np.abs(each).max()) for each in (reads, by_sums, products))
    first = next(iter(network.weights)) == place.layer and place.part == "kernel"
    left, middle, right = st.columns(3, gap="large")
    with left:
        show(
            colour_pixels(np.round(reads * 255).astype(np.uint8))
            if first
            else colour_activations(reads, largest),
            alt=f"What the weight reads at {reads.shape[0]} by {reads.shape[1]} places, from 0 to "
            f"{significant(largest)}",
            caption="What the weight reads: 1 everywhere"
            if place.part == "bias"
            else f"What the weight reads at each place, from 0 to {significant(largest)}",
        )
    with middle:
        show(
            colour_signed(by_sums, slope),
            alt=f"How the loss changes with each sum of map {place.unit}, up to {significant(slope)}",
            caption=f"**times** how the loss changes with the sum there, from {significant(-slope)} "
            f"(orange) to {significant(slope)} (blue); 0 where ReLU or pooling stops it",
        )
    with right:
        show(
            colour_signed(products, most),
            alt=f"The products, up to {significant(most)}; their sum is {significant(total)}",
            caption=f"**is** the product, from {significant(-most)} (orange) to {significant(most)} "
            f"(blue). All places together: **{significant(total, 4)}**",
        )


def show_way(start: Beginning, place: WeightPlace, image: int) -> None:
    """The chain rule along the strongest way: each factor, from the loss back to the weight."""
    links = strongest_path(start.network, start.batch, place, image)
    if not links:
        st.info(
            "No way is open from this weight to the loss of this image: it reads only zeros, or ReLU and "
            "pooling let nothing through. Choose another image."
        )
        return
    total = float(meeting(start.network, start.batch, place).by_image[image])
    back = links[::-1]
    so_far = np.cumprod([link.factor for link in back])
    prose(
        "**How the error comes here: the [chain rule].** It begins at the output with $p - t$, what the "
        "network says minus what it should have said, and goes back [layer] by layer; every step is a "
        "factor. This is one way of very many, at each fork the one that counts most."
    )
    label = int(start.labels[image])
    st.table(
        pd.DataFrame(
            {
                "Back at": [link.layer for link in back],
                "Factor": [significant(link.factor, 4) for link in back],
                "Product so far": [significant(float(value), 4) for value in so_far],
                "What it is": [
                    _what(start, link, read, image, label)
                    for link, read in zip_longest(back, back[1:])
                ],
            }
        ),
        border="horizontal",
        hide_index=True,
        alt=f"{count(len(back), 'factor')} from the loss to the weight; their product is "
        f"{significant(product(links), 4)}",
    )
    is_only = np.isclose(product(links), total, rtol=1e-4)
    st.caption(
        "It is the only way to this weight."
        if is_only
        else f"This way adds {significant(product(links), 4)}; all ways together make "
        f"{significant(total, 4)}."
    )


def _what(start: Beginning, link: Link, read: Link | None, image: int, label: int) -> str:
    """A factor in words; read: the one that comes next on the way back."""
    match link.kind:
        case "error":
            digit = link.cell[0]
            p = float(start.batch.activations["output"][image, digit])
            return f"p − t of the {digit}: {significant(p, 4)} − {int(digit == label)}"
        case "weight":
            assert read is not None
            return f"the weight by which {_where(link)} reads {_where(read)} of {read.layer}"
        case "relu":
            return f"ReLU lets {_where(link)} through"
        case "pool":
            shared = " in part, with others as large" if link.factor < 1 else ""
            return f"pooling hands this value on to {_where(link)}{shared}"
        case "reads":
            return f"what the weight reads for {_where(link)}"


def _where(link: Link) -> str:
    if len(link.cell) == 1:
        return f"unit {link.cell[0]}"
    return f"map {link.cell[2]}, row {link.cell[0]}, column {link.cell[1]}"


def _tex(value: float, *, is_factor: bool = False) -> str:
    """A number in a formula; in brackets where it is a negative factor."""
    text = significant(value, 4)
    if "10" in text and "·" in text:
        mantissa, raised = text.split(" · 10")
        power = raised.translate(str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789"))
        text = rf"{mantissa} \cdot 10^{{{power}}}"
    text = text.replace("−", "-").replace(",", "{,}")
    return f"({text})" if is_factor and value < 0 else text
