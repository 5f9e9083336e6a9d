"""The lines of this project's own source that define and compute a layer, read when they are shown.

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
from cnn_core.network.architecture import Architecture, Layer, LayerKind
from cnn_core.network.network import Network

_KERAS_NAMES: dict[LayerKind, str] = {
    "rescaling": "Rescaling",
    "convolution": "Conv2D",
    "pooling": "MaxPooling2D",
    "flatten": "Flatten",
    "dense": "Dense",
    "dropout": "Dropout",
}


@cache
def keras_source(layer: Layer) -> str:
    """The call in Architecture.to_keras that makes the layer."""
    source, tree = _parsed(Architecture.to_keras)
    calls = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == _KERAS_NAMES[layer.kind]
    ]
    # Two dense layers carry their names as plain text; the names of the others are made in a loop.
    named = [call for call in calls if _name_of(call) == layer.name]
    return _segment(source, (named or calls)[0])


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


def _segment(source: str, node: ast.expr) -> str:
    """The text of an expression, its later lines moved left as far as its last one allows."""
    first, *rest = (ast.get_source_segment(source, node) or "").splitlines()
    indent = len(rest[-1]) - len(rest[-1].lstrip()) if rest else 0
    return "\n".join([first, *(line[indent:] for line in rest)])


def _name_of(call: ast.Call) -> str | None:
    for keyword in call.keywords:
        if keyword.arg == "name" and isinstance(keyword.value, ast.Constant):
            return str(keyword.value.value)
    return None


def _pattern(case: ast.match_case) -> ast.expr:
    assert isinstance(case.pattern, ast.MatchValue)
    return case.pattern.value
