"""What models, layers and their units are called in front of people."""

from __future__ import annotations

from cnn_core.errors import StoreError
from cnn_core.network.architecture import Architecture, Layer
from cnn_core.store.store import StoredModel
from ui.look.wording import number, percent

_LAYER_TITLES = {
    "rescaling": "Rescaling",
    "convolution": "Convolution + ReLU",
    "pooling": "Max pooling",
    "flatten": "Flatten",
    "dense": "Dense",
    "dropout": "Dropout",
}


def model_label(model: StoredModel) -> str:
    """A model's name and validation accuracy: `Baseline · 98.77 %`."""
    return " · ".join(filter(None, [model.title, validated(model)]))


def validated(model: StoredModel) -> str | None:
    """A model's validation accuracy: `98.77 %`; None where a damaged run does not tell it."""
    try:
        return percent(model.validation_accuracy, 2)
    except StoreError:
        return None


def model_facts(model: StoredModel) -> str:
    """A model's test accuracy and parameters: `98.44 % · 32,906 parameters`."""
    accuracy = percent(model.results["test_accuracy"], 2)
    return f"{accuracy} · {number(model.config.architecture.parameters)} parameters"


def shape_of_blocks(architecture: Architecture) -> str:
    """What sets an architecture apart: `16-32-64 filters 3×3, padding valid`."""
    filters = "-".join(map(str, architecture.filters))
    size = architecture.kernel_size
    return f"{filters} filters {size}×{size}, padding {architecture.padding}"


def layer_title(layer: Layer) -> str:
    """What kind of layer it is, for people."""
    if layer.name == "output":
        return "Dense + softmax"
    if layer.name == "dense":
        return "Dense + ReLU"
    return _LAYER_TITLES[layer.kind]


def title_with_name(layer: Layer) -> str:
    """What kind of layer it is and which: `Max pooling: pool1`; `Flatten` where both are the same."""
    title = layer_title(layer)
    return title if title.lower() == layer.name else f"{title}: {layer.name}"


def name_with_title(layer: Layer) -> str:
    """Which layer it is and of what kind: `pool1, Max pooling`; `flatten` where both are the same."""
    title = layer_title(layer)
    return layer.name if title.lower() == layer.name else f"{layer.name}, {title}"


def unit_name(layer: Layer) -> str:
    """What one unit of a layer is called: a map, a value or a unit."""
    return {"flatten": "value", "dense": "unit", "dropout": "unit"}.get(layer.kind, "map")
