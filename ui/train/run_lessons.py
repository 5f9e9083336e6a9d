"""Two lessons that curves teach, told with the numbers of trainings that come with the project."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pandas as pd
import streamlit as st

from cnn_core.data.dataset import CLASSES
from cnn_core.findings.curves import least_validation_loss, parting
from cnn_core.store.history import EpochRow
from cnn_core.store.store import StoredModel
from cnn_core.training.records import STEPS_PER_POINT
from ui.look.colors import NEUTRAL
from ui.look.gloss import glossed, prose
from ui.look.wording import number, percent
from ui.shared.checkpoints import checkpoints
from ui.shared.resources import model
from ui.train.histories import histories_of
from ui.train.history_chart import RunHistory, history_figure
from ui.train.moments import DIGITS_FOR_VITALS, vitals_of
from ui.train.run_choice import show_runs
from ui.visitor.guess_first import guess_first

OVERFITTING = ("overfit-plain", "overfit-held-back")
LEARNING_RATES = ("rate-too-small", "rate-right", "rate-too-large")

FATES = (
    "It learns most of the three",
    "It jumps about, and learns less",
    "It learns nothing at all",
)

# Who guesses gives every digit the same probability.
LOSS_OF_GUESSING = math.log(CLASSES)


def overfitting_lesson() -> None:
    """Few images, with and without something that keeps a network from learning them by heart."""
    plain, held_back = (model(name) for name in OVERFITTING)
    histories = histories_of([plain, held_back])
    least, least_held = (least_validation_loss(run.history) for run in histories)
    rows, held_rows = (run.history["epochs"] for run in histories)
    last, last_held = rows[-1], held_rows[-1]
    at_least = next(row for row in rows if row["epoch"] == least.epoch)

    st.header("Learned by heart", anchor="by-heart")
    prose(
        f"Two networks of the same shape, the same {number(plain.config.training_images)} images, "
        f"{plain.config.epochs} epochs. **{plain.title}** has nothing that holds it back. "
        f"**{held_back.title}** loses {percent(held_back.config.architecture.dropout, 0)} of its "
        "[hidden units], at random and anew for every image (dropout), and each time that it sees an "
        "image, that is moved, turned and zoomed at random (augmentation)."
    )
    figure = history_figure(histories, measure="loss", per="epoch", log_up=True)
    figure.add_vline(x=least.epoch, line={"dash": "dot", "color": NEUTRAL})
    st.plotly_chart(
        figure,
        config={"displayModeBar": False},
        key="overfitting-curves",
        alt=f"Loss of {plain.title} and {held_back.title}. Without anything that holds it back "
        f"validation loss is least after epoch {least.epoch}, training loss falls on.",
    )
    st.caption(
        glossed(
            "Solid: training. Dashed: validation. The vertical axis is logarithmic. The dotted line is "
            f"epoch {least.epoch}, where the validation [loss] of {plain.title} is least."
        )
    )
    if (apart := parting(histories[0].history)) is not None:
        there = rows[apart - 1]
        st.markdown(
            f"**Where the lines part.** From epoch {apart} on the validation loss of {plain.title} lies "
            f"above its training loss: {number(there['validation_loss'], 3)} against "
            f"{number(there['loss'], 3)}. That alone is no harm."
        )
    st.markdown(
        f"**Where one turns.** Its validation loss is least after epoch {least.epoch}: "
        f"{number(least.loss, 3)}. By then the training loss is {number(at_least['loss'], 3)}, and it "
        f"reads {percent(at_least['accuracy'])} of its own images right. "
        + (
            f"From there on it rises, to {number(least.last_loss, 3)} after epoch "
            f"{least.last_epoch}, while the training loss goes on falling, to "
            f"{number(last['loss'], 4)}."
            if least.rises_after
            else "In this training it never rises again."
        )
    )
    prose(
        "**What that costs.** "
        + _cost(at_least["validation_accuracy"], last["validation_accuracy"])
        + f" Held back, the validation loss is {number(last_held['validation_loss'], 3)} at the end "
        f"(least after epoch {least_held.epoch}: {number(least_held.loss, 3)}), and "
        f"{percent(last_held['validation_accuracy'])} of the validation images are read right."
    )
    st.markdown(
        f"**What confuses.** In {len(_epochs_behind(held_rows))} of {len(held_rows)} epochs the "
        "network that is held back did worse on the images that it learns from than on images "
        "that it never saw. There is no "
        f"trick: in training {percent(held_back.config.architecture.dropout, 0)} of its hidden units "
        "were switched off and the images were moved, in validation not. Without that, it was so in "
        f"{len(_epochs_behind(rows))} epochs: in the end {plain.title} reads "
        f"{percent(last['accuracy'])} of its own images right and "
        f"{percent(last['validation_accuracy'])} of the others."
    )
    _reproduce(OVERFITTING, "overfitting")


def learning_rate_lesson() -> None:
    """The same training with three learning rates: too small, right, too large."""
    runs = [model(name) for name in LEARNING_RATES]
    histories = histories_of(runs)

    st.header("How large a step?", anchor="step")
    first = runs[0].config
    prose(
        "The [learning rate] says how far the weights are moved after every batch. Three trainings "
        f"that differ in nothing else: {number(first.training_images)} images, {first.epochs} "
        f"epochs, {number(first.epochs * first.steps_per_epoch)} [steps][training step]."
    )
    if not guess_first(
        f"What becomes of the network with the largest steps, {_rate(runs[-1])}?",
        FATES,
        _fate(histories),
        key="rates",
    ):
        return
    st.plotly_chart(
        history_figure(histories, measure="loss", per="step"),
        config={"displayModeBar": False},
        key="rate-curves",
        alt="Loss of three trainings per step, with learning rates of "
        + ", ".join(_rate(run) for run in runs),
    )
    st.caption(
        f"Solid: training, the mean of every {STEPS_PER_POINT} steps. Dashed: validation, after each epoch."
    )
    for run, history in zip(runs, histories, strict=True):
        begun, ended = history.history["epochs"][0], history.history["epochs"][-1]
        st.markdown(
            f"- **{run.title}, {_rate(run)}:** validation loss {number(begun['validation_loss'], 3)} "
            f"after the first epoch, {number(ended['validation_loss'], 3)} after the last; "
            f"{percent(ended['validation_accuracy'])} of the validation images right. "
            + _verdict(begun["validation_loss"], ended["validation_loss"])
        )
    st.markdown(
        f"Whoever gives all {CLASSES} digits the same probability has a loss of ln {CLASSES} = "
        f"{number(LOSS_OF_GUESSING, 3)}. With steps too small a network gets away from there, but slowly."
    )
    _what_died(runs[-1])
    _reproduce(LEARNING_RATES, "rates")


def _what_died(run: StoredModel) -> None:
    """How steps that are too large switch a network off, read off the moments of its training."""
    moments, found = list(checkpoints(run.id)), vitals_of(run)
    if (same := found.one_answer_from()) is None:
        return
    dead: dict[int, list[str]] = {}
    for layer, units in found.units.items():
        if (died := found.died_at(layer)) is not None:
            thing = "unit" if layer == "dense" else "map"
            dead.setdefault(died, []).append(f"none of the {units} {thing}s of `{layer}`")
    told = f"**Why {run.title} learned nothing.** "
    if dead:
        ends = (f"{moments[died].title} {' and '.join(dead[died])}" for died in sorted(dead))
        told += f"Its first steps switched it off for good: {', '.join(ends)} responds any more. "
    told += (
        f"{moments[same].title.capitalize()}, and from then on, all digits get the very same ten "
        "probabilities. A [ReLU] whose sum is below 0 hands no [gradient] back, so that nothing could put "
        "this right"
    )
    if (last := found.only_output_biases_from()) is not None:
        total = run.config.architecture.parameters
        told += (
            f": {moments[last].title} not one of the other "
            f"{number(total - CLASSES)} [parameters] moved again, only the {CLASSES} [biases] of the output"
        )
    prose(f"{told}.")
    st.table(
        pd.DataFrame(
            {"Moment": [moment.title for moment in moments]}
            | {
                f"{layer}, of {found.units[layer]}": found.responding[layer]
                for layer in found.units
            }
            | {"Different answers": found.answers}
        ),
        border="horizontal",
        hide_index=True,
        alt=f"How many maps and units of {run.title} respond at each moment",
    )
    st.caption(
        f"Maps and units that are above 0 for at least one of the first {DIGITS_FOR_VITALS} held-out "
        "digits, and how many different answers these digits get."
    )


def _fate(histories: Sequence[RunHistory]) -> str:
    """What became of the last of these trainings: one of FATES."""
    ends = [run.history["epochs"][-1] for run in histories]
    if _is_guessing(ends[-1]["validation_loss"]):
        return FATES[2]
    accuracies = [end["validation_accuracy"] for end in ends]
    return FATES[0] if accuracies[-1] == max(accuracies) else FATES[1]


def _cost(at_least: float, at_last: float) -> str:
    change = f"{percent(at_least)} to {percent(at_last)}"
    if at_last < at_least - 0.005:
        return f"Validation accuracy falls from {change}."
    return (
        f"Not its [accuracy]: that goes from {change} of the validation images. But loss counts how "
        "sure the answers are, and the network grows ever surer of its mistakes."
    )


def _epochs_behind(rows: Sequence[EpochRow]) -> list[int]:
    """Epochs in which training accuracy was below validation accuracy."""
    return [int(row["epoch"]) for row in rows if row["accuracy"] < row["validation_accuracy"]]


def _rate(run: StoredModel) -> str:
    return f"{run.config.learning_rate:.5f}".rstrip("0")


def _is_guessing(loss: float) -> bool:
    return abs(loss - LOSS_OF_GUESSING) < 0.05


def _verdict(begun: float, ended: float) -> str:
    if _is_guessing(ended):
        return "It has learned nothing: whoever guesses blindly does as well."
    if ended > 0.5:
        return "It is on its way, and far from done."
    return "It falls fast and settles." if ended <= begun else "It falls fast, then rises."


def _reproduce(names: tuple[str, ...], key: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            "Put them on the chart above",
            key=f"{key}-on-chart",
            icon=":material/timeline:",
            on_click=show_runs,
            args=(names,),
        )
    st.markdown("Train them again, on your own machine:")
    st.code(f".venv/bin/python -m prepare.models {' '.join(names)} --force", language="bash")
