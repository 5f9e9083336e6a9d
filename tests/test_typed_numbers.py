"""Numbers in sentences come from the computation: none that was measured is typed."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.pages import ROOT

SOURCES = sorted([ROOT / "app.py", *ROOT.glob("pages/*.py"), *ROOT.glob("ui/**/*.py")])
# Decimals, shares, and thousands: small whole numbers count words and windows, not results.
MEASURED = re.compile(r"\d+\.\d+(?: %)?|\d+ %|\d{1,3}(?:,\d{3})+")
# What Plotly and LaTeX fill in, addresses, and the names of papers' volumes in them.
FILLED_IN = re.compile(r"%\{[^}]*\}|https?://[^\s)]*|rgba?\([^)]*\)")
# Conventions, examples and facts that no training changes.
ALLOWED = {
    "70,000": "digits of MNIST",
    "60,000": "its training digits",
    "10,000": "its test digits",
    "95 %": "the level of every interval",
    "10 %": "what guessing one of ten digits gets right",
    "80 %": "an example of a confidence",
    "0 %": "the end of a scale",
    "100 %": "the end of a scale",
    "0.0001": "below which a probability is not written out",
    "0.5": "half-way to the negative",
    "0.002": "an example of a learning rate",
    "2.718": "e",
    "3.0": "in the name of a licence",
}


def sentences(path: Path) -> Iterator[tuple[int, str]]:
    """Every text with a space in it that is no docstring, with its line."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef)
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, documented) and node.body and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or id(node) in docstrings:
            continue
        if isinstance(node.value, str) and " " in node.value.strip():
            yield node.lineno, node.value


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_result_is_typed(path: Path) -> None:
    """A number that a training, a measurement or a setting gave is filled in where it is said."""
    typed = [
        (line, found)
        for line, text in sentences(path)
        for found in MEASURED.findall(FILLED_IN.sub("", text.replace("\N{NO-BREAK SPACE}", " ")))
        if found not in ALLOWED
    ]
    assert not typed, "compute them, or say in ALLOWED why they never change"
