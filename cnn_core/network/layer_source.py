"""The lines of this project's own source that compute a layer, read when they are shown.

Nothing is retyped: what a page shows is what runs.
"""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Callable
from functools import cache
from typing import Any

from cnn_core.network import arithmetic
from cnn_core.network.architecture import Layer
from cnn_core.network.network import Network


@cache
def numpy_source(layer: Layer) -> str:
    """The functions of cnn_core.network.arithmetic that compute the layer, and the lines that call them."""
    source, tree = _parsed(Network.layer_output)
    cases = [node for node in ast.walk(tree) if isinstance(node, ast.match_case)]
    case = next(case for case in cases if ast.literal_eval(_pattern(case)) == layer.kind)
    lines = source.splitlines()[case.body[0].lineno - 1 : case.body[-1].end_lineno]
    calling = textwrap.dedent("\n".join(lines))
    called = [
        node.func.id
        for statement in case.body
        for node in ast.walk(statement)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    ]
    if layer.kind == "dense":
        called.remove("relu" if layer.name == "output" else "softmax")
    functions = [getattr(arithmetic, name) for name in called if hasattr(arithmetic, name)]
    functions = [function for function in functions if inspect.isfunction(function)]
    # In the order in which they are written there.
    functions.sort(key=lambda function: function.__code__.co_firstlineno)
    parts = [inspect.getsource(function).rstrip() for function in functions]
    return "\n\n\n".join([*parts, "# In the network:\n" + calling])


@cache
def _parsed(function: Callable[..., Any]) -> tuple[str, ast.Module]:
    source = textwrap.dedent(inspect.getsource(function))
    return source, ast.parse(source)


def _pattern(case: ast.match_case) -> ast.expr:
    assert isinstance(case.pattern, ast.MatchValue)
    return case.pattern.value
