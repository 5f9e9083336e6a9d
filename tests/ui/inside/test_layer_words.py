"""What is said of a layer are its own sizes."""

from __future__ import annotations

from dataclasses import replace

from cnn_core.network.architecture import BASELINE, IMPROVED, Architecture
from tests.support.pages import without_glosses
from ui.inside.layer_words import layer_in_words
from ui.look.gloss import glossed


def said(name: str, architecture: Architecture = BASELINE) -> str:
    """The paragraph on a layer."""
    layer = next(layer for layer in architecture.layers() if layer.name == name)
    return without_glosses(glossed(layer_in_words(layer, architecture)))


def test_convolutions() -> None:
    """What they read and how often they multiply."""
    text = said("conv2")
    assert (
        "32 filters slide over all 16 maps of `pool1` at once. Each looks at 3×3 positions" in text
    )
    assert "multiplies the 144 values there" in text
    assert "maps shrink from 13 to 11." in text
    assert text.endswith("= 4,640.")
    assert "16 filters slide over the digit." in said("conv1")
    assert "A border of zeros keeps the maps at 14×14." in said("conv2", IMPROVED)


def test_pools() -> None:
    """What is left, and what is dropped where the size is odd."""
    assert "Each map of `conv1` is cut" in said("pool1")
    assert "26×26 become 13×13." in said("pool1")
    assert "multiple" not in said("pool1")
    assert "11×11 become 5×5." in said("pool2")
    assert "11 is not a multiple of 2" in said("pool2")


def test_the_last_layers() -> None:
    """Inputs, units and what becomes of the sums."""
    assert "The 1 × 1 × 64 values of `pool3`" in said("flatten")
    assert "a single row of 64:" in said("flatten")
    text = said("dense", IMPROVED)
    assert text.startswith("128 units, and each reads all 576 values before it")
    assert "a sum below 0 becomes 0 (ReLU)" in text
    assert text.endswith("= 73,856.")
    assert said("output").startswith("10 units, and each reads all 128 values")
    assert "softmax" in said("output")
    assert "each of the 128 values to 0 with a probability of 35\N{NO-BREAK SPACE}%" in said(
        "dropout", replace(BASELINE, dropout=0.35)
    )
