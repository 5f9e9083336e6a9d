"""What a training is in one line of the list."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from cnn_core.store.store import save_model
from tests.support.stored import files_of
from ui.train.run_list import facts


@pytest.mark.parametrize(
    ("saved", "begins"),
    [
        (1_750_000_000.0, "15 June 2025, 15:06 UTC · 85"),
        (4_000_000_000.0, "2 October 2096, 07:06 UTC · 85"),
        (0.0, "1 January 1970, 00:00 UTC · 85"),
        (1e12, "85"),
        (-1e12, "85"),
        (1e300, "85"),
    ],
)
def test_whatever_the_clock_said(tmp_path: Path, saved: float, begins: str) -> None:
    """A date that no calendar has is left out, and the rest is shown."""
    model = replace(save_model(tmp_path / "run", files_of()), saved=saved)

    assert facts(model).startswith(begins)
