"""What an operator allows: the one place where trainings on a server are limited.

Each is set by an environment variable or, on Streamlit Community Cloud, by a secret of that name:

    DIGITSCOPE_TRAINING         on (default) or off: whether visitors may train at all
    DIGITSCOPE_MOST_EPOCHS      of one training; 100
    DIGITSCOPE_MOST_MINUTES     of one training, which is then stopped and keeps its best epoch; 60
    DIGITSCOPE_MOST_PARAMETERS  of the network that is trained; 1000000
    DIGITSCOPE_MOST_WAITING     trainings that wait for the one that runs; 10
    DIGITSCOPE_STORE_MEGABYTES  that own runs take together; 500. The oldest are deleted beyond that.
    DIGITSCOPE_OPERATOR         who may rename and delete all own runs: nobody (default) of the
                                visitors, everybody (on a computer of one's own), or whoever opens
                                the app with `?operator=` and this key of 16 characters or more
"""

from __future__ import annotations

import hmac
import os
from dataclasses import dataclass, field

from cnn_core.errors import LimitsError, TrainingRefused, quoted
from cnn_core.recipe.config import TrainingConfig

BYTES_PER_MEGABYTE = 1_000_000
SHORTEST_KEY = 16


@dataclass(frozen=True)
class Limits:
    """What an operator allows; `limits()` reads it."""

    training: bool = True
    epochs: int = 100
    minutes: int = 60
    parameters: int = 1_000_000
    waiting: int = 10
    store_megabytes: int = 500
    operator: str = field(default="nobody", repr=False)

    def is_operator(self, key: str | None) -> bool:
        """Whether a visitor with this key may change all own runs."""
        if self.operator in ("nobody", "everybody"):
            return self.operator == "everybody"
        return key is not None and hmac.compare_digest(
            key.encode(errors="replace"), self.operator.encode(errors="replace")
        )

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
        operator=_operator("DIGITSCOPE_OPERATOR"),
    )


def _switch(variable: str) -> bool:
    text = os.environ.get(variable, "on").strip().lower() or "on"
    if text not in ("on", "off"):
        raise LimitsError(f"The variable {variable} is “on” or “off”, not {quoted(text)}.")
    return text == "on"


def _operator(variable: str) -> str:
    text = os.environ.get(variable, "").strip() or "nobody"
    if text not in ("nobody", "everybody") and len(text) < SHORTEST_KEY:
        raise LimitsError(
            f"The variable {variable} is “nobody”, “everybody”, or a key of at least {SHORTEST_KEY} "
            "characters."
        )
    return text


def _number(variable: str, default: int, least: int = 1) -> int:
    text = os.environ.get(variable, "").strip()
    if not text:
        return default
    if not (text.isascii() and text.isdigit()) or int(text) < least:
        raise LimitsError(
            f"The variable {variable} is a whole number from {least}, not {quoted(text)}."
        )
    return int(text)
