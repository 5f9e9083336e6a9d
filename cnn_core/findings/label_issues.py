"""Test digits whose label may be wrong, or that nobody can read for sure.

Computed ahead by `python -m prepare.label_issues`, with cleanlab, from the stored answers of two
networks to the test set: neither was trained on it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from cnn_core.findings.evaluation import Positions
from cnn_core.network.arithmetic import Array
from cnn_core.store.computed_ahead import load_computed
from cnn_core.store.store import StoredModel

# A label that got less than half of the probability is not the likeliest reading.
DOUBTFUL = 0.5


class LabelIssues(NamedTuple):
    """What the judges make of the 10,000 labels.

    quality: float32 (10000,), 0 to 1: the probability that the label got, the mean over the
        judges (self-confidence of an ensemble, Kuan and Mueller 2022).
    flagged: by judge, positions that confident learning (Northcutt, Jiang and Chuang 2021) calls
        wrongly labelled, lowest self-confidence first.
    """

    quality: Array
    flagged: Mapping[str, Positions]

    def doubtful(self) -> Positions:
        """Positions of the digits whose quality is below DOUBTFUL, lowest first."""
        found = np.flatnonzero(self.quality < DOUBTFUL)
        return found[np.argsort(self.quality[found], kind="stable")]

    def flagged_by_any(self) -> Positions:
        """Positions that confident learning flags for at least one judge, lowest quality first."""
        found = np.unique(np.concatenate(list(self.flagged.values())))
        return found[np.argsort(self.quality[found], kind="stable")]

    def flagged_by_all(self) -> int:
        """How many labels confident learning flags for every judge."""
        return len(set.intersection(*(set(found.tolist()) for found in self.flagged.values())))


def load_label_issues(judges: Sequence[StoredModel]) -> LabelIssues:
    """The stored result for COMPARED. Raises ComputedError where it is missing or of other weights."""
    arrays = load_computed("label_issues", judges)
    flagged = {judge.id: arrays[f"flagged/{judge.id}"] for judge in judges}
    return LabelIssues(arrays["quality"], flagged)
