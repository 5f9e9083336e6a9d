"""A training while it goes on, for whoever started it and for whoever looks on."""

from __future__ import annotations

import contextlib

import numpy as np
import streamlit as st

from cnn_core.errors import StoreError
from cnn_core.findings.curves import Measure, Per
from cnn_core.recipe.config import HELD_OUT_IMAGES
from cnn_core.training.job import Phase, TrainingJob
from cnn_core.training.records import STEPS_PER_POINT, sample_digits
from ui.components.learning_view.learning_view import learning_view
from ui.look.model_words import shape_of_blocks
from ui.look.wording import as_markdown, count, duration, number, percent
from ui.shared.resources import mnist, model, trainings
from ui.train.live_curves import live_curve
from ui.train.run_list import name_field, say_what_failed
from ui.visitor.owner import may_change
from ui.visitor.take_home import offer_to_take_home
from ui.visitor.use_everywhere import offer_model

SECONDS_BETWEEN_LOOKS = 1.0
# A training that goes well is heard of several times a second, but for its start and its end.
SECONDS_UNTIL_SILENT = 10
_TEN_DIGITS = "Ten digits that it never learns from"


def follow_training(job: TrainingJob, *, is_mine: bool) -> None:
    """Show a training that waits or runs; at its end the whole page is run once more.

    is_mine: whether the visitor may stop it.
    """

    @st.fragment(run_every=SECONDS_BETWEEN_LOOKS)
    def look() -> None:
        if job.has_ended or (job.progress.phase == Phase.WAITING) != was_waiting:
            st.rerun()
        _show(job, is_mine)

    was_waiting = job.progress.phase == Phase.WAITING
    look()


def show_end(job: TrainingJob) -> None:
    """Show how a visitor's training ended, and where to go on."""
    # A fragment is a container, and within it all that is said above the curves is one as well. In
    # the same place the browser keeps the very charts that it has.
    with st.container():
        with st.container():
            was_learned = _say_end(job)
        if was_learned:
            _learned(job, is_mine=True)
            _curves(job, is_mine=True)


def _say_end(job: TrainingJob) -> bool:
    """Say how a training ended; whether there is a run that it learned just now."""
    progress = job.progress
    if progress.phase == Phase.FAILED:
        st.error(
            as_markdown(progress.message), title="The training failed", icon=":material/error:"
        )
        return False
    if progress.phase == Phase.CANCELLED or progress.run is None:
        st.info(as_markdown(progress.message), title="Cancelled", icon=":material/cancel:")
        return False
    try:
        trained = model(progress.run)
        reached = percent(trained.validation_accuracy, 2)
    except StoreError:
        st.info(
            "The training came to its end, and its run has been deleted since.",
            icon=":material/delete:",
        )
        return False
    if progress.was_trained_before:
        text = "These very settings were trained before. The run was there already."
    else:
        text = f"It took {duration(float(trained.results['seconds']))}."
    if not trained.is_complete:
        text += (
            f" It was stopped after {count(trained.epochs_trained, 'epoch')} of "
            f"{trained.config.epochs}; kept is what it was after epoch {trained.kept_epoch}, which "
            "read the held-out images best."
        )
    st.success(
        " ".join(filter(None, [text, progress.message])),
        title=f"{trained.title} reads {reached} of the held-out digits",
        icon=":material/check_circle:",
    )
    if job.dropped:
        st.warning(
            f"To make room for it, the oldest {'run was' if len(job.dropped) == 1 else 'runs were'} "
            f"deleted: {', '.join(job.dropped)}.",
            title="The store was full",
            icon=":material/auto_delete:",
        )
    if may_change(trained):
        say_what_failed(trained)
        name_field(trained, width=320)
    use_or_read(trained.id)
    return not progress.was_trained_before


def use_or_read(model_id: str) -> None:
    """Where a run leads on to: every page with it, its curves, or home with whoever trained it."""
    is_current = st.session_state["model"] == model_id
    with st.container(horizontal=True, vertical_alignment="center"):
        offer_model(
            model_id,
            "Use this network on every page",
            in_use="Every page uses this network now",
            key=f"use-{model_id}",
            icon=":material/check:" if is_current else ":material/hub:",
            type="secondary" if is_current else "primary",
        )
        st.page_link(
            "pages/runs.py",
            label="Read its curves, moment by moment",
            icon=":material/timeline:",
            query_params={"run": model_id},
        )
        with contextlib.suppress(StoreError):  # Somebody may have deleted it a moment ago.
            offer_to_take_home(model(model_id), key=f"take-home-{model_id}")


