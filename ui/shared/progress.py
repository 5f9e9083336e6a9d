"""How a computation beside the page is shown while it runs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from ui.look.wording import number
from ui.shared.background import Job

SECONDS_BETWEEN_LOOKS = 0.5


def follow(job: Job[Any], what: str, show: Callable[[], None], *, key: str = "stop-job") -> None:
    """Show how far a job has come, with a button to stop it, and what `show` shows of its result.

    what: what is counted, `digits read`.  key: of that button. When the job ends, the whole page is
    run once more.
    """
    running = job.is_running and not job.is_finished

    @st.fragment(run_every=SECONDS_BETWEEN_LOOKS if running else None)
    def look() -> None:
        if running and not job.is_running:
            st.rerun()
        if running:
            waiting = " Another visitor's digits are read first." if job.is_waiting else ""
            st.progress(
                job.done / job.total,
                f"{number(job.done)} of {number(job.total)} {what}.{waiting}",
            )
            st.button("Stop", key=key, icon=":material/stop:", on_click=job.cancel)
        show()

    look()
