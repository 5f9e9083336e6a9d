"""Units: what excites each feature map and hidden unit most, and those that nothing ever excites."""

import streamlit as st

from cnn_core.findings.compared import COMPARED
from cnn_core.findings.units import ANSWERING, UnitsOfLayer, layers_with_units
from cnn_core.network.telling import brightest_unit
from ui.frame.article import question, takeaway
from ui.look.gloss import marked, prose
from ui.look.pictures import framed, seen_by, show
from ui.look.wording import number, percent
from ui.shared.checkpoints import checkpoints
from ui.shared.resources import activations, mnist, models, network
from ui.visitor.current import current_digit, current_model
from ui.visitor.filter_choice import choose_filter, choose_layer
from ui.visitor.guess_first import guess_and_check
from ui.visitor.looked_at import follow_looked_at
from ui.why.answered_classes import (
    classes_figure,
    classes_in_words,
    definition_in_words,
    digits_field,
    judge_digits,
    medians_in_words,
)
from ui.why.dead_units import dead_in_words, show_dead_unit
from ui.why.made_images import (
    climb_in_words,
    how_it_was_made,
    made_for,
    reading_in_words,
    show_made,
)
from ui.why.response_figure import response_figure
from ui.why.strongest_digits import show_patches, show_strongest, strongest_of
from ui.why.unit_looked_at import LookedAt
from ui.why.unit_survey import survey_of

question(
    "What does this unit look for?",
    "Every [feature map] and every [hidden unit] responds to some digits and not to others; training made "
    "it so, and nobody wrote down to what. Choose one, guess, then look at the digits that excite it "
    "most, and at an image that was made for it alone.",
)

digit = current_digit()
model = current_model()
trained = network(model.id)
architecture = trained.architecture
layers = {layer.name: layer for layer in layers_with_units(architecture)}
outputs = activations(trained, digit)
survey = survey_of(model)


@st.fragment
def look_at_one() -> None:
    """The unit that is chosen: its response to the current digit, to all others, and its image."""
    follow_looked_at(
        # A dense layer has units, but no rows and columns.
        {name: (1, 1, *layer.output_shape)[-3:] for name, layer in layers.items()},
        # Whoever comes without a layer in mind begins with the last maps; an address may name any.
        first=architecture.convolutions[-1],
        telling=lambda name: brightest_unit(outputs[name]),
    )
    layer_choice, unit_choice = st.columns([2, 1], gap="large")
    with layer_choice:
        layer = layers[choose_layer("Layer", layers)]
    with unit_choice:
        chosen = LookedAt(
            architecture,
            layer,
            choose_filter(layer.output_shape[-1], "Map" if layer.kind == "convolution" else "Unit"),
        )
    st.header(chosen.title)
    found = None if survey is None else survey[layer.name]
    response, cell = chosen.strongest(outputs[layer.name])
    pictures, words = st.columns([9, 11] if chosen.is_map else [1, 3], gap="medium")
    with pictures:
        show_where(chosen, cell)
    with words:
        prose(
            f"Its **response** to a digit is {chosen.response}. To {digit.title.lower()} it is "
            f"**{number(response, 2)}**"
            + (
                f", in row {cell[0]}, column {cell[1]} of the map."
                if chosen.is_map and response > 0
                else "."
            )
            + (
                " No later [layer] reads that cell."
                if response > 0 and chosen.is_unheard(cell)
                else ""
            )
            + ("" if response > 0 else " It is silent.")
        )
        shown = found is None or guess_and_check(
            f"**Guess first.** To which digits does {chosen.name} answer? Name all to which its mean "
            f"response is at least {percent(ANSWERING, 0)} of that to its best one.",
            digits_field,
            lambda guessed: judge_digits(
                guessed, [one for one in range(10) if found.answers[chosen.number, one]]
            ),
            key="unit-guess",
            about=f"{model.id}-{layer.name}-{chosen.number}",
        )
    if found is not None and shown:
        look_at_digits(chosen, found, response)
    look_at_made_image(chosen, found if shown else None)


def show_where(chosen: LookedAt, cell: tuple[int, int]) -> None:
    """The current digit, what the cell that responds most sees of it, and that patch alone."""
    with st.grid(2 if chosen.is_map else 1, min_column_width=120, gap="small", key="where"):
        show(
            seen_by(digit.image, chosen.field(cell)),
            alt=f"{digit.title}; not dimmed is what {chosen.name} sees where it responds most",
            caption=digit.title + ("; dimmed: what this cell cannot see" if chosen.is_map else ""),
        )
        if chosen.is_map:
            show(
                framed(chosen.patch(digit.image, cell), 280),
                alt=f"The patch of {digit.title}, {chosen.side} by {chosen.side} pixels",
                caption=f"The patch, {chosen.side}×{chosen.side} pixels",
            )


