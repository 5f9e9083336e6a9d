"""Terms in brackets become links to the glossary with their meaning; nothing else is touched."""

from __future__ import annotations

import pytest

from ui.look.gloss import glossed, marked, meaning
from ui.look.terms import CHAPTERS, SAID, TERMS


def test_a_term_is_a_link_with_its_meaning() -> None:
    """In the form that the sentence has it, under another word, and with spaces in its name."""
    assert glossed("Small [Kernels].") == (
        f'Small [Kernels](glossary?term=kernel "{meaning("kernel")}").'
    )
    assert glossed("Its [map][feature map]: **[learning rate]**") == (
        f'Its [map](glossary?term=feature+map "{meaning("feature map")}"): '
        f'**[learning rate](glossary?term=learning+rate "{meaning("learning rate")}")**'
    )


def test_the_first_time_is_enough() -> None:
    """A term that stands in brackets twice is a link once."""
    assert glossed("A [kernel], two [kernels].").endswith('"), two kernels.')


@pytest.mark.parametrize(
    "text",
    [
        "A kernel without brackets.",
        "`[kernel]` and `a[kernel]`",
        "[nothing known]",
        "[kernel](https://x.example)",
        "![kernel](x.png)",
        "[kernel](glossary)",
        ":red[kernel] :small[kernel] :color[kernel]{foreground='red'}",
        r"\[kernel\] \[kernel]",
        "[^kernel] [word][nothing known]",
        "weights[layer]",
    ],
)
def test_everything_else_stays(text: str) -> None:
    """Code, links of other kinds, colours, escaped brackets, and words that are no terms."""
    assert glossed(text) == text


def test_texts_from_elsewhere_are_marked() -> None:
    """The longest term wins, and words that only contain one are left alone."""
    assert marked("Convolution + ReLU at one learning rate") == (
        "[Convolution] + [ReLU] at one [learning rate]"
    )
    assert marked("densely layered") == "densely layered"
    assert marked("A dense layer, and weights", "weight") == "A dense layer, and [weights]"


def test_every_term_is_said_in_one_way() -> None:
    """No two terms have a form in common, and none a meaning that would break a link."""
    assert sum(map(len, CHAPTERS.values())) == len(TERMS)
    for term in TERMS.values():
        for form in (term.name, *term.forms):
            assert SAID[form.lower()] is term
        assert term.seen_on
        assert term.meaning.endswith((".", "?"))
        assert not set(term.meaning) & set('"\n\\`*[]<>$')
