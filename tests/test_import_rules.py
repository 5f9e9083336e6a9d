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
WORKSHOP = ("driving", "tests", "bench")
SOURCES = sorted(
    [ROOT / "app.py", *(path for part in HOUSE for path in ROOT.glob(f"{part}/**/*.py"))]
)
# From the ground up: a room may use those before it. What lies at the root of cnn_core (errors,
# checks) is for all of them.
CORE_ROOMS = ("data", "network", "images", "recipe", "store", "findings", "training")
# The rooms of one set stand side by side, and never import each other.
UI_ROOMS = (
    {"look"},
    {"components"},
    {"shared"},
    {"visitor"},
    {"inside", "why", "train", "write", "check"},
    {"frame"},
)
# Only these know Keras; all of them import it inside functions that only training calls.
KNOW_KERAS = (
    "cnn_core.network.architecture",
    "cnn_core.network.variant",
    "cnn_core.recipe.augmentation",
    "cnn_core.training.",
)
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


def story(module: str) -> int | None:
    """How high above the ground a module's room lies; None outside of the rooms."""
    house, *inside = module.split(".")
    if house == "cnn_core" and len(inside) > 1:
        return CORE_ROOMS.index(inside[0])
    if house == "ui" and len(inside) > 1:
        return next(height for height, side in enumerate(UI_ROOMS) if inside[0] in side)
    return None


def imported_sources(path: Path) -> set[str]:
    """The modules of this project that a file imports."""
    modules = {module_name(source) for source in SOURCES}
    return {name for name in imported_modules(parsed(path)) if name in modules}


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

        assert top_level_packages(parsed(path)) & {*HOUSE, *WORKSHOP, "app"} <= allowed

    def test_rooms_use_those_below(self, path: Path) -> None:
        """A module imports from its own room and from lower ones, never from one beside or above."""
        module = module_name(path)
        if module == "cnn_core.train":  # The name of a command, and no more than that.
            return
        room, height = module.split(".")[:2], story(module)
        for other in imported_sources(path):
            if other.split(".")[0] != room[0] or other.split(".")[:2] == room:
                continue
            below = story(other)
            if height is None:  # What everybody may use uses nobody.
                assert below is None or room[0] not in ("cnn_core", "ui"), other
            else:
                assert below is None or below < height, other

    def test_only_the_ui_knows_how_things_look(self, path: Path) -> None:
        """Nothing in cnn_core imports Streamlit or Plotly."""
        if path.relative_to(ROOT).parts[0] == "cnn_core":
            found = top_level_packages(parsed(path))
            assert not {name for name in found if name.startswith(("streamlit", "plotly"))}

    def test_only_training_knows_keras(self, path: Path) -> None:
        """Keras and TensorFlow are imported by training alone, and there only inside functions."""
        tree = parsed(path)
        if module_name(path).startswith(KNOW_KERAS):
            for function in [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]:
                function.body = [ast.Pass()]

        assert not top_level_packages(tree) & HEAVY


def test_every_module_has_a_room() -> None:
    """Nothing but what all rooms use lies at the root of cnn_core, and nothing at the root of ui."""
    roots = {module_name(path) for path in SOURCES if len(path.relative_to(ROOT).parts) == 2}

    assert {name for name in roots if name.startswith("cnn_core.")} == {
        "cnn_core.__init__",
        "cnn_core.checks",
        "cnn_core.errors",
        "cnn_core.train",
    }
    assert {name for name in roots if name.startswith("ui.")} == {"ui.__init__"}


def test_no_circles() -> None:
    """No module needs, by whatever detour, a module that needs it."""
    needed = {module_name(path): imported_sources(path) for path in SOURCES}

    order = list(TopologicalSorter(needed).static_order())

    assert order.index("cnn_core.network.arithmetic") < order.index("cnn_core.network.network")
    assert order.index("cnn_core.network.network") < order.index("cnn_core.training.engine")


def test_tests_mirror_the_tree() -> None:
    """A test of one module stands in the folder of the same name, under the same name."""
    for test in ROOT.glob("tests/*/*/test_*.py"):
        house, room = test.relative_to(ROOT).parts[1:3]
        if house in ("cnn_core", "ui"):
            name = test.name.removeprefix("test_")
            assert [*ROOT.glob(f"{house}/{room}/{name}"), *ROOT.glob(f"{house}/{room}/*/{name}")], (
                test
            )


def test_tests_import_no_tests() -> None:
    """What tests share lies in tests/support and in driving, where bench may use it too."""
    for path in [each for part in WORKSHOP for each in ROOT.glob(f"{part}/**/*.py")]:
        for name in imported_modules(parsed(path)):
            parts = name.split(".")
            assert parts[0] != "tests" or parts[:2] == ["tests", "support"] or len(parts) == 1, path
            if path.relative_to(ROOT).parts[0] == "driving":
                assert parts[0] not in ("tests", "bench"), path


def run_in_child(script: str) -> str:
    """What a script prints that runs in a process of its own, without this one's imports."""
    child = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert child.returncode == 0, child.stderr
    return child.stdout.strip()


def test_core_without_keras() -> None:
    """All of cnn_core can be imported, and a digit read, without Keras or TensorFlow."""
    modules = [name for name in map(module_name, SOURCES) if name.startswith("cnn_core.")]
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
