"""A process that talks like a training and learns nothing: for tests of whoever listens to it.

It reads a config as its first line, tells of a start and one epoch, and then waits: “stop” makes it
end as a training that was stopped, “die” without a word; where its standard input closes, it ends.
As SAVING it has learned and writes its run, for ever; as SAVED it dies just after it has written it.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np

from cnn_core.store.history import StepPoint
from cnn_core.training.events import (
    Batch,
    Epoch,
    Event,
    Failed,
    Look,
    Start,
    Stopped,
    Trained,
    line_of,
)

COMMAND = (sys.executable, "-m", "tests.support.talking")
SAVING, SAVED = (*COMMAND, "saving"), (*COMMAND, "saved")


def tell(event: Event) -> None:
    """Write an event."""
    print(line_of(event), flush=True)


def save(settings: dict[str, Any], *, is_whole: bool) -> None:
    """Write a run, all of it or a part, and never come back."""
    from cnn_core.recipe.config import TrainingConfig
    from cnn_core.store.atomic_write import whole_folder
    from cnn_core.store.store import runs_root, save_model
    from tests.support.stored import files_of

    config = TrainingConfig.from_dict(settings)
    folder, files = runs_root() / config.run_id, files_of(config)
    if is_whole:
        save_model(folder, files)
        os.kill(os.getpid(), signal.SIGKILL)
    Path(tempfile.gettempdir(), "model.keras").write_bytes(files["model.keras"])
    with whole_folder(folder) as scratch:
        (scratch / "weights.npz").write_bytes(files["weights.npz"])
        while True:
            signal.pause()


def main() -> None:
    """Talk, and wait for an answer."""
    config = json.loads(sys.stdin.readline())
    size = config["architecture"]["kernel_size"]
    filters = config["architecture"]["filters"][0]
    tell(Start("0123456789ab", 1, epochs=2, steps=4, samples=np.zeros((10, 28, 28), np.uint8)))
    tell(
        Look(
            epoch=0,
            batch=0,
            kernel_size=size,
            kernels=np.zeros((filters, size, size), np.float32),
            probabilities=np.full((10, 10), 0.1, np.float32),
        )
    )
    point = StepPoint(step=20, loss=2.0, accuracy=0.2)
    tell(Batch(epoch=1, batch=1, loss=2.0, accuracy=0.2, seconds=2.0, points=[point]))
    tell(
        Epoch(
            epoch=1,
            loss=1.9,
            accuracy=0.3,
            validation_loss=1.8,
            validation_accuracy=0.4,
            learning_rate=0.001,
            seconds=4.0,
        )
    )
    if sys.argv[1:]:
        tell(Trained(config["epochs"], kept_epoch=1, points=[]))
        save(config, is_whole=sys.argv[1] == "saved")
    for line in sys.stdin:
        if line == "die\n":
            os._exit(3)
        if line == "stop\n":
            tell(Failed("Asked to stop."))
            return
    tell(Stopped("Nobody listens."))


if __name__ == "__main__":
    main()
