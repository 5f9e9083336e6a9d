"""Session and address go together, and one step of a visitor's leaves one entry in the history."""

from __future__ import annotations

import json
from typing import Any

import pytest
from streamlit.runtime.state.query_params import QueryParams
from streamlit.testing.v1 import AppTest

from tests.support.pages import OpenPage


@pytest.fixture
def messages(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, str]]:
    """What the address is told to be, message by message; each is an entry in the history."""
    told: list[dict[str, str]] = []
    send = QueryParams._send_query_param_msg

    def keep(address: QueryParams) -> None:
        told.append(dict(address))
        send(address)

    monkeypatch.setattr(QueryParams, "_send_query_param_msg", keep)
    return told


def parts_page() -> None:
    """A page with two parts in its address, which may be told to start over first."""
    import streamlit as st

    from cnn_core.errors import quoted
    from ui.visitor.address import AddressError, Part, follow, one_step, write

    def whole(text: str) -> int:
        if not text.isdigit():
            raise AddressError(f"There is no {quoted(text)}.")
        return int(text)

    row, column = Part("row", "cell", whole), Part("column", "cell", whole, written=hex)
    with one_step("parts"):
        asked = follow(row, column)
        st.button("Next row", on_click=lambda: row.put((row.value or 0) + 1))
        st.button("No row", on_click=lambda: row.put(None))
        write(row)
        if st.session_state.pop("start over", False):
            st.rerun()
        write(column)
        st.text(f"{row.value}, {column.value}, asked for {sorted(asked)}")


def open_parts(**address: str) -> AppTest:
    """The page with two parts."""
    app = AppTest.from_function(parts_page, default_timeout=60)
    for name, value in address.items():
        app.query_params[name] = value
    return app


class TestFollow:
    """What an address asks for comes into the session, once."""

    def test_takes_what_is_asked_for(self) -> None:
        """Values go into the session, and their own texts into the address."""
        app = open_parts(row="3", column="17").run()
        assert app.text[0].value == "3, 17, asked for ['column', 'row']"
        assert not app.warning
        assert dict(app.query_params) == {"row": "3", "column": "0x11"}

    def test_asks_once(self) -> None:
        """What the page wrote itself asks for nothing, so the session is free to change."""
        app = open_parts(row="3").run()
        app.button[0].click().run()
        assert app.text[0].value == "4, None, asked for []"
        assert app.query_params["row"] == "4"

    def test_one_notice_for_what_is_called_the_same(self) -> None:
        """What names nothing is named in one notice, and what was shown before stays."""
        app = open_parts(row="3").run()
        app.query_params["row"] = "x"
        app.query_params["column"] = "*y*"
        app.run()
        assert app.text[0].value == "3, None, asked for ['column', 'row']"
        assert len(app.warning) == 1
        assert app.warning[0].proto.title == "The address asks for a cell that is not there"
        assert "There is no `x`. There is no `*y*`. You see" in app.warning[0].value
        assert dict(app.query_params) == {"row": "3"}


class TestOneStep:
    """What a visitor calls one step leaves one entry: a page that opens, or a choice on it."""

    def test_opening_a_page_leaves_none(self, messages: list[dict[str, str]]) -> None:
        """Opening is an entry already: what the address lacks is handed to the browser, in place."""
        app = open_parts(row="3").run()
        app.session_state["column"] = 17
        app.run()
        assert messages == [{"row": "3", "column": "0x11"}]  # Not opened any more.

        app = open_parts(column="0x11")
        app.session_state["row"] = 3
        app.session_state["column"] = 17
        app.session_state["column-in-address"] = "0x11"
        app.run()
        assert len(messages) == 1
        assert dict(app.query_params) == {"column": "0x11", "row": "3"}
        assert in_place(app) == {"page": "parts", "parts": [["row", "3"]]}

    def test_a_choice_leaves_one_that_says_all(self, messages: list[dict[str, str]]) -> None:
        """What was added in place is in the message, whether or not the browser has told of it."""
        app = open_parts(column="0x11")
        app.session_state["row"] = 3
        app.session_state["column"] = 17
        app.session_state["column-in-address"] = "0x11"
        app.run()
        app.query_params = {"column": "0x11"}
        app.button[0].click().run()
        assert messages == [{"column": "0x11", "row": "4"}]
        assert in_place(app) == {"page": "parts", "parts": []}
        app.run()
        assert len(messages) == 1

    def test_where_the_address_is_put_right(self, messages: list[dict[str, str]]) -> None:
        """An address that asks in other words, or for nothing, is not only completed."""
        open_parts(row="3", column="17").run()
        assert messages == [{"row": "3", "column": "0x11"}]

    def test_takes_a_part_out(self, messages: list[dict[str, str]]) -> None:
        """A value of None leaves the address, with all else that is written."""
        app = open_parts(row="3", column="17").run()
        app.button[1].click().run()
        assert messages[1:] == [{"column": "0x11"}]

    def test_nothing_from_a_run_that_starts_over(self, messages: list[dict[str, str]]) -> None:
        """Only the run that comes to its end writes, and nothing that was asked for is lost."""
        app = open_parts(row="3", column="17")
        app.session_state["start over"] = True
        app.run()
        assert messages == [{"row": "3", "column": "0x11"}]
        assert app.text[0].value.startswith("3, 17")

    @pytest.mark.parametrize("page", ["overview", "convolution", "runs"])
    def test_every_page(
        self, page: str, open_page: OpenPage, messages: list[dict[str, str]]
    ) -> None:
        """A page that is opened without an address adds none, and its address names what it shows."""
        app = open_page(page)
        assert messages == []
        assert {"digit", "model"} <= set(app.query_params) & set(dict(in_place(app)["parts"]))


def in_place(app: AppTest) -> dict[str, Any]:
    """What the component is told to add to the address in place."""
    found: dict[str, Any] = json.loads(app.get("bidi_component")[-1].proto.json)
    return found
