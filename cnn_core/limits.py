"""What an operator allows: the one place where trainings on a server are limited.

Each is set by an environment variable or, on Streamlit Community Cloud, by a secret of that name:

    DIGITSCOPE_TRAINING         on (default) or off: whether visitors may train at all
    DIGITSCOPE_MOST_EPOCHS      of one training; 100
    DIGITSCOPE_MOST_MINUTES     of one training, which is then stopped and keeps its best epoch; 60
    DIGITSCOPE_MOST_PARAMETERS  of the network that is trained; 1000000
    DIGITSCOPE_MOST_WAITING     trainings that wait for the one that runs; 10
    DIGITSCOPE_STORE_MEGABYTES  that own runs take together; 500. The oldest are deleted beyond that.
"""

from __future__ import annotations

import os
from dataclasses import dataclass

from cnn_core.config import TrainingConfig
from cnn_core.errors import LimitsError, TrainingRefused, quoted

BYTES_PER_MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Limits:
    """What an operator allows; `limits()` reads it."""

    training: bool = True
    epochs: int = 100
    minutes: int = 60
    parameters: int = 1_000_000
    waiting: int = 10
    store_megabytes: int = 500

    def check(self, config: TrainingConfig) -> None:
        """Raise TrainingRefused, saying why, for a training that is too large for this server."""
        if config.epochs > self.epochs:
            raise TrainingRefused(
                f"{config.epochs} epochs are more than the {self.epochs} that this server allows."
            )
        if config.architecture.parameters > self.parameters:
            raise TrainingRefused(
                f"{config.architecture.parameters:,} parameters are more than the "
                f"{self.parameters:,} that this server allows. Take fewer filters or hidden units, "
                "or one convolution more, whose pooling makes the maps smaller."
            )


def limits() -> Limits:
    """What the environment of this process allows.

    Raises LimitsError, naming the variable, where one has a value that makes no sense.
    """
    default = Limits()
    return Limits(
        training=_switch("DIGITSCOPE_TRAINING"),
        epochs=_number("DIGITSCOPE_MOST_EPOCHS", default.epochs),
        minutes=_number("DIGITSCOPE_MOST_MINUTES", default.minutes),
        parameters=_number("DIGITSCOPE_MOST_PARAMETERS", default.parameters),
        waiting=_number("DIGITSCOPE_MOST_WAITING", default.waiting, least=0),
        store_megabytes=_number("DIGITSCOPE_STORE_MEGABYTES", default.store_megabytes),
    )


def _switch(variable: str) -> bool:
    text = os.environ.get(variable, "on").strip().lower() or "on"
    if text not in ("on", "off"):
        raise LimitsError(f"The variable {variable} is “on” or “off”, not {quoted(text)}.")
    return text == "on"


def _number(variable: str, default: int, least: int = 1) -> int:
    text = os.environ.get(variable, "").strip()
    if not text:
        return default
    if not (text.isascii() and text.isdigit()) or int(text) < least:
        raise LimitsError(
            f"The variable {variable} is a whole number from {least}, not {quoted(text)}."
        )
    return int(text)
