"""Joined modules do what the modules do by themselves, and what cannot be joined is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import ui.components
from tests.support.javascript import node_says
from ui.components.shared.bundle import BundleError, bundle

COMPONENTS = sorted(
    script
    for folder in Path(ui.components.__path__[0]).iterdir()
    if (script := folder / f"{folder.name}.js").exists()
    and "export default" in script.read_text(encoding="utf-8")
)

# Says, of each pair of modules, what each of the two exports.
COMPARE = """
globalThis.window = { matchMedia: () => ({ matches: false }) };
const told = (module) => Object.entries(module).map(([name, value]) => [
  name, typeof value === "function" ? typeof value : value,
]);
const pairs = JSON.parse(process.argv[1]);
const load = (path) => import(`file://${path}`).then(told);
console.log(JSON.stringify(await Promise.all(pairs.map((pair) => Promise.all(pair.map(load))))));
"""


def exports(*pairs: tuple[Path, Path]) -> list[list[list[list[object]]]]:
    """Names and values of what the modules of each pair export, as Node loads them."""
    asked = json.dumps([list(map(str, pair)) for pair in pairs])
    told: list[list[list[list[object]]]] = node_says("--input-type=module", "-e", COMPARE, asked)
    return told


def write(folder: Path, **texts: str) -> Path:
    """Write modules a/NAME.js, and return the path of the one that is called `entry`."""
    (folder / "a").mkdir()
    (folder / "package.json").write_text('{ "type": "module" }')
    for name, text in texts.items():
        (folder / "a" / f"{name}.js").write_text(text)
    return folder / "a" / "entry.js"


def joined(entry: Path, into: Path) -> Path:
    """Write the joined module to a file of its own."""
    into.write_text(bundle(entry).js, encoding="utf-8")
    return into


def test_every_component_exports_the_same_when_joined(tmp_path: Path) -> None:
    """All components load as one script, with a default export and the names of their own file."""
    assert len(COMPONENTS) == 24
    pairs = [(entry, joined(entry, tmp_path / f"{entry.stem}.mjs")) for entry in COMPONENTS]

    for alone, together in exports(*pairs):
        assert alone == together
        assert ["default", "function"] in alone


def test_modules_keep_their_scope(tmp_path: Path) -> None:
    """The same private name in several modules, and one import under another name."""
    entry = write(
        tmp_path,
        first="const secret = 1;\nexport const one = secret;\nexport function twice(x) {\n"
        "  return 2 * x;\n}\n",
        second='import { one } from "./first.js";\nconst secret = 10;\n'
        "export class Sum {\n  value = one + secret;\n}\n",
        entry='import { one as single, twice } from "./first.js";\n'
        'import {\n  Sum,\n} from "./second.js";\nconst secret = 100;\n'
        "export const total = secret + twice(single) + new Sum().value;\n"
        "export default function () {}\n",
    )

    [[alone, together]] = exports((entry, joined(entry, tmp_path / "joined.mjs")))
    assert alone == together
    assert ["total", 113] in together


def test_styles_come_once_in_the_order_of_the_modules(tmp_path: Path) -> None:
    """What is shared goes before what a component says itself."""
    entry = write(
        tmp_path,
        deep="export const deep = 1;\n",
        shared='import { deep } from "./deep.js";\nexport const shared = deep;\n',
        entry='import { shared } from "./shared.js";\nimport { deep } from "./deep.js";\n'
        "export default [shared, deep];\n",
    )
    for name in ["deep", "entry"]:
        entry.with_stem(name).with_suffix(".css").write_text(f".{name} {{}}")

    assert bundle(entry).css == ".deep {}\n.entry {}"
    assert bundle(entry).js.count("const deep = 1;") == 1


@pytest.mark.parametrize(
    ("texts", "message"),
    [
        ({"entry": 'import { x } from "./gone.js";\n'}, "imports gone.js, which is not there"),
        (
            {
                "entry": 'import { x } from "./one.js";\n',
                "one": 'import { y } from "./two.js";\nexport const x = 1;\n',
                "two": 'import { x } from "./one.js";\nexport const y = 1;\n',
            },
            "one.js → two.js → one.js",
        ),
        (
            {"entry": 'import { y } from "./one.js";\n', "one": "export const x = 1;\n"},
            "entry.js imports y from one.js",
        ),
        ({"entry": 'import one from "./one.js";\n'}, 'import one from "./one.js";'),
        ({"entry": 'import * as one from "./one.js";\n'}, "import * as one"),
        ({"entry": 'import "./one.js";\n'}, 'import "./one.js";'),
        ({"entry": 'import { x } from "package";\n'}, 'import { x } from "package";'),
        ({"entry": "export let x = 1;\n"}, "export let x = 1;"),
        ({"entry": "export { x };\n"}, "export { x };"),
        ({"entry": "export const { x } = {};\n"}, "export const { x } = {};"),
        (
            {
                "entry": 'import { x } from "./one.js";\n',
                "one": "export const x = 1;\nexport default x;\n",
            },
            "one.js has a line that cannot be joined: export default x;",
        ),
    ],
)
def test_what_cannot_be_joined_is_refused(
    tmp_path: Path, texts: dict[str, str], message: str
) -> None:
    """The message says which file and what is wrong with it."""
    with pytest.raises(BundleError) as refused:
        bundle(write(tmp_path, **texts))
    assert message in str(refused.value)
