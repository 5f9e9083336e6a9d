"""Imports point one way, and the process that serves pages never meets TensorFlow."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
HOUSE = ("cnn_core", "ui", "pages", "prepare")
SOURCES = sorted([ROOT / "app.py", *(path for part in HOUSE for path in ROOT.glob(f"{part}/*.py"))])
# Only these know Keras; all of them import it inside functions that only training calls.
TRAINING = {
    "cnn_core.network.architecture",
    "cnn_core.recipe.augmentation",
    "cnn_core.training.records",
    "cnn_core.training.engine",
}
HEAVY = {"keras", "tensorflow"}


def module_name(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


def imported_modules(tree: ast.AST) -> Iterator[str]:
    """Every module that a piece of source imports, wherever in it; not what only types need."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are written in full"
            yield node.module or ""
            # `from package import module` names the module in its second half.
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        yield from imported_modules(node)


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def top_level_packages(tree: ast.AST) -> set[str]:
    return {name.split(".")[0] for name in imported_modules(tree)}


@pytest.mark.parametrize("path", SOURCES, ids=module_name)
class TestDirection:
    def test_points_down(self, path: Path) -> None:
        """Pages import ui and cnn_core, ui and prepare import cnn_core; nobody imports a page."""
        house = path.relative_to(ROOT).parts[0]
        allowed = {
            "app.py": {"ui", "cnn_core"},
            "pages": {"ui", "cnn_core"},
            "ui": {"ui", "cnn_core"},
            "cnn_core": {"cnn_core"},
            "prepare": {"prepare", "cnn_core"},
        }[house]

        assert top_level_packages(parsed(path)) & {*HOUSE, "app"} <= allowed

    def test_only_the_ui_knows_how_things_look(self, path: Path) -> None:
        """Nothing in cnn_core imports Streamlit or Plotly."""
        if path.parent.name == "cnn_core":
            found = top_level_packages(parsed(path))
            assert not {name for name in found if name.startswith(("streamlit", "plotly"))}

    def test_only_training_knows_keras(self, path: Path) -> None:
        """Keras and TensorFlow are imported by training alone, and there only inside functions."""
        tree = parsed(path)
        if module_name(path) in TRAINING:
            for function in [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]:
                function.body = [ast.Pass()]

        assert not top_level_packages(tree) & HEAVY


def test_no_circles() -> None:
    """No module needs, by whatever detour, a module that needs it."""
    modules = {module_name(path): path for path in SOURCES}
    needed = {
        name: [other for other in imported_modules(parsed(path)) if other in modules]
        for name, path in modules.items()
    }

    order = list(TopologicalSorter(needed).static_order())

    assert order.index("cnn_core.network.arithmetic") < order.index("cnn_core.network.network")
    assert order.index("cnn_core.network.network") < order.index("cnn_core.training.engine")


def run_in_child(script: str) -> str:
    """What a script prints that runs in a process of its own, without this one's imports."""
    child = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert child.returncode == 0, child.stderr
    return child.stdout.strip()


def test_core_without_keras() -> None:
    """All of cnn_core can be imported, and a digit read, without Keras or TensorFlow."""
    modules = [module_name(path) for path in SOURCES if path.parent.name == "cnn_core"]
    script = f"""
import importlib, sys
for name in {modules}:
    importlib.import_module(name)
from cnn_core.data.dataset import load_mnist
from cnn_core.store.store import load_network
load_network("improved").predict(load_mnist().test.images[:1])
print(sorted({HEAVY} & set(sys.modules)))
"""
    assert run_in_child(script) == "[]"


def test_one_thread_whatever_was_imported_before() -> None:
    """Where NumPy was there first, as on a server opened by a deep link, it takes one thread too."""
    script = """
import numpy, cnn_core.network.network
from threadpoolctl import threadpool_info
print({pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"})
"""
    assert run_in_child(script) == "{1}"
