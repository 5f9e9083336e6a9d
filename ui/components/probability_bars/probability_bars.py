"""The ten probabilities of a prediction as bars that move when the prediction changes."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cnn_core.data.dataset import CLASSES
from ui.components.shared.register import register
from ui.look.wording import probability_in_words

_probability_bars = register(__file__)


def probability_bars(
    probabilities: NDArray[np.float32] | None,
    *,
    key: str,
    live: str | None = None,
    compact: bool = False,
) -> None:
    """Show float32 (10,) probabilities; the most probable digit is in the accent colour.

    probabilities: None where nothing is read: the bars are empty.
    compact: whether they are close together, and where there is little width ten columns.
    live: the source of live readings that the bars follow while there are any.
    """
    shares = [0.0] * CLASSES if probabilities is None else probabilities.tolist()
    _probability_bars(
        key=key,
        data={
            "shares": shares,
            "texts": [""] * CLASSES
            if probabilities is None
            else [probability_in_words(share) for share in shares],
            "predicted": -1 if probabilities is None else int(probabilities.argmax()),
            "live": live,
            "compact": compact,
        },
    )
