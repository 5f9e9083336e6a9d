"""How far the measure of likeness can be trusted, as tables."""

from __future__ import annotations

import numpy as np

from cnn_core.findings.evaluation import wilson_interval
from cnn_core.findings.unlikely import KINDS, METHODS, OWN_DIGITS, Unlikely
from ui.look.wording import number, percent

KIND_TITLES = {
    "letters": "Letters",
    "scribbles": "Scribbles",
    "halves": "Halves of two digits",
    "overlaid": "Two digits on top of each other",
    "shuffled": "Quarters of a digit, shuffled",
    OWN_DIGITS: "Digits drawn the way the letters are",
}


def found_beyond(measure: Unlikely) -> dict[str, list[str]]:
    """Of what was tried, how much is beyond the threshold, with its interval: columns of a table."""
    tried = {"Test digits": measure.test} | {
        KIND_TITLES[kind]: measure.others[kind] for kind in (OWN_DIGITS, *KINDS)
    }
    rows: dict[str, list[str]] = {"Tried": [], "Pictures": [], "Noticed": [], "95 % interval": []}
    for title, distances in tried.items():
        beyond = measure.alarms(distances)
        low, high = wilson_interval(beyond, len(distances))
        rows["Tried"].append(title)
        rows["Pictures"].append(number(len(distances)))
        rows["Noticed"].append(percent(beyond / len(distances)))
        rows["95 % interval"].append(f"{percent(low)} to {percent(high)}")
    return rows


def noticed_by_each(measure: Unlikely) -> list[dict[str, str]]:
    """Of each kind of picture, the share that each of four measures notices: rows of a table."""
    return [
        {"Measure": title}
        | {KIND_TITLES[kind]: percent(measure.detected[name][kind]) for kind in KINDS}
        | {"Mean": percent(float(np.mean([measure.detected[name][kind] for kind in KINDS])))}
        for name, title in METHODS.items()
    ]
