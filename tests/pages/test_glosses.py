"""Every page explains each term where it first says it, and shows what the glossary sends one to see."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl

import pytest
from streamlit.testing.v1 import AppTest

from tests.support.pages import ROOT, OpenPage
from ui.look.gloss import SAID_IN_TEXT, glossed
from ui.look.terms import SAID, TERMS
from ui.shared.resources import models

# The glossary is the explanation itself.
PAGES = sorted({path.stem for path in ROOT.glob("pages/*.py")} - {"glossary"})
SEEN_ON = sorted({address for term in TERMS.values() for address in term.seen_on})
ADDRESSES = sorted({*PAGES, *SEEN_ON})
# Parts of a page of which one is open: what to set in the session, in turn.
PARTS = {
    "evaluation": (
        "evaluation-part",
        (
            "Confusions",
            "All mistakes",
            "Doubtful labels",
            "Digit by digit",
            "Confidence",
            "Two models",
        ),
    )
}
HIDDEN_AT_FIRST = ("Check", "Show me without a guess")
OF_OTHER_PAGES = ("-previous-page", "-next-page")
PROSE = ("markdown", "caption", "info", "success", "warning")

_GLOSS = r'\[[^\]]*\]\(glossary\?term=(?P<glossed>[^ ]+) "[^"]*"\)'
TOLD = re.compile(rf"{_GLOSS}|(?P<said>{SAID_IN_TEXT.pattern})", re.IGNORECASE)
# Names of layers and other code, formulas, what other links lead to, headers in a list, and a person.
NO_PROSE = re.compile(
    r"`[^`]*`|\$[^$]*\$|\]\(https?://[^)]*\)|\[[^\]]*\]\(#[^)]*\)|Adam W\. Harley"
)


def term_of(found: re.Match[str]) -> str:
    """The name of a term that TOLD found, glossed or bare."""
    if found["glossed"]:
        return dict(parse_qsl(f"term={found['glossed']}"))["term"]
    return SAID[found["said"].lower()].name


def unexplained(texts: list[str], titles: list[str]) -> list[str]:
    """Each term that is said before it is explained, with the sentence around it.

    texts: Markdown, from the top of a page to its end.
    titles: names of models, which say what they are and not what they mean.
    """
    named = re.compile("|".join(rf"\b{re.escape(title)}\b" for title in titles) or "(?!)")
    explained: set[str] = set()
    missing: dict[str, str] = {}
    for text in texts:
        for found in TOLD.finditer(named.sub("", NO_PROSE.sub("", text))):
            term = term_of(found)
            if found["glossed"]:
                explained.add(term)
            elif term not in explained | missing.keys():
                around = found.string[max(found.start() - 50, 0) : found.end() + 30]
                missing[term] = f"{term}: …{around}…"
    return list(missing.values())


def parts_of(node: Any) -> Iterator[Any]:
    """A part of a page with everything in it, from top to bottom; not what is said of other pages."""
    if str(getattr(getattr(node, "proto", None), "id", "")).endswith(OF_OTHER_PAGES):
        return
    yield node
    for child in getattr(node, "children", {}).values():
        yield from parts_of(child)


def each_part(app: AppTest, page: str) -> Iterator[AppTest]:
    """The page with everything shown that a guess uncovers, and with each of its tabs open."""
    uncovering = [button for button in app.button if button.label in HIDDEN_AT_FIRST]
    for button in uncovering:
        button.click()
    key, parts = PARTS.get(page, ("", ("",)))
    for part in parts:
        if key:
            app.session_state[key] = part
        if key or uncovering:
            app.run()
            assert not app.exception
        yield app


@pytest.mark.parametrize("address", ADDRESSES)
def test_each_term_is_explained_where_it_first_stands(address: str, open_page: OpenPage) -> None:
    """The page says no term before its gloss; and each term that the glossary sees there is there."""
    page, _, query = address.partition("?")
    assert page in PAGES
    titles = [model.title for model in models().values()]
    everything = ""
    for app in each_part(open_page(page, **dict(parse_qsl(query))), page):
        prose = [str(part.value) for part in parts_of(app.main) if part.type in PROSE]
        missing = unexplained(prose, titles)
        assert not missing, "put them in [brackets] and show them by prose():\n" + "\n".join(
            missing
        )
        everything += " ".join(str(part.proto) for part in parts_of(app.main))
    said = set(map(term_of, TOLD.finditer(everything)))
    sees = {term.name for term in TERMS.values() if address in term.seen_on}
    assert sees <= said


def test_a_term_is_found_before_its_gloss_and_not_after() -> None:
    """What the test above would complain about."""
    said = ["A kernel.", glossed("Its [weights] and `bias`, in **Weight decay**.")]

    assert unexplained(said, ["Weight decay"]) == ["kernel: …A kernel.…"]
    assert unexplained([glossed("A [kernel]."), "Kernels with weights."], []) == [
        "weight: …Kernels with weights.…"
    ]
