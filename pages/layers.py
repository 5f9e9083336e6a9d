"""Layers: the whole network for the current digit, down to every single number."""

import streamlit as st

from cnn_core.network.keras_calls import keras_calls
from cnn_core.network.layer_source import numpy_source
from cnn_core.network.telling import brightest_unit
from ui.components.network_map.network_map import CONNECTIONS_SENT, UNITS_FOLLOWED, network_map
from ui.frame.article import question, takeaway
from ui.inside.layer_words import layer_in_words
from ui.inside.units.show_unit import show_unit
from ui.inside.units.unit import unit_of
from ui.look.gloss import prose
from ui.look.model_words import name_with_title, title_with_name, unit_name
from ui.look.wording import shape
from ui.shared.resources import activations, network
from ui.visitor.current import current_digit, current_model
from ui.visitor.looked_at import follow_looked_at, look_at_layer, look_at_unit

question(
    "What happens inside?",
    "This is the whole network at work on the current digit, from the pixels to the ten outputs: "
    "every map and every [unit], coloured from dark, 0, to yellow, the largest value of its [layer]. "
    "From the marked one, at first the answer, lines lead back to the pixels: blue where an input raises a "
    "sum, orange where it lowers one.",
)

digit = current_digit()
model = current_model()
trained = network(model.id)
layers = {layer.name: layer for layer in model.config.architecture.layers()}
names = list(layers)
outputs = activations(trained, digit)


def choose_unit(layer: str, unit: int) -> None:
    """Look at a unit, and at no cell of its map in particular."""
    look_at_layer(layer)
    look_at_unit(unit)


def choose_in_fields() -> None:
    """Look at the layer and the unit that the two fields name; of another layer at the brightest."""
    if st.session_state["layer-field"] != st.session_state["layer"]:
        look_at_layer(st.session_state["layer-field"])
    else:
        choose_unit(st.session_state["layer"], st.session_state["unit-field"])


@st.fragment
def explore() -> None:
    """The map and the unit that was chosen on it; choosing reruns only this part of the page."""
    # A dense layer has units, but no rows and columns.
    follow_looked_at(
        {name: (1, 1, *layer.output_shape)[-3:] for name, layer in layers.items()},
        # Of the outputs the brightest is the answer.
        first=names[-1],
        telling=lambda name: brightest_unit(outputs[name]),
    )
    layer = layers[st.session_state["layer"]]
    network_map(
        trained,
        outputs,
        (layer.name, st.session_state["unit"]),
        f"The {len(layers)} layers of the network. Arrow keys move from unit to unit and from "
        "layer to layer, Enter opens a unit below.",
        key="network-map",
        on_choice=choose_unit,
    )
    position = names.index(layer.name) + 1
    count = layer.output_shape[-1]
    st.caption(
        "How the lines are followed: the marked unit counts as 1. Each unit hands what it has on to its "
        f"{CONNECTIONS_SENT} strongest inputs, in proportion to the size of what each adds, and of each "
        f"layer the {UNITS_FOLLOWED} units that get most are followed on to the pixels. The less "
        "arrives, the thinner and paler the line. What a map adds to a map is counted over all places."
    )
    st.header(f"{position}  {title_with_name(layer)}")
    st.session_state["layer-field"] = layer.name
    st.session_state["unit-field"] = st.session_state["unit"]
    layer_choice, unit_choice = st.columns([2, 1])
    layer_choice.selectbox(
        "Layer",
        names,
        key="layer-field",
        format_func=lambda name: f"{names.index(name) + 1}  {name_with_title(layers[name])}",
        on_change=choose_in_fields,
    )
    if count > 1:
        unit_choice.number_input(
            f"{unit_name(layer).capitalize()}, 0 to {count - 1}",
            0,
            count - 1,
            key="unit-field",
            on_change=choose_in_fields,
        )
    prose(layer_in_words(layer, trained.architecture))
    unit = unit_of(trained, digit, layer.name, st.session_state["unit"])
    st.subheader(unit.title)
    show_unit(unit)
    st.subheader(f"{layer.name} in code")
    defined, computed = st.tabs(["Defined in Keras", "Computed in NumPy"])
    defined.code(keras_calls(trained.architecture)[layer.name], language="python", wrap_lines=True)
    computed.code(numpy_source(layer), language="python")
    st.caption(
        "Keras trains the network, with this line for this layer; NumPy computes what you see, with the "
        f"lines of this dashboard's own source. Output: {shape(layer.output_shape)}."
    )


explore()
takeaway(
    "Every bright spot deep inside the network goes back to pixels, through sums you can check by "
    "hand. The deeper the layer, the more of the image one number can see, and the less it says "
    "about where."
)