def _show(job: TrainingJob, is_mine: bool) -> None:
    progress = job.progress
    whose = "Your training" if is_mine else "Another visitor's training"
    if progress.phase == Phase.WAITING:
        ahead = trainings().jobs_before(job)
        st.info(
            f"{count(ahead, 'training')} before it, one at a time. You can leave this page, even "
            "close the browser: it starts by itself, and this address leads back to it.",
            title=f"{whose} waits",
            icon=":material/hourglass_top:",
        )
        if is_mine:  # Another visitor's may be between waiting and starting.
            _buttons(job)
        return
    with st.container():
        st.subheader(f"{whose}: {shape_of_blocks(job.config.architecture)}")
        if progress.phase == Phase.STARTING:
            st.info(_start(job), icon="spinner")
        else:
            st.progress(progress.share, f"{_state(job)} {_silence(job)}".strip())
        if is_mine:
            _buttons(job)
    _learned(job, is_mine)
    _curves(job, is_mine)


def _start(job: TrainingJob) -> str:
    """What happens before the first batch; the seconds show that it goes on."""
    return (
        "Starting: a process of its own imports TensorFlow and builds the network. "
        f"{count(int(job.seconds_since_start), 'second')} so far."
    )


def _state(job: TrainingJob) -> str:
    """Where a training is once it has started, in one line."""
    progress, config = job.progress, job.config
    if progress.phase == Phase.SAVING:
        return "Reading the 10,000 test digits, and saving."
    if job.is_stopping:
        return "Stopping; the best epoch so far is kept."
    left = progress.seconds_left
    return (
        f"Epoch {progress.epoch} of {config.epochs}, step {number(progress.batch)} of "
        f"{number(config.steps_per_epoch)}. "
        + ("" if left is None else f"About {duration(left)} left.")
    )


def _silence(job: TrainingJob) -> str:
    """How long nothing was heard of a training, where that is longer than usual."""
    if job.seconds_silent < SECONDS_UNTIL_SILENT:
        return ""
    return f"Nothing was heard of it for {duration(job.seconds_silent)}."


def _buttons(job: TrainingJob) -> None:
    with st.container(horizontal=True, gap="small"):
        if job.progress.phase != Phase.WAITING:
            st.button(
                "Stop and keep the best so far",
                key="stop-training",
                icon=":material/stop_circle:",
                on_click=job.stop,
                disabled=not job.can_stop,
                help="From the end of epoch 1 on: the weights of the epoch that read the held-out "
                "images best are saved.",
            )
        st.button(
            "Cancel",
            key="cancel-training",
            icon=":material/close:",
            on_click=trainings().cancel,
            args=(job,),
            disabled=job.has_ended,
            help="Ends it, and keeps nothing.",
        )


def _curves(job: TrainingJob, is_mine: bool) -> None:
    history = job.progress.history
    if not history["epochs"] and not history["steps"]:
        return
    # With fewer than twenty steps in an epoch there are no points within it.
    per: Per = "step" if history["steps"] else "epoch"
    steps = job.config.steps_per_epoch
    measures: tuple[Measure, ...] = ("loss", "accuracy")
    for column, measure in zip(st.columns(2, gap="large"), measures, strict=True):
        with column:
            live_curve(history, steps, measure, per, height=300, key=_key(measure, is_mine))
    st.caption(
        (
            f"Each point of the solid curve is the mean of {STEPS_PER_POINT} steps; "
            if per == "step"
            else "Each point of the solid curve is the mean of an epoch; "
        )
        + f"the dashed one is measured on {number(HELD_OUT_IMAGES)} held-out images at the end of each "
        "epoch."
    )


def _learned(job: TrainingJob, is_mine: bool) -> None:
    """How the samples are read, and the kernels of the first layer, as of the last look.

    Before the first look the samples are there already, so that nothing moves once they are read.
    """
    progress = job.progress
    samples, kernels, probabilities = progress.samples, progress.kernels, progress.probabilities
    if samples is None:
        samples = sample_digits(mnist().train).images
    epoch, batch = progress.look
    when = f"after step {number(batch)} of epoch {epoch}" if epoch else "before training"
    if kernels is None or probabilities is None:
        st.markdown(f"**{_TEN_DIGITS}.** So it will read them, step by step.")
    else:
        right = int((probabilities.argmax(axis=1) == np.arange(len(probabilities))).sum())
        st.markdown(
            f"**{_TEN_DIGITS}**, {when}: {right} of the ten are read right. With them the "
            f"{count(len(kernels), 'kernel')} of the first layer."
        )
    learning_view(kernels, samples, probabilities, when, key=_key("learning", is_mine))


def _key(what: str, is_mine: bool) -> str:
    """A visitor may see the end of an own training above one that somebody else has running."""
    return f"training-{what}{'' if is_mine else '-other'}"
