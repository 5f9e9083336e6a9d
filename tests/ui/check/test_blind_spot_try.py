"""What is painted into the blind spot is counted there, and told of each network."""

from __future__ import annotations

import numpy as np

from cnn_core.data.dataset import Mnist
from cnn_core.data.digit import mnist_digit
from cnn_core.findings.compared import COMPARED
from cnn_core.store.store import load_network, model_folder, open_model
from tests.support.seen import alone, components, numbers, words
from ui.check.blind_spot_try import SAME, try_it
from ui.check.blind_spot_view import blind_pixels
from ui.components.live_network.live_network import live_id
from ui.look.answer_change import answer_change


def test_paint_is_counted_where_it_is(mnist: Mnist) -> None:
    """Three pixels in the blind spot change nothing for one network; two beside it do."""
    digit = mnist_digit(mnist, "test", 42)
    before = np.pad(digit.image, ((2, 0), (2, 0)))[:28, :28]
    hidden, beside = before.copy(), before.copy()
    hidden[25, :3] = 255
    beside[5:7, 10] = 255
    beside[27, 27] = 255
    state = {"digit": digit, "blind-shift": 2, "blind-image-of": ("test-42", 2), "blind-version": 1}

    app = alone(try_it, state | {"blind-image": hidden})
    assert "Painted: 3 pixels in the blind spot, 0 pixels beside it." in words(app)
    told = [part["said"] for part in components(app, "said")]
    assert [words.startswith(SAME) for words in told] == [True, False]
    (editor,) = components(app, "pixels")
    np.testing.assert_array_equal(numbers(editor["pixels"], np.uint8, (28, 28)), hidden)
    shaded = numbers(editor["shaded"], np.uint8, (28, 28))
    np.testing.assert_array_equal(shaded, blind_pixels("baseline"))
    assert (editor["value"], editor["size"], editor["version"]) == (255, 2, 1)
    np.testing.assert_array_equal(numbers(editor["before"], np.uint8, (28, 28)), before)
    (slider,) = components(app, "effect")
    # What moves the digit is followed by the editor, and what it reads by sentences and bars.
    assert editor["hears"] == slider["effect"]["source"]
    np.testing.assert_array_equal(
        numbers(slider["effect"]["image"], np.uint8, (28, 28)), digit.image
    )
    for kind in ("said", "shares"):
        assert [part["live"] for part in components(app, kind)] == [
            reader["source"] for reader in editor["readers"]
        ]
    assert [reader["model"] for reader in editor["readers"]] == [
        live_id(open_model(model_folder(name))) for name in COMPARED
    ]

    app = alone(try_it, state | {"blind-image": beside})
    assert "Painted: 1 pixel in the blind spot, 2 pixels beside it." in words(app)
    for name, bars, sentence in zip(
        COMPARED, components(app, "shares"), components(app, "said"), strict=True
    ):
        network = load_network(name)
        clean, painted = (
            network.predict(before[np.newaxis])[0],
            network.predict(beside[np.newaxis])[0],
        )
        np.testing.assert_allclose(bars["shares"], painted, atol=1e-6)
        assert sentence["said"] == answer_change(clean, painted)


def test_moved_anew_nothing_is_painted(mnist: Mnist) -> None:
    """Another shift begins with the digit, moved down and to the right."""
    digit = mnist_digit(mnist, "test", 42)
    app = alone(try_it, {"digit": digit, "blind-shift": 5, "blind-version": 1})

    (editor,) = components(app, "pixels")
    shown = numbers(editor["pixels"], np.uint8, (28, 28))
    np.testing.assert_array_equal(shown[5:, 5:], digit.image[:-5, :-5])
    assert not shown[:5].any()
    assert not shown[:, :5].any()
    assert "Painted: 0 pixels in the blind spot, 0 pixels beside it." in words(app)
