"""Results that take minutes and are computed ahead, by the commands in `prepare/`, and bundled.

Each file names the weights that it was computed from, so that a result never outlives its model.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cnn_core.errors import ComputedError
from cnn_core.store.arrays import npz_bytes
from cnn_core.store.store import StoredModel

COMPUTED_ROOT = Path(__file__).parents[1] / "assets" / "computed"

_PREFIX = "weights of "


def save_computed(
    name: str, models: Sequence[StoredModel], arrays: Mapping[str, NDArray[Any]]
) -> Path:
    """Write the arrays of a result as `<name>.npz`, with the checksums of the models they are of."""
    path = COMPUTED_ROOT / f"{name}.npz"
    path.parent.mkdir(parents=True, exist_ok=True)
    made_of = {_PREFIX + model.id: np.array(model.weights_checksum) for model in models}
    path.write_bytes(npz_bytes(dict(arrays) | made_of))
    return path


def load_computed(
    name: str,
    models: Sequence[StoredModel],
    settings: Iterable[tuple[str, NDArray[Any]]] = (),
) -> dict[str, NDArray[Any]]:
    """The arrays of a result that was computed ahead from these models.

    settings: by their names, arrays of the result that have to be as the pages have them.

    Raises ComputedError, saying what to do, where the file is missing, damaged, of other weights or
    of other settings.
    """
    path = COMPUTED_ROOT / f"{name}.npz"
    remedy = f"Compute it again with `python -m prepare.{name}`."
    try:
        with np.load(io.BytesIO(path.read_bytes())) as file:
            arrays = {key: file[key] for key in file.files}
    except (OSError, ValueError, EOFError, zipfile.BadZipFile) as error:
        raise ComputedError(
            f"The stored result “{name}” is missing or unreadable. {remedy}"
        ) from error
    made_of = {key: str(arrays.pop(key)) for key in list(arrays) if key.startswith(_PREFIX)}
    for model in models:
        if made_of.get(_PREFIX + model.id) != model.weights_checksum:
            raise ComputedError(
                f"The stored result “{name}” is not of the weights that {model.id} has. {remedy}"
            )
    if any(key not in arrays or not np.array_equal(arrays[key], its) for key, its in settings):
        raise ComputedError(
            f"The stored result “{name}” is of other settings than the pages have. {remedy}"
        )
    for array in arrays.values():
        array.flags.writeable = False
    return arrays
