"""The lines of a skeleton as strokes: cut where they end or meet, and joined as a pen goes on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import combinations, pairwise
from math import hypot

import numpy as np
from numpy.typing import NDArray

Place = tuple[int, int]
Line = list[Place]
# A line by its number, and whether its last place is meant or its first.
End = tuple[int, bool]

# Shorter lines that end freely come from the thinning, in breadths of a stroke.
_SHORTEST_END = 2 / 3
# Two lines that turn more than this where they meet, in degrees, are two strokes.
_LARGEST_TURN = 100.0


def strokes_of(skeleton: set[Place], breadth: float) -> list[Line]:
    """A skeleton, rows and columns, as lines that a pen draws without being lifted.

    The two that continue each other best where lines meet are one stroke, as a pen goes straight on
    at a crossing. A ring begins and ends at the same place.

    breadth: of the strokes that were thinned, in places. Two meetings that are nearer to each other
        are one crossing, and so far around it the direction of a line is measured.
    """
    lines = _lines(skeleton)
    while short := _short_ends(lines, _SHORTEST_END * breadth):
        skeleton = skeleton - short
        lines = _lines(skeleton)
    return _joined(lines, breadth)


def _neighbours(skeleton: set[Place], place: Place) -> list[Place]:
    """The places that follow on a line: beside, above, below, and diagonal where no other leads there."""
    row, column = place
    straight = {
        step: (row + step[0], column + step[1])
        for step in ((-1, 0), (0, 1), (1, 0), (0, -1))
        if (row + step[0], column + step[1]) in skeleton
    }
    diagonal = [
        (row + down, column + right)
        for down in (-1, 1)
        for right in (-1, 1)
        if (row + down, column + right) in skeleton
        and (down, 0) not in straight
        and (0, right) not in straight
    ]
    return [*straight.values(), *diagonal]


def _lines(skeleton: set[Place]) -> list[Line]:
    """The skeleton cut where lines end or meet; a ring begins and ends at the same place.

    A place where lines meet, or one, ends is the first or the last of each of them.
    """
    around = {place: _neighbours(skeleton, place) for place in sorted(skeleton)}
    left = {frozenset((place, other)) for place, others in around.items() for other in others}
    lines = [[place] for place, others in around.items() if not others]

    def follow(line: Line) -> Line:
        while True:
            left.discard(frozenset(line[-2:]))
            ways = [other for other in around[line[-1]] if frozenset((line[-1], other)) in left]
            if len(around[line[-1]]) != 2 or not ways:
                return line
            line.append(ways[0])

    ends = [place for place, others in around.items() if len(others) not in (0, 2)]
    for place in [*ends, *around]:  # Rings come last: they have no end.
        lines.extend(
            follow([place, other]) for other in around[place] if frozenset((place, other)) in left
        )
    return lines


def _short_ends(lines: list[Line], shortest: float) -> set[Place]:
    """What to take away of short lines that hang on others: at every meeting only the shortest."""
    meetings: dict[Place, list[Line]] = {}
    for line in lines:
        for end in (line[0], line[-1]):
            meetings.setdefault(end, []).append(line)
    short: set[Place] = set()
    for place, meeting in meetings.items():
        hanging = [
            line if line[0] == place else line[::-1]
            for line in meeting
            if len(meeting) > 2
            and line[0] != line[-1]
            and len(meetings[line[0] if line[-1] == place else line[-1]]) == 1
            and _length(line) < shortest
        ]
        if hanging:
            short.update(min(hanging, key=_length)[1:])
    return short


def _length(line: Line) -> float:
    """From its first place to its last."""
    return sum(hypot(a[0] - b[0], a[1] - b[1]) for a, b in pairwise(line))


def _joined(lines: list[Line], breadth: float) -> list[Line]:
    """Lines that continue each other made one, at every crossing the straightest first."""
    crossing = _crossings(lines, breadth)
    # Of what lies within a crossing nothing is left but the crossing.
    kept = [
        line
        for line in lines
        if len(line) == 1 or crossing[line[0]] != crossing[line[-1]] or _length(line) > breadth
    ] or lines
    # The ends of lines that lie in each crossing.
    meetings: dict[Place, list[End]] = {}
    for number, line in enumerate(kept):
        for is_last in (False, True):
            meetings.setdefault(crossing[line[-1 if is_last else 0]], []).append((number, is_last))
    goes_on: dict[End, End] = {}
    for ends in meetings.values():
        turns = sorted(
            (_turn(_away(kept, a, breadth), _away(kept, b, breadth)), a, b)
            for a, b in combinations(ends, 2)
        )
        for turn, a, b in turns:
            if turn <= _LARGEST_TURN and a not in goes_on and b not in goes_on:
                goes_on[a], goes_on[b] = b, a
    return [_filled(line) for line in _chains(kept, goes_on)]


def _crossings(lines: list[Line], breadth: float) -> dict[Place, Place]:
    """The crossing that each end of a line lies in, named by one of its places."""
    ends = Counter(end for line in lines for end in (line[0], line[-1]))
    beside: dict[Place, set[Place]] = {end: set() for end in ends}
    for line in lines:
        if min(ends[line[0]], ends[line[-1]]) > 1 and _length(line) <= breadth:
            beside[line[0]].add(line[-1])
            beside[line[-1]].add(line[0])
    crossing: dict[Place, Place] = {}
    for end in ends:
        border = [end]
        while border:
            place = border.pop()
            if place not in crossing:
                crossing[place] = end
                border += beside[place]
    return crossing


def _away(lines: list[Line], end: End, distance: float) -> NDArray[np.float64]:
    """The direction in which a line leaves one of its ends, (2,), measured over a distance."""
    number, is_last = end
    places = np.array(lines[number][::-1] if is_last else lines[number], np.float64)
    far = np.hypot(*(places - places[0]).T) >= distance
    return np.asarray(places[far.argmax() if far.any() else -1] - places[0])


def _turn(a: NDArray[np.float64], b: NDArray[np.float64]) -> float:
    """By how many degrees a pen turns that comes along one direction and leaves along the other."""
    sizes = float(np.hypot(*a) * np.hypot(*b))
    return 180.0 if not sizes else float(np.degrees(np.arccos(np.clip(-(a @ b) / sizes, -1, 1))))


def _chains(lines: list[Line], goes_on: dict[End, End]) -> Iterator[Line]:
    """Every line once, each followed by the one that goes on from its end."""
    done: set[int] = set()
    free = [
        (n, last) for n in range(len(lines)) for last in (False, True) if (n, last) not in goes_on
    ]
    # Chains without a free end close upon themselves.
    for start in [*free, *((n, False) for n in range(len(lines)))]:
        chain: Line = []
        end: End | None = start
        while end is not None and end[0] not in done:
            number, is_last = end
            done.add(number)
            chain += lines[number][::-1] if is_last else lines[number]
            end = goes_on.get((number, not is_last))
        if chain:
            if end == start:
                chain.append(chain[0])
            yield chain


def _filled(line: Line) -> Line:
    """The same line without a gap where it leads through a crossing, and no place twice in a row."""
    filled = line[:1]
    for a, b in pairwise(line):
        steps = max(abs(b[0] - a[0]), abs(b[1] - a[1]))
        filled += [
            (round(a[0] + (b[0] - a[0]) * step / steps), round(a[1] + (b[1] - a[1]) * step / steps))
            for step in range(1, steps + 1)
        ]
    return filled
