"""Ten digits being read and the kernels of the first layer, repainted in place as a network learns."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ui.components.shared.register import base64_bytes, register
from ui.look.colors import colour_pixels, colour_signed
from ui.look.wording import number, probability_in_words

_learning_view = register(__file__)


def learning_view(
    kernels: NDArray[np.float32] | None,
    samples: NDArray[np.uint8],
    probabilities: NDArray[np.float32] | None,
    when: str,
    *,
    key: str,
) -> None:
    """Show how samples (10, 28, 28) from 0 to 9 are read, and kernels (filters, size, size).

    probabilities: of the samples, (10, 10); None, as kernels, where nothing has been read yet.
    when: the moment, for the alternative text.
    """
    data = {
        "kernels": "",
        "kernelSize": 0,
        "kernelCount": 0,
        "kernelsAlt": "",
        "scale": "",
        "samples": base64_bytes(colour_pixels(samples)),
        "reads": None,
        "shares": [],
    }
    if kernels is not None and probabilities is not None:
        heaviest = float(np.abs(kernels).max())
        data |= {
            "kernels": base64_bytes(colour_signed(kernels, heaviest)),
            "kernelSize": kernels.shape[1],
            "kernelCount": len(kernels),
            "kernelsAlt": f"The {len(kernels)} kernels of the first convolution {when}",
            "scale": f"Orange is {number(-heaviest, 2)}, blue {number(heaviest, 2)}; the scale grows "
            "with them.",
            "reads": [int(read) for read in probabilities.argmax(axis=1)],
            "shares": [probability_in_words(row.max(), 0) for row in probabilities],
        }
    _learning_view(key=key, data=data)
