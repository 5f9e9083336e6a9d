"""Whatever an address asks for, in whatever order pages are opened, each of them is shown."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from cnn_core.data.dataset import Mnist
from cnn_core.data.digit import Digit, parse_digit
from cnn_core.errors import DigitNameError
from tests.support.pages import OpenPage

NASTY = [
    "",
    " ",
    "None",
    "nan",
    "-1",
    "٣",
    "1e999",
    "9" * 400,
    "\x00",
    "a\n\nb",
    "../../etc/passwd",
    "%00",
    "<img src=x>",
    "[x](http://x.example)",
    "![x](http://x.example/x.png)",
    "``` `",
    ":red[x]",
    "“x”",
    "\u202ex",
    "\ud7ff🙂",
]
KNOWN = {
    "digit": ["test-42", "train-59999", "test-10000", "draw-AAAA", "draw-" + "A" * 2000],
    "second": ["test-7", "train-7", "draw-AAAA", "test-70000"],
    "model": ["baseline", "improved", "runs", "baseline,improved"],
    "layer": ["conv1", "conv3", "digit", "flatten", "output", "input"],
    "unit": ["0", "15", "63", "64", "007"],
    "row": ["0", "2", "25", "99"],
    "column": ["0", "2", "25"],
    "kernel": ["blur", "sobel-right"],
    "run": ["baseline", "improved"],
    "runs": ["baseline,improved", ",,,", "baseline," * 50],
    "moment": ["0-0", "5-0", "1-1", "999-999"],
    "job": ["x" * 43],
    "page": ["2", "99999"],
    "split": ["Test", "test"],
    "class": ["7", "10"],
    "seed": ["1", "99999"],
    "paste-size": ["28", "27"],
    "weight": [
        "conv1-kernel-0-1-0-5",
        "conv1-kernel-0-1-0-99",
        "output-bias-3",
        "dense-kernel-0-0",
    ],
    "part": ["mistakes", "models"],
    "cell": ["4-9", "4-10", "9-"],
    "verdicts": ["wrong-right", "right-0"],
    "other": ["baseline", "improved", "models"],
    "batch": ["8-1", "32-0", "8-0001", "99-1"],
}


def addresses(seed: int) -> Iterator[dict[str, str]]:
    """Addresses without end, each of some names that pages know and of what may stand there."""
    rng = random.Random(seed)
    while True:
        names = rng.sample(list(KNOWN), rng.randrange(6))
        yield {name: rng.choice(KNOWN[name] + NASTY) for name in names}


@pytest.mark.parametrize("seed", range(2))
def test_pages_one_after_another(open_page: OpenPage, seed: int) -> None:
    """A visitor who goes from page to page, each with an address of its own, meets no error."""
    rng = random.Random(seed)
    asked = addresses(seed)
    app = open_page("overview")
    for _ in range(10):
        page = rng.choice(
            [
                *(
                    "convolution",
                    "pooling",
                    "layers",
                    "runs",
                    "dataset",
                    "preparation",
                    "one_weight",
                    "evaluation",
                    "beside",
                )
            ]
        )
        address = next(asked)
        go_to(app, page, address)
        assert not app.exception, (page, address)


@pytest.mark.parametrize("pages", [("convolution", "pooling"), ("pooling", "convolution")])
def test_a_layer_that_the_other_page_does_not_know(
    open_page: OpenPage, pages: tuple[str, str]
) -> None:
    """Of two pages that share the keys of their widgets, each shows a layer of its own."""
    app = open_page(pages[0], layer="digit" if pages[0] == "pooling" else "conv2")
    for address in ({}, {"layer": "nowhere"}, {"unit": "999"}, {"model": "baseline"}, {}):
        for page in (pages[1], pages[0]):
            go_to(app, page, address)
            assert not app.exception, (page, address)
            assert app.session_state["layer"] in ("conv1", "conv2", "conv3", "digit")


def test_layer_and_unit_stay_from_page_to_page(open_page: OpenPage) -> None:
    """What one page looked at, the next looks at too, where it has it."""
    app = open_page("convolution", layer="conv2", unit="7")
    go_to(app, "pooling", {})
    assert (app.session_state["layer"], app.session_state["unit"]) == ("conv2", 7)


def test_digit_names(mnist: Mnist) -> None:
    """Two thousand names of any kind are a digit each, or a DigitNameError."""
    rng = random.Random(0)
    signs = "test-rain0123456789draw_AZaz=+/%\x00🙂٣“”[](<`"
    for _ in range(2000):
        name = "".join(rng.choices(signs, k=rng.choice((0, 3, 8, 40, 1200))))
        name = rng.choice(["", "test-", "train-", "draw-"]) + name
        try:
            assert isinstance(parse_digit(name, mnist), Digit)
        except DigitNameError:
            continue


def go_to(app: AppTest, page: str, address: dict[str, str]) -> None:
    """Open another page, with only this in the address."""
    app.query_params.clear()
    for name, value in address.items():
        app.query_params[name] = value
    app.switch_page(f"pages/{page}.py").run()
