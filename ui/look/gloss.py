"""How a sentence explains its terms in passing.

A term in brackets is what Markdown calls a reference, and the glossary is where it leads:

    A [kernel] slides over the image. Its [map][feature map] is bright where both are.

becomes a link to the entry, with the meaning as its title. The component `glosses` shows that on
hover, focus and tap. Pages put in brackets what they say for the first time.
"""

from __future__ import annotations

import re
from urllib.parse import urlencode

import streamlit as st

from ui.look.terms import SAID, TERMS

# CSS pixels: about 75 characters, where a line has the room.
_LINE = 560
_LINKS = {
    name: f'(glossary?{urlencode({"term": name})} "{term.meaning}")' for name, term in TERMS.items()
}
# Code stays as it is, and so do links of other kinds, footnotes, and colours such as :red[text].
_REFERENCE = re.compile(
    r"`[^`]*`|(?<![\w\]\\])\[(?P<words>[^\[\]^]+)\](?:\[(?P<term>[^\[\]]+)\])?(?![({\[])"
)

# Longer names first: a learning rate is not a rate.
SAID_IN_TEXT = re.compile(
    rf"(?<![\w-])(?:{'|'.join(sorted(map(re.escape, SAID), key=len, reverse=True))})(?![\w-])",
    re.IGNORECASE,
)


def glossed(text: str) -> str:
    """Markdown with a gloss for each term that stands in brackets, the first time that it does.

    What is no term is left alone.
    """
    explained: set[str] = set()

    def gloss(found: re.Match[str]) -> str:
        words = found["words"]
        if words is None or (term := SAID.get((found["term"] or words).lower())) is None:
            return found[0]
        if term.name in explained:
            return words
        explained.add(term.name)
        return f"[{words}]{_LINKS[term.name]}"

    return _REFERENCE.sub(gloss, text)


def marked(text: str, *terms: str) -> str:
    """Text from where nobody knows of brackets, with each of its terms in them.

    terms: names of those that are to be; all where none is named.
    """

    def mark(found: re.Match[str]) -> str:
        is_meant = not terms or SAID[found[0].lower()].name in terms
        return f"[{found[0]}]" if is_meant else found[0]

    return SAID_IN_TEXT.sub(mark, text)


def prose(text: str) -> None:
    """Show Markdown whose terms in brackets explain themselves, in lines that are read with ease."""
    st.markdown(glossed(text), width=_LINE)


def meaning(term: str) -> str:
    """What a term means, for the help of a widget or a number that is called by it."""
    return TERMS[term].meaning
