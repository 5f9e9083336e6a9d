"""A kernel whose weights can be typed in, one field a weight, coloured like every signed value."""

from __future__ import annotations

from collections.abc import Callable

from cnn_core.network.arithmetic import Array
from ui.components.shared.from_browser import real_number, values, whole_number
from ui.components.shared.register import register
from ui.look.colors import signed_scale

LARGEST_WEIGHT = 1000

_kernel_editor = register(__file__)


def kernel_editor(kernel: Array, *, key: str, on_edit: Callable[[int, int, float], None]) -> None:
    """Show a kernel, float32 (size, size), to be edited.

    on_edit: called with row, column and the new weight, −1000 to 1000, when one was typed in.
    """

    def edit(value: object) -> None:
        row, column, weight = values(value, 3)
        on_edit(
            whole_number(row, len(kernel)),
            whole_number(column, len(kernel)),
            real_number(weight, LARGEST_WEIGHT),
        )

    _kernel_editor(
        key=key,
        data={
            "weights": kernel.astype(float).ravel().tolist(),
            "size": len(kernel),
            "scale": signed_scale(),
            "largest": LARGEST_WEIGHT,
        },
        edited=edit,
    )
