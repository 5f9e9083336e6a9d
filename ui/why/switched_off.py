"""Which feature maps a visitor has switched off, and what the test set says to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import streamlit as st

from cnn_core.findings.ablation import Tally, read_all, tally, without_maps
from cnn_core.network.network import Network
from cnn_core.store.store import StoredModel
from ui.components.sum_table.sum_table import Term, Total, signed, terms
from ui.look.wording import number, percent
from ui.shared.background import Job
from ui.shared.progress import follow
from ui.shared.resources import mnist, models, network

ANSWERS_KEPT = 200

Off = dict[str, set[int]]


def maps_off(model: StoredModel) -> Off:
    """Numbers of the maps that are off, by name of their convolution, for one model."""
    every: dict[str, Off] = st.session_state.setdefault("maps-off", {})
    return every.setdefault(model.id, {})


def switch(model: StoredModel, layer: str, off: set[int]) -> None:
    """Switch these maps of a convolution off, and its others on."""
    maps_off(model)[layer] = off


def switch_all(model: StoredModel, layer: str, *, on: bool) -> None:
    """Switch all maps of a convolution on, or off."""
    count = len(network(model.id).weights[layer].bias)
    switch(model, layer, set() if on else set(range(count)))


def count_off(model: StoredModel) -> int:
    """How many maps are off in all."""
    return sum(len(maps) for maps in maps_off(model).values())


def silent_maps_in_words(silent: Sequence[int]) -> str:
    """Which maps of a layer are 0 everywhere for a digit; off, they change nothing for it."""
    if not silent:
        return "None of them is silent: each finds something in this digit."
    numbers = ", ".join(map(str, silent))
    if len(silent) == 1:
        return f"Silent, 0 everywhere, is map {numbers}: off or on, it changes nothing here."
    return f"Silent, 0 everywhere, are maps {numbers}: off or on, they change nothing here."


def accuracy_without_maps(model: StoredModel) -> None:
    """Read the test set without the maps that are off, when asked, and show each digit's share."""
    off = {layer: frozenset(maps) for layer, maps in maps_off(model).items() if maps}
    question = (model.id, frozenset(off.items()))
    job: Job[Tally] | None = st.session_state.get("accuracy-job")
    if job is not None and job.question != question:
        # The maps have changed: its answer would be one to another question.
        job.cancel()
        job = st.session_state["accuracy-job"] = None
    if job is None or not (job.is_finished or job.is_running):
        st.button(
            "Read all 10,000 test digits without them",
            key="read-all",
            icon=":material/play_arrow:",
            on_click=_start,
            args=(model, question),
            help="It takes some seconds; the page stays usable, and it can be stopped.",
        )
        return

    def show_so_far() -> None:
        if job.result is not None:
            _show_accuracy(job.result, complete_tally(model.id), job.is_finished)

    follow(job, "digits read", show_so_far)


def _start(model: StoredModel, question: tuple[str, frozenset[tuple[str, frozenset[int]]]]) -> None:
    reduced = without_maps(network(model.id), dict(question[1]))
    st.session_state["accuracy-job"] = Job(
        "accuracy", question, _counted(reduced), len(mnist().test), ANSWERS_KEPT
    )


def _counted(network: Network) -> Iterator[tuple[int, Tally]]:
    for found in read_all(network, mnist().test):
        yield int(found.read.sum()), found


@st.cache_data(show_spinner=False)
def complete_tally(model_id: str) -> Tally:
    """The test set as the whole network reads it, from its stored answers."""
    answers = models()[model_id].test_probabilities().argmax(axis=1)
    return tally(answers, mnist().test.labels)


def _show_accuracy(found: Tally, whole: Tally, is_finished: bool) -> None:
    changes = found.accuracy - whole.accuracy
    rows = [
        Term(
            str(digit),
            float(np.nan_to_num(changes[digit])),
            (percent(float(whole.accuracy[digit])), percent(float(found.accuracy[digit]))),
            f"{signed(100 * float(changes[digit]), 1)} points",
        )
        for digit in range(len(changes))
        if found.read[digit]
    ]
    terms(
        "Share of the test digits read correctly"
        if is_finished
        else f"So far, of the first {number(int(found.read.sum()))} test digits",
        ["Written digit", "All maps", "Without them", "Change"],
        rows,
        [
            Total(
                f"All digits: {percent(whole.overall, 2)} with all maps, "
                f"{percent(found.overall, 2)} without these",
                f"{signed(100 * (found.overall - whole.overall), 2)} points",
                strong=True,
            )
        ],
        key="accuracy-terms",
    )
