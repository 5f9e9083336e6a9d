"""One layer at a glance: its name, what it makes of the current digit, its shape and parameters."""

from __future__ import annotations

import numpy as np
import streamlit as st

from cnn_core.network.architecture import Layer
from cnn_core.network.arithmetic import Array
from ui.look.colors import Rgb, colour_pixels
from ui.look.gloss import marked, prose
from ui.look.model_words import layer_title
from ui.look.pictures import feature_maps, show, units
from ui.look.wording import number, shape


def layer_card(position: int, layer: Layer, values: Array, *, explained: bool) -> None:
    """Show a layer and its output for one digit, float32 of the layer's output shape.

    explained: whether the terms in its title explain themselves.
    """
    title = marked(layer_title(layer)) if explained else layer_title(layer)
    with st.container(border=True, height="stretch"):
        prose(f"**{position}  {title}**  `{layer.name}`")
        show(_picture(layer, values), alt=_describe(layer, values))
        learned = f"{layer.parameters:,} parameters" if layer.parameters else "nothing to learn"
        st.caption(f"{shape(layer.output_shape)} · {learned}", help=_origin(layer))


def _origin(layer: Layer) -> str | None:
    return f"{layer.formula} = {layer.parameters:,}" if layer.parameters else None


def _picture(layer: Layer, values: Array) -> Rgb:
    if layer.name == "rescaling":
        return colour_pixels(np.round(values[..., 0] * 255).astype(np.uint8))
    if values.ndim == 3:
        columns = {16: 4, 32: 6, 64: 8}.get(values.shape[2]) or int(np.ceil(values.shape[2] ** 0.5))
        return feature_maps(values, columns)
    if layer.name == "output":
        return units(values, 1).repeat(len(values), axis=1)
    return units(values, int(np.ceil(len(values) ** 0.5)))


def _describe(layer: Layer, values: Array) -> str:
    largest = number(float(values.max()), 2)
    if layer.name == "rescaling":
        return f"The digit with pixel values from 0 to {largest}"
    if values.ndim == 3:
        active = int((values.max(axis=(0, 1)) > 0).sum())
        return (
            f"{values.shape[2]} feature maps of {layer.name}; {active} respond to this digit, "
            f"the largest value is {largest}"
        )
    if layer.name == "output":
        return f"Ten stripes from 0 to 9; the brightest is {int(values.argmax())} with {largest}"
    return (
        f"{len(values)} values of {layer.name}; {int((values > 0).sum())} are above 0, "
        f"the largest is {largest}"
    )
