"""Everything that decides what a training run learns, and a name for it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any, Literal, get_args

from cnn_core.checks import number_problem, whole_number_problem
from cnn_core.errors import TrainingConfigError
from cnn_core.network.architecture import BASELINE, IMPROVED, Architecture

# The last 6,000 training images are never trained on: every choice is made on them.
HELD_OUT_IMAGES = 6_000
TRAINABLE_IMAGES = 60_000 - HELD_OUT_IMAGES

Schedule = Literal["constant", "cosine"]
OptimizerName = Literal["adam", "sgd", "rmsprop"]
SGD_MOMENTUM = 0.9
OPTIMIZERS: tuple[OptimizerName, ...] = get_args(OptimizerName)


def _refuse(problem: str) -> None:
    if problem:
        raise TrainingConfigError(problem)


def _alike_where_equal(value: Any) -> Any:
    """Settings with every number as a float: 3 and 3.0 are equal and must not be told apart."""
    if isinstance(value, dict):
        return {name: _alike_where_equal(entry) for name, entry in value.items()}
    if isinstance(value, list):
        return [_alike_where_equal(entry) for entry in value]
    # Adding 0 turns −0.0, which equals 0.0, into it.
    return float(value) + 0.0 if isinstance(value, int | float) else value


@dataclass(frozen=True)
class Augmentation:
    """How far each training image is moved at random, afresh in every epoch; 0 is not at all.

    shift: pixels in each direction, 0 to 10.
    rotation: degrees in each direction, 0 to 90.
    zoom: relative change of width and height, each on its own, 0 to 0.5.
    shear: how far a row slides for each row further down, in pixels, 0 to 1.
    """

    shift: float = 0.0
    rotation: float = 0.0
    zoom: float = 0.0
    shear: float = 0.0

    def __post_init__(self) -> None:
        limits = {"shift": 10.0, "rotation": 90.0, "zoom": 0.5, "shear": 1.0}
        for name, most in limits.items():
            _refuse(number_problem(f"Augmentation {name}", getattr(self, name), 0, most))

    def __bool__(self) -> bool:
        return any(asdict(self).values())


@dataclass(frozen=True)
class TrainingConfig:
    """A training run: the same config on the same machine gives the same weights.

    optimizer: `adam` (Kingma and Ba, 2015), `sgd` (with momentum 0.9) or `rmsprop` (Hinton, 2012).
    learning_rate: 0 < rate ≤ 1; with schedule `cosine` it falls to 0 along half a cosine.
    weight_decay: share of each weight taken away per step, times the learning rate, apart from the
        gradient; with Adam this is AdamW (Loshchilov and Hutter, 2019).
    label_smoothing: probability mass spread evenly over all ten digits of each target.
    training_images: how many of the 54,000 images that are not held out; the first ones are taken.

    Raises TrainingConfigError, saying why, for settings that cannot be run.
    """

    architecture: Architecture = BASELINE
    epochs: int = 10
    batch_size: int = 64
    optimizer: OptimizerName = "adam"
    learning_rate: float = 1e-3
    schedule: Schedule = "constant"
    weight_decay: float = 0.0
    label_smoothing: float = 0.0
    augmentation: Augmentation = field(default_factory=Augmentation)
    training_images: int = TRAINABLE_IMAGES
    seed: int = 0

    def __post_init__(self) -> None:
        _refuse(whole_number_problem("The number of epochs", self.epochs, 1, 500))
        _refuse(whole_number_problem("The batch size", self.batch_size, 1, 4096))
        if self.optimizer not in OPTIMIZERS:
            raise TrainingConfigError(f"There is no optimizer {self.optimizer!r}.")
        _refuse(number_problem("The learning rate", self.learning_rate, 0, 1))
        if self.learning_rate == 0:
            raise TrainingConfigError("With a learning rate of 0 nothing is learned.")
        if self.schedule not in ("constant", "cosine"):
            raise TrainingConfigError(f"There is no learning-rate schedule {self.schedule!r}.")
        _refuse(number_problem("Weight decay", self.weight_decay, 0, 1))
        _refuse(number_problem("Label smoothing", self.label_smoothing, 0, 0.5))
        _refuse(
            whole_number_problem(
                "The number of training images", self.training_images, 10, TRAINABLE_IMAGES
            )
        )
        _refuse(whole_number_problem("The seed", self.seed, 0, 2**31 - 1))

    @property
    def run_id(self) -> str:
        """A name that only runs of this very config have: 12 hexadecimal digits."""
        values = self.to_dict()
        if self.optimizer == "adam":  # What was trained before there was a choice keeps its name.
            del values["optimizer"]
        text = json.dumps(_alike_where_equal(values), sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:12]

    @property
    def steps_per_epoch(self) -> int:
        """Batches in an epoch; the last may be smaller."""
        return -(-self.training_images // self.batch_size)

    def to_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return asdict(self) | {"architecture": self.architecture.to_dict()}

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> TrainingConfig:
        """The config that `to_dict` wrote; what is left out has its default.

        Raises TrainingConfigError or ArchitectureError for anything else.
        """
        if not isinstance(values, Mapping):
            raise TrainingConfigError(f"A training is a set of named values, not {values!r}.")
        known = {entry.name for entry in fields(cls)}
        if unknown := set(values) - known:
            raise TrainingConfigError(f"A training has no {', '.join(sorted(unknown))}.")
        given = dict(values)
        try:
            if "architecture" in given:
                given["architecture"] = Architecture.from_dict(given["architecture"])
            if "augmentation" in given:
                given["augmentation"] = Augmentation(**given["augmentation"])
        except TypeError as error:
            raise TrainingConfigError(f"The training settings are malformed: {error}.") from error
        return cls(**given)


PRESETS: dict[str, TrainingConfig] = {
    # To be watched: a few seconds on a laptop, less than a minute on two slow cores.
    "quick": TrainingConfig(epochs=5, training_images=12_000),
    "baseline": TrainingConfig(),
    "improved": TrainingConfig(
        architecture=IMPROVED,
        epochs=50,
        batch_size=128,
        learning_rate=3e-3,
        schedule="cosine",
        weight_decay=1e-2,
        augmentation=Augmentation(shift=3, rotation=15, zoom=0.15, shear=0.25),
    ),
}
