"""Runs: the curves of trainings, one training moment by moment, and what curves teach."""

from typing import NamedTuple

import pandas as pd
import streamlit as st

from cnn_core.findings.curves import Measure, Per
from cnn_core.findings.moments import SAMPLE_SIZE, first_kernels
from cnn_core.recipe.config import HELD_OUT_IMAGES
from cnn_core.recipe.setting_names import differences
from cnn_core.store.own_runs import damaged_runs, read_unread_runs
from cnn_core.store.store import StoredModel
from cnn_core.training.limits import BYTES_PER_MEGABYTE, limits
from cnn_core.training.records import STEPS_PER_POINT
from ui.components.scrubber.scrubber import scrubber
from ui.frame.article import question, takeaway
from ui.look.contents import contents
from ui.look.gloss import glossed, prose
from ui.look.wording import count, number, percent
from ui.shared.checkpoints import checkpoints
from ui.shared.progress import follow
from ui.shared.resources import models
from ui.train.histories import histories_of
from ui.train.history_chart import RunHistory, history_figure, learning_rate_figure
from ui.train.moments import begin_counting, counting, counts_ahead, reading_of
from ui.train.run_choice import RUNS, follow_moment, follow_runs, look_at_moment, write_runs
from ui.train.run_lessons import learning_rate_lesson, overfitting_lesson
from ui.train.run_list import damaged_list, run_list
from ui.visitor.choice import choose_one
from ui.visitor.current import current_digit, current_model
from ui.visitor.owner import follow_keys

MEASURES: dict[Measure, str] = {"loss": "Loss", "accuracy": "Accuracy", "error": "Misread"}
POINTS: dict[Per, str] = {"epoch": "Epoch", "step": f"{STEPS_PER_POINT} steps"}
AXES = {"across": "Horizontal", "up": "Vertical"}
# A run takes some hundredths of a second to be read wholly; nobody waits for a hundred of them.
SECONDS_OF_READING = 0.3

question(
    "How does a network learn?",
    "Nobody tells it what a 4 looks like. It is shown digits with their answers, [batch] by batch, "
    "and after every batch each [weight] is moved a little, so that the answers become less wrong. "
    "Here is the record of such trainings: their curves, and what the network was at each moment.",
)
contents(
    {
        "curves": "Curves",
        "moments": "Moment by moment",
        "by-heart": "Learned by heart",
        "step": "How large a step?",
        "trainings": "All trainings",
    }
)


class CurveLook(NamedTuple):
    """What the chart shows of the trainings, and how.

    logarithmic: those of AXES that are.
    smoothing: how much of the average so far is kept at each point, 0 to 0.98.
    """

    measure: Measure
    per: Per
    logarithmic: list[str]
    smoothing: float


def choose_runs(known: dict[str, StoredModel]) -> list[StoredModel]:
    """The widget for the trainings on the chart; the current model where none is chosen."""
    st.header("The curves", anchor="curves")
    st.multiselect(
        "Trainings on the chart",
        list(known),
        key=RUNS,
        format_func=lambda name: known[name].title,
        placeholder="Choose one or more",
    )
    chosen = [known[name] for name in st.session_state[RUNS]] or [current_model()]
    write_runs()
    return chosen


@st.fragment
def curves(shown: list[RunHistory]) -> None:
    """The chart with its controls, which need no other part of the page."""
    look = choose_look()
    st.plotly_chart(
        history_figure(
            shown,
            measure=look.measure,
            per=look.per,
            smoothing=look.smoothing,
            log_across="across" in look.logarithmic,
            log_up="up" in look.logarithmic,
        ),
        config={"displayModeBar": False},
        key="curves",
        alt=f"{MEASURES[look.measure]} of {', '.join(run.title for run in shown)}, per {look.per}, "
        "training and validation",
    )
    if look.per == "step" and (short := [run.title for run in shown if not run.history["steps"]]):
        st.caption(
            f"An epoch of {', '.join(short)} has fewer than {STEPS_PER_POINT} steps: only validation shows."
        )
    rates = {row["learning_rate"] for run in shown for row in run.history["epochs"]}
    if len(rates) > 1:
        prose("**[Learning rate]**, at the end of each [epoch]")
        st.plotly_chart(
            learning_rate_figure(shown),
            config={"displayModeBar": False},
            key="learning-rates",
            alt=f"Learning rate of {', '.join(run.title for run in shown)}, per epoch",
        )


def choose_look() -> CurveLook:
    """The widgets for what the chart shows."""
    with st.container(horizontal=True, gap="small", vertical_alignment="top"):
        measure = choose_one(
            "Measure",
            list(MEASURES),
            default="loss",
            key="curve-measure",
            format_func=MEASURES.__getitem__,
            persist_state="session",
        )
        per = choose_one(
            "A point for every",
            list(POINTS),
            default="epoch",
            key="curve-per",
            format_func=POINTS.__getitem__,
            persist_state="session",
            help="A step is one batch of images; an epoch is all training images once.",
        )
        logarithmic = st.pills(
            "Logarithmic axes",
            list(AXES),
            selection_mode="multi",
            key="curve-log",
            format_func=AXES.__getitem__,
            persist_state="session",
        )
        smoothing = st.slider(
            "Smoothing",
            0.0,
            0.98,
            0.0,
            0.02,
            key="curve-smoothing",
            persist_state="session",
            width=190,
            help="How much of the average so far is kept at each point. The curve as it was "
            "recorded stays visible behind.",
        )
    return CurveLook(measure, per, logarithmic, smoothing)


