"""Overview: the current digit through the whole network at a glance."""

import streamlit as st

from ui.components.probability_bars.probability_bars import probability_bars
from ui.frame.article import question, takeaway
from ui.inside.layer_card import layer_card
from ui.look.colors import colour_pixels
from ui.look.gloss import prose
from ui.look.model_words import layer_title
from ui.look.pictures import show
from ui.look.wording import a_digit, percent
from ui.shared.resources import activations, network
from ui.visitor.current import current_digit, current_model

question(
    "How does a network read handwriting?",
    "A [convolutional] network slides small grids of numbers, its [kernels], over the pixels of a "
    "digit, and at every place multiplies and adds up what lies under them. "
    "[Layer] by layer the maps of these sums become smaller, and each number in them goes back to a "
    "larger piece of the digit, until ten remain: the probabilities that it gives to the ten digits. "
    "Here you follow one digit all the way through, and every number you see is the number that the "
    "trained network computes.",
)

digit = current_digit()
model = current_model()
outputs = activations(network(model.id), digit)
probabilities = outputs["output"]
answer = int(probabilities.argmax())

picture, verdict = st.columns([1, 2], gap="large", vertical_alignment="center")
with picture:
    show(colour_pixels(digit.image), alt=f"{digit.title}, large")
with verdict, st.container(key="prediction"):
    st.header(f"The network reads {a_digit(answer)}")
    truth = "" if digit.label is None else f" Its [label] says {a_digit(digit.label, bold=True)}."
    prose(
        f"It gives the {answer} a probability of **{percent(float(probabilities[answer]))}**.{truth}"
    )
    probability_bars(probabilities, key="overview-probabilities")

st.header("The network at a glance")
layers = model.config.architecture.layers()
prose(
    f"{digit.title} passes through {len(layers)} layers in this order. "
    f"Together they have {model.config.architecture.parameters:,} [parameters], numbers that were "
    "adjusted while the network trained. The pixels are grey. In all other layers dark violet stands "
    "for 0, yellow for the largest value of the layer; all pictures of one layer share one scale."
)
with st.grid(4, min_column_width=150, gap="small", key="layers"):
    for position, layer in enumerate(layers, start=1):
        is_first = layer_title(layer) not in map(layer_title, layers[: position - 1])
        layer_card(position, layer, outputs[layer.name], explained=is_first)

st.header("Where to go next")
with st.container(horizontal=True):
    st.page_link(
        "pages/convolution.py", label="Watch a kernel slide", icon=":material/blur_linear:"
    )
    st.page_link("pages/draw.py", label="Draw a digit yourself", icon=":material/draw:")
    st.page_link("pages/training.py", label="Train a network", icon=":material/model_training:")
    st.page_link("pages/dataset.py", label="Choose another digit", icon=":material/grid_view:")
takeaway(
    "A network of this kind is nothing but sums of products, maxima (ReLU and pooling), a softmax at "
    "its end, and numbers that training has chosen. Nowhere is there a rule about what a 4 looks like."
)
