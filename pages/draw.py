"""Draw: a visitor writes a digit, or photographs one, and watches the network read it."""

import streamlit as st

from cnn_core.data.digit import Digit
from cnn_core.errors import PhotoError
from cnn_core.images.drawing import PreparedDrawing, prepare_drawing
from cnn_core.network.arithmetic import Array
from ui.components.canvas_frame.canvas_frame import LIVE_SOURCE, canvas_frame
from ui.components.digit_picture.digit_picture import digit_picture
from ui.components.live_network.live_network import live_id, live_network
from ui.components.probability_bars.probability_bars import probability_bars
from ui.components.verdict.verdict import verdict
from ui.frame.article import question, takeaway
from ui.frame.sidebar import show_digit_card
from ui.look.colors import colour_pixels
from ui.look.pictures import digit_with_centre, ink_with_box, show
from ui.look.wording import answer_in_words, number
from ui.shared.resources import activations, network
from ui.visitor.choice import choose_one
from ui.visitor.current import current_digit, current_model, make_current_once, own_drawing
from ui.visitor.take_home import offer_to_take_home
from ui.visitor.use_everywhere import offer_way_back
from ui.write.canvas import (
    canvas_edition,
    digit_on_canvas,
    draw_on_canvas,
    follow_shared_drawing,
    offer_everywhere,
)
from ui.write.likeness import note_if_unlikely
from ui.write.photo import (
    DRAW,
    UPLOAD,
    choose_photo,
    how_photos_are_read,
    ink_in_words,
    ink_of_photo,
    photo_on_paper,
)

question(
    "Can the network read your handwriting?",
    "Draw a digit, as large and wherever you like, or photograph one. When does a 1 become a 2?",
    with_digit_card=False,
)
SERVER_SAYS = "server-says"
# In CSS pixels: the longest answer, and two lines of words.
VERDICT_WIDTH, WORDS_HEIGHT = 330, 56


@st.fragment
def draw_and_read() -> None:
    """The canvas or the photo and what follows; a stroke reruns only this part of the page."""
    way = choose_one(
        "How",
        [DRAW, UPLOAD],
        default=DRAW,
        key="draw-way",
        label_visibility="collapsed",
        persist_state="session",
    )
    # Over the canvas: on a phone the hand that draws hides what is under it.
    answer_place = st.container(key="prediction")
    paper, reading = st.columns([1, 1], gap="large")
    model = current_model()
    ink, put, how_found = None, None, ""
    with paper:
        if way == UPLOAD:
            choose_photo()
            photo_on_paper()
            nothing = (
                "Choose a photo or a scan of one handwritten digit, a PNG or JPEG file. A phone "
                "held above a sheet of paper is all it takes."
            )
            try:
                found = ink_of_photo()
            except PhotoError as error:
                nothing = str(error)
            else:
                if found is not None:
                    ink, how_found = found.ink, ink_in_words(found)
        else:
            nothing = (
                "Draw on the black square with the mouse, a pen or a finger. "
                "Without any of these, put a test digit on it."
            )
            ink = draw_on_canvas()
            put = digit_on_canvas()
    prepared = None if ink is None or put is not None else prepare_drawing(ink)
    digit = put if prepared is None else own_drawing(prepared.image)
    if digit is not None:
        make_current_once(digit)
    live = LIVE_SOURCE if way == DRAW else None
    if digit is None:
        with answer_place:
            answer(None, None, nothing, live)
        with reading:
            if way == DRAW:
                what_is_read(None, None, live)
            elif measured := how_photos_are_read(model):
                st.caption(measured)
        show_around(way, paper, put)
        return
    trained = network(model.id)
    outputs = activations(trained, digit)  # Computed once, for the card in the sidebar, too.
    probabilities = outputs["output"]
    with answer_place:
        answer(digit, probabilities, answer_in_words(probabilities), live)
    with reading:
        what_is_read(digit, probabilities, live)
        if put is not None:
            st.markdown(
                f"**{put.title}** is on the canvas. Draw on, or clear it and draw your own."
            )
        with st.container(key="unlikely-note"):
            note_if_unlikely(model, outputs[trained.architecture.layers()[-2].name])
        lead_on(digit)
    show_around(way, paper, put)
    if prepared is None:
        what_came_prepared(digit)
    else:
        what_it_receives(prepared, how_found)


