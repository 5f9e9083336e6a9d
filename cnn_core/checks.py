"""Checks of settings that come from a command line, a page or a file."""

from __future__ import annotations


def whole_number_problem(what: str, value: object, least: int, most: int) -> str:
    """Why a value is not a whole number of that range, as a sentence; empty where it is one."""
    if not isinstance(value, bool) and isinstance(value, int) and least <= value <= most:
        return ""
    return f"{what} is a whole number from {least:,} to {most:,}, not {value!r}."


def number_problem(what: str, value: object, least: float, most: float) -> str:
    """Why a value is not a number of that range, as a sentence; empty where it is one."""
    if isinstance(value, bool) or not isinstance(value, int | float) or value != value:
        return f"{what} is a number, not {value!r}."
    if not least <= value <= most:
        return f"{what} is a number from {least:g} to {most:g}, not {value!r}."
    return ""
