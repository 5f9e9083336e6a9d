"""A moment of a run: the step after which the network's weights were kept, and its names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Moment(NamedTuple):
    """A moment of training whose weights were kept: after `batch` batches of epoch `epoch`.

    Epoch 0, batch 0 is before training; batch 0 of a later epoch is the end of that epoch.
    """

    epoch: int
    batch: int

    @property
    def title(self) -> str:
        """Its name for people."""
        if self == (0, 0):
            return "before training"
        if self.batch:
            return f"after {self.batch} batches"
        return f"after epoch {self.epoch}"

    @property
    def prefix(self) -> str:
        """What the names of its arrays begin with in checkpoints.npz."""
        return f"{self.epoch}/{self.batch}/"

    @property
    def name(self) -> str:
        """Its name in an address: `3-0` is the end of epoch 3."""
        return f"{self.epoch}-{self.batch}"


def moment_named(name: str, moments: Sequence[Moment]) -> int | None:
    """Which of some moments a name in an address means, as an index; None where it means none."""
    return {moment.name: index for index, moment in enumerate(moments)}.get(name)
