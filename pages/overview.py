"""Overview: the visitor writes a digit, and the whole network is seen reading it."""

import streamlit as st

from ui.components.canvas_frame.canvas_frame import canvas_frame
from ui.components.live_network.live_network import live_id, live_network
from ui.components.network_map.network_map import network_map
from ui.components.probability_bars.probability_bars import probability_bars
from ui.components.verdict.verdict import verdict
from ui.components.written_digit.written_digit import PAPER_SOURCE, written_digit
from ui.frame.article import question, takeaway
from ui.frame.sidebar import show_digit_card
from ui.look.gloss import prose
from ui.look.wording import a_digit
from ui.shared.resources import activations, network
from ui.visitor.current import current_digit, current_model
from ui.visitor.take_home import offer_to_take_home
from ui.write.canvas import canvas_edition
from ui.write.paper import digit_to_write, lay_current_digit_on_paper, read_paper

# Of the window's height: on one screen with the canvas are the answer and the whole network.
CANVAS_HEIGHT = 0.42
FEWER_LINES = 4

question(
    "DigitScope",
    "Write a digit and watch a network read it.",
    with_digit_card=False,
)


def open_in_layers(layer: str, unit: int) -> None:
    """Go to a unit on the page that takes it apart, once this run is over."""
    st.session_state["open-in-layers"] = (layer, unit)


@st.fragment
def write_and_watch() -> None:
    """The canvas, the answer and the network; a drawing reruns only this part of the page."""
    if chosen := st.session_state.pop("open-in-layers", None):
        layer, unit = chosen
        st.switch_page("pages/layers.py", query_params={"layer": layer, "unit": unit})
    model = current_model()
    trained = network(model.id)
    with st.grid(6, min_column_width=92, gap="small", key="first-screen") as screen:
        # What shows nothing leaves no gap under the canvas.
        sheet = screen.cell(column_span=2).container(gap=None)
        tools = screen.cell()
        answer = screen.cell(column_span=3)
    read_paper(sheet, tools)
    digit = current_digit()
    outputs = activations(trained, digit)
    probabilities = outputs["output"]
    with answer, st.container(key="prediction", gap="xxsmall"):
        verdict(digit.image, probabilities, key="verdict", live=PAPER_SOURCE)
        probability_bars(
            probabilities, key="overview-probabilities", live=PAPER_SOURCE, compact=True
        )
    layers = trained.architecture.layers()
    network_map(
        trained,
        outputs,
        None,
        f"The {len(layers)} layers of the network, from the pixels to the ten outputs. Arrow keys move "
        "from unit to unit and from layer to layer, Enter opens a unit on the page Layers.",
        key="overview-map",
        followed=FEWER_LINES,
        on_choice=open_in_layers,
        compact=True,
        invitation="Click anything in the network to look inside.",
        live=PAPER_SOURCE,
    )
    with sheet:
        # In this fragment, too: what it asks for may arrive together with what the canvas says.
        live_network(model, trained, key="live-network")
        canvas_frame(
            digit.name,
            key="canvas-frame",
            model=live_id(model),
            edition=canvas_edition(),
            highest=CANVAS_HEIGHT,
        )
        written_digit(
            digit_to_write(), model=live_id(model), edition=canvas_edition(), key="written-digit"
        )
    show_digit_card()
    if digit.label is not None:
        prose(
            f"**{digit.title}** wrote itself. Its [label] says {a_digit(digit.label)}. [MNIST] keeps the "
            "picture and not how it was written, so the order of the strokes is reckoned from it."
        )


def what_one_sees() -> None:
    """The network in words, for whoever scrolls on."""
    architecture = current_model().config.architecture
    st.header("What you are looking at")
    prose(
        "A [convolutional] network slides small grids of numbers, its [kernels], over the pixels of a "
        "digit, and at every place multiplies and adds up what lies under them. [Layer] by layer the maps "
        "of these sums become smaller, and each number in them goes back to a larger piece of the digit, "
        "until ten remain: the probabilities that it gives to the ten digits. This one has "
        f"{len(architecture.layers())} layers with {architecture.parameters:,} [parameters], numbers that "
        "were adjusted while it trained, and every number you see is the number that it computes."
    )
    prose(
        "The pixels are grey. In all other layers dark violet stands for 0, yellow for the largest value "
        "of the layer. Lines lead from the answer back to the pixels: blue ones raise it, orange ones "
        "lower it, and black ones hand a value on."
    )


def where_to_go_next() -> None:
    """Ways on from here."""
    st.header("Where to go next")
    with st.container(horizontal=True):
        for page, label, icon in (
            ("layers", "Take one number apart", "account_tree"),
            ("convolution", "Watch a kernel slide", "blur_linear"),
            ("draw", "Draw larger, or photograph a digit", "draw"),
            ("training", "Train a network", "model_training"),
            ("dataset", "Choose another digit", "grid_view"),
        ):
            st.page_link(f"pages/{page}.py", label=label, icon=f":material/{icon}:")
    prose(
        f"Or take the network home: one file with {current_model().title} in it, which reads your "
        "handwriting in any browser, without internet."
    )
    offer_to_take_home(current_model(), key="take-home")


lay_current_digit_on_paper()
write_and_watch()
what_one_sees()
where_to_go_next()
takeaway(
    "A network of this kind is nothing but sums of products, maxima ([ReLU] and [pooling]), a [softmax] at "
    "its end, and numbers that training has chosen. Nowhere is there a rule about what a 4 looks like."
)
