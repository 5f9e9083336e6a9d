"""A training to play through: kernels, feature maps, answer and confusion at each of its moments.

The browser is sent every moment at once and plays without asking the server again. Nothing between
two moments is made up: what is shown is what the network of that moment holds and computes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cnn_core.data.digit import Digit
from cnn_core.findings.moments import Reading
from cnn_core.network.arithmetic import Array
from cnn_core.store.moment import Moment
from ui.components.shared.from_browser import whole_number
from ui.components.shared.register import base64_bytes, register
from ui.look.colors import ACTIVATION_SCALE, colour_activations, colour_signed, signed_scale
from ui.look.wording import a_digit, number, probability_in_words, shape

# More tiles than these would be too small to see, and heavy to send.
MOST_TILES = 64

_SHADES = np.linspace(0, 1, 256, dtype=np.float32)

_scrubber = register(__file__)


def scrubber(
    moments: Sequence[Moment],
    kernels: Array,
    reading: Reading,
    confusions: NDArray[np.int64] | None,
    digit: Digit,
    layer: str,
    *,
    key: str,
    start: int,
    on_link: Callable[[int], None],
) -> None:
    """Show one slider over the moments of a training, and what the network was at each.

    kernels: of the first convolution, float32 (moments, filters, size, size).
    confusions: int64 (moments, 10, 10), or None while they are still being counted.
    layer: the convolution whose feature maps `reading` holds.
    start: where it stands at first, paused.
    on_link: called with the index of the moment whose link the visitor asks for.
    """
    _scrubber(
        key=key,
        data=scrubber_data(moments, kernels, reading, confusions, digit, layer) | {"start": start},
        linked=lambda index: on_link(whole_number(index, len(moments))),
    )


def scrubber_data(
    moments: Sequence[Moment],
    kernels: Array,
    reading: Reading,
    confusions: NDArray[np.int64] | None,
    digit: Digit,
    layer: str,
) -> dict[str, Any]:
    """What the browser is sent of a training, ready for JSON.

    Colours need no more than 256 shades; numbers that are written out travel as float32 or as text.
    The kernels' shades go from −largest to largest of all moments, those of a map from 0 to the
    largest value of its moment, which `brightest` tells.
    """
    _, filters, size, _ = kernels.shape
    _, maps, rows, columns = reading.maps.shape
    heaviest = float(np.abs(kernels).max())
    brightest = reading.maps.max(axis=(1, 2, 3))
    return {
        "label": f"The training, moment by moment, with {digit.title.lower()}",
        "moments": [moment.title for moment in moments],
        "sentences": [
            _sentence(moment, probabilities)
            for moment, probabilities in zip(moments, reading.probabilities, strict=True)
        ],
        "kernels": {
            "count": min(filters, MOST_TILES),
            "rows": size,
            "columns": size,
            "shades": _shades((kernels[:, :MOST_TILES] / (heaviest or 1) + 1) / 2),
            "title": _title(filters, "kernel", f"conv1, {shape((size, size))} weights each"),
            "ends": [number(-heaviest, 2), number(heaviest, 2)],
        },
        "maps": {
            "count": min(maps, MOST_TILES),
            "rows": rows,
            "columns": columns,
            "shades": _shades(
                reading.maps[:, :MOST_TILES]
                / np.where(brightest > 0, brightest, 1)[:, np.newaxis, np.newaxis, np.newaxis]
            ),
            "title": _title(maps, "feature map", f"{layer}, {shape((rows, columns))} values each"),
            "brightest": brightest.tolist(),
            "ends": [number(float(most), 2) for most in brightest],
        },
        "probabilities": reading.probabilities.tolist(),
        "texts": [[probability_in_words(share) for share in row] for row in reading.probabilities],
        "confusions": None if confusions is None else confusions.tolist(),
        "scales": {"activations": ACTIVATION_SCALE, "signed": signed_scale()},
        "colours": {
            "activations": base64_bytes(colour_activations(_SHADES, 1)),
            "signed": base64_bytes(colour_signed(2 * _SHADES - 1, 1)),
        },
    }


def _shades(shares: NDArray[np.floating]) -> str:
    """Shares from 0 to 1 as one byte each."""
    return base64_bytes(np.round(shares * 255).astype(np.uint8))


def _title(count: int, thing: str, where: str) -> str:
    shown = f"{count} {thing}{'' if count == 1 else 's'}"
    return f"{shown if count <= MOST_TILES else f'{MOST_TILES} of {shown}'} of {where}"


def _sentence(moment: Moment, probabilities: Array) -> str:
    read = int(probabilities.argmax())
    return (
        f"{moment.title.capitalize()} the network reads this digit as {a_digit(read)}, "
        f"with {probability_in_words(probabilities[read])}."
    )
