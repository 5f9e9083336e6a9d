"""What somebody takes away is what the store holds."""

from __future__ import annotations

import io
import json
import zipfile

from cnn_core.recipe.config import TrainingConfig
from cnn_core.store.download import archive
from cnn_core.store.store import model_folder, open_model


def test_the_zip_holds_model_config_history_and_results() -> None:
    """Byte for byte, and the config can be trained again."""
    model = open_model(model_folder("baseline"))
    with zipfile.ZipFile(io.BytesIO(archive(model))) as packed:
        assert packed.testzip() is None
        content = {
            name: packed.read(f"digitscope-baseline/{name}")
            for name in ("model.keras", "config.json", "history.json", "results.json")
        }
        assert len(packed.namelist()) == len(content)
    assert content["model.keras"] == (model.folder / "model.keras").read_bytes()
    assert TrainingConfig.from_dict(json.loads(content["config.json"])) == model.config
    assert json.loads(content["history.json"]) == model.history()
    assert json.loads(content["results.json"]) == model.results
