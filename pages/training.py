"""Training: set up a network, press Train, and watch it learn."""

import pandas as pd
import streamlit as st

from cnn_core.errors import ArchitectureError
from cnn_core.recipe.keras_code import keras_code
from cnn_core.training.limits import limits
from ui.frame.article import question, takeaway
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
from ui.train.training_problem import problem
from ui.train.training_settings import architecture, begin, config
from ui.train.training_view import follow_training, show_end, use_or_read
from ui.train.training_widgets import choose_network, choose_training
from ui.train.training_words import explain_training

question(
    "What does it take to learn?",
    "Set up a network, press Train, and watch it learn to read: real handwriting, real Keras, a few "
    "seconds to a few minutes. What comes out can be used on every page.",
)

allowed = limits()
job = my_job()
running = trainings().running
begin(None if job is None else job.config)

if job is not None and not job.has_ended:
    follow_training(job, is_mine=True)
elif job is not None:
    show_end(job)
    st.button("Put this away", key="put-away", icon=":material/done_all:", on_click=put_away)
if running is not None and running is not job:
    follow_training(running, is_mine=False)

if not allowed.training:
    st.info(
        "Training is switched off on this server. You can still set up a network and take its code "
        "with you, or read trainings that were recorded. To train here, run DigitScope on your own "
        "computer: `git clone` its repository, then `make run`.",
        title="Watch recorded trainings, or train at home",
        icon=":material/home:",
    )
    st.page_link("pages/runs.py", label="Read recorded trainings", icon=":material/timeline:")

st.header("Set up")
choose_preset()

wrong = problem(allowed)
settings = None if wrong is not None else config()
before = None if settings is None else trained_before(settings)
is_busy = job is not None and not job.has_ended
show_refusal()
if before is not None and job is not None and job.progress.run == before.id:
    st.caption("This is the training above. Change anything to train again.")
elif before is not None:
    st.success(
        f"It reads {percent(before.results['test_accuracy'], 2)} of the test digits. Training it "
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


def explain(setting: str) -> None:
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


network_side, training_side = st.columns(2, gap="large")
with network_side:
    st.subheader("The network")
    choose_network(explain)
with training_side:
    st.subheader("The training")
    choose_training(explain)

st.subheader("What it makes")
try:
    layers = architecture().layers()
except ArchitectureError:
    st.markdown("These settings make no network. What is wrong stands beside the setting above.")
else:
    total = sum(layer.parameters for layer in layers)
    st.dataframe(
        pd.DataFrame(
            {
                "Layer": [layer.name for layer in layers],
                "Output": [shape(layer.output_shape) for layer in layers],
                "Parameters": [layer.parameters for layer in layers],
                "Where they come from": [layer.formula for layer in layers],
            }
        ),
        column_config={"Parameters": st.column_config.NumberColumn(format="localized")},
        hide_index=True,
        height="content",
        alt=f"The layers of this network with their shapes; {number(total)} parameters in all",
    )
    st.caption(f"{number(total)} parameters in all: numbers that training adjusts.")

if settings is not None:
    with st.expander("The same in Keras", icon=":material/code:"):
        st.markdown(
            "The whole script. It runs as it stands where Keras and TensorFlow are installed."
        )
        st.code(keras_code(settings), language="python")
explain_training()

takeaway(
    "Training is nothing but this: read a batch, see how wrong it was, and move every number a "
    "little. All that you can set is how large the network is, and how it is shown the digits."
)
