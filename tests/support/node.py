"""Node, which runs the project's JavaScript outside of a browser."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any


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
        timeout=120,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)