def answer(digit: Digit | None, probabilities: Array | None, words: str, live: str | None) -> None:
    """The answer, which follows the pen, and what the server says of it once a stroke is done."""
    image = None if digit is None else digit.image
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        with st.container(width=VERDICT_WIDTH):
            verdict(image, probabilities, key="verdict", live=live, server_says=SERVER_SAYS)
        # As high whatever it says: the canvas must not move away under the pen.
        with st.container(
            key=SERVER_SAYS, height=WORDS_HEIGHT, border=False, vertical_alignment="center"
        ):
            st.markdown(words)


def what_is_read(digit: Digit | None, probabilities: Array | None, live: str | None) -> None:
    """The ten probabilities, and the pixels that they are computed from."""
    probability_bars(probabilities, key="draw-probabilities", live=live)
    digit_picture(
        None if digit is None else digit.image,
        "All that the network sees of it: 28 × 28 pixels",
        key="draw-picture",
        live=live,
    )


def show_around(way: str, paper: st.delta_generator.DeltaGenerator, put: Digit | None) -> None:
    """What follows the drawing outside of the article: the sidebar's card, and the address."""
    show_digit_card()
    if way == DRAW:
        with paper:
            canvas_frame(
                current_digit().name,
                key="canvas-frame",
                model=live_id(current_model()),
                put=put,
                edition=canvas_edition(),
            )


def lead_on(digit: Digit) -> None:
    """The ways on with what was written, and back to the digit that was current before."""
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        for page, label, icon in (
            ("layers", "See it in Layers", "account_tree"),
            ("convolution", "Slide a kernel over it", "blur_linear"),
            ("preparation", "Read wrongly? See why", "healing"),
        ):
            st.page_link(f"pages/{page}.py", label=label, icon=f":material/{icon}:")
        if current_digit().name == digit.name:
            offer_way_back(key="back-to-digit-before")
        else:
            offer_everywhere(digit.image)
        offer_to_take_home(current_model(), key="take-home")


def what_came_prepared(digit: Digit) -> None:
    """What the network receives of a digit that nobody has drawn on."""
    st.header("What the network really receives")
    with st.grid(3, min_column_width=200), st.container():
        show(
            digit_with_centre(digit.image),
            alt="The 28 by 28 pixels that the network receives, their middle marked by a cross",
        )
        st.markdown(
            "These 28 × 28 pixels were prepared already, so the network receives them as they are. "
            "What you draw is prepared in the same way first: draw on, and you see how."
        )


def what_it_receives(prepared: PreparedDrawing, how_found: str) -> None:
    """The steps from the ink to the 28×28 pixels."""
    st.header("What the network really receives")
    st.markdown(
        "It was trained on digits that were all prepared in one way, so your drawing is prepared in "
        "the same way first. The last picture is all that the network ever sees."
    )
    top, bottom, left, right = prepared.box
    rows, columns = prepared.scaled.shape
    with st.grid(3, min_column_width=200):
        with st.container():
            show(ink_with_box(prepared), alt="The ink with a frame around it")
            st.markdown(
                f"**1. Find the ink.** {how_found} The smallest box around it has "
                f"{number(bottom - top)} rows and {number(right - left)} columns."
            )
        with st.container():
            show(
                colour_pixels(prepared.scaled),
                alt=f"The ink scaled to {rows} rows and {columns} columns",
            )
            st.markdown(
                f"**2. Fit it into 20 × 20.** The longer side becomes 20 pixels, the aspect ratio "
                f"stays: {rows} × {columns}."
            )
        with st.container():
            show(
                digit_with_centre(prepared.image),
                alt="The 28 by 28 pixels that the network receives, their middle marked by a cross",
            )
            row, column = prepared.corner
            st.markdown(
                f"**3. Centre its mass.** The top-left goes to row {row}, column {column} of "
                "28 × 28, so that the ink balances on the middle."
            )


follow_shared_drawing()
draw_and_read()
takeaway(
    "The network never sees a pen or a stroke, only 784 numbers. When it misreads you, look at the "
    "last picture: perhaps the digit was lost there."
)
live_network(current_model(), network(current_model().id), key="live-network")