def explain_curves() -> None:
    """Why training and validation are not measured alike."""
    prose(
        "**Solid: training. Dashed: [validation].** They are not measured alike, and that confuses. "
        "Training is the mean over a whole epoch, over batches that the network was just learning from, "
        "with [dropout] and [augmentation] switched on: the early, worse half of the epoch counts too. "
        f"Validation is measured once, at the end of the epoch, on {number(HELD_OUT_IMAGES)} images "
        "that it never learns from, with nothing switched off and nothing moved. So validation may look "
        "better than training, and there is nothing wrong. [Loss] is counted in [nats]."
    )


def show_differences(chosen: list[StoredModel], shown: list[RunHistory]) -> None:
    """The settings in which several trainings differ, each under its title on the chart."""
    st.subheader("What is different")
    apart = differences([run.config for run in chosen])
    accuracies = [percent(run.validation_accuracy, 2) for run in chosen]
    st.dataframe(
        pd.DataFrame(
            {"Training": [run.title for run in shown]} | apart | {"Validation accuracy": accuracies}
        ),
        hide_index=True,
        height="content",
        alt=f"The settings in which {', '.join(run.title for run in shown)} differ",
    )
    st.caption(
        "Every setting that is not in the table is the same in all of them."
        if apart
        else "All their settings are the same."
    )


def move_through_moments() -> None:
    """The training of the current model, moment by moment, with the current digit before its eyes."""
    digit, model = current_digit(), current_model()
    st.header("Moment by moment", anchor="moments")
    st.markdown(
        f"**{model.title}** learns, with {digit.title.lower()} before its eyes. Press play, or move "
        "through the moments whose weights were kept. Nothing in between is made up. Another training "
        "and another digit are chosen in the sidebar."
    )
    networks = checkpoints(model.id)
    moments = list(networks)
    start = follow_moment(moments)
    layer = choose_layer_of(model)
    kernels = first_kernels(list(networks.values()))
    reading = reading_of(model, digit, layer)
    counted = counts_ahead(model)
    job = None if counted is not None else counting(model)

    def play_through() -> None:
        """The scrubber, with the confusions as soon as they are counted."""
        scrubber(
            moments,
            kernels,
            reading,
            counted if job is None else job.result,
            digit,
            layer,
            key="scrubber",
            start=start,
            on_link=lambda index: look_at_moment(index, moments),
        )

    if job is None:
        play_through()
    else:
        if not job.is_finished and not job.is_running:
            st.button(
                "Count which digit was read as which",
                key="count-moments",
                on_click=begin_counting,
                args=(model,),
            )
        follow(job, "moments counted", play_through)
    st.caption(
        glossed(
            "The moments stand side by side evenly, though the first ones are batches apart and the last "
            f"ones epochs. The sample is the first {number(SAMPLE_SIZE)} of the [held-out] digits, which no "
            "training learns from. [Kernels] begin as random numbers; they "
            "share one scale at all moments."
        )
    )
    st.page_link(
        "pages/convolution.py",
        label="One kernel over time, larger",
        icon=":material/blur_linear:",
        query_params={"layer": layer},
    )


def choose_layer_of(model: StoredModel) -> str:
    """The widget for the convolution whose feature maps are shown."""
    convolutions = model.config.architecture.convolutions
    if st.session_state.get("moment-layer") not in convolutions:
        st.session_state["moment-layer"] = convolutions[0]
    choose_one(
        "Feature maps of",
        convolutions,
        key="moment-layer",
        persist_state="session",
    )
    layer: str = st.session_state["moment-layer"]
    return layer


def list_trainings(known: dict[str, StoredModel], chosen: list[StoredModel], unread: int) -> None:
    """Every training, those made here first; `unread` of them have yet to be read."""
    st.header("All trainings", anchor="trainings")
    own = [run for run in known.values() if not run.is_bundled]
    on_chart = [run.id for run in chosen]
    st.subheader("Trained here")
    allowed = limits()
    used = sum(run.size for run in own) / BYTES_PER_MEGABYTE
    if own:
        run_list(own, on_chart)
    else:
        st.markdown("Nobody has trained a network on this server yet.")
    st.caption(
        f"Trainings made here take {number(used, 1)} of {number(allowed.store_megabytes)} MB. Beyond that "
        "the oldest are deleted, those that came with the project never. Everybody who uses this server "
        "sees them; only whoever trained one, and the operator, may rename and delete it."
    )
    if unread:
        go_on_reading()
    if damaged := damaged_runs():
        st.subheader("Damaged")
        damaged_list(damaged)
    st.page_link("pages/training.py", label="Train one yourself", icon=":material/model_training:")
    st.subheader("Came with the project")
    bundled = [run for run in known.values() if run.is_bundled]
    run_list(bundled, on_chart)


@st.fragment(run_every=1.0)
def go_on_reading() -> None:
    """Read the trainings that nobody has used yet, some at a time: a damaged one is to be named."""
    left = read_unread_runs(SECONDS_OF_READING)
    if not left:
        st.rerun()
    st.caption(
        f"{count(left, 'training')} of these have yet to be read, to see that nothing is damaged."
    )


follow_keys()
left_unread = read_unread_runs(SECONDS_OF_READING)
follow_runs()
all_runs = models()
chosen_runs = choose_runs(all_runs)
# Read here and not in the fragment, which would show a stack trace for a run that was just deleted.
histories = histories_of(chosen_runs)
curves(histories)
explain_curves()
if len(chosen_runs) > 1:
    show_differences(chosen_runs, histories)
move_through_moments()
overfitting_lesson()
learning_rate_lesson()
list_trainings(all_runs, chosen_runs, left_unread)
takeaway(
    "Training makes the network less wrong on the images that it sees. Whether it has learned "
    "anything shows on images that it never saw: once their loss rises while that of training still "
    "falls, it learns [by heart]."
)
