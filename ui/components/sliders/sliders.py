"""Sliders whose effect is seen while they move: the browser answers each frame, Python hears at rest."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ui.components.shared.from_browser import entry, real_number, values
from ui.components.shared.heard import hear_number, heard
from ui.components.shared.register import register

_sliders = register(__file__)


@dataclass(frozen=True)
class Slider:
    """One of the sliders.

    least, most, step: which values it has; `step` divides what lies between.
    unit: what is written behind a value, `°`, or ` pixels`.
    decimals: of the values, as they are written.
    """

    name: str
    label: str
    least: float
    most: float
    step: float = 1
    unit: str = ""
    decimals: int = 0

    def nearest(self, value: object) -> float:
        """The slider's own value that lies nearest to what a browser says. Raises Implausible."""
        number = real_number(value, max(abs(self.least), abs(self.most)))
        steps = round((max(number, self.least) - self.least) / self.step)
        return min(round(self.least + steps * self.step, self.decimals), self.most)


def sliders(
    each: Sequence[Slider],
    settings: Sequence[float],
    effect: Mapping[str, Any],
    *,
    key: str,
    on_change: Callable[[list[float]], None],
    again: str = "",
    on_again: Callable[[], None] | None = None,
) -> None:
    """Show sliders, and let the browser show what they do at once.

    settings: a value for each of them.
    effect: what the browser does with each setting, see effects.js: `kind` names it, the rest is its own.
    on_change: called with a value for each of them, once they are at rest.
    again: what a button says that asks for other noise, where the last slider is one of noise;
        on_again is called then. The button can be pressed while that slider is not at its least.
    """

    def hear(value: object) -> None:
        told = values(entry(value, "settings"), len(each))
        checked = [slider.nearest(one) for slider, one in zip(each, told, strict=True)]
        hear_number(key, value)
        on_change(checked)

    def hear_again(_: object) -> None:
        if on_again is not None:
            on_again()

    _sliders(
        key=key,
        data={
            "sliders": [
                {
                    "label": slider.label,
                    "least": slider.least,
                    "most": slider.most,
                    "step": slider.step,
                    "unit": slider.unit,
                    "decimals": slider.decimals,
                }
                for slider in each
            ],
            "settings": [*settings],
            "effect": {**effect},
            "again": again,
            # The browser takes these settings only where they are not older than its own.
            "heard": heard(key),
        },
        moved=hear,
        again=hear_again,
    )
