"""The trainings that come with the project: what each is, and what it shows.

`python -m prepare.models` runs them again. IMPROVEMENTS lead from the baseline to the improved network,
each with one idea more than the one before; LESSONS are for reading curves.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from cnn_core.network.architecture import BASELINE
from cnn_core.recipe.config import PRESETS, Augmentation, TrainingConfig

# Seed 0 of every improvement is bundled whole; of the others, what they reached.
SEEDS = (0, 1, 2)
SEEDS_PATH = Path(__file__).parents[1] / "assets" / "seeds.json"


@dataclass(frozen=True)
class BundledTraining:
    """A training that is bundled.

    title: its name for people.
    change: what it does differently from the improvement before, or what it shows; one clause.
    """

    config: TrainingConfig
    title: str
    change: str


def _improvements() -> dict[str, BundledTraining]:
    baseline = PRESETS["baseline"]
    same = replace(baseline, architecture=PRESETS["improved"].architecture)
    moved = replace(same, augmentation=PRESETS["improved"].augmentation)
    decayed = replace(moved, schedule="cosine")
    larger = replace(decayed, batch_size=128, learning_rate=3e-3)
    restrained = replace(larger, weight_decay=1e-2)
    return {
        "baseline": BundledTraining(baseline, "Baseline", "the network that this project explains"),
        "same-padding": BundledTraining(
            same,
            "Same padding",
            "a border of zeros: no blind spot, larger last maps, a larger dense layer",
        ),
        "augmentation": BundledTraining(
            moved, "Augmentation", "every image shifted, turned, zoomed and sheared at random"
        ),
        "cosine-decay": BundledTraining(
            decayed, "Cosine decay", "a learning rate that falls to 0 along half a cosine"
        ),
        "larger-steps": BundledTraining(
            larger,
            "Larger steps",
            f"batches of {larger.batch_size} and a learning rate that begins at {larger.learning_rate:g}",
        ),
        "weight-decay": BundledTraining(
            restrained,
            "Weight decay",
            f"every weight pulled towards 0 by AdamW, decay {restrained.weight_decay:g}",
        ),
        "improved": BundledTraining(
            PRESETS["improved"],
            "Improved",
            f"{PRESETS['improved'].epochs} epochs instead of {baseline.epochs}",
        ),
    }


def _lessons() -> dict[str, BundledTraining]:
    few = TrainingConfig(
        replace(BASELINE, dropout=0.0), epochs=60, batch_size=20, training_images=500
    )
    held_back = replace(
        few,
        architecture=replace(BASELINE, dropout=0.5),
        augmentation=Augmentation(shift=2, rotation=10, zoom=0.1, shear=0.15),
    )
    short = TrainingConfig(epochs=5, training_images=10_000)
    return {
        "overfit-plain": BundledTraining(
            few, "Few images", f"{few.training_images} images, and nothing that holds it back"
        ),
        "overfit-held-back": BundledTraining(
            held_back,
            "Few images, held back",
            f"the same {held_back.training_images} images, with dropout and augmentation",
        ),
        "rate-too-small": BundledTraining(
            replace(short, learning_rate=1e-5), "Rate too small", "a learning rate of 0.00001"
        ),
        "rate-right": BundledTraining(short, "Rate just right", "a learning rate of 0.001"),
        "rate-too-large": BundledTraining(
            replace(short, learning_rate=3e-2), "Rate too large", "a learning rate of 0.03"
        ),
    }


IMPROVEMENTS = _improvements()
LESSONS = _lessons()
BUNDLED_TRAININGS = IMPROVEMENTS | LESSONS


def seed_results() -> Mapping[str, Mapping[int, Mapping[str, float]]]:
    """What each seed of each improvement reached: `test_accuracy` (0 to 1) and `test_loss` (nats)."""
    if not SEEDS_PATH.exists():
        return {}
    kept = json.loads(SEEDS_PATH.read_bytes())
    return {
        improvement: {int(seed): reached for seed, reached in seeds.items()}
        for improvement, seeds in kept.items()
    }
