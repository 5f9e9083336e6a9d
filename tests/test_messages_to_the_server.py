"""Whatever arrives over a websocket, the server answers the next visitor as it did before."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates

from driving.serving import Server, serve
from driving.visitor import Visitor, visit

NASTY = ("", "\x00", "../../etc/passwd", "9" * 400, "\u202ex\ud7ff", "<img src=x>", "a" * 100_000)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The app on a server of its own."""
    with serve(DIGITSCOPE_RUNS=str(tmp_path_factory.mktemp("runs"))) as served:
        yield served


def rerun(**state: Any) -> BackMsg:
    """A message that asks for the script to be run again."""
    return BackMsg(rerun_script=ClientState(**state))


def flags() -> list[BackMsg]:
    """Messages that are a flag, and others than a page of ours ever sends."""
    names = (
        *("clear_cache", "set_run_on_save", "stop_script", "load_git_info", "app_heartbeat"),
        *("debug_disconnect_websocket", "debug_shutdown_runtime"),
    )
    flag: Any = BackMsg
    asked = BackMsg()
    asked.file_urls_request.request_id = "x"
    asked.file_urls_request.file_names.extend(["../../etc/passwd", ""])
    operation = BackMsg()
    operation.backend_operation_request.request_id = "x"
    return [*(flag(**{name: True}) for name in names), asked, operation]


def reruns() -> list[BackMsg]:
    """Requests for pages, fragments and widgets that do not exist."""
    rng = random.Random(0)
    messages = []
    for _ in range(12):
        forged = WidgetState(id=rng.choice(["$$ID-" + "0" * 32 + "-unit", "x", ""]))
        forged.json_value = rng.choice(["[" * 400, "NaN", "{}", "\x00"])
        messages.append(
            rerun(
                page_name=rng.choice(["layers", "nowhere", *NASTY]),
                page_script_hash=rng.choice(["", "0" * 32, *NASTY]),
                fragment_id=rng.choice(["", "", "0" * 32, *NASTY]),
                query_string=rng.choice(["", "digit=test-1", "=&&=%00", *NASTY]),
                cached_message_hashes=[rng.choice(NASTY)],
                widget_states=WidgetStates(widgets=[forged]),
            )
        )
    return messages


async def send_each(url: str, messages: list[bytes]) -> None:
    """Send each over a connection of its own that has opened a page, and leave without a word."""
    for message in messages:
        async with visit(url) as liar:
            await liar.open("layers", "")
            await liar.send(message)


async def look(url: str) -> Visitor:
    """Open a page as anybody does."""
    async with visit(url) as visitor:
        await visitor.open("layers", "digit=test-7&model=baseline")
        return visitor


@pytest.mark.parametrize("kind", ["flags", "reruns", "noise"])
def test_the_next_visitor_is_answered(server: Server, kind: str) -> None:
    """What one connection says, an honest one beside it never notices."""
    rng = random.Random(1)
    sent = {
        "flags": [message.SerializeToString() for message in flags()],
        "reruns": [message.SerializeToString() for message in reruns()],
        "noise": [rng.randbytes(rng.choice((0, 1, 50, 5000))) for _ in range(5)],
    }[kind]

    # Browser tests that ran before leave an event loop running in this thread.
    with ThreadPoolExecutor(1) as beside:
        beside.submit(asyncio.run, send_each(server.url, sent)).result()
        visitor = beside.submit(asyncio.run, look(server.url)).result()

    assert visitor.inbox.faults == []
    assert visitor.inbox.received > 10_000
    assert any("Test digit 7" in said for said in visitor.inbox.said)
