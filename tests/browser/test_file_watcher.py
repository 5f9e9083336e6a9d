"""Who watches the app's files: nobody where it is used, Streamlit where it is edited."""

from __future__ import annotations

import contextlib
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from playwright.sync_api import Error, Locator, Page, expect

from driving.serving import ROOT, Server, serve

PATIENCE = 60_000  # milliseconds

# An app that follows its updates; {} is what it shows of its module.
FOLLOWING = """from pathlib import Path

import streamlit as st

from ui.frame.update import follow_updates

follow_updates(Path(__file__).parent)

import words

st.write(words.{})
"""


@pytest.fixture
def app(tmp_path: Path) -> Path:
    """An app of two files, beside our own config.toml."""
    shutil.copytree(ROOT / ".streamlit", tmp_path / ".streamlit")
    (tmp_path / "words.py").write_text('GREETING = "first edition"\n')
    app = tmp_path / "app.py"
    app.write_text("import streamlit as st, words\nst.write(words.GREETING)\n")
    return app


def open_until(page: Page, url: str, text: str) -> Locator:
    """Open an app anew until it shows a text, or patience ends; the text's place on the page."""
    found = page.get_by_text(text)
    end = time.monotonic() + PATIENCE / 1e3
    while time.monotonic() < end:
        # For a moment a server that starts anew answers nobody.
        with contextlib.suppress(AssertionError, Error):
            page.goto(url)
            expect(found).to_be_visible()
            break
    return found


def watches(server: Server) -> list[str]:
    """The server's descriptors through which Linux tells it of changed files."""
    targets = [str(link.readlink()) for link in Path(f"/proc/{server.process_id}/fd").iterdir()]
    return [target for target in targets if "inotify" in target]


@pytest.mark.skipif(sys.platform != "linux", reason="asks /proc")
def test_nobody_where_it_is_used(page: Page, app: Path) -> None:
    """The folder is not watched: with .venv in it, the queue of changes overflows for ever."""
    with serve(app, folder=app.parent) as server:
        page.goto(server.url)
        expect(page.get_by_text("first edition")).to_be_visible(timeout=PATIENCE)

        assert watches(server) == []


@pytest.mark.skipif(sys.platform == "win32", reason="a process cannot be replaced there")
def test_an_update_arrives(page: Page, app: Path) -> None:
    """A page that asks its module for something new gets it, without anybody restarting the server."""
    app.write_text(FOLLOWING.format("GREETING"))
    with serve(app, folder=app.parent, PYTHONPATH=str(ROOT)) as server:
        page.goto(server.url)
        expect(page.get_by_text("first edition")).to_be_visible(timeout=PATIENCE)

        app.with_name("words.py").write_text('SALUTE = "second edition"\n')
        app.write_text(FOLLOWING.format("SALUTE"))

        expect(open_until(page, server.url, "second edition")).to_be_visible()


@pytest.mark.skipif(shutil.which("make") is None, reason="needs make")
def test_make_dev_reloads(page: Page, app: Path) -> None:
    """With the options of `make dev` an open page follows each saved edit, and no folder is watched."""
    recipe = subprocess.run(
        ["make", "--dry-run", "dev"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.replace("\\\n", " ")
    options = re.findall(r"--(?!server\.address|server\.showEmailPrompt)(\w+\.\w+) (\S+)", recipe)

    with serve(app, *(f"--{name}={value}" for name, value in options), folder=app.parent) as server:
        page.goto(server.url)
        expect(page.get_by_text("first edition")).to_be_visible(timeout=PATIENCE)
        # What is saved before the first run has ended is not noticed, so it is saved again.
        for edition in range(2, 10):
            app.with_name("words.py").write_text(f'GREETING = "edition {edition}"\n')
            with contextlib.suppress(AssertionError):
                expect(page.get_by_text(f"edition {edition}")).to_be_visible(timeout=10_000)
                break
        expect(page.get_by_text(f"edition {edition}")).to_be_visible()
        if sys.platform == "linux":
            assert watches(server) == []
