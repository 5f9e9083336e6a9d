"""The trainings of variants: each is the baseline's but for what it says."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cnn_core.network.variant import Variant
from cnn_core.recipe.bundled_trainings import IMPROVEMENTS
from cnn_core.recipe.improvements import settings_changed
from cnn_core.recipe.variants import BLACKENED, PADDED, REFERENCE, VARIANTS, units_for

CHANGED = {
    "dense-wide": {"filters": ([16, 32, 64], [])},
    "dense-narrow": {"filters": ([16, 32, 64], []), "dense units": (128, 41)},
    "no-relu": {"activation": ("relu", "linear")},
    "one-block": {"filters": ([16, 32, 64], [16])},
    "average-pooling": {"pooling": ("max", "average")},
    "only-sums": {"activation": ("relu", "linear"), "pooling": ("max", "average")},
}


@pytest.mark.parametrize("name", CHANGED)
def test_each_changes_what_it_says(name: str) -> None:
    """Every other setting is that of the baseline, the recipe included."""
    reference = VARIANTS[REFERENCE].config
    plain = replace(reference, architecture=Variant.from_dict(reference.architecture.to_dict()))

    changed = settings_changed(plain, VARIANTS[name].config)

    assert {each.name: (each.before, each.after) for each in changed} == CHANGED[name]


def test_two_are_steps_of_the_store() -> None:
    """Baseline and same padding are the trainings that are bundled; blackened is the latter's."""
    assert VARIANTS[REFERENCE].config == IMPROVEMENTS[REFERENCE].config
    assert VARIANTS[PADDED].config == IMPROVEMENTS[PADDED].config == VARIANTS[BLACKENED].config
    assert [name for name, each in VARIANTS.items() if each.is_blackened] == [BLACKENED]
    assert set(VARIANTS) == {*CHANGED, REFERENCE, PADDED, BLACKENED}


def test_units_for_as_many_parameters() -> None:
    """The nearest number of hidden units: one fewer or more is farther away."""
    for parameters in (32_906, 101_770, 10_000):
        units = units_for(parameters)
        off = [
            abs(Variant(filters=(), dense_units=units + more).parameters - parameters)
            for more in (-1, 0, 1)
        ]
        assert min(off) == off[1]
