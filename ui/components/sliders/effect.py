"""What sliders do in the browser with each frame: what effect.js is told of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ui.components.shared.register import base64_bytes

Image = NDArray[np.uint8]
Effect = dict[str, Any]


def change_effect(
    *,
    model: str,
    source: str,
    image: Image,
    hears: str,
    names: Sequence[str],
    field: NDArray[np.float64],
    unchanged: str,
) -> Effect:
    """A digit is changed, as a Change does it, and read.

    model: which network reads, by its `live_id`.  source: of the live readings that come of it.
    image: uint8 (28, 28), the digit as it is.
    hears: the source of the images that are changed; where there are none, the digit is.
    names: which part of a Change each slider sets.  field: noise for the pixels, see `noise_field`.
    unchanged: goes before the answer where nothing is changed.
    """
    return _effect("change", model, source, image) | {
        "hears": hears,
        "names": tuple(names),
        "field": base64_bytes(field),
        "unchanged": unchanged,
    }


def move_effect(*, model: str, source: str, image: Image) -> Effect:
    """A digit is moved as many pixels down as to the right, and read; arguments as above."""
    return _effect("move", model, source, image)


def weights_effect(
    *, model: str, source: str, image: Image, layer: str, seed: int, unchanged: str
) -> Effect:
    """A digit is read with noise on the weights of a layer, or of all; arguments as in `with_noise`."""
    return _effect("weights", model, source, image) | {
        "layer": layer,
        "seed": seed,
        "unchanged": unchanged,
    }


def _effect(kind: str, model: str, source: str, image: Image) -> Effect:
    return {
        "kind": kind,
        "model": model,
        "source": source,
        "image": base64_bytes(image),
        "hears": None,
        "names": (),
        "field": "",
        "layer": "",
        "seed": 0,
        "unchanged": "",
    }
