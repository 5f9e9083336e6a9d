"""What each seed of each variant misreads, as it is kept, and what that says of the variant.

Every result is kept with what it is of: the run, the pixels that were black, the moves, and the
checksum of the weights. Of seed 0 the weights are bundled too, and the result is refused for others.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cnn_core.data.dataset import CLASSES
from cnn_core.errors import ComputedError
from cnn_core.findings.variants import DIRECTIONS, MOVES, Counts, unseen_by_reference
from cnn_core.recipe.bundled_trainings import SEEDS
from cnn_core.recipe.variants import VARIANTS
from cnn_core.store.variant_files import VARIANTS_ROOT, variant_checksum

RESULTS_PATH = VARIANTS_ROOT / "results.json"


@dataclass(frozen=True)
class Measured:
    """What the seeds of one variant misread.

    seeds: those that have been trained, in order.
    errors: how many test digits each misreads, by MOVES and label: int64 (seeds, 9, 10).
    validation: the share of the held-out images that each reads right, 0 to 1.
    digits: how many test digits each label has: int64 (10,).
    """

    name: str
    seeds: tuple[int, ...]
    errors: Counts
    validation: tuple[float, ...]
    digits: Counts

    @property
    def is_complete(self) -> bool:
        """Whether every seed has been trained."""
        return self.seeds == SEEDS

    @property
    def mistakes(self) -> tuple[int, ...]:
        """How many of the 10,000 test digits each seed misreads."""
        return tuple(int(each) for each in self.errors[:, 0].sum(axis=1))

    @property
    def accuracies(self) -> tuple[float, ...]:
        """The share of the test digits that each seed reads right, 0 to 1."""
        return tuple(1 - count / int(self.digits.sum()) for count in self.mistakes)

    @property
    def moved_accuracies(self) -> tuple[float, ...]:
        """The same of the digits moved, all eight directions together."""
        total = len(DIRECTIONS) * int(self.digits.sum())
        return tuple(1 - int(each) / total for each in self.errors[:, 1:].sum(axis=(1, 2)))

    def misread_shares(self, *, is_moved: bool) -> NDArray[np.float64]:
        """The share of each label's digits that is misread, 0 to 1, over all seeds: float64 (10,).

        is_moved: moved, over all directions; otherwise as they are.
        """
        errors = self.errors[:, 1:] if is_moved else self.errors[:, :1]
        shares: NDArray[np.float64] = errors.mean(axis=(0, 1)) / self.digits
        return shares


def mean(values: tuple[float, ...]) -> float:
    """The mean over the seeds."""
    return sum(values) / len(values)


def note_result(name: str, seed: int, checksum: str, validation: float, errors: Counts) -> None:
    """Keep what one seed of a variant reached, beside what is known of the others."""
    known = _read() if RESULTS_PATH.exists() else {}
    known.setdefault(name, {})[str(seed)] = _identity(name, seed) | {
        "weights": checksum,
        "validation_accuracy": validation,
        "errors": errors.tolist(),
    }
    in_order = {each: dict(sorted(known[each].items())) for each in VARIANTS if each in known}
    RESULTS_PATH.parent.mkdir(parents=True, exist_ok=True)
    RESULTS_PATH.write_text(_as_text(in_order) + "\n", encoding="utf-8")


def is_known(name: str, seed: int) -> bool:
    """Whether a result is kept of this very training."""
    if not RESULTS_PATH.exists():
        return False
    kept = _read().get(name, {}).get(str(seed))
    return kept is not None and _is_of(kept, name, seed)


def load_measured(digits: Counts) -> dict[str, Measured]:
    """What was measured of every variant of which a seed is known, by name, in order.

    digits: how many test digits each label has: int64 (10,).
    Raises ComputedError, saying what to do, where the file is missing or damaged, of other
    trainings than are recorded, or not of the weights that are bundled.
    """
    kept = _read()
    return {name: _measured(name, kept[name], digits) for name in VARIANTS if name in kept}


def _measured(name: str, kept: Mapping[str, Any], digits: Counts) -> Measured:
    try:
        rows = [(int(seed), kept[seed]) for seed in kept]
        if any(not _is_of(row, name, seed) for seed, row in rows):
            raise _refusal(f"is of another training of {name} than is recorded")
        if "0" in kept and kept["0"]["weights"] != variant_checksum(name):
            raise _refusal(f"is not of the weights that {name} has")
        errors = np.array([row["errors"] for _, row in rows])
        validation = tuple(float(row["validation_accuracy"]) for _, row in rows)
    except (KeyError, TypeError, ValueError) as error:
        raise _refusal(f"has no results of {name} that can be read") from error
    if (
        errors.shape != (len(rows), len(MOVES), CLASSES)
        or errors.dtype != np.int64
        or (errors < 0).any()
        or (errors > digits).any()
    ):
        raise _refusal(f"has counts of {name} that cannot be")
    return Measured(name, tuple(seed for seed, _ in rows), errors, validation, digits)


def _identity(name: str, seed: int) -> dict[str, Any]:
    """What a result is of."""
    training = VARIANTS[name]
    return {
        "run": replace(training.config, seed=seed).run_id,
        "black_pixels": int(unseen_by_reference().sum()) if training.is_blackened else 0,
        "moves": [list(move) for move in MOVES],
    }


def _is_of(kept: Mapping[str, Any], name: str, seed: int) -> bool:
    return all(kept[part] == its for part, its in _identity(name, seed).items())


def _read() -> dict[str, Any]:
    try:
        kept = json.loads(RESULTS_PATH.read_bytes())
    except (OSError, ValueError, RecursionError) as error:
        raise _refusal("is missing or unreadable") from error
    if not isinstance(kept, dict):
        raise _refusal("is no set of named results")
    return kept


def _as_text(results: Mapping[str, Any]) -> str:
    """JSON with a line for each seed: the counts of nine moves would fill a page otherwise."""
    variants = [
        f" {json.dumps(name)}: {{\n"
        + ",\n".join(f"  {json.dumps(seed)}: {json.dumps(row)}" for seed, row in seeds.items())
        + "\n }"
        for name, seeds in results.items()
    ]
    return "{\n" + ",\n".join(variants) + "\n}"


def _refusal(problem: str) -> ComputedError:
    return ComputedError(
        f"The stored result {RESULTS_PATH.name} of the variants {problem}. Restore it with `git "
        "checkout -- cnn_core/assets/variants`, or compute it again with `python -m prepare.variants`."
    )
