"""The two bundled networks that are measured and shown side by side, the worse one first."""

from __future__ import annotations

COMPARED = ("baseline", "improved")
