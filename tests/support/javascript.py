"""What this project's JavaScript computes, asked from Python: Node runs it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]


def in_javascript(module: str, function: str, given: Any) -> Any:
    """What a function of a module, by its path in the project, returns for each of many arguments.

    given: a list of lists of arguments, as JSON. A number array comes back as a list.
    """
    script = f"""
import {{ readFileSync }} from "node:fs";
import {{ {function} }} from "file://{ROOT / module}";
const plain = (value) => (ArrayBuffer.isView(value) ? Array.from(value) : value);
const given = JSON.parse(readFileSync(0, "utf-8"));
console.log(JSON.stringify(given.map((each) => plain({function}(...each)))));
"""
    return node_says("--input-type=module", "-e", script, asked=given)


def node_says(*arguments: str, asked: object = None) -> Any:
    """What Node prints as JSON, started with these arguments.

    asked: what it finds on its standard input, as JSON.
    """
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    node = shutil.which("node", path=path)
    assert node, "requirements-dev.txt brings Node"
    ran = subprocess.run(
        [node, *arguments],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)
