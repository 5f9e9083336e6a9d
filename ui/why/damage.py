"""Noise on the weights: what becomes of one answer, and how many test digits are still read right."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import streamlit as st

from cnn_core.data.digit import Digit
from cnn_core.findings.weight_noise import (
    ALL,
    SEEDS,
    STRENGTHS,
    Survival,
    load_survival,
    places,
    readings,
    some_test_digits,
    survival,
    with_noise,
)
from cnn_core.store.store import StoredModel
from ui.components.live_network.live_network import live_id
from ui.components.probability_bars.probability_bars import probability_bars
from ui.components.sentence.sentence import sentence
from ui.components.sliders.effect import weights_effect
from ui.components.sliders.sliders import Slider, sliders
from ui.look.answer_change import told_answer
from ui.look.gloss import glossed, prose
from ui.look.wording import count, number, percent
from ui.shared.background import Job, kept_result
from ui.shared.progress import follow
from ui.shared.resources import activations, mnist, models, network
from ui.visitor.choice import choose_one
from ui.visitor.guess_first import guess_first
from ui.why.damage_figure import survival_figure

STRENGTH = Slider("strength", "Strength of the noise", 0, STRENGTHS[-1], 0.05, decimals=2)
UNCHANGED = "Without noise: "
# At this strength it is asked which layer bears it worst.
ASKED = 1.0
_LIVE = "damaged"
_STRENGTH, _SEED, _JOB = "damage-strength", "damage-seed", "damage-job"
_KIND, _ANSWERS_KEPT = "damage", 50


@st.fragment
def damage_weights(model: StoredModel, digit: Digit) -> None:
    """Noise on the weights of one layer or of all, for the current digit and for many."""
    st.header("How much damage does it survive?")
    prose(
        "To every [weight] of a [layer] a random number is added, from a normal distribution around 0. At "
        "strength 1 these numbers are spread as widely as the layer's own weights, with the same standard "
        "deviation; at strength 0.5 half as widely. [Biases][bias] stay as they are."
    )
    trained = network(model.id)
    layer: str = choose_one(
        "Noise on the weights of",
        places(trained),
        default=ALL,
        key="damage-layer",
        persist_state="session",
        format_func=layer_in_words,
    )
    strength, seed = st.session_state.get(_STRENGTH, 0.0), st.session_state.get(_SEED, 0)
    before = activations(trained, digit)["output"]
    damaged = with_noise(trained, strength, seed, layer).predict(digit.image[np.newaxis])[0]
    causes, answer = st.columns(2, gap="medium")
    with causes:
        sliders(
            [STRENGTH],
            [strength],
            weights_effect(
                model=live_id(model),
                source=_LIVE,
                image=digit.image,
                layer=layer,
                seed=seed,
                unchanged=UNCHANGED,
            ),
            key="damage-slider",
            on_change=_keep_strength,
            again="Other noise",
            on_again=_other_noise,
        )
        with st.container(key="damage-answer"):
            sentence(
                told_answer(before, damaged, is_changed=strength > 0, unchanged=UNCHANGED),
                key="damaged-answer",
                live=_LIVE,
            )
    with answer:
        probability_bars(damaged, key="damaged-probabilities", live=_LIVE)
    st.subheader("How many digits are still read right?")
    measured = measured_of(model)
    if measured is None:
        _measure(model, layer, strength)
    elif guess_first(
        f"Noise of strength {number(ASKED)} on the weights of a single layer: for which layer are the "
        "fewest digits still read right?",
        [each for each in measured.right if each != ALL],
        measured.weakest(ASKED),
        key="damage",
    ):
        _show(measured, layer, strength)


def layer_in_words(layer: str) -> str:
    """What noise is put on, as a choice says it."""
    return "All layers" if layer == ALL else layer


def survival_in_words(found: Survival, layer: str) -> str:
    """What is left with noise of the strength that is asked about, as Markdown."""
    shares = found.shares(layer)
    left = shares[STRENGTHS.index(ASKED)]
    on = "all layers" if layer == ALL else layer
    return (
        f"Without noise {percent(float(shares[0, 0]))} of the digits are read right; with noise of "
        f"strength {number(ASKED)} on {on} **{percent(float(left.mean()))}**, on average over "
        f"{len(SEEDS)} seeds: from {percent(float(left.min()))} to {percent(float(left.max()))}, as the "
        "noise falls."
    )


def measured_of(model: StoredModel) -> Survival | None:
    """What was measured of a model, ahead or since the server started. Raises ComputedError."""
    ahead = _measured_ahead().get(model.id)
    if ahead is not None:
        return ahead
    since: Survival | None = kept_result(_KIND, _question(model))
    return since


def _measure(model: StoredModel, layer: str, strength: float) -> None:
    """Measure when asked, with progress, and show what is known so far."""
    job: Job[Survival] | None = st.session_state.get(_JOB)
    if job is not None and job.question != _question(model):
        job.cancel()
        job = st.session_state[_JOB] = None
    if job is None or not (job.is_finished or job.is_running):
        split = some_test_digits(mnist().test)
        st.button(
            f"Read {number(len(split))} test digits, {number(readings(network(model.id)))} times",
            key="measure-damage",
            icon=":material/play_arrow:",
            on_click=_start,
            args=(model,),
            help="Each layer and all of them, with noise of each strength and each seed. It takes some "
            "minutes; the page stays usable, and it can be stopped.",
        )
        return

    def show_so_far() -> None:
        if job.result is not None:
            _show(job.result, layer, strength)

    follow(job, "readings", show_so_far, key="stop-damage")


def _start(model: StoredModel) -> None:
    trained = network(model.id)
    st.session_state[_JOB] = Job(
        _KIND,
        _question(model),
        _numbered(survival(trained, some_test_digits(mnist().test))),
        readings(trained),
        _ANSWERS_KEPT,
    )


def _numbered(steps: Iterator[Survival]) -> Iterator[tuple[int, Survival]]:
    yield from enumerate(steps, start=1)


def _question(model: StoredModel) -> tuple[str, str]:
    return model.id, model.weights_checksum


@st.cache_resource(show_spinner=False)
def _measured_ahead() -> dict[str, Survival]:
    return load_survival(models())


def _show(found: Survival, layer: str, strength: float) -> None:
    is_whole = all((counts >= 0).all() for counts in found.right.values())
    st.plotly_chart(
        survival_figure(found, layer, strength),
        config={"displayModeBar": False},
        key="survival",
        alt=f"Share of {count(found.total, 'test digit')} still read right against the strength of the "
        f"noise, for each layer and for all; {layer_in_words(layer).lower()} in colour",
    )
    st.caption(
        glossed(
            f"{number(found.total)} [test digits], every fifth, read with {len(SEEDS)} [seeds] of noise at "
            "each strength. Lines are the mean of the seeds, the band goes from the worst of them to the "
            "best; dotted is 10 %."
        )
    )
    if is_whole:
        st.markdown(survival_in_words(found, layer))


def _keep_strength(settings: list[float]) -> None:
    st.session_state[_STRENGTH] = settings[0]


def _other_noise() -> None:
    st.session_state[_SEED] = st.session_state.get(_SEED, 0) + 1
