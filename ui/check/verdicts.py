"""What the seeds of two trainings prove, in a few words for a table."""

from __future__ import annotations

from cnn_core.recipe.improvements import Verdict

IN_SHORT: dict[Verdict, str] = {
    "better": "every seed better",
    "worse": "every seed worse",
    "overlap": "ranges overlap",
    "unknown": "too few seeds yet",
}
