"""The least that trains a config: import Keras, hand arrays to `fit`. Prints when what was over."""

from __future__ import annotations

import json
import os
import sys
import time

STARTED = time.monotonic()
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")

import keras  # noqa: E402

from cnn_core.data.dataset import load_mnist  # noqa: E402
from cnn_core.recipe.config import HELD_OUT_IMAGES, TrainingConfig  # noqa: E402
from cnn_core.training.cli import NICENESS  # noqa: E402

# As low a priority as the app gives its training, so that what else runs slows both alike.
os.nice(NICENESS)


class Clock(keras.callbacks.Callback):  # type: ignore[misc]
    """Seconds since the process began, at the first batch and at the end of each epoch."""

    is_first = True

    def on_train_batch_end(self, batch: int, logs: object = None) -> None:
        """Print when the first batch was over."""
        if self.is_first:
            self.is_first = False
            print(json.dumps({"first": time.monotonic() - STARTED}), flush=True)

    def on_epoch_end(self, epoch: int, logs: object = None) -> None:
        """Print when an epoch was over."""
        print(json.dumps({"epoch": time.monotonic() - STARTED}), flush=True)


config = TrainingConfig.from_dict(json.loads(sys.argv[1]))
train = load_mnist().train
images = train.images[..., None].astype("float32")
targets = keras.utils.to_categorical(train.labels, 10)
model = config.architecture.to_keras()
model.compile(
    keras.optimizers.Adam(config.learning_rate), "categorical_crossentropy", metrics=["accuracy"]
)
model.fit(
    images[: config.training_images],
    targets[: config.training_images],
    batch_size=config.batch_size,
    epochs=config.epochs,
    validation_data=(images[-HELD_OUT_IMAGES:], targets[-HELD_OUT_IMAGES:]),
    validation_batch_size=500,
    verbose=0,
    callbacks=[Clock()],
)
