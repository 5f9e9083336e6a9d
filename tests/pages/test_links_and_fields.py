"""Where the links of every page lead, and how far its sliders and fields go."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.pages import OpenPage

LINKS = {
    "overview": [
        ("Take one number apart", "layers", ""),
        ("Watch a kernel slide", "convolution", ""),
        ("Draw larger, or photograph a digit", "draw", ""),
        ("Train a network", "training", ""),
        ("Choose another digit", "dataset", ""),
    ],
    "loss": [("How one weight moves, so that the loss falls", "one_weight", "")],
    "one_weight": [
        ("What a loss in nats says", "loss", ""),
        ("Let a whole training take its steps", "training", ""),
    ],
    "training": [
        ("How wrong an answer is: the loss", "loss", ""),
        ("How one weight moves", "one_weight", ""),
    ],
    "runs": [
        ("One kernel over time, larger", "convolution", "layer=conv1"),
        ("Train one yourself", "training", ""),
    ],
    "preparation": [("Draw or photograph one", "draw", "")],
    "improvements": [
        ("Compare their curves", "runs", "runs=baseline%2Csame-padding"),
        ("Combine such changes, and paint, on the page What if", "what_if", ""),
        ("Why did my own drawing fail?", "preparation", ""),
    ],
    "about": [("How it got better", "improvements", ""), ("Read every training", "runs", "")],
}
# Key, label, least, most, step and value.
FIELDS: dict[str, list[tuple[Any, ...]]] = {
    "dataset": [("position", "Go to training digit 0 to 59,999", 0, 59_999, 1, 0)],
    "convolution": [
        ("dilation", "Dilation", 1, 5, 1, 1),
        ("unit", "Filter, 0 to 15", 0, 15, 1, 10),
    ],
    "layers": [("unit-field", "Unit, 0 to 9", 0, 9, 1, 4)],
    "reasons": [("patch", "Patch size", 1, 14, 1, 6), ("patch-stride", "Stride", 1, 7, 1, 2)],
    "runs": [("curve-smoothing", "Smoothing", 0, 0.98, 0.02, 0)],
}
# Key, what can be chosen, and what is at first.
CHOICES: dict[str, list[tuple[str, list[str], Any]]] = {
    "dataset": [("split", ["Training", "Test"], "Training")],
    "pooling": [
        ("layer", ["conv1", "conv2", "conv3", "digit"], "conv1"),
        ("pool-size", ["2×2", "3×3"], 2),
        ("pool-stride", ["1", "2", "3"], 2),
        ("pool-kind", ["maximum", "mean"], "max"),
        ("move", ["right", "left", "down", "up"], "right"),
    ],
    "reasons": [
        (
            "evidence-for-test-42-improved",
            [*"0123", "4, the answer", *"56789"],
            4,
        ),
        ("cam-layer", ["conv1", "conv2", "conv3"], "conv3"),
    ],
    "what_if": [("switched-layer", ["conv1", "conv2", "conv3"], "conv1")],
    "runs": [
        ("curve-measure", ["Loss", "Accuracy", "Misread"], "loss"),
        ("curve-per", ["Epoch", "20 steps"], "epoch"),
        ("moment-layer", ["conv1", "conv2", "conv3"], "conv1"),
    ],
    "draw": [("draw-way", ["Draw", "Upload a photo"], "Draw")],
}


@pytest.mark.parametrize("page", LINKS)
def test_links_lead_where_they_say(page: str, open_page: OpenPage) -> None:
    """Each label with its page and what is handed on in the address; then come the ways on."""
    links = [link.proto for link in open_page(page).get("page_link")]
    own = [link for link in links if not link.label.startswith(("**Previous: ", "**Next: "))]
    assert [(link.label, link.page, link.query_string) for link in own] == LINKS[page]


@pytest.mark.parametrize("page", FIELDS)
def test_fields_go_from_end_to_end(page: str, open_page: OpenPage) -> None:
    """Sliders and fields for numbers: their ends, their steps, and where they begin."""
    app = open_page(page)
    found: dict[str | None, Any] = {each.key: each for each in (*app.slider, *app.number_input)}
    assert [
        (key, found[key].label, found[key].min, found[key].max, found[key].step, found[key].value)
        for key, *_ in FIELDS[page]
    ] == FIELDS[page]


@pytest.mark.parametrize("page", CHOICES)
def test_choices_are_offered_in_order(page: str, open_page: OpenPage) -> None:
    """What can be chosen, from left to right, and what is chosen at first."""
    found = {each.key: each for each in open_page(page).segmented_control}
    assert [(key, found[key].options, found[key].value) for key, _, _ in CHOICES[page]] == CHOICES[
        page
    ]
