"""Find test digits whose label may be wrong: `python -m prepare.label_issues`.

Writes `cnn_core/assets/computed/label_issues.npz` from the stored answers of two networks, with
cleanlab. Seconds.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from cleanlab.filter import find_label_issues
from cleanlab.rank import get_label_quality_ensemble_scores
from numpy.typing import NDArray

from cnn_core.data.dataset import load_mnist
from cnn_core.findings.compared import COMPARED
from cnn_core.findings.evaluation import Labels
from cnn_core.findings.label_issues import LabelIssues
from cnn_core.network.arithmetic import Array
from cnn_core.store.computed_ahead import save_computed
from cnn_core.store.store import model_folder, open_model


def main() -> None:
    """Judge all test labels, and store what was found."""
    judges = [open_model(model_folder(name)) for name in COMPARED]
    found = judge_labels(
        load_mnist().test.labels, {judge.id: judge.test_probabilities() for judge in judges}
    )
    arrays: dict[str, NDArray[Any]] = {"quality": found.quality}
    for name, positions in found.flagged.items():
        arrays[f"flagged/{name}"] = positions
        print(f"{name}: {len(positions)} labels flagged")
    print(f"{len(found.doubtful())} labels with a quality below one half")
    print(save_computed("label_issues", judges, arrays))


def judge_labels(labels: Labels, probabilities: Mapping[str, Array]) -> LabelIssues:
    """Judge uint8 (n,) labels by the answers, float32 (n, 10), of networks that never saw them."""
    given = labels.astype(np.int64)
    quality = get_label_quality_ensemble_scores(
        given,
        list(probabilities.values()),
        method="self_confidence",
        weight_ensemble_members_by="uniform",
        verbose=False,
    )
    flagged = {
        name: find_label_issues(
            given, answers, filter_by="confident_learning",
            return_indices_ranked_by="self_confidence", n_jobs=1,
        )
        for name, answers in probabilities.items()
    }  # fmt: skip
    return LabelIssues(quality.astype(np.float32), flagged)


if __name__ == "__main__":
    main()
