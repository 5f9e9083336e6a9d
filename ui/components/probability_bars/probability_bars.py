"""The ten probabilities of a prediction as bars that move when the prediction changes."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ui.components.shared.register import register
from ui.look.wording import percent

_probability_bars = register(__file__)


def probability_bars(probabilities: NDArray[np.float32], *, key: str) -> None:
    """Show float32 (10,) probabilities; the most probable digit is in the accent colour."""
    _probability_bars(
        key=key,
        data={
            "shares": [float(share) for share in probabilities],
            "texts": [percent(float(share)) for share in probabilities],
            "predicted": int(probabilities.argmax()),
        },
    )
