"""The trainings that a visitor started, found again by the address after whatever happened."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from cnn_core.errors import DigitScopeError
from cnn_core.recipe.config import TrainingConfig
from cnn_core.store.own_runs import list_runs
from cnn_core.store.store import StoredModel
from cnn_core.training.estimate import estimated_seconds
from cnn_core.training.job import TrainingJob
from ui.look.wording import as_markdown, count, duration
from ui.shared.resources import models, trainings
from ui.train.training_settings import choose_seed
from ui.visitor.address import AddressError, Part, follow, write
from ui.visitor.owner import remember_key, run_of

_REFUSAL = "training-refusal"


def _take_token(token: str) -> str:
    if trainings().find(token) is None and run_of(token) is None:
        raise AddressError(
            "This server knows no such training any more: it was started anew since, or the "
            "training ended long ago."
        )
    return token


_JOB = Part(
    "job",
    "training",
    _take_token,
    "What came to its end is on the page of all runs.",
    key="training-job",
)


def my_job() -> TrainingJob | None:
    """The training that this visitor started last, or whose address was opened.

    Whoever has the address `?job=<token>` may stop the training and change its run: it is how a
    visitor who reloads the page, or comes back tomorrow, is told from all others.
    """
    follow(_JOB)
    token = _JOB.value
    job = trainings().find(token)
    if token is not None and job is None and run_of(token) is None:
        token = None
    if token is not None:
        remember_key(token)
    if token is not None and job is None:
        st.info(
            "The server was started anew since, or that was long ago. What it made is on the page "
            "of all runs, and you may rename and delete it there.",
            title="Your training came to its end",
            icon=":material/check_circle:",
        )
    _JOB.put(token)
    write(_JOB)
    return job


def start_training(config: TrainingConfig) -> None:
    """Start a training, or have it wait for its turn; what speaks against it is shown later."""
    try:
        job = trainings().submit(config, _JOB.value)
    except DigitScopeError as error:
        st.session_state[_REFUSAL] = str(error)
        return
    _JOB.put(job.token)
    remember_key(job.token)


def start_with_another_seed(config: TrainingConfig) -> None:
    """Start the same training with the next seed that nobody has taken yet."""
    while trained_before(config) is not None:
        config = replace(config, seed=config.seed + 1)
    choose_seed(config.seed)
    start_training(config)


def show_refusal() -> None:
    """Why the training that was asked for did not start, once."""
    refusal = st.session_state.pop(_REFUSAL, None)
    if refusal is not None:
        st.error(as_markdown(refusal), icon=":material/block:")


def put_away() -> None:
    """Forget the visitor's last training; its run stays."""
    _JOB.put(None)


def trained_before(config: TrainingConfig) -> StoredModel | None:
    """The model that these very settings made, to its end."""
    return next(
        (each for each in models().values() if each.config == config and each.is_complete), None
    )


def expectation(config: TrainingConfig) -> str:
    """How long a training will take, and how many go first, as far as anybody knows."""
    seconds = estimated_seconds(config, list_runs())
    ahead = trainings().waiting + (trainings().running is not None)
    text = (
        "How long it takes is unknown until the first epoch is over: nothing was trained on this "
        "server yet."
        if seconds is None
        else f"It takes roughly {duration(seconds)}, judging by the last run on this server."
    )
    return text + (f" {count(ahead, 'training')} would go first." if ahead else "")
