"""How far a picture is from digits, and how often that is right, in the figures that were measured."""

from __future__ import annotations

import numpy as np
import pytest

from cnn_core.data.dataset import Mnist
from cnn_core.findings.unlikely import KINDS, METHODS, OWN_DIGITS, Unlikely
from cnn_core.store.store import load_network, model_folder, open_model
from tests.support.seen import alone, charts, plain, plotted, words
from ui.look.colors import ACCENT, NEUTRAL
from ui.write import likeness
from ui.write.likeness import (
    distances_figure,
    found_beyond,
    note_if_unlikely,
    show_likeness,
)

MODEL, NETWORK = open_model(model_folder("improved")), load_network("improved")


def measure(threshold: float = 0.5) -> Unlikely:
    """Of 200 test digits two are beyond 0.5; of four pictures of each kind one more than of the last."""
    test = np.full(200, 0.1, np.float32)
    test[:2] = 0.7
    others = {
        kind: np.array([0.9] * beyond + [0.3] * (4 - beyond), np.float32)
        for beyond, kind in enumerate((OWN_DIGITS, *KINDS[:4]))
    }
    others[KINDS[4]] = np.full(4, 1.0, np.float32)
    detected = {
        method: {kind: (place + 1) / 10 + number / 100 for number, kind in enumerate(KINDS)}
        for place, method in enumerate(METHODS)
    }
    features = np.zeros((1, NETWORK.architecture.dense_units), np.float32)
    features[0, 0] = 1
    return Unlikely(features, np.array([0]), threshold, test, others, detected)


def test_what_was_noticed() -> None:
    """Of each kind, how many were tried and which share is beyond the threshold."""
    table = found_beyond(measure())
    assert table["Tried"] == [
        "Test digits",
        "Digits drawn the way the letters are",
        "Letters",
        "Scribbles",
        "Halves of two digits",
        "Two digits on top of each other",
        "Quarters of a digit, shuffled",
    ]
    assert table["Pictures"] == ["200", *["4"] * 6]
    assert [plain(share) for share in table["Noticed"]] == [
        *("1.0 %", "0.0 %", "25.0 %", "50.0 %", "75.0 %", "100.0 %", "100.0 %"),
    ]
    # Wilson's interval of 2 in 200.
    assert plain(table["95 % interval"][0]) == "0.3 % to 3.6 %"


def test_distances() -> None:
    """Shares of test digits and of strangers by distance, with both lines where they belong."""
    figure = distances_figure(measure(), 0.25)
    digits, strangers = figure.data
    assert (digits.name, strangers.name) == ("Test digits", "Pictures that are no digits")
    assert digits.marker.color == NEUTRAL
    edge = 1.02 / 40
    np.testing.assert_allclose(digits.x, (np.arange(40) + 0.5) * edge)
    shares = {place: share for place, share in enumerate(digits.y) if share}
    assert shares == pytest.approx({int(0.1 / edge): 0.99, int(0.7 / edge): 0.01})
    shares = {place: share for place, share in enumerate(strangers.y) if share}
    # Of twenty pictures that are no digits, ten are at 0.9, four at 1, the others at 0.3.
    assert shares == pytest.approx(
        {int(0.3 / edge): 6 / 20, int(0.9 / edge): 10 / 20, int(1 / edge): 4 / 20}
    )
    threshold, this_one = figure.layout.shapes
    assert (threshold.x0, this_one.x0) == (0.5, 0.25)
    assert this_one.line.color == ACCENT
    assert [note.text for note in figure.layout.annotations] == ["threshold 0.50", "this one 0.25"]
    assert figure.layout.xaxis.title.text == "Distance to the nearest training digit"


@pytest.mark.parametrize(("threshold", "is_beyond"), [(0.01, True), (1.99, False)])
def test_what_is_said(
    mnist: Mnist, monkeypatch: pytest.MonkeyPatch, threshold: float, is_beyond: bool
) -> None:
    """Beyond the threshold a note, below it none; in detail the same distance."""
    found = measure(threshold)
    monkeypatch.setattr(likeness, "unlikely", lambda _: found)
    image = mnist.test.images[42]
    distance = likeness.distance_of(found, NETWORK, image)

    note = words(alone(lambda: note_if_unlikely(MODEL, NETWORK, image)))
    assert bool(note) == is_beyond
    if is_beyond:
        assert (
            f"nearest training digit is {distance:.2f}; 99 % of real digits stay below 0.01."
            in note
        )

    app = alone(lambda: show_likeness(MODEL, NETWORK, image))
    said = words(app)
    where = "beyond the threshold of 0.010: **to" if is_beyond else "below the threshold of 1.990:"
    assert f"Its distance is **{distance:.3f}**, {where}" in said
    assert "where 1 % of 6,000 digits that were held out" in said
    (chart,) = charts(app)
    assert chart["layout"]["shapes"][1]["x0"] == pytest.approx(distance)
    assert plotted(chart["data"][0]["y"]).sum() == pytest.approx(1)
    methods = app.dataframe[1].value
    assert methods["Measure"].tolist() == list(METHODS.values())
    assert [plain(text) for text in methods["Scribbles"]] == [
        "11.0 %",
        "21.0 %",
        "31.0 %",
        "41.0 %",
    ]
    assert [plain(text) for text in methods["Mean"]] == ["12.0 %", "22.0 %", "32.0 %", "42.0 %"]


def test_the_distance_is_to_the_nearest(mnist: Mnist) -> None:
    """Of unit vectors, the root of two minus twice the cosine."""
    found = measure()
    image = mnist.test.images[42]
    values = NETWORK.activations(image[np.newaxis])["dropout"][0].astype(float)
    cosine = values[0] / np.linalg.norm(values)
    assert likeness.distance_of(found, NETWORK, image) == pytest.approx(
        np.sqrt(2 - 2 * cosine), abs=1e-3
    )
