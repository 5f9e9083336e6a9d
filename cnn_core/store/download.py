"""A trained model to take away: one file with what Keras needs and how it was trained."""

from __future__ import annotations

import io
import json
import zipfile

from cnn_core.store.store import StoredModel


def archive(model: StoredModel) -> bytes:
    """A zip of the .keras file, the config, the history and the results. Raises StoreError."""
    files = {
        "model.keras": model.keras_file(),
        "config.json": _json(model.config.to_dict()),
        "history.json": _json(model.history()),
        "results.json": _json(dict(model.results)),
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(f"digitscope-{model.id}/{name}", content)
    return buffer.getvalue()


def _json(values: object) -> bytes:
    return json.dumps(values, indent=1).encode()
