"""Whose run it is: whoever trained it, and the operator, may rename and delete it.

A training has a key, which nobody can guess; it stands in the address of the training, `?job=…`.
Beside the run is kept only the key's fingerprint, from which nobody finds the key. So what proves
whose a run is outlives the session and the server, and whoever reads the folder learns nothing.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Collection
from pathlib import Path

from cnn_core.store.files import OWNER, ContentError, read_file

# Set for a training process by whoever starts it for a visitor. Where it is not set, as on the
# command line, what is trained is the operator's.
OWNER_VARIABLE = "DIGITSCOPE_RUN_OWNER"

_FINGERPRINT = re.compile(r"[0-9a-f]{64}")


def fingerprint(key: str) -> str:
    """What is kept of a key: its SHA-256, 64 hexadecimal digits."""
    return hashlib.sha256(key.encode(errors="replace")).hexdigest()


def owner_of_this_process() -> str | None:
    """The fingerprint of the visitor for whom this process trains; None where it is for none."""
    return _fingerprint_or_none(os.environ.get(OWNER_VARIABLE, ""))


def read_owner(folder: Path) -> str | None:
    """The fingerprint beside a run; None where there is none, and the run is the operator's."""
    try:
        text = read_file(folder / OWNER).decode("ascii")
    except (ContentError, UnicodeDecodeError):
        return None
    return _fingerprint_or_none(text)


def is_owner(owner: str | None, keys: Collection[str]) -> bool:
    """Whether one of these keys is that of a run's owner."""
    return owner is not None and owner in {fingerprint(key) for key in keys}


def _fingerprint_or_none(text: str) -> str | None:
    return text if _FINGERPRINT.fullmatch(text) else None
