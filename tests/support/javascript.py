"""What a function of this project's JavaScript returns, asked from Python."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.support.node import node_says

ROOT = Path(__file__).parents[2]


def in_javascript(module: str, function: str, given: list[Any]) -> Any:
    """What a function of a module, by its path in the project, returns for each list of arguments.

    A typed array comes back as a list.
    """
    return node_says("--input-type=module", "-e", _script(module, function), asked=given)


def _script(module: str, function: str) -> str:
    return f"""
import {{ readFileSync }} from "node:fs";
import {{ {function} }} from "file://{ROOT / module}";
const plain = (value) => (ArrayBuffer.isView(value) ? Array.from(value) : value);
const given = JSON.parse(readFileSync(0, "utf-8"));
console.log(JSON.stringify(given.map((each) => plain({function}(...each)))));
"""
