"""A class that opens the same link: one visitor, thirty and a hundred, each with an own page."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Coroutine, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
from playwright.sync_api import Browser

from bench.process import cpu_seconds, megabytes
from bench.recording import Actions, record_actions
from bench.table import Row
from driving.serving import Server, serve
from driving.visitor import Visitor, visit

Result = TypeVar("Result")

# A class arrives within so many seconds, and then each does something every so many.
SECONDS_TO_ARRIVE = 5.0
SECONDS_BETWEEN_ACTIONS = 2.0
# Visitors, and what each of them does.
CLASSES = {30: 8, 100: 4}
AIMED_CLASS = 30
AIM = 2.0
# More digits than anybody goes through.
DIGITS_APART = 99

ALONE_ACTIONS = 40
ALONE_OPENINGS = 10
ALONE_SECONDS_BETWEEN = 0.2

IDLE_VISITORS = 10
IDLE_SECONDS = 20.0
IDLE_CORES_AIM = 0.02
# A server forgets a visitor who has left after two minutes.
SECONDS_AFTERWARDS = 130.0
MEMORY_AIM = 1.1


@dataclass
class Lesson:
    """What a number of visitors met with.

    opened, acted: milliseconds until a page was there, and until an action was answered.
    used: milliseconds of the server's processor, all actions together.
    megabytes: what the server weighed at the end, with everybody there.
    """

    opened: list[float]
    acted: list[float]
    used: float
    megabytes: float
    faults: list[str]

    @property
    def used_an_action(self) -> float:
        """Milliseconds of the server's processor for one action."""
        return self.used / len(self.acted)


def class_rows(browser: Browser) -> Iterator[Row]:
    """Thirty and a hundred visitors on three pages and on all of them, against one visitor."""
    with serve() as server, ThreadPoolExecutor(1) as beside:

        def run(lesson: Coroutine[Any, Any, Result]) -> Result:
            # Playwright has an event loop of its own in this thread.
            return beside.submit(asyncio.run, lesson).result()

        pages = record_actions(browser, server.url)
        alone = {actions.page: run(teach_alone(server, actions)) for actions in pages}
        alone["all three"] = _together(list(alone.values()))
        before = megabytes(server.process_id)
        classes = {f"/{actions.page}": [actions] for actions in pages} | {"all three": pages}
        heaviest = before
        for visitors, actions_each in CLASSES.items():
            faults, acts = 0, 0
            for name, taught in classes.items():
                lesson = run(teach(server, taught, visitors, actions_each))
                yield from _rows(f"{visitors} on {name}", lesson, alone[name.lstrip("/")], visitors)
                heaviest = max(heaviest, lesson.megabytes)
                faults, acts = faults + len(lesson.faults), acts + len(lesson.acted)
            yield Row(f"Errors of {visitors} visitors, of all actions", faults, acts, "", 0)
        what = f"Idle server, {IDLE_VISITORS} pages open, against allowed"
        yield Row(what, run(stay_idle(server, pages)), IDLE_CORES_AIM, "cores", 1)
        yield Row("Memory with a hundred visitors, against before", heaviest, before, "MB")
        time.sleep(SECONDS_AFTERWARDS)
        after = megabytes(server.process_id)
        yield Row(
            "Memory two minutes after they left, against before", after, before, "MB", MEMORY_AIM
        )


def _rows(name: str, lesson: Lesson, alone: Lesson, visitors: int) -> Iterator[Row]:
    for share, aim in ((50, None), (95, AIM if visitors == AIMED_CLASS else None)):
        ours, floor = np.percentile(lesson.acted, share), np.percentile(alone.acted, share)
        yield Row(f"{name}: action, p{share}, against one", ours, floor, "ms", aim)
    for share in (50, 95):
        ours, floor = np.percentile(lesson.opened, share), np.percentile(alone.opened, share)
        yield Row(f"{name}: page opened, p{share}", ours, floor, "ms")
    yield Row(f"{name}: CPU an action", lesson.used_an_action, alone.used_an_action, "ms")


def _together(lessons: Sequence[Lesson]) -> Lesson:
    return Lesson(
        [seconds for lesson in lessons for seconds in lesson.opened],
        [seconds for lesson in lessons for seconds in lesson.acted],
        sum(lesson.used for lesson in lessons),
        max(lesson.megabytes for lesson in lessons),
        [fault for lesson in lessons for fault in lesson.faults],
    )


async def teach_alone(server: Server, actions: Actions) -> Lesson:
    """One visitor after the other opens a page; the last one stays and does all."""
    openings = [await teach(server, [actions], 1, 1) for _ in range(ALONE_OPENINGS)]
    lesson = await teach(server, [actions], 1, ALONE_ACTIONS, ALONE_SECONDS_BETWEEN)
    # The first opening reads what all later ones share.
    lesson.opened += [milliseconds for opening in openings[1:] for milliseconds in opening.opened]
    return lesson


async def teach(
    server: Server,
    pages: Sequence[Actions],
    visitors: int,
    actions_each: int,
    seconds_between: float = SECONDS_BETWEEN_ACTIONS,
) -> Lesson:
    """Let visitors arrive on the pages in turn; once all are there, let them act."""
    async with AsyncExitStack() as stack:
        arrivals = await asyncio.gather(
            *(
                _arrive(stack, server, pages[place % len(pages)].page, place, place / visitors)
                for place in range(visitors)
            )
        )
        start = cpu_seconds(server.process_id)
        acted = await asyncio.gather(
            *(
                _act(
                    visitor,
                    pages[place % len(pages)],
                    actions_each,
                    seconds_between,
                    place / visitors,
                )
                for place, (visitor, _) in enumerate(arrivals)
            )
        )
        used = cpu_seconds(server.process_id) - start
        return Lesson(
            [1e3 * seconds for _, seconds in arrivals],
            [1e3 * seconds for one in acted for seconds in one],
            1e3 * used,
            megabytes(server.process_id),
            [fault for visitor, _ in arrivals for fault in visitor.inbox.faults],
        )


async def stay_idle(server: Server, pages: Sequence[Actions]) -> float:
    """Open pages and do nothing; the cores that the server uses."""
    async with AsyncExitStack() as stack:
        for place in range(IDLE_VISITORS):
            await _arrive(stack, server, pages[place % len(pages)].page, place, 0)
        # What the last page began ends first.
        await asyncio.sleep(SECONDS_BETWEEN_ACTIONS)
        start = cpu_seconds(server.process_id)
        await asyncio.sleep(IDLE_SECONDS)
        return (cpu_seconds(server.process_id) - start) / IDLE_SECONDS


async def _arrive(
    stack: AsyncExitStack, server: Server, page: str, place: int, share: float
) -> tuple[Visitor, float]:
    await asyncio.sleep(share * SECONDS_TO_ARRIVE)
    start = time.perf_counter()
    visitor = await stack.enter_async_context(visit(server.url))
    # Everybody has another digit, so that nobody finds it computed already.
    await visitor.open(page, f"digit=test-{place * DIGITS_APART}")
    return visitor, time.perf_counter() - start


async def _act(
    visitor: Visitor, actions: Actions, count: int, seconds_between: float, share: float
) -> list[float]:
    """Seconds that each action took. Who waits longer for an answer acts again at once."""
    begin = time.perf_counter() + share * seconds_between
    taken = []
    for number in range(count):
        await asyncio.sleep(max(0, begin + number * seconds_between - time.perf_counter()))
        taken.append(await visitor.act(actions.states[number % len(actions.states)]))
        if visitor.inbox.faults:
            break
    return taken
