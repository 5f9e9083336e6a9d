"""In which order networks are offered to whoever trained some of them."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from cnn_core.errors import LimitsError
from ui.visitor import owner


def test_own_networks_come_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """Own ones in their order, then all others in theirs; an operator's bad key changes nothing."""
    models: Any = {name: SimpleNamespace(id=name) for name in ("a", "mine", "b", "also-mine")}
    monkeypatch.setattr(owner, "may_change", lambda model: "mine" in model.id)
    assert owner.own_first(models) == ["mine", "also-mine", "a", "b"]

    def fail(_model: object) -> bool:
        raise LimitsError("The operator's key is too short.")

    monkeypatch.setattr(owner, "may_change", fail)
    assert owner.own_first(models) == list(models)
