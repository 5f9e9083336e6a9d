"""The reasons page shows what the attribution methods compute, for any digit asked."""

from __future__ import annotations

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from cnn_core.data.dataset import Mnist
from cnn_core.store.store import load_network
from tests.support.pages import OpenPage, all_text
from ui.look.wording import number, percent


def ask(app: AppTest, digit: int) -> AppTest:
    """Ask for the evidence for a digit."""
    keys = [c.key for c in app.segmented_control if c.key and c.key.startswith("evidence-for")]
    app.segmented_control(key=keys[0]).set_value(digit).run()
    assert not app.exception
    return app


def test_it_starts_with_the_answer(open_page: OpenPage, mnist: Mnist) -> None:
    """Asked first is why the network answers as it does."""
    app = open_page("reasons", digit="test-7")
    probabilities = load_network("improved").predict(mnist.test.images[7:8])[0]
    assert percent(float(probabilities.max())) in all_text(app)
    assert f"evidence for the {probabilities.argmax()}" not in all_text(app)


@pytest.mark.parametrize(("asked", "model"), [(0, "baseline"), (4, "improved"), (9, "improved")])
def test_any_digit_can_be_asked(open_page: OpenPage, mnist: Mnist, asked: int, model: str) -> None:
    """Its probability and its logit are those of the network."""
    app = ask(open_page("reasons", model=model), asked)
    image = mnist.test.images[42:43]
    logit = float(load_network(model).logits(image)[0, asked])
    metrics = {metric.label: metric.value for metric in app.metric}
    assert metrics["Its logit"] == number(logit, 2)
    assert f"Pixels for the {asked} add" in metrics


@pytest.mark.parametrize(("patch", "stride", "places"), [(1, 7, 5), (14, 7, 3), (10, 5, 5)])
def test_patch_and_stride(open_page: OpenPage, patch: int, stride: int, places: int) -> None:
    """Any patch and stride covers the digit up to its last row."""
    app = open_page("reasons")
    app.slider(key="patch").set_value(patch)
    app.slider(key="patch-stride").set_value(stride).run()
    assert not app.exception
    assert f"{places}×{places} = {places**2} places" in all_text(app)


@pytest.mark.parametrize("layer", ["conv1", "conv2", "conv3"])
def test_every_convolution(open_page: OpenPage, layer: str) -> None:
    """Grad-CAM of each, with the maps that count most."""
    app = open_page("reasons")
    app.segmented_control(key="cam-layer").set_value(layer).run()
    assert not app.exception
    assert "The maps that count most" in all_text(app)


def test_a_black_image_has_no_evidence_and_no_error(open_page: OpenPage) -> None:
    """Where nothing is, nothing can be covered; every scale is 0 wide and still drawn."""
    from cnn_core.data.digit import drawn_digit

    blank = drawn_digit(np.zeros((28, 28), np.uint8))
    app = open_page("reasons", digit=blank.name)
    assert not app.exception
    assert not app.warning


def test_every_picture_says_what_it_shows(open_page: OpenPage) -> None:
    """All methods are named with their authors, and every one with its limits."""
    text = all_text(open_page("reasons"))
    for method in ("Occlusion sensitivity", "Input × gradient", "Grad-CAM"):
        assert method in text
    assert text.count("Its limits") == 3
