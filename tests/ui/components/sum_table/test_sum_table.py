"""How the table of a sum writes its numbers."""

from __future__ import annotations

import pytest

from ui.components.sum_table.sum_table import signed


@pytest.mark.parametrize(
    ("value", "worded"), [(0.25, "+0.25"), (-0.25, "−0.25"), (0.001, "0.00"), (-0.001, "0.00")]
)
def test_a_sign_and_what_is_shown_as_zero(value: float, worded: str) -> None:
    """A sign stands before what is not shown as 0, and before nothing else."""
    assert signed(value, 2) == worded
