"""The kernels of the first layer and ten digits being read, repainted in place as a network learns."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ui.components.shared.register import base64_bytes, register
from ui.look.colors import colour_pixels, colour_signed
from ui.look.wording import number, percent

_learning_view = register(__file__)


def learning_view(
    kernels: NDArray[np.float32],
    samples: NDArray[np.uint8],
    probabilities: NDArray[np.float32],
    when: str,
    *,
    key: str,
) -> None:
    """Show kernels (filters, size, size) and how samples (10, 28, 28) from 0 to 9 are read.

    probabilities: of the samples, (10, 10). when: the moment, for the alternative text.
    """
    heaviest = float(np.abs(kernels).max())
    _learning_view(
        key=key,
        data={
            "kernels": base64_bytes(colour_signed(kernels, heaviest)),
            "kernelSize": kernels.shape[1],
            "kernelCount": len(kernels),
            "kernelsAlt": f"The {len(kernels)} kernels of the first convolution {when}",
            "scale": f"Orange is {number(-heaviest, 2)}, blue {number(heaviest, 2)}; the scale grows "
            "with them.",
            "samples": base64_bytes(colour_pixels(samples)),
            "reads": [int(read) for read in probabilities.argmax(axis=1)],
            "shares": [percent(float(row.max()), 0) for row in probabilities],
        },
    )
