"""Numbers and shapes the way people read them."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import SupportsFloat

import numpy as np
from numpy.typing import NDArray

MINUS = "\N{MINUS SIGN}"
# The numbers next to 0 and to 1 that a computer knows.
_LEAST, _MOST = math.nextafter(0, 1), math.nextafter(1, 0)
_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def number(value: float, decimals: int = 0) -> str:
    """Thousands separated, a real minus sign where it is not 0 when rounded: `1,234.5`, `−0.25`."""
    return f"{value:z,.{decimals}f}".replace("-", MINUS)


def significant(value: float, digits: int = 3) -> str:
    """A number with so many digits that count, however small it is: `0.0123`, `−4.56 · 10⁻⁷`.

    What no computer can write is `∞`, `−∞` or `no number`.
    """
    if not math.isfinite(value):
        return "no number" if math.isnan(value) else f"{MINUS if value < 0 else ''}∞"
    mantissa, exponent = f"{value:.{digits - 1}e}".split("e")
    power = int(exponent)
    if value == 0 or -4 <= power < 5:
        return number(value, max(digits - 1 - power, 0)) if value else "0"
    raised = str(power).translate(_RAISED)
    return f"{mantissa.replace('-', MINUS)} · 10{raised}"


def percent(share: float, decimals: int = 1) -> str:
    """A share, 0 to 1, in per cent: `99.5 %`.

    A share short of 0 or 1 is never rounded to it: `> 99.9 %`, `< 0.1 %`.
    """
    shown = f"{share:.{decimals}%}"
    if share < 1 and float(shown[:-1]) == 100:
        return f">\N{NO-BREAK SPACE}{100 - 10**-decimals:.{decimals}f}\N{NO-BREAK SPACE}%"
    if share > 0 and float(shown[:-1]) == 0:
        return f"<\N{NO-BREAK SPACE}{10**-decimals:.{decimals}f}\N{NO-BREAK SPACE}%"
    return f"{shown[:-1]}\N{NO-BREAK SPACE}%"


def probability_in_words(probability: SupportsFloat, decimals: int = 1) -> str:
    """A probability that softmax gave, as `percent`, and never 0 or 1: it is that only when rounded.

    What a computer keeps as 1 may be `> 99.9 %`, but for a share of digits 1 is all of them.
    """
    return percent(min(max(float(probability), _LEAST), _MOST), decimals)


def count(amount: int, thing: str) -> str:
    """How many of something: `1 row`, `2 rows`."""
    return f"{amount:,} {thing}{'' if amount == 1 else 's'}"


def duration(seconds: float) -> str:
    """How long something takes, as exact as it matters: `8 seconds`, `2.5 minutes`, `40 minutes`."""
    if seconds < 59.5:
        return count(max(round(seconds), 1), "second")
    minutes = seconds / 60
    if minutes < 10:
        return f"{number(minutes, 1)} minutes"
    return f"{number(minutes)} minutes"


def as_markdown(message: str) -> str:
    """A plain message as Markdown: what it repeats in “quotes”, anybody's words, becomes code.

    In code nothing is a link, a picture, HTML, a formula, a colour, an icon or an emoji. Escaping
    would not do: Streamlit looks for addresses, icons and emoji in what was escaped, too.
    """
    return re.sub("“(.*?)”", lambda found: _code(found[1]), message)


def _code(text: str) -> str:
    """A line of text as inline code, in a fence longer than any run of backticks within."""
    if not text:
        return "“”"
    fence = "`" * (1 + max(map(len, re.findall("`+", text)), default=0))
    space = " " if text[0] == "`" or text[-1] == "`" else ""
    return f"{fence}{space}{text}{space}{fence}"


def shape(sizes: Sequence[int]) -> str:
    """A shape as it is spoken: `26 × 26 × 16`."""
    return " × ".join(f"{size:,}" for size in sizes)


def a_digit(digit: int, *, bold: bool = False) -> str:
    """A digit with its article: `a 7`, `an 8`."""
    return f"{'an' if digit == 8 else 'a'} {f'**{digit}**' if bold else digit}"


def answer_in_words(probabilities: NDArray[np.float32]) -> str:
    """How sure a prediction, float32 (10,), is, and what else it could be, in one sentence."""
    first, second, third = (int(digit) for digit in np.argsort(-probabilities)[:3])
    shares = [probability_in_words(probabilities[digit]) for digit in (first, second, third)]
    if probabilities[first] >= 0.95:
        return f"The network is sure: this is {a_digit(first, bold=True)} ({shares[0]})."
    if probabilities[first] >= 0.6:
        return f"Probably {a_digit(first, bold=True)} ({shares[0]}), perhaps {a_digit(second)} ({shares[1]})."
    return (
        f"The network is torn: {a_digit(first, bold=True)} ({shares[0]}), "
        f"{a_digit(second)} ({shares[1]}) or {a_digit(third)} ({shares[2]})."
    )
