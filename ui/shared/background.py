"""Long computations beside the pages: in a thread, with progress, to be cancelled."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Hashable, Iterator
from typing import Any, Generic, TypeVar

Result = TypeVar("Result")

# One at a time: on two cores a second one would only make both slower, and the pages too.
_turn = threading.Lock()
_finished: dict[str, OrderedDict[Hashable, Any]] = {}
# Who has not asked for so long has left the page.
SECONDS_UNTIL_ABANDONED = 15.0


class Job(Generic[Result]):
    """One computation that takes seconds.

    kind, question: what is asked. The answer is kept, and the next who asks has it at once.
    keep: how many answers of this kind are kept.
    steps: yields how much is done, and the result so far, or None where there is none yet; the
        result of the last step is the answer.
    total: how much is done at the end.
    is_waiting: whether another computation goes first.
    """

    def __init__(
        self,
        kind: str,
        question: Hashable,
        steps: Iterator[tuple[int, Result | None]],
        total: int,
        keep: int,
    ) -> None:
        self.kind, self.question, self.keep = kind, question, keep
        self.total = total
        self.result: Result | None = kept_result(kind, question)
        self.done = total if self.result is not None else 0
        self.is_waiting = self.result is None
        self._cancelled = threading.Event()
        self._asked = time.monotonic()
        self._thread = threading.Thread(target=self._run, args=(steps,), daemon=True)
        if self.result is None:
            self._thread.start()

    @property
    def is_finished(self) -> bool:
        """Whether the answer is there."""
        return self.done == self.total

    @property
    def is_running(self) -> bool:
        """Whether it computes, or waits for its turn; asking keeps it alive."""
        self._asked = time.monotonic()
        return self._thread.is_alive()

    def cancel(self) -> None:
        """Stop after the step at hand."""
        self._cancelled.set()

    def _run(self, steps: Iterator[tuple[int, Result | None]]) -> None:
        with _turn:
            self.is_waiting = False
            if self._is_unwanted():
                return
            for done, result in steps:
                if done == self.total:
                    self._keep(result)
                self.result, self.done = result, done
                # A moment for the pages of other visitors.
                time.sleep(0.001)
                if self._is_unwanted():
                    return

    def _is_unwanted(self) -> bool:
        abandoned = time.monotonic() - self._asked > SECONDS_UNTIL_ABANDONED
        return self._cancelled.is_set() or abandoned

    def _keep(self, result: Result | None) -> None:
        answers = _finished.setdefault(self.kind, OrderedDict())
        answers[self.question] = result
        while len(answers) > self.keep:
            answers.popitem(last=False)


def kept_result(kind: str, question: Hashable) -> Any:
    """The answer to a question that somebody has asked before, or None."""
    answers = _finished.get(kind)
    return answers.get(question) if answers else None
