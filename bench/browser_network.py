"""The network and the preparation of a drawing in a browser, against the same in Python."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from statistics import median

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from playwright.sync_api import Browser, Page

import ui.components
from bench.table import Row
from cnn_core.data.dataset import load_mnist
from cnn_core.findings.compared import COMPARED
from cnn_core.images.drawing import digit_from_canvas
from cnn_core.network.network import Network
from cnn_core.store.store import load_network
from ui.components.shared.bundle import bundle
from ui.components.shared.network.sent import network_data
from ui.components.shared.register import base64_bytes

AIM = 2.0
ROUNDS = 60
# A browser's clock is too coarse for one.
IMAGES = 10
CANVAS_SIZE = 280

MODULES = Path(ui.components.__path__[0]) / "shared" / "network"
# Each makes `window.once(number)`, which answers one image, or prepares the one canvas.
_READ = """([sent, base64]) => {
    const images = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const network = new window.Network(sent);
    window.once = (number) => network.predict(images.subarray(784 * number, 784 * (number + 1)));
}"""
_PREPARE = """([size, base64]) => {
    const rgba = Uint8ClampedArray.from(atob(base64), (letter) => letter.charCodeAt(0));
    window.once = () => window.digitFromCanvas(rgba, size, size);
}"""
_ANSWERS = "count => Array.from({ length: count }, (_, number) => [...window.once(number)])"
_MILLISECONDS = """count => {
    const start = performance.now();
    for (let number = 0; number < count; number++) window.once(number);
    return (performance.now() - start) / count;
}"""


def browser_network_rows(browser: Browser) -> Iterator[Row]:
    """The two main networks, then the preparation, each in turn with Python, one image at a time."""
    images = load_mnist().test.images[:IMAGES]
    page = browser.new_page()
    _offer(page, "network.js", "Network")
    _offer(page, "drawing.js", "digitFromCanvas")
    for name in COMPARED:
        network = load_network(name)
        page.evaluate(_READ, [network_data(name, network), base64_bytes(images)])
        np.testing.assert_allclose(
            page.evaluate(_ANSWERS, IMAGES), network.predict(images), atol=1e-5
        )
        ours, theirs = _in_turn(page, partial(_predict, network, images))
        yield Row(f"In the browser: {name}, 1 image, against NumPy", ours, theirs, "ms")
    canvas = _canvas(images[0])
    page.evaluate(_PREPARE, [CANVAS_SIZE, base64_bytes(canvas)])
    ours, theirs = _in_turn(page, lambda _: digit_from_canvas(canvas))
    yield Row("In the browser: a canvas prepared, against Python", ours, theirs, "ms", AIM)
    page.close()


def _offer(page: Page, module: str, name: str) -> None:
    """Make what a module exports known to the page."""
    script = f"{bundle(MODULES / module).js}\nwindow.{name} = {name};"
    page.add_script_tag(content=script, type="module")
    page.wait_for_function(f"window.{name} !== undefined")


def _predict(network: Network, images: NDArray[np.uint8], number: int) -> None:
    network.predict(images[number : number + 1])


def _canvas(image: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """A digit as large as a canvas, as it is when one has drawn it."""
    size = (CANVAS_SIZE, CANVAS_SIZE)
    ink = np.asarray(Image.fromarray(image).resize(size, Image.Resampling.BICUBIC))
    return np.dstack([ink, ink, ink, np.full_like(ink, 255)])


def _in_turn(page: Page, once: Callable[[int], object]) -> tuple[float, float]:
    """Milliseconds of one image in the browser and in Python: medians of rounds, in turn."""
    ours, theirs = [], []
    for _ in range(ROUNDS):
        ours.append(float(page.evaluate(_MILLISECONDS, IMAGES)))
        start = time.perf_counter()
        for number in range(IMAGES):
            once(number)
        theirs.append(1e3 * (time.perf_counter() - start) / IMAGES)
    return median(ours), median(theirs)
