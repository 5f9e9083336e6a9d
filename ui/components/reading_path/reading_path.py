"""Where one is on the way through the pages, with a step to each page of the part, and the link to it."""

from __future__ import annotations

from collections.abc import Sequence

from ui.components.shared.register import register

_reading_path = register(__file__)


def reading_path(part: str, pages: Sequence[tuple[str, str]], opened: str, place: str) -> None:
    """Show it; once a page.

    pages: title and address of each page of the part, in the order of the path; an address is the last
        part of a path, empty for the first page.
    opened: the address of the page that is open.
    place: where on the whole path it is, such as "3 of 19"; empty where it is beside it.
    """
    _reading_path(
        key="reading-path",
        data={
            "part": part,
            "pages": [{"title": title, "address": address} for title, address in pages],
            "opened": opened,
            "place": place,
        },
    )
