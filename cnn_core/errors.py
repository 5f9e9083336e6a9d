"""The errors that a visitor or an operator can do something about."""


class DigitScopeError(Exception):
    """Base of all errors whose message is written for the person who meets it.

    The message says what is wrong and what to do; pages show it as it is, without a stack trace.
    """


class DatasetError(DigitScopeError):
    """The bundled MNIST file is missing, truncated or altered."""


class DigitNameError(DigitScopeError):
    """A text, from the address for instance, does not name a digit."""


class ArchitectureError(DigitScopeError, ValueError):
    """A network with these hyper-parameters cannot be built."""


class TrainingConfigError(DigitScopeError, ValueError):
    """A training with these settings cannot be run."""


class StoreError(DigitScopeError):
    """A trained model is missing, incomplete or damaged."""


class ComputedError(DigitScopeError):
    """A result that was computed ahead is missing, damaged, or of another model."""
