"""Training: set up a network, press Train, and watch it learn."""

from functools import partial

import pandas as pd
import streamlit as st

from cnn_core.errors import ArchitectureError
from cnn_core.recipe.config import TrainingConfig
from cnn_core.recipe.keras_code import keras_code
from cnn_core.training.job import TrainingJob
from cnn_core.training.limits import limits
from ui.frame.article import question, takeaway
from ui.look.gloss import glossed
from ui.look.wording import as_markdown, number, percent, shape
from ui.shared.resources import trainings
from ui.train.training_jobs import (
    expectation,
    my_job,
    put_away,
    show_refusal,
    start_training,
    start_with_another_seed,
    trained_before,
)
from ui.train.training_presets import choose_preset
from ui.train.training_problem import Problem, problem
from ui.train.training_settings import architecture, begin, config
from ui.train.training_view import follow_training, show_end, use_or_read
from ui.train.training_widgets import choose_network, choose_training
from ui.train.training_words import explain_training

question(
    "What does it take to learn?",
    "Set up a network, press Train, and watch it learn to read: real handwriting, real Keras, a few "
    "seconds to a few minutes. What comes out can be used on every page.",
)


def show_trainings(mine: TrainingJob | None) -> None:
    """The visitor's own training, under way or at its end, and that of somebody else."""
    running = trainings().running
    if mine is not None and not mine.has_ended:
        follow_training(mine, is_mine=True)
    elif mine is not None:
        show_end(mine)
        st.button("Put this away", key="put-away", icon=":material/done_all:", on_click=put_away)
    if running is not None and running is not mine:
        follow_training(running, is_mine=False)


def say_that_it_is_off() -> None:
    """What can be done on a server that does not train."""
    st.info(
        "Training is switched off on this server. You can still set up a network and take its code "
        "with you, or read trainings that were recorded. To train here, run DigitScope on your own "
        "computer: `git clone` its repository, then `make run`.",
        title="Watch recorded trainings, or train at home",
        icon=":material/home:",
    )
    st.page_link("pages/runs.py", label="Read recorded trainings", icon=":material/timeline:")


def offer_training(settings: TrainingConfig | None, mine: TrainingJob | None) -> None:
    """The button that starts a training, or what was trained with these settings before.

    settings: None where they cannot be trained.
    """
    allowed = limits()
    before = None if settings is None else trained_before(settings)
    is_busy = mine is not None and not mine.has_ended
    show_refusal()
    if before is not None and mine is not None and mine.progress.run == before.id:
        st.caption("This is the training above. Change anything to train again.")
    elif before is not None:
        st.success(
            f"It reads {percent(before.validation_accuracy, 2)} of the held-out digits. Training it "
            "again would give the same network, so it is there at once.",
            title=f"These very settings were trained before: {before.title}",
            icon=":material/bolt:",
        )
        use_or_read(before.id)
        if allowed.training:
            st.button(
                "Watch it learn, with another seed",
                key="train-another",
                icon=":material/casino:",
                disabled=is_busy,
                on_click=start_with_another_seed,
                args=(settings,),
                help="The same settings, with other random weights to begin with.",
            )
    elif allowed.training:
        st.button(
            "Train",
            key="train",
            icon=":material/play_arrow:",
            type="primary",
            disabled=settings is None or is_busy,
            on_click=start_training,
            args=(settings,),
        )
        if is_busy:
            st.caption("Your training above has to end first.")
        elif settings is None:
            st.caption("These settings cannot be trained; what is wrong stands beside one of them.")
        else:
            st.caption(expectation(settings))


def explain(wrong: Problem | None, setting: str) -> None:
    """What is wrong, beside the widget that made it so."""
    if wrong is None or wrong.setting != setting:
        return
    st.error(as_markdown(str(wrong.error)), icon=":material/error:")
    if isinstance(wrong.error, ArchitectureError) and wrong.error.does_not_fit is not None:
        size, window, stride = wrong.error.does_not_fit
        st.latex(
            rf"\text{{outputs}} = \left\lfloor\frac{{{size} - {window}}}{{{stride}}}"
            rf"\right\rfloor + 1 = {(size - window) // stride + 1}"
        )


def choose_settings(wrong: Problem | None) -> None:
    """The widgets of all settings, with what is wrong beside one of them."""
    network_side, training_side = st.columns(2, gap="large")
    with network_side:
        st.subheader("The network")
        choose_network(partial(explain, wrong))
    with training_side:
        st.subheader("The training")
        choose_training(partial(explain, wrong))


def show_layers() -> None:
    """The layers of the network that is set up, and what they take."""
    st.subheader("What it makes")
    try:
        layers = architecture().layers()
    except ArchitectureError:
        st.markdown(
            "These settings make no network. What is wrong stands beside the setting above."
        )
    else:
        total = sum(layer.parameters for layer in layers)
        st.table(
            pd.DataFrame(
                {
                    "Layer": [layer.name for layer in layers],
                    "Output": [shape(layer.output_shape) for layer in layers],
                    # In one column, so that a phone shows all of them.
                    "Parameters, and where they come from": [
                        f"**{number(layer.parameters)}**"
                        + (f" = {layer.formula}" if layer.formula else "")
                        for layer in layers
                    ],
                }
            ),
            border="horizontal",
            hide_index=True,
            alt=f"The layers of this network with their shapes; {number(total)} parameters in all",
        )
        st.caption(glossed(f"{number(total)} [parameters] in all: numbers that training adjusts."))


def show_code(settings: TrainingConfig) -> None:
    """The training as a Keras script."""
    with st.expander("The same in Keras", icon=":material/code:"):
        st.markdown(
            "The whole script. It runs as it stands where Keras and TensorFlow are installed."
        )
        st.code(keras_code(settings), language="python")


job = my_job()
begin(None if job is None else job.config)
show_trainings(job)
if not limits().training:
    say_that_it_is_off()
st.header("Set up")
choose_preset()
found_wrong = problem(limits())
chosen = None if found_wrong is not None else config()
offer_training(chosen, job)
choose_settings(found_wrong)
show_layers()
if chosen is not None:
    show_code(chosen)
explain_training()
takeaway(
    "Training is nothing but this: read a batch, see how wrong it was, and move every number a "
    "little. You set the network, the digits that it is shown, and how far each number moves at once; "
    "what the numbers become, nobody sets."
)
