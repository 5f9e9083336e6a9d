"""How much of what was tried is noticed, in the figures that were measured."""

from __future__ import annotations

from tests.support.likeness import measure
from tests.support.seen import plain
from ui.write.likeness_tables import found_beyond


def test_what_was_noticed() -> None:
    """Of each kind, how many were tried and which share is beyond the threshold."""
    table = found_beyond(measure())
    assert table["Tried"] == [
        "Test digits",
        "Digits drawn the way the letters are",
        "Letters",
        "Scribbles",
        "Halves of two digits",
        "Two digits on top of each other",
        "Quarters of a digit, shuffled",
    ]
    assert table["Pictures"] == ["200", *["4"] * 6]
    assert [plain(share) for share in table["Noticed"]] == [
        *("1.0 %", "0.0 %", "25.0 %", "50.0 %", "75.0 %", "100.0 %", "100.0 %"),
    ]
    # Wilson's interval of 2 in 200.
    assert plain(table["95 % interval"][0]) == "0.3 % to 3.6 %"
