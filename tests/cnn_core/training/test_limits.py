"""What an operator allows, read from the environment."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cnn_core.errors import LimitsError, TrainingRefused
from cnn_core.network.architecture import Architecture
from cnn_core.recipe.config import PRESETS, TrainingConfig
from cnn_core.training.limits import Limits, limits

VARIABLES = (
    "DIGITSCOPE_TRAINING",
    "DIGITSCOPE_MOST_EPOCHS",
    "DIGITSCOPE_MOST_MINUTES",
    "DIGITSCOPE_MOST_PARAMETERS",
    "DIGITSCOPE_MOST_WAITING",
    "DIGITSCOPE_STORE_MEGABYTES",
    "DIGITSCOPE_OPERATOR",
)


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    """An operator who has set nothing, or has left a variable empty."""
    for variable in VARIABLES[1:]:
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv(VARIABLES[0], "")


def test_defaults() -> None:
    """Where nothing is said, training is on, and every preset is taken on."""
    assert limits() == Limits()
    assert limits().training
    for preset in PRESETS.values():
        limits().check(preset)


def test_every_variable_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each limit has its variable."""
    for variable, value in zip(
        VARIABLES, ("off", "7", "8", "9", "0", "10", "everybody"), strict=True
    ):
        monkeypatch.setenv(variable, value)

    assert limits() == Limits(False, 7, 8, 9, 0, 10, "everybody")


@pytest.mark.parametrize("variable", VARIABLES)
@pytest.mark.parametrize("value", ["yes", "-1", "1.5", "½"])
def test_senseless_values(monkeypatch: pytest.MonkeyPatch, variable: str, value: str) -> None:
    """A value that makes no sense is named, and never taken for the default."""
    monkeypatch.setenv(variable, value)

    with pytest.raises(LimitsError, match=variable):
        limits()


@pytest.mark.parametrize(
    ("config", "said"),
    [
        (replace(PRESETS["baseline"], epochs=11), "11 epochs are more than the 10"),
        (
            TrainingConfig(architecture=Architecture(filters=(60,), dense_units=100)),
            r"1,015,710 parameters are more than the 1,000,000 .* fewer filters",
        ),
    ],
)
def test_too_large(config: TrainingConfig, said: str) -> None:
    """What is refused comes with the limit, and with what to do."""
    with pytest.raises(TrainingRefused, match=said):
        Limits(epochs=10).check(config)


@pytest.mark.parametrize(
    ("set_to", "key", "is_operator"),
    [
        ("", None, False),
        ("nobody", "nobody", False),
        ("everybody", None, True),
        ("sixteen letters.", "sixteen letters.", True),
        ("sixteen letters.", "sixteen letters", False),
        ("sixteen letters.", "", False),
        ("sixteen letters.", None, False),
        ("sixteen letters.", "nobody", False),
        ("sixteen letters.", "everybody", False),
        ("sixteen letters.", "schlüssel \udc80", False),
    ],
)
def test_operator(
    monkeypatch: pytest.MonkeyPatch, set_to: str, key: str | None, is_operator: bool
) -> None:
    """Nobody, everybody, or whoever has the very key; which it is, no message shows."""
    monkeypatch.setenv("DIGITSCOPE_OPERATOR", set_to)

    assert limits().is_operator(key) is is_operator
    assert "sixteen" not in repr(limits())
