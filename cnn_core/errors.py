"""The errors that a visitor or an operator can do something about."""

from __future__ import annotations

MOST_QUOTED = 40


def quoted(text: str) -> str:
    """A stranger's words, as a message repeats them: on one line, cut short, in “quotes”.

    There are no other quotes of this kind within them, so whoever shows the message can tell where
    they begin and end; nor is there anything invisible.
    """
    seen = "".join(sign if sign.isprintable() else " " for sign in text[:MOST_QUOTED])
    words = " ".join(seen.replace("“", '"').replace("”", '"').split())
    return f"“{words}”"


class DigitScopeError(Exception):
    """Base of all errors whose message is written for the person who meets it.

    The message says what is wrong and what to do; pages show it as it is, without a stack trace.
    """


class DatasetError(DigitScopeError):
    """The bundled MNIST file is missing, truncated or altered."""


class DigitNameError(DigitScopeError):
    """A text, from the address for instance, does not name a digit."""


class WeightNameError(DigitScopeError):
    """A text, from the address for instance, does not name a weight of the network."""


class ArchitectureError(DigitScopeError, ValueError):
    """A network with these hyper-parameters cannot be built.

    does_not_fit: the size of the maps, the size of the window that finds no place in them, and its
        stride, where that is why.
    """

    does_not_fit: tuple[int, int, int] | None = None


class TrainingConfigError(DigitScopeError, ValueError):
    """A training with these settings cannot be run."""


class TrainingDiverged(DigitScopeError):
    """A training whose loss is no number any more."""


class TrainingRefused(DigitScopeError):
    """A training that this server does not take on, or not now."""


class LimitsError(DigitScopeError):
    """A variable by which an operator sets a limit makes no sense."""


class StoreError(DigitScopeError):
    """A trained model is missing, incomplete or damaged.

    problem: which of its files is damaged, and how, where that is why; a clause.
    """

    problem: str = "it is gone"


class ComputedError(DigitScopeError):
    """A result that was computed ahead is missing, damaged, or of another model."""


class PhotoError(DigitScopeError):
    """A file that a visitor uploaded is no photo that can be read, or shows no ink."""
