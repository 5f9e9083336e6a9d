"""Training configs: what can be run, what is refused, and the name of a run."""

from __future__ import annotations

import contextlib
import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnn_core.errors import DigitScopeError, TrainingConfigError
from cnn_core.network.architecture import BASELINE, IMPROVED, Architecture
from cnn_core.recipe.config import (
    HELD_OUT_IMAGES,
    PRESETS,
    TRAINABLE_IMAGES,
    Augmentation,
    Schedule,
    TrainingConfig,
)
from tests.support.strategies import architectures

schedules: st.SearchStrategy[Schedule] = st.sampled_from(["constant", "cosine"])
shares = st.floats(0, 0.5)
configs = st.builds(
    TrainingConfig,
    architecture=architectures(),
    epochs=st.integers(1, 500),
    batch_size=st.integers(1, 4096),
    learning_rate=st.floats(0, 1, exclude_min=True),
    schedule=schedules,
    weight_decay=st.floats(0, 1),
    label_smoothing=shares,
    augmentation=st.builds(Augmentation, shares, shares, shares, shares),
    training_images=st.integers(10, TRAINABLE_IMAGES),
    seed=st.integers(0, 2**31 - 1),
)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)


class TestPresets:
    def test_baseline(self) -> None:
        """The baseline is trained as the published network was: Adam, batch 64, 10 epochs."""
        baseline = PRESETS["baseline"]

        assert baseline.architecture == BASELINE
        assert (baseline.batch_size, baseline.epochs) == (64, 10)
        assert not baseline.augmentation

    def test_improved(self) -> None:
        """The improved network is padded, and sees moved digits and a falling learning rate."""
        improved = PRESETS["improved"]

        assert improved.architecture == IMPROVED
        assert improved.schedule == "cosine"
        assert improved.augmentation

    def test_held_out_images(self) -> None:
        """No config can train on the images that every choice is made on."""
        assert HELD_OUT_IMAGES + TRAINABLE_IMAGES == 60_000
        with pytest.raises(TrainingConfigError, match="from 10 to 54,000, not 54001"):
            TrainingConfig(training_images=TRAINABLE_IMAGES + 1)


class TestRefused:
    @pytest.mark.parametrize(
        ("values", "reason"),
        [
            ({"epochs": 0}, "number of epochs is a whole number from 1 to 500, not 0"),
            ({"epochs": 2.0}, "not 2.0"),
            ({"epochs": True}, "not True"),
            ({"batch_size": 4097}, "batch size is a whole number from 1 to 4,096, not 4097"),
            ({"learning_rate": 0}, "With a learning rate of 0 nothing is learned"),
            ({"learning_rate": -1e-3}, "learning rate is a number from 0 to 1, not -0.001"),
            ({"learning_rate": 2}, "learning rate is a number from 0 to 1, not 2"),
            ({"learning_rate": float("inf")}, "learning rate is a number from 0 to 1, not inf"),
            ({"learning_rate": float("nan")}, "learning rate is a number, not nan"),
            ({"schedule": "linear"}, "no learning-rate schedule 'linear'"),
            ({"weight_decay": 2}, "Weight decay is a number from 0 to 1, not 2"),
            ({"label_smoothing": 0.6}, "Label smoothing is a number from 0 to 0.5, not 0.6"),
            ({"training_images": 9}, "from 10 to 54,000, not 9"),
            ({"seed": -1}, "seed is a whole number from 0 to 2,147,483,647, not -1"),
            ({"seed": 2**31}, "seed is a whole number from 0 to 2,147,483,647"),
        ],
    )
    def test_settings(self, values: dict[str, Any], reason: str) -> None:
        """A setting that makes no sense is refused, and the message says what would."""
        with pytest.raises(TrainingConfigError, match=reason):
            TrainingConfig(**values)

    @pytest.mark.parametrize(
        ("values", "reason"),
        [
            ({"shift": 11}, "Augmentation shift is a number from 0 to 10, not 11"),
            ({"rotation": 91}, "Augmentation rotation is a number from 0 to 90, not 91"),
            ({"zoom": 0.6}, "Augmentation zoom is a number from 0 to 0.5, not 0.6"),
            ({"shear": -0.1}, "Augmentation shear is a number from 0 to 1, not -0.1"),
            ({"shear": "much"}, "Augmentation shear is a number, not 'much'"),
        ],
    )
    def test_augmentation(self, values: dict[str, Any], reason: str) -> None:
        """Movement that would lose the digit is refused, with the limits."""
        with pytest.raises(TrainingConfigError, match=reason):
            Augmentation(**values)


