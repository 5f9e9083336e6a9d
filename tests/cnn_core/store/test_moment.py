"""A moment and its names."""

from __future__ import annotations

import pytest

from cnn_core.store.moment import Moment, moment_named


def test_names_of_moments() -> None:
    """A name leads back to its moment; what names none, to none."""
    moments = [Moment(0, 0), Moment(1, 10), Moment(1, 0)]
    assert [moment_named(moment.name, moments) for moment in moments] == [0, 1, 2]
    for name in ("", "2-0", "1", "1-0-0", "one", "-1-0"):
        assert moment_named(name, moments) is None


@pytest.mark.parametrize(
    ("moment", "title"),
    [
        (Moment(0, 0), "before training"),
        (Moment(1, 50), "after 50 batches"),
        (Moment(3, 0), "after epoch 3"),
    ],
)
def test_title(moment: Moment, title: str) -> None:
    """A moment is named for people."""
    assert moment.title == title
