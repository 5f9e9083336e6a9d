"""Where a network is offered to be taken home."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from cnn_core.recipe.bundled_trainings import IMPROVEMENTS
from tests.support.pages import OpenPage

OFFER = "Take it with you"


def offers(app: AppTest) -> list[str]:
    """The names of the files that can be taken home from a page."""
    buttons = [each.proto for each in app.get("download_button")]
    return [each.id.rsplit("-take-home", 1)[1] for each in buttons if each.label == OFFER]


def test_the_first_page_and_every_run_offer_it(open_page: OpenPage) -> None:
    """The current model on the first page; on Runs each training that is listed."""
    assert offers(open_page("overview")) == [""]
    listed = offers(open_page("runs"))
    assert {f"-{name}" for name in IMPROVEMENTS} <= {*listed}
