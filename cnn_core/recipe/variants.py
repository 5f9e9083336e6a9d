"""Networks with one part left out or exchanged: what each is, and what it is trained to show.

All are trained as `baseline` is, with the same seeds. `python -m prepare.variants` does it again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from cnn_core.data.dataset import CLASSES, IMAGE_SIZE
from cnn_core.network.architecture import Architecture
from cnn_core.network.variant import Variant
from cnn_core.recipe.bundled_trainings import IMPROVEMENTS
from cnn_core.recipe.config import TrainingConfig

REFERENCE = "baseline"
PADDED = "same-padding"
BLACKENED = "same-padding-blackened"


@dataclass(frozen=True)
class VariantTraining:
    """A training to be compared with that of REFERENCE.

    title: its name for people.
    change: what sets it apart from the reference; one clause.
    is_blackened: whether the pixels that the reference cannot see are painted black in every image,
        in training, validation and test.
    """

    config: TrainingConfig
    title: str
    change: str
    is_blackened: bool = False


def units_for(parameters: int) -> int:
    """How many hidden units give a network without convolutions about so many parameters.

    A unit has a weight for each pixel, a bias, and a weight for each output; outputs have a bias.
    """
    return round((parameters - CLASSES) / (IMAGE_SIZE**2 + 1 + CLASSES))


def _variants() -> dict[str, VariantTraining]:
    reference = IMPROVEMENTS[REFERENCE]
    architecture = reference.config.architecture
    as_variant = Variant.from_dict(architecture.to_dict())
    padded = IMPROVEMENTS[PADDED]

    def with_(changed: Architecture) -> TrainingConfig:
        return replace(reference.config, architecture=changed)

    units = architecture.dense_units
    few = units_for(architecture.parameters)
    return {
        REFERENCE: VariantTraining(reference.config, reference.title, "nothing left out"),
        "dense-wide": VariantTraining(
            with_(replace(as_variant, filters=())),
            f"{units} dense units",
            "no convolution and no pooling: the hidden units read the pixels themselves",
        ),
        "dense-narrow": VariantTraining(
            with_(replace(as_variant, filters=(), dense_units=few)),
            f"{few} dense units",
            "the same with about as many parameters as the baseline",
        ),
        "no-relu": VariantTraining(
            with_(replace(as_variant, activation="linear")),
            "No ReLU",
            "convolutions and hidden units hand every sum on, negative ones too",
        ),
        "one-block": VariantTraining(
            with_(replace(as_variant, filters=architecture.filters[:1])),
            "One block",
            "one convolution and one pool instead of three",
        ),
        "average-pooling": VariantTraining(
            with_(replace(as_variant, pooling="average")),
            "Average pooling",
            "a pool keeps the mean of each window instead of its largest value",
        ),
        "only-sums": VariantTraining(
            with_(replace(as_variant, activation="linear", pooling="average")),
            "Only sums",
            "no ReLU and average pooling: nothing but weighted sums up to the ten outputs",
        ),
        PADDED: VariantTraining(padded.config, padded.title, padded.change),
        BLACKENED: VariantTraining(
            padded.config,
            "Same padding, blackened",
            "a border of zeros, and the pixels of the baseline's blind spot black in every image",
            is_blackened=True,
        ),
    }


VARIANTS = _variants()
