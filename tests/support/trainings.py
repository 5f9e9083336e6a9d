"""A training that takes no time."""

from __future__ import annotations

from cnn_core.network.architecture import Architecture
from cnn_core.recipe.config import TrainingConfig

# Two epochs of two steps of twenty-one, so that there are points within an epoch.
TINY = TrainingConfig(
    architecture=Architecture(filters=(2,), dense_units=4),
    epochs=2,
    batch_size=2,
    training_images=42,
)
