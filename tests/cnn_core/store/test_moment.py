"""A moment and its names."""

from __future__ import annotations

from cnn_core.store.moment import Moment, moment_named


def test_names_of_moments() -> None:
    """A name leads back to its moment; what names none, to none."""
    moments = [Moment(0, 0), Moment(1, 10), Moment(1, 0)]
    assert [moment_named(moment.name, moments) for moment in moments] == [0, 1, 2]
    for name in ("", "2-0", "1", "1-0-0", "one", "-1-0"):
        assert moment_named(name, moments) is None