class TestDict:
    @given(config=configs)
    def test_round_trip(self, config: TrainingConfig) -> None:
        """What is written as JSON is read back as the same config with the same name."""
        returned = TrainingConfig.from_dict(json.loads(json.dumps(config.to_dict())))

        assert returned == config
        assert returned.run_id == config.run_id

    def test_left_out_is_default(self) -> None:
        """What is left out has its default."""
        assert TrainingConfig.from_dict({}) == TrainingConfig()

    @given(data=st.data())
    def test_never_anything_but_an_error_with_a_message(self, data: st.DataObject) -> None:
        """Whatever stands in a config file, the answer is a config or a message."""
        values: Any = data.draw(
            json_values
            | st.fixed_dictionaries(
                {}, optional=dict.fromkeys(TrainingConfig().to_dict(), json_values)
            )
        )
        with contextlib.suppress(DigitScopeError):
            config = TrainingConfig.from_dict(values)
            assert config == TrainingConfig.from_dict(config.to_dict())

    def test_unknown_setting(self) -> None:
        """A setting that does not exist is not silently ignored."""
        with pytest.raises(TrainingConfigError, match="has no momentum"):
            TrainingConfig.from_dict({"momentum": 0.9})


class TestRunId:
    @given(config=configs)
    def test_can_name_a_folder(self, config: TrainingConfig) -> None:
        """A run's name is twelve hexadecimal digits."""
        assert len(config.run_id) == 12
        assert set(config.run_id) <= set("0123456789abcdef")

    @pytest.mark.parametrize(
        "change",
        [
            {"architecture": IMPROVED},
            {"architecture": Architecture(dropout=0.3)},
            {"epochs": 11},
            {"batch_size": 65},
            {"learning_rate": 2e-3},
            {"schedule": "cosine"},
            {"weight_decay": 0.1},
            {"label_smoothing": 0.1},
            {"augmentation": Augmentation(shift=1)},
            {"training_images": 53_999},
            {"seed": 1},
        ],
    )
    def test_differs_with_every_setting(self, change: dict[str, Any]) -> None:
        """Whatever decides what is learned is in the name."""
        assert replace(TrainingConfig(), **change).run_id != TrainingConfig().run_id

    def test_equal_configs_have_one_name(self) -> None:
        """How a number is written, 1 or 1.0, 0 or −0.0, does not make it another run."""
        whole = TrainingConfig(
            architecture=Architecture(dropout=0),
            learning_rate=1,
            augmentation=Augmentation(shift=3, zoom=0),
        )
        fraction = TrainingConfig(
            architecture=Architecture(dropout=-0.0),
            learning_rate=1.0,
            augmentation=Augmentation(shift=3.0, zoom=-0.0),
        )

        assert whole == fraction
        assert whole.run_id == fraction.run_id

    def test_never_changes(self) -> None:
        """The name of a config does not change, or what was trained would not be found again."""
        assert TrainingConfig().run_id == "8d441e96db3a"


class TestStepsPerEpoch:
    @given(config=configs)
    def test_covers_every_image(self, config: TrainingConfig) -> None:
        """An epoch has as many batches as its images need, the last perhaps not full."""
        before_last = (config.steps_per_epoch - 1) * config.batch_size

        assert before_last < config.training_images <= before_last + config.batch_size