def look_at_digits(chosen: LookedAt, found: UnitsOfLayer, response: float) -> None:
    """The nine digits that excite it most, and its response to each class."""
    if chosen.number in found.dead:
        st.info(
            f"{chosen.title} responds to none of the {number(len(mnist().train) + len(mnist().test))} "
            "digits of MNIST. How it came to that is told below.",
            icon=":material/volume_off:",
        )
        return
    st.subheader("The digits that excite it most")
    columns = st.columns([5, 4, 6] if chosen.is_map else [4, 6], gap="medium")
    with columns[0]:
        show_strongest(chosen, found)
    if chosen.is_map:
        with columns[1]:
            show_patches(chosen, found)
    with columns[-1]:
        sizes = mnist().train.class_counts().tolist()
        st.plotly_chart(
            response_figure(found, chosen.number, sizes, response),
            config={"displayModeBar": False},
            key="responses",
            alt=f"Mean response of {chosen.name} by label, from "
            f"{number(float(found.mean[chosen.number].min()), 2)} to "
            f"{number(float(found.mean[chosen.number].max()), 2)}; the current digit gets "
            f"{number(response, 2)}",
        )
        st.caption(
            f"{definition_in_words()} (dotted line): those bars are green. Thin lines: eight of ten "
            f"digits. Red line: {digit.title.lower()}, which gets more than about "
            f"{percent(found.share_below(chosen.number, response), 0)} of all training digits. Below: "
            "the share of the digits that get any response."
        )


def look_at_made_image(chosen: LookedAt, found: UnitsOfLayer | None) -> None:
    """The images made for it, beside the digit that excites it most, where that may be seen."""
    st.subheader("An image made for it")
    prose(
        "No digit has to be the best that a unit could be shown. So let an image be made for it, pixel "
        "by pixel: whatever raises its sum"
        + (" in the middle of the map" if chosen.is_map else "")
        + ", the number before [ReLU]."
    )
    best = [] if found is None else strongest_of(found, chosen.number)
    with st.spinner("Following the slope uphill"):
        smooth, free = made_for(model, chosen)
    show_made(chosen, smooth, free, best[0] if best else None)
    st.markdown(
        climb_in_words(chosen, smooth, free, found)
        + ("" if chosen.is_map else f" {reading_in_words(trained, smooth)}")
    )
    with st.expander("How it was made", icon=":material/landscape:"):
        prose(marked(how_it_was_made(), "activation", "backpropagation"))


def show_layers(survey: dict[str, UnitsOfLayer]) -> None:
    """To how many digits the units of each layer answer."""
    st.header("Does it become choosier from layer to layer?")
    figure, words = st.columns([3, 2], gap="large")
    with figure:
        st.plotly_chart(
            classes_figure(survey),
            config={"displayModeBar": False},
            key="classes-by-layer",
            alt="Shares of the units of each layer that answer to 1 to 10 digits. "
            + classes_in_words(survey).replace("- ", "").replace("**", "").replace("\n", " "),
        )
    with words:
        st.markdown(
            f"{definition_in_words()}. To how many of the ten does a unit of {model.title} answer? The "
            "median of all that ever respond (red line):"
        )
        prose(marked(classes_in_words(survey), "dense"))
        prose(
            f"{marked(medians_in_words(survey), 'layer')} "
            "“From edges to strokes to digits”, as one often reads, says more than this: these numbers "
            "know [labels], and nothing of edges or strokes. For those look at the patches above, and "
            "judge for yourself."
        )


@st.fragment
def show_dead(survey: dict[str, UnitsOfLayer]) -> None:
    """Which units never respond, and how that came about."""
    st.header("Units that never respond")
    told = dead_in_words(survey, [*checkpoints(model.id)])
    prose(marked(told, "ReLU", "gradient", "weight", "batch"))
    show_dead_unit(model, survey)
    st.page_link(
        "pages/runs.py",
        label="A whole network that died, of steps that were too large",
        icon=":material/timeline:",
    )


look_at_one()
if survey is None:
    counted = " and ".join(models()[name].title for name in COMPARED)
    st.info(
        f"To look at all 70,000 digits takes minutes, so it was done ahead, for {counted}. Choose one of "
        "them in the sidebar to see which digits excite a unit most, and which units never respond.",
        title=f"The units of {model.title} have not been looked at",
        icon=":material/query_stats:",
    )
else:
    show_layers(survey)
    show_dead(survey)
takeaway(
    "A unit has no name, only digits that excite it. The nine strongest, the mean of thousands and an "
    "image made for it each show another side of the same numbers; none of them is what it “means”."
)
