"""How a sentence explains a term in passing."""

from __future__ import annotations

from urllib.parse import urlencode

from ui.look.terms import SAID, TERMS

_LINKS = {
    name: f'(glossary?{urlencode({"term": name})} "{term.meaning}")' for name, term in TERMS.items()
}


def gloss(words: str, term: str | None = None) -> str:
    """Words of a sentence as Markdown that explains the term that they are.

    Pages say so of each term where it first occurs: a link to its entry in the glossary, with its
    meaning as the link's title. The component `glosses` shows that on hover, focus and tap.

    words: the term as the sentence has it, `kernels`.
    term: its name in TERMS, where the words are no known form of it.
    Raises KeyError where the glossary does not have it.
    """
    return f"[{words}]{_LINKS[term or SAID[words.lower()].name]}"


def meaning(term: str) -> str:
    """What a term means, for the help of a widget or a number that is called by it."""
    return TERMS[term].meaning
