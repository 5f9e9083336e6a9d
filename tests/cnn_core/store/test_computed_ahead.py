"""Results computed ahead, tied to the weights that they are of."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from cnn_core.errors import ComputedError
from cnn_core.store import computed_ahead as computed
from cnn_core.store.computed_ahead import load_computed, save_computed
from cnn_core.store.records import Entry
from cnn_core.store.store import StoredModel, model_folder, open_model


@pytest.fixture(autouse=True)
def computed_root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own for what is computed here."""
    monkeypatch.setattr(computed, "COMPUTED_ROOT", tmp_path / "computed")
    return tmp_path / "computed"


@pytest.fixture
def baseline() -> StoredModel:
    """The bundled baseline."""
    return open_model(model_folder("baseline"))


def test_comes_back(baseline: StoredModel) -> None:
    """What is saved is loaded, read-only and without the checksums that travel with it."""
    save_computed("map", [baseline], {"points": np.arange(6).reshape(3, 2)})

    loaded = load_computed("map", [baseline])

    assert list(loaded) == ["points"]
    np.testing.assert_array_equal(loaded["points"], np.arange(6).reshape(3, 2))
    with pytest.raises(ValueError, match="read-only"):
        loaded["points"][0] = 1


def test_of_other_weights(baseline: StoredModel) -> None:
    """A result of weights that are no longer there is refused, and so is one of no known model."""
    save_computed("map", [baseline], {"points": np.zeros(3)})
    manifest = dict(baseline._manifest) | {"weights.npz": Entry(1, "0" * 64)}

    with pytest.raises(ComputedError, match=r"python -m prepare\.map"):
        load_computed("map", [replace(baseline, _manifest=manifest)])
    with pytest.raises(ComputedError, match="improved"):
        load_computed("map", [open_model(model_folder("improved"))])


@pytest.mark.parametrize("content", [b"", b"no zip file", None])
def test_damaged(baseline: StoredModel, computed_root: Path, content: bytes | None) -> None:
    """A file that is missing, empty or no result is refused with what to do."""
    computed_root.mkdir()
    if content is not None:
        (computed_root / "map.npz").write_bytes(content)

    with pytest.raises(ComputedError, match="missing or unreadable"):
        load_computed("map", [baseline])
