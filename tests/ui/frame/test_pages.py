"""One list of pages: the menu, the path through them, the README and the glossary follow it."""

from __future__ import annotations

from pathlib import Path

from streamlit.testing.v1 import AppTest

from tests.support.pages import ROOT, OpenPage, all_text
from ui.frame.pages import BESIDE_THE_PATH, PARTS, PATH, entry_at
from ui.look.terms import TERMS

ENTRIES = [entry for entries in PARTS.values() for entry in entries]


def test_names_each_page_once() -> None:
    """Each script in pages/ has one place in the menu, and an address of its own."""
    assert sorted(entry.name for entry in ENTRIES) == sorted(
        path.stem for path in Path(ROOT / "pages").glob("*.py")
    )
    assert len({entry.address for entry in ENTRIES}) == len(ENTRIES)
    for part, entries in PARTS.items():
        for entry in entries:
            assert entry_at(entry.address) == (part, entry)


def test_the_readme_has_the_same_order() -> None:
    """Its table of pages, and no page is left out."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    table = readme.split("| Page | Question |\n|---|---|\n")[1].split("\n\n")[0]
    assert [line.split(" | ")[0].removeprefix("| ") for line in table.splitlines()] == [
        entry.title for entry in ENTRIES
    ]


def test_the_glossary_leads_to_pages_that_are_there() -> None:
    """Every page that a term is seen on."""
    seen_on = {address.partition("?")[0] for term in TERMS.values() for address in term.seen_on}
    assert seen_on <= {entry.name for entry in ENTRIES}


def way_on(app: AppTest) -> list[tuple[str, str]]:
    """Label and address of the links at the end of a page."""
    return [
        (link.proto.label, link.proto.page)
        for link in app.get("page_link")
        if link.proto.label.startswith(("**Previous", "**Next"))
    ]


def test_each_page_leads_on(open_page: OpenPage) -> None:
    """The first leads to the second only, one in the middle both ways, one beside the path nowhere."""
    second = PATH[1]
    assert [name for name, _ in way_on(open_page(PATH[0].name))] == [f"**Next: {second.title}**"]

    app = open_page("reasons")
    at = [entry.name for entry in PATH].index("reasons")
    assert way_on(app) == [
        (f"**Previous: {PATH[at - 1].title}**", PATH[at - 1].name),
        (f"**Next: {PATH[at + 1].title}**", PATH[at + 1].name),
    ]
    assert PATH[at + 1].about in all_text(app)

    assert way_on(open_page(PARTS[BESIDE_THE_PATH][0].name)) == []
