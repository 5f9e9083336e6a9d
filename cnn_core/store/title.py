"""The name that somebody gives a run."""

from __future__ import annotations

import unicodedata

from cnn_core.errors import StoreError

LONGEST_TITLE = 40

# Titles are shown as text on pages, where other signs would be taken for Markdown.
_TITLE_SIGNS = " -.,'’()+=%·×–"
# Letters to Unicode, and nothing to the eye: the fillers of Korean syllables.
_UNSEEN_LETTERS = "\u115f\u1160\u3164\uffa0"


def clean_title(text: str) -> str:
    """A title as it is kept: spaces as one, accents composed. Raises StoreError, saying why.

    Whatever is accepted is shown as text wherever it stands: in Markdown, in a chart, in a list.
    """
    title = " ".join(unicodedata.normalize("NFC", text).split())
    if not title or len(title) > LONGEST_TITLE:
        raise StoreError(f"A name has 1 to {LONGEST_TITLE} characters, not {len(title)}.")
    if not title[0].isalnum():
        raise StoreError("A name begins with a letter or a digit.")
    if odd := next((sign for sign in title if not (sign.isalnum() or sign in _TITLE_SIGNS)), None):
        raise StoreError(
            f"A name has letters, digits and {_TITLE_SIGNS.strip()} in it, no {odd!r}."
        )
    if any(letter in title for letter in _UNSEEN_LETTERS):
        raise StoreError("A name has no letters in it that cannot be seen.")
    if "www." in title.lower():
        # Markdown makes a link of it without being asked.
        raise StoreError("A name is no address: leave out “www.”.")
    return title
