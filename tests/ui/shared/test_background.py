"""Computing beside the pages: to the end, cancelled, one after the other, kept."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from ui.shared import background
from ui.shared.background import Job, kept_result


@pytest.fixture(autouse=True)
def forget_what_was_finished() -> None:
    """No test sees the answers of another one."""
    background._finished.clear()


def counting(total: int, seconds: float = 0.0) -> Iterator[tuple[int, int | None]]:
    """So many steps, each as long; the result so far is the number of steps."""
    for done in range(1, total + 1):
        time.sleep(seconds)
        yield done, done


def count(question: str, total: int = 5, seconds: float = 0.0, keep: int = 9) -> Job[int]:
    """A job that counts."""
    return Job("count", question, counting(total, seconds), total, keep)


def wait_for(job: Job[int]) -> None:
    """Until its thread has ended."""
    end = time.monotonic() + 30
    while job.is_running:
        assert time.monotonic() < end
        time.sleep(0.005)


def test_to_the_end() -> None:
    """The answer is that of the last step, and asking again costs nothing."""
    job = count("all")
    wait_for(job)
    assert job.is_finished
    assert job.result == kept_result("count", "all") == 5

    again = count("all")
    assert again.is_finished
    assert not again.is_running
    assert not again.is_waiting


def test_cancelled() -> None:
    """It stops after the step at hand, and nothing half-done is kept."""
    job = count("stopped", 1000, 0.01)
    while not job.done:
        time.sleep(0.005)
    job.cancel()
    wait_for(job)
    assert 0 < job.done < 1000
    assert not job.is_finished
    assert kept_result("count", "stopped") is None


def test_abandoned(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody looks any more: it ends by itself."""
    monkeypatch.setattr(background, "SECONDS_UNTIL_ABANDONED", 0.05)
    job = count("left", 1000, 0.01)
    job._thread.join(timeout=30)
    assert not job._thread.is_alive()
    assert not job.is_finished


def test_one_after_the_other() -> None:
    """The second waits and says so, and both get their answers."""
    first, second = count("first", 20, 0.01), count("second", 3)
    assert second.is_waiting
    assert second.done == 0
    for job in (first, second):
        wait_for(job)
        assert job.is_finished


def test_no_more_is_kept_than_asked_for() -> None:
    """The oldest answers go; other kinds are not touched."""
    other: Job[int] = Job("other", "x", counting(1), 1, 1)
    wait_for(other)
    for question in "abc":
        wait_for(count(question, keep=2))
    assert [kept_result("count", question) for question in "abc"] == [None, 5, 5]
    assert kept_result("other", "x") == 1
