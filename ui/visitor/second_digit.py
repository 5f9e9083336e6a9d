"""The second digit, beside the current one: kept in the session, repeated in the address."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import streamlit as st

from cnn_core.data.digit import Digit, mnist_digit
from cnn_core.findings.alike import pixel_likeness
from ui.look.wording import a_digit
from ui.shared.resources import mnist
from ui.visitor.address import Part, follow, write
from ui.visitor.current import choose_digit, current_digit, digit_named

_SECOND = Part(
    "second",
    "second digit",
    digit_named,
    "You see the one that was shown before, or one to begin with.",
    lambda digit: digit.name,
)


def second_digit() -> Digit:
    """The digit that is compared with the current one."""
    digit: Digit = st.session_state["second"]
    return digit


def follow_second(answer: int) -> None:
    """Bring session and address together, before the second digit is asked for.

    answer: what the current digit is read as, by which a drawing finds a second one to begin with.
    """
    follow(_SECOND)
    if _SECOND.value is None:
        _SECOND.put(_alike_of_another_class(_class_of(current_digit(), answer)))
    write(_SECOND)


def choose_second(answer: int) -> None:
    """A menu with ways to another second digit, and a button that swaps the two."""
    first, second = current_digit(), second_digit()
    kind = _class_of(first, answer)
    ways: dict[str, Callable[[], Digit]] = {
        f"The most alike by its pixels that is no {kind}": lambda: _alike_of_another_class(kind),
        f"The least alike {kind}": lambda: _unlike_of_the_class(kind),
        f"Any other {kind}": lambda: _random_of_the_class(kind),
        "Any test digit": _random,
        f"{first.title} itself: then draw or choose another first": lambda: first,
    }

    def choose() -> None:
        way = ways.get(st.session_state["choose-second"])
        if way is not None:  # A browser may say anything.
            _SECOND.put(way())

    with st.container(horizontal=True, gap="small"):
        st.menu_button(
            "Compare with",
            list(ways),
            key="choose-second",
            on_click=choose,
            icon=":material/compare:",
            help=f"{first.title} is taken for {a_digit(kind)} here.",
        )
        st.button("Swap", key="swap", icon=":material/swap_horiz:", on_click=_swap)
        if first.name == second.name:
            st.page_link("pages/draw.py", label="Draw another first", icon=":material/draw:")


def _class_of(digit: Digit, answer: int) -> int:
    return answer if digit.label is None else digit.label


def _swap() -> None:
    first = current_digit()
    choose_digit(second_digit())
    _SECOND.put(first)


def _alike_of_another_class(kind: int) -> Digit:
    test = mnist().test
    likeness = pixel_likeness(test.images, current_digit().image)
    return mnist_digit(mnist(), "test", int(np.where(test.labels == kind, -1, likeness).argmax()))


def _unlike_of_the_class(kind: int) -> Digit:
    test = mnist().test
    likeness = pixel_likeness(test.images, current_digit().image)
    return mnist_digit(mnist(), "test", int(np.where(test.labels == kind, likeness, 2).argmin()))


def _random_of_the_class(kind: int) -> Digit:
    others = [
        position
        for position in np.flatnonzero(mnist().test.labels == kind)
        if current_digit().name != f"test-{position}"
    ]
    return mnist_digit(mnist(), "test", int(np.random.default_rng().choice(others)))


def _random() -> Digit:
    return mnist_digit(mnist(), "test", int(np.random.default_rng().integers(len(mnist().test))))
