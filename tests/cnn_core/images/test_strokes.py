"""Lines of a skeleton are joined as a pen goes on."""

from __future__ import annotations

from itertools import pairwise

from cnn_core.images.strokes import Line, Place, strokes_of

BREADTH = 4


def straight(start: Place, end: Place) -> Line:
    """Every place from one to another; as far down as right, or along an axis."""
    steps = max(abs(end[0] - start[0]), abs(end[1] - start[1]))
    return [
        (
            start[0] + (end[0] - start[0]) * step // steps,
            start[1] + (end[1] - start[1]) * step // steps,
        )
        for step in range(steps + 1)
    ]


def ends_of(strokes: list[Line]) -> set[frozenset[Place]]:
    """Where each begins and ends, in any order."""
    return {frozenset((stroke[0], stroke[-1])) for stroke in strokes}


def test_straight_on_at_a_crossing() -> None:
    """A cross is two strokes, each from one side to the other."""
    cross = {*straight((0, 0), (20, 20)), *straight((20, 0), (0, 20))}

    assert ends_of(strokes_of(cross, BREADTH)) == {
        frozenset({(0, 0), (20, 20)}),
        frozenset({(20, 0), (0, 20)}),
    }


def test_a_crossing_that_thinning_has_drawn_apart_is_one() -> None:
    """Two meetings nearer than a stroke is broad: both strokes go straight on, and through the gap."""
    bar = straight((10, 10), (13, 10))
    arms = [
        straight((10, 10), (0, 0)),
        straight((10, 10), (0, 20)),
        straight((13, 10), (23, 0)),
        straight((13, 10), (23, 20)),
    ]

    strokes = strokes_of({*bar, *(place for arm in arms for place in arm)}, BREADTH)

    assert ends_of(strokes) == {
        frozenset({(0, 0), (23, 20)}),
        frozenset({(0, 20), (23, 0)}),
    }
    for stroke in strokes:
        for (top, left), (bottom, right) in pairwise(stroke):
            assert max(abs(top - bottom), abs(left - right)) == 1


def test_what_joins_a_stroke_from_the_side_ends_there() -> None:
    """A T is its bar, and a stem that ends at it."""
    letter = {*straight((0, 0), (0, 20)), *straight((0, 10), (20, 10))}

    assert ends_of(strokes_of(letter, BREADTH)) == {
        frozenset({(0, 0), (0, 20)}),
        frozenset({(0, 10), (20, 10)}),
    }


def test_an_end_shorter_than_a_stroke_is_broad_is_taken_away() -> None:
    """It comes from the thinning; a longer one is a stroke."""
    line = set(straight((0, 0), (0, 20)))

    (stroke,) = strokes_of(line | set(straight((0, 10), (2, 10))), BREADTH)
    assert set(stroke) == line
    assert len(strokes_of(line | set(straight((0, 10), (4, 10))), BREADTH)) == 2


def test_a_loop_is_gone_round_to_where_it_was_entered() -> None:
    """A line that crosses itself stays one stroke, every place of it once, the crossing twice."""
    loop = [
        *straight((0, 10), (10, 10)),
        *straight((10, 10), (20, 10))[1:],
        *straight((20, 10), (20, 0))[1:],
        *straight((20, 0), (10, 0))[1:],
        *straight((10, 0), (10, 20))[1:],
    ]

    (stroke,) = strokes_of(set(loop), BREADTH)

    assert stroke in (loop, loop[::-1])


def test_a_dot_is_a_stroke_of_one_place() -> None:
    """And a ring ends where it begins."""
    assert strokes_of({(3, 4)}, BREADTH) == [[(3, 4)]]
    square = [
        *straight((0, 0), (0, 9)),
        *straight((0, 9), (9, 9))[1:],
        *straight((9, 9), (9, 0))[1:],
        *straight((9, 0), (0, 0))[1:],
    ]
    (ring,) = strokes_of(set(square), BREADTH)
    assert ring[0] == ring[-1]
    assert set(ring) == set(square)
    assert strokes_of(set(), BREADTH) == []
