"""Standard error as libraries in C++ write to it: past Python, to file descriptor 2."""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
from collections.abc import Iterator


@contextlib.contextmanager
def held_back() -> Iterator[None]:
    """Keep back what is written to standard error; where the block raises, it is told after all.

    For the whole process, other threads included. What is held back is lost where the process dies
    within the block. Where there is no standard error or no temporary file, nothing is held back.
    """
    with contextlib.ExitStack() as stack:
        try:
            held = stack.enter_context(tempfile.TemporaryFile())
            real = os.dup(2)
        except OSError:
            yield
            return
        stack.callback(os.close, real)
        _flush()
        os.dup2(held.fileno(), 2)
        try:
            yield
        except BaseException:
            _flush()
            held.seek(0)
            os.write(real, held.read())
            raise
        finally:
            _flush()
            os.dup2(real, 2)


def _flush() -> None:
    if sys.stderr is not None:
        sys.stderr.flush()
