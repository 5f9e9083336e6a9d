"""Glossary: every term of the field that the pages use, in an order that teaches."""

from urllib.parse import parse_qsl

import streamlit as st

from ui.frame.article import question
from ui.look.terms import CHAPTERS, TERMS, Term

question(
    "What does this word mean?",
    f"{len(TERMS)} terms, from the digits to what can be seen inside, each with the pages that show it. On "
    "those a dotted line marks a term where it first occurs: point at it, tap it, or go to it with the Tab "
    "key.",
)


def choose_term() -> Term | None:
    """The widget that finds a term; it stands in the address, and so a gloss can lead to it."""
    name = st.selectbox(
        "Find a term",
        sorted(TERMS, key=str.lower),
        index=None,
        key="term",
        placeholder="Type or choose",
        width=360,
        bind="query-params",
    )
    return TERMS.get(name) if name else None


def entry(term: Term) -> None:
    """What a term means, and the pages that show it."""
    st.markdown(f"**{term.name}** · {term.meaning}")
    with st.container(horizontal=True, gap="small"):
        for address in term.seen_on:
            page, _, query = address.partition("?")
            st.page_link(
                f"pages/{page}.py",
                icon=":material/arrow_forward:",
                query_params=dict(parse_qsl(query)),
            )


found = choose_term()
if found is not None:
    with st.container(border=True, key="found"):
        entry(found)
for chapter, terms in CHAPTERS.items():
    st.header(chapter)
    for each in terms:
        entry(each)
