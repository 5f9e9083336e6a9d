"""Where a descent begins, read once for all visitors, and the one that a visitor is making."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from cnn_core.network.descent import Descent
from cnn_core.network.network import Network, Weights
from cnn_core.network.optimizer import StepRule
from cnn_core.network.weight_gradient import (
    BatchPass,
    forwards_and_backwards,
    loss_along,
    weight_gradients,
)
from cnn_core.network.weight_place import WeightPlace
from cnn_core.recipe.config import TRAINABLE_IMAGES
from cnn_core.store.moment import Moment
from cnn_core.store.store import StoredModel
from ui.shared.checkpoints import checkpoints
from ui.shared.resources import BY_WEIGHTS, mnist
from ui.train.weight_choice import BatchChoice
from ui.train.weight_figures import Try

RULE_TITLES: dict[StepRule, str] = {"sgd": "SGD", "adam": "Adam"}
# Of some megabytes each, most of them the activations of the batch.
BEGINNINGS_KEPT = 3
CURVES_KEPT = 100
POINTS_OF_CURVE = 41
MOST_STEPS = 200
_MOST_TRIES = 5
# As many times the largest weight of the layer a curve may reach, however far a weight was thrown.
_WIDEST = 40
_MADE = "descent"


@dataclass(frozen=True)
class Beginning:
    """A network at a moment of its training, and what a batch of training images makes of it.

    name: tells it from any other.
    positions: where the images are in the training images, int64 (n,).
    """

    name: str
    network: Network
    positions: NDArray[np.int64]
    images: NDArray[np.uint8]
    labels: NDArray[np.uint8]
    batch: BatchPass
    gradients: dict[str, Weights]


class Plan(NamedTuple):
    """How a descent is made: the rule, its learning rate, and whether one weight moves alone."""

    rule: StepRule
    rate: float
    is_alone: bool

    @property
    def name(self) -> str:
        """For a chart with several: `SGD 0.1, all weights`."""
        which = "one weight" if self.is_alone else "all weights"
        return f"{RULE_TITLES[self.rule]} {self.rate:g}, {which}"


class _Made(NamedTuple):
    """The descent of a visitor, what it answers, and the ones before on the same batch."""

    question: tuple[object, ...]
    descent: Descent
    earlier: list[Try]


def beginning(model: StoredModel, moment: Moment, chosen: BatchChoice) -> Beginning:
    """The network of a model at a moment, before any step of a visitor. Raises StoreError."""
    return _beginning(model, moment.name, chosen)


@st.cache_resource(show_spinner=False, max_entries=BEGINNINGS_KEPT, hash_funcs=BY_WEIGHTS)
def _beginning(model: StoredModel, moment: str, chosen: BatchChoice) -> Beginning:
    network = next(net for at, net in checkpoints(model.id).items() if at.name == moment)
    positions = chosen.positions(TRAINABLE_IMAGES)
    images, labels = mnist().train.images[positions], mnist().train.labels[positions]
    batch = forwards_and_backwards(network, images, labels)
    name = f"{model.id} {model.weights_checksum} {moment} {chosen.name}"
    return Beginning(
        name, network, positions, images, labels, batch, weight_gradients(network, batch)
    )


def current_descent(start: Beginning, place: WeightPlace, plan: Plan) -> Descent:
    """The descent of this visitor; a new one where anything has been chosen anew.

    Those from the same beginning are kept to be compared.
    """
    question = (start.name, place, plan)
    made: _Made | None = st.session_state.get(_MADE)
    if made is None or made.question != question:
        descent = Descent(
            start.network,
            start.images,
            start.labels,
            place,
            rule=plan.rule,
            rate=plan.rate,
            is_alone=plan.is_alone,
        )
        same = made is not None and made.question[0] == start.name
        earlier = _with_last(made) if made is not None and same else []
        st.session_state[_MADE] = made = _Made(question, descent, earlier)
    return made.descent


def tries() -> list[Try]:
    """The descents from this beginning, the current one last."""
    made: _Made = st.session_state[_MADE]
    now = _as_try(made)
    return [*(one for one in made.earlier if one.name != now.name), now]


def go_down(steps: int) -> None:
    """Take steps; for callbacks."""
    made: _Made | None = st.session_state.get(_MADE)
    if made is not None:
        for _ in range(min(steps, MOST_STEPS + 1 - len(made.descent.points))):
            made.descent.step()


def begin_again() -> None:
    """Go back to the beginning; what was made so far stays to be compared. For callbacks."""
    made: _Made | None = st.session_state.get(_MADE)
    if made is not None:
        # Another question than any: the next run makes a new descent.
        st.session_state[_MADE] = made._replace(question=(made.question[0], None))


def values_along(network: Network, descent: Descent) -> NDArray[np.float64]:
    """Values of the watched weight for a curve, float64 (m,), in rising order: all its points within.

    network: the one at the beginning.
    """
    place = descent.watched
    largest = float(np.abs(place.array(network.weights[place.layer])).max()) or 1.0
    first = descent.points[0].weight
    way = np.abs([point.weight - first for point in descent.points if np.isfinite(point.weight)])
    reach = min(max(2 * largest, 1.15 * float(way.max())), _WIDEST * largest)
    return first + np.linspace(-reach, reach, POINTS_OF_CURVE)


@st.cache_data(
    show_spinner=False,
    max_entries=CURVES_KEPT,
    hash_funcs={
        Beginning: lambda start: start.name,
        WeightPlace: lambda place: place.name,
    },
)
def first_curve(
    start: Beginning, place: WeightPlace, values: NDArray[np.float64]
) -> NDArray[np.float64]:
    """The loss along a weight (m,) before any step, float64 (m,)."""
    return loss_along(start.network, start.images, start.labels, place, values)


def _as_try(made: _Made) -> Try:
    descent = made.descent
    plan = Plan(descent.rule, descent.rate, descent.is_alone)
    return Try(plan.name, [point.loss for point in descent.points])


def _with_last(made: _Made) -> list[Try]:
    """Earlier tries and the last one, where it took a step; of two with one name the newer."""
    last = _as_try(made)
    if len(last.losses) < 2:
        return made.earlier
    return [*(one for one in made.earlier if one.name != last.name), last][-_MOST_TRIES:]
