"""A visitor of a served app without a browser: Streamlit's own messages over a websocket."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException
from websockets.typing import Subprotocol

# A script that has not ended by then counts as one that never does.
SECONDS_TO_FINISH = 60.0
# For so many runs of the script a browser keeps a message that it was not sent again.
RUNS_KEPT = 2


class Inbox:
    """What a browser keeps of what it is sent.

    query: the address after the question mark.
    said: the Markdown of the page, in the order in which it was sent.
    faults: what went wrong on the page, in the same order.
    received: bytes.
    """

    def __init__(self) -> None:
        self.query = ""
        self.said: list[str] = []
        self.faults: list[str] = []
        self.received = 0
        self._run = 0
        self._used_in_run: dict[str, int] = {}

    @property
    def kept_hashes(self) -> list[str]:
        """The messages that need not be sent again, by their hash."""
        return list(self._used_in_run)

    def take(self, data: bytes) -> bool:
        """Take a message in; returns whether it says that the script has run to its end."""
        self.received += len(data)
        message = ForwardMsg.FromString(data)
        if message.metadata.cacheable:
            self._used_in_run[message.hash] = self._run
        match message.WhichOneof("type"):
            case "ref_hash":
                self._used_in_run[message.ref_hash] = self._run
            case "page_info_changed":
                self.query = message.page_info_changed.query_string
            case "delta":
                self._read(message)
            case "script_finished":
                return self._finish(message.script_finished)
        return False

    def _read(self, message: ForwardMsg) -> None:
        element = message.delta.new_element
        match element.WhichOneof("type"):
            case "markdown":
                self.said.append(element.markdown.body)
            case "exception":
                self.faults.append(element.exception.message or element.exception.type)
            case "alert" if element.alert.format == Alert.ERROR:
                self.faults.append(element.alert.body)

    def _finish(self, status: ForwardMsg.ScriptFinishedStatus.ValueType) -> bool:
        if status == ForwardMsg.FINISHED_EARLY_FOR_RERUN:
            return False
        if status == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
            self.faults.append("The script could not be compiled.")
        if status == ForwardMsg.FINISHED_SUCCESSFULLY:
            self._run += 1
            self._used_in_run = {
                name: run for name, run in self._used_in_run.items() if self._run - run <= RUNS_KEPT
            }
        return True


class Visitor:
    """One open page of a served app. What goes wrong on it is noted among the inbox's faults."""

    def __init__(self, socket: ClientConnection) -> None:
        self.inbox = Inbox()
        self._socket = socket

    async def open(self, page: str, query: str) -> float:
        """Ask for a page by its name and what its address asks; seconds until its script has ended."""
        self.inbox.query = query
        return await self._run(ClientState(page_name=page, query_string=query))

    async def act(self, state: ClientState) -> float:
        """Send what a browser sends where something was done; seconds until the script has ended.

        state: as a browser sent it once; the address and the messages kept are this visitor's own.
        """
        own = ClientState()
        own.CopyFrom(state)
        own.query_string = self.inbox.query
        own.cached_message_hashes[:] = self.inbox.kept_hashes
        return await self._run(own)

    async def send(self, message: bytes) -> None:
        """Send whatever a browser might, and wait for nothing."""
        await self._socket.send(message)

    async def _run(self, state: ClientState) -> float:
        start = time.perf_counter()
        try:
            async with asyncio.timeout(SECONDS_TO_FINISH):
                await self._socket.send(BackMsg(rerun_script=state).SerializeToString())
                while not self.inbox.take(await self._socket.recv(decode=False)):
                    pass
        except TimeoutError:
            self.inbox.faults.append(f"The script did not end in {SECONDS_TO_FINISH:g} s.")
        except WebSocketException as error:
            self.inbox.faults.append(f"The connection was lost: {error}")
        return time.perf_counter() - start


@asynccontextmanager
async def visit(url: str) -> AsyncIterator[Visitor]:
    """Connect to a served app until the block is left."""
    address = url.replace("http", "ws", 1) + "/_stcore/stream"
    # Messages of any size, as they are: the server compresses none unless it is told to.
    async with connect(
        address,
        subprotocols=[Subprotocol("streamlit")],
        compression=None,
        max_size=None,
        proxy=None,
        open_timeout=SECONDS_TO_FINISH,
        ping_interval=None,  # No browser does.
    ) as connection:
        yield Visitor(connection)
