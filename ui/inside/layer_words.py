"""What each layer does, in plain words, with its own numbers filled in."""

from __future__ import annotations

from cnn_core.network.architecture import POOL_SIZE, Architecture, Layer
from ui.look.wording import percent, shape


def layer_in_words(layer: Layer, architecture: Architecture) -> str:
    """A paragraph on one layer of an architecture."""
    layers = architecture.layers()
    before = layers[max(layers.index(layer) - 1, 0)]
    match layer.kind:
        case "rescaling":
            return (
                "Pixels come as whole numbers from 0, black, to 255, white. This layer divides each "
                "by 255, so that everything after it works with numbers from 0 to 1. It learns "
                "nothing."
            )
        case "convolution":
            return _convolution(layer, before, architecture)
        case "pooling":
            return _pooling(layer, before)
        case "flatten":
            return (
                f"The {shape(before.output_shape)} values of `{before.name}` are written one after "
                f"the other into a single row of {layer.output_shape[0]:,}: position by position, "
                "row by row, and at each position all maps in turn. Nothing is computed, and "
                "nothing is learned; only the arrangement in rows and columns is given up."
            )
        case "dropout":
            return (
                f"While the network trained, this layer set each of the {layer.output_shape[0]} "
                f"values to 0 with a probability of {percent(architecture.dropout, 0)}, at random "
                "and anew for every image, so that no unit could rely on one other unit alone. Now "
                "that the network answers, it hands every value on as it is."
            )
        case "dense":
            return _dense(layer, before)


def _convolution(layer: Layer, before: Layer, architecture: Architecture) -> str:
    rows, columns, filters = layer.output_shape
    channels = before.output_shape[-1]
    size = architecture.kernel_size
    reads = "the digit" if channels == 1 else f"all {channels} maps of `{before.name}` at once"
    edge = (
        f"Its windows stay inside, so maps shrink from {before.output_shape[0]} to {rows}."
        if architecture.padding == "valid"
        else f"A border of zeros keeps the maps at {rows}×{columns}."
    )
    return (
        f"{filters} [filters] slide over {reads}. Each looks at {size}×{size} positions at a time, "
        f"multiplies the {size * size * channels} values there by its [weights], adds them up with a "
        "[bias], and keeps the sum if it is above 0 ([ReLU]). Its [map][feature map] is bright where "
        f"large values lie under large weights. {edge} [Parameters]: {layer.formula} = {layer.parameters:,}."
    )


def _pooling(layer: Layer, before: Layer) -> str:
    size, pooled = before.output_shape[0], layer.output_shape[0]
    lost = (
        ""
        if size == pooled * POOL_SIZE
        else f" {size} is not a multiple of {POOL_SIZE}: the last row and the last column of "
        "every map are dropped, whatever they hold."
    )
    return (
        f"Each map of `{before.name}` is cut into windows of {POOL_SIZE}×{POOL_SIZE}, and only the "
        f"largest value of each is handed on: {size}×{size} become {pooled}×{pooled}. What was "
        f"found stays, exactly where matters less. It learns nothing.{lost}"
    )


def _dense(layer: Layer, before: Layer) -> str:
    inputs, units = before.output_shape[0], layer.output_shape[0]
    first = (
        f"{units} units, and each reads all {inputs:,} values before it: every value is multiplied "
        "by a [weight] of its own, everything is added up with a [bias]"
    )
    last = (
        ". The ten sums are the [logits]; [softmax] turns them into ten probabilities that add up to 1."
        if layer.name == "output"
        else ", and a sum below 0 becomes 0 ([ReLU])."
    )
    return f"{first}{last} [Parameters]: {layer.formula} = {layer.parameters:,}."
