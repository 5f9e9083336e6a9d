"""How the modules of a component become the one script and the one style that Streamlit takes.

The sources are ES modules, which a browser, Node and a type checker load as they stand. Here a
component's own .js comes last, unchanged but for its imports; every module that it needs goes
before it, once, in a function that keeps its scope and returns what it exports. So

    import { mix, css as inCss } from "../shared/colour.js";

becomes

    const $shared$colour = (() => { ...; return { css, mix }; })();
    const { mix, css: inCss } = $shared$colour;

A .css beside a module comes along in the same order. Understood are imports of names from relative
paths, and exports of a function, a class or a const; a component's own file may have a default
export too. Everything else is an error, so that nothing is joined wrongly in silence.
"""

from __future__ import annotations

import os
import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

# Every line that begins with import or export; what is not understood is `other`.
_STATEMENT = re.compile(
    r'^(?:import \{(?P<names>[^{}]+)\} from "(?P<source>\.[^"\n]+)";$'
    r"|export (?P<kind>(?:async )?function|class|const) (?P<name>[\w$]+)"
    r"|(?P<other>(?:import|export)\b.*)$)",
    re.MULTILINE,
)


class BundleError(ValueError):
    """The modules of a component cannot be joined; the message says which line is why."""


class Bundle(NamedTuple):
    """One ES module and one style sheet."""

    js: str
    css: str


class _Module(NamedTuple):
    """A file, ready to be joined.

    imports: each file that it needs, with the names that it needs of it.
    css: of the style sheet beside it, empty where there is none.
    """

    js: str
    css: str
    imports: list[tuple[str, list[str]]]
    exports: list[str]


def bundle(entry: Path) -> Bundle:
    """Join a component's .js with all that it imports, and the .css beside each of these.

    Raises BundleError where a file is missing, imports itself in a circle or a name that is not
    exported, or has an import or an export of a kind that is not understood.
    """
    done: dict[str, _Module] = {}
    _collect(os.path.realpath(entry), done, (), is_entry=True)
    return Bundle(
        js="\n".join(module.js for module in done.values()),
        css="\n".join(module.css for module in done.values() if module.css),
    )


def _collect(
    path: str, done: dict[str, _Module], above: tuple[str, ...], *, is_entry: bool = False
) -> _Module:
    """Put a file into `done`, after all that it needs; `above` are those that need it."""
    if path in above:
        circle = [*above[above.index(path) :], path]
        raise BundleError(f"A circle of imports: {' → '.join(Path(step).name for step in circle)}.")
    if path not in done:
        module = _read(path, is_entry)
        for source, names in module.imports:
            if not Path(source).exists():
                raise BundleError(
                    f"{Path(path).name} imports {Path(source).name}, which is not there."
                )
            needed = _collect(source, done, (*above, path))
            if missing := [name for name in names if name not in needed.exports]:
                raise BundleError(
                    f"{Path(path).name} imports {', '.join(missing)} from {Path(source).name}, "
                    "which does not export it."
                )
        done[path] = module
    return done[path]


# Most modules are shared by several components, which are all registered when the app starts.
@cache
def _read(path: str, is_entry: bool) -> _Module:
    imports: list[tuple[str, list[str]]] = []
    exports: list[str] = []

    def rewrite(found: re.Match[str]) -> str:
        if found["names"]:
            names = " ".join(found["names"].split()).replace(" as ", ": ")
            source = os.path.normpath(f"{path}/../{found['source']}")
            asked = [name.split(":")[0].strip() for name in names.split(",")]
            imports.append((source, [name for name in asked if name]))
            return f"const {{ {names} }} = {_variable(source)};"
        if found["name"]:
            exports.append(found["name"])
            return found[0] if is_entry else f"{found['kind']} {found['name']}"
        if is_entry and found["other"].startswith("export default "):
            return found[0]
        raise BundleError(f"{Path(path).name} has a line that cannot be joined: {found['other']}")

    js = _STATEMENT.sub(rewrite, Path(path).read_text(encoding="utf-8"))
    if not is_entry:
        js = f"const {_variable(path)} = (() => {{\n{js}return {{ {', '.join(exports)} }};\n}})();"
    style = Path(path).with_suffix(".css")
    css = style.read_text(encoding="utf-8") if style.exists() else ""
    return _Module(js, css, imports, exports)


def _variable(path: str) -> str:
    """What holds a module's exports: `$` stands in no name of the modules themselves."""
    folder, file = path.removesuffix(".js").rsplit(os.sep, 2)[1:]
    return f"${folder}${file}"
