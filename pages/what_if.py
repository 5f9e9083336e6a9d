"""What if: change the digit, or switch parts of the network off, and see the answer move."""

import numpy as np
import streamlit as st

from cnn_core.findings.ablation import answers_without, without_maps
from cnn_core.images.changes import noise_field
from ui.components.live_network.live_network import live_id, live_network
from ui.components.map_switches.map_switches import map_switches, maps_off_in_words
from ui.components.pixel_editor.pixel_editor import pixel_editor
from ui.components.probability_bars.probability_bars import probability_bars
from ui.components.sentence.sentence import sentence
from ui.components.sliders.effect import change_effect
from ui.components.sliders.sliders import sliders
from ui.frame.article import question, takeaway
from ui.look.answer_change import told_answer
from ui.look.colors import colour_activations
from ui.look.gloss import prose
from ui.look.wording import number
from ui.shared.resources import activations, network
from ui.visitor.choice import choose_one
from ui.visitor.current import current_digit, current_model
from ui.visitor.guess_first import guess_and_check, whole_number_field
from ui.visitor.use_everywhere import offer_digit
from ui.why.damage import damage_weights
from ui.why.dead_units import dead_maps_in_words
from ui.why.edits import (
    SLIDERS,
    can_undo,
    change,
    edit_image,
    edited_image,
    other_noise,
    set_all,
    settings,
    start_over,
    undo,
    version,
)
from ui.why.switched_off import (
    accuracy_without_maps,
    count_off,
    maps_off,
    silent_maps_in_words,
    switch,
    switch_all,
)
from ui.why.turn import judge_turn, turn
from ui.why.unit_survey import survey_of

# Sources of live readings.
EDITED, CHANGED, SWITCHED = "edited", "changed", "switched"
UNCHANGED = "Unchanged: "

question(
    "What would change its mind?",
    "Change the digit, take something away from the network, or damage its [weights], and watch the ten "
    "probabilities. Guess first: how much does it take until a 4 is read as a 9?",
)

digit = current_digit()
model = current_model()
trained = network(model.id)
before = activations(trained, digit)["output"]


@st.fragment
def change_digit() -> None:
    """The digit under the visitor's hands; only this part of the page follows what is done to it."""
    st.header("Another digit")
    image = change().apply(edited_image())
    is_changed = not np.array_equal(image, digit.image)
    probabilities = trained.predict(image[np.newaxis])[0]
    with st.container(key="prediction"):
        sentence(
            told_answer(before, probabilities, is_changed=is_changed, unchanged=UNCHANGED),
            key="changed-answer",
            live=CHANGED,
            image=image,
            alt="The changed digit, as the network receives it",
        )
    paper, answer = st.columns(2, gap="medium")
    with paper:
        edit_by_hand()
    with answer:
        probability_bars(probabilities, key="changed-probabilities", live=CHANGED)
        edit_by_sliders()
        offer_digit(
            "Use this digit everywhere",
            image,
            key="use-changed",
            disabled=not is_changed,
            afterwards=start_over,
        )


def edit_by_hand() -> None:
    """The digit to erase and paint on, with its tools."""
    with st.container(horizontal=True, gap="small"):
        tool = choose_one(
            "Tool",
            ["Eraser", "Pen"],
            default="Eraser",
            key="what-if-tool",
            persist_state="session",
            label_visibility="collapsed",
            width="content",
        )
        size = choose_one(
            "Width",
            [1, 2, 3, 5],
            default=2,
            key="what-if-width",
            persist_state="session",
            format_func=lambda pixels: f"{pixels} px",
            label_visibility="collapsed",
            width="content",
        )
    pixel_editor(
        edited_image(),
        0 if tool == "Eraser" else 255,
        size,
        f"{digit.title} to erase and paint on",
        version(),
        before=digit.image,
        readers=[(live_id(model), EDITED)],
        key="pixel-editor",
        on_edit=edit_image,
    )
    with st.container(horizontal=True, gap="small"):
        st.button(
            "Undo",
            key="undo-edit",
            icon=":material/undo:",
            on_click=undo,
            disabled=not can_undo(),
        )
        st.button(
            "Start over", key="start-over", icon=":material/restart_alt:", on_click=start_over
        )


