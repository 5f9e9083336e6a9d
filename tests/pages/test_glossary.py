"""The glossary lists every term with the pages that show it, and opens at the one in its address."""

from __future__ import annotations

from tests.support.pages import OpenPage
from ui.look.terms import TERMS


def test_every_term_is_there(open_page: OpenPage) -> None:
    """Each meaning once, and below each where one sees it, with what the address says."""
    app = open_page("glossary")
    said = [text.value for text in app.main.markdown]
    links = [(link.proto.page, link.proto.query_string) for link in app.get("page_link")]

    for term in TERMS.values():
        assert said.count(f"**{term.name}** · {term.meaning}") == 1
    assert links == [
        (page.replace("overview", ""), query)  # The first page has the shortest address.
        for term in TERMS.values()
        for page, _, query in (address.partition("?") for address in term.seen_on)
    ]


def test_an_address_shows_one_term(open_page: OpenPage) -> None:
    """What a gloss leads to stands in a box of its own, above the list; nonsense shows the list."""
    app = open_page("glossary", term="feature map")
    first = app.main.markdown[1].value
    assert first == f"**feature map** · {TERMS['feature map'].meaning}"
    assert app.selectbox(key="term").value == "feature map"

    app = open_page("glossary", term="<b>nonsense</b>")
    assert app.main.markdown[1].value.startswith("**MNIST**")
    assert app.selectbox(key="term").value is None
