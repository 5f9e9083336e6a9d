"""Standard error, held back at the level where libraries in C++ write to it."""

from __future__ import annotations

import os

import pytest

from cnn_core.training.native_stderr import held_back


def test_greeting_is_not_seen(capfd: pytest.CaptureFixture[str]) -> None:
    """What is written within the block is gone, what comes after it is there."""
    with held_back():
        os.write(2, b"oneDNN custom operations are on.\n")
    os.write(2, b"our word\n")

    assert capfd.readouterr().err == "our word\n"


def test_told_where_the_block_raises(capfd: pytest.CaptureFixture[str]) -> None:
    """A reason that a library gives for a failure is not lost, and stands in its order."""

    def fail() -> None:
        with held_back():
            os.write(2, b"cannot allocate memory in static TLS block\n")
            raise ImportError

    with pytest.raises(ImportError):
        fail()
    os.write(2, b"our word\n")

    assert capfd.readouterr().err == "cannot allocate memory in static TLS block\nour word\n"


def test_leaves_no_descriptor_open() -> None:
    """The block leaves the process with the descriptors that it had."""
    before = os.dup(2)
    os.close(before)
    with held_back():
        pass
    after = os.dup(2)
    os.close(after)

    assert after == before