def edit_by_sliders() -> None:
    """What is done to the whole digit at once."""
    sliders(
        SLIDERS,
        settings(),
        change_effect(
            model=live_id(model),
            source=CHANGED,
            image=digit.image,
            hears=EDITED,
            names=[slider.name for slider in SLIDERS],
            field=noise_field(change().seed),
            unchanged=UNCHANGED,
        ),
        key="change-sliders",
        on_change=set_all,
        again="Other noise",
        on_again=other_noise,
    )


@st.fragment
def switch_maps() -> None:
    """Feature maps off and on; only this part of the page follows."""
    st.header("A network with less")
    prose(
        "Switch [feature maps] off: whatever they found, from now on they say 0. A map that is silent "
        "for this digit is not missed at all; how much another one is, the probabilities tell."
    )
    convolutions = trained.architecture.convolutions
    layer: str = choose_one(
        "Feature maps of",
        convolutions,
        default=convolutions[0],
        key="switched-layer",
        persist_state="session",
    )
    reduced = without_maps(trained, maps_off(model))
    ask_when_it_turns(layer)
    maps = activations(trained, digit)[layer].transpose(2, 0, 1)
    off = maps_off(model).get(layer, set())
    # The answer first, so that on a phone it stands above the switches.
    reading, switches = st.columns([2, 3], gap="large")
    with switches:
        map_switches(
            colour_activations(maps, float(maps.max())),
            layer,
            maps_off(model),
            digit.image,
            model=live_id(model),
            live=f"{SWITCHED}-{layer}",
            key=f"switches-{layer}",
            on_switch=lambda now: switch(model, layer, now),
        )
        survey = survey_of(model)
        st.caption(
            f"All {len(maps)} maps of {layer} for this digit, before anything is switched off, "
            f"from 0 (dark) to {number(float(maps.max()), 2)} (yellow). "
            + silent_maps_in_words(np.flatnonzero(~maps.any(axis=(1, 2))).tolist())
            + ("" if survey is None else dead_maps_in_words(survey[layer].dead.tolist()))
        )
        with st.container(horizontal=True, gap="small"):
            st.button(
                f"All of {layer} on",
                key="all-on",
                on_click=switch_all,
                args=(model, layer),
                kwargs={"on": True},
                disabled=not off,
            )
            st.button(
                f"All of {layer} off",
                key="all-off",
                on_click=switch_all,
                args=(model, layer),
                kwargs={"on": False},
                disabled=len(off) == len(maps),
            )
    probabilities = reduced.predict(digit.image[np.newaxis])[0]
    with reading:
        missing = count_off(model)
        sentence(
            maps_off_in_words(missing) + told_answer(before, probabilities, is_changed=missing > 0),
            key="reduced-answer",
            live=f"{SWITCHED}-{layer}",
        )
        probability_bars(probabilities, key="reduced-probabilities", live=f"{SWITCHED}-{layer}")
    if count_off(model):
        st.subheader("And all the other digits?")
        accuracy_without_maps(model)


def ask_when_it_turns(layer: str) -> None:
    """How many maps can go, the dimmest first, until the answer is another: to guess, then to see."""
    maps = activations(trained, digit)[layer]
    dimmest_first = np.argsort(maps.sum(axis=(0, 1)), kind="stable").tolist()
    guess_and_check(
        f"**Guess first.** Switch the {len(dimmest_first)} maps of {layer} off one after the other, the "
        "dimmest first. With how many off is the answer another one?",
        lambda key: whole_number_field(key, 1, len(dimmest_first)),
        lambda guessed: judge_turn(
            guessed,
            turn(answers_without(trained, maps, layer, dimmest_first)),
            turn(answers_without(trained, maps, layer, dimmest_first[::-1])),
            int((~maps.any(axis=(0, 1))).sum()),
        ),
        key="turn-guess",
        about=f"{digit.name}-{model.id}-{layer}",
    )


change_digit()
switch_maps()
damage_weights(model, digit)
live_network(model, trained, key="live-network")
takeaway(
    "What the network needs is not always what we would need. A few dozen pixels can turn an answer, "
    "while a map that is silent for a digit can go without any effect on it. How many of the others can go "
    "differs from digit to digit and from [layer] to layer: guess, then switch."
)
