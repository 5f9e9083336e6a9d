"""Every score ends up in the place of the change that it is of."""

from __future__ import annotations

from cnn_core.findings.compared import COMPARED
from cnn_core.findings.robustness import DIALS, SHIFTS, Score
from cnn_core.images.changes import Change
from prepare.robustness import gather, tasks_of


def test_scores_find_their_place() -> None:
    """Tasks of both models, numbered: each number is found where its change belongs."""
    tasks = [task for model in COMPARED for task in tasks_of(model)]
    scores = [Score(place, len(tasks), 0.5) for place in range(len(tasks))]

    for model in COMPARED:
        found = gather(model, tasks, scores)

        for dial in DIALS.values():
            for value, score in zip(dial.values, found.dials[dial.name], strict=True):
                assert tasks[score.right] == (model, dial.name, dial.change(value))
        for down in SHIFTS:
            for right in SHIFTS:
                score = found.shifted(down, right)
                assert tasks[score.right] == (model, "shift", Change(down=down, right=right))
