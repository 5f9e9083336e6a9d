"""A visitor without a browser understands what the server sends as a browser does."""

from __future__ import annotations

import pytest
from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from driving.visitor import RUNS_KEPT, Inbox


def finished(status: ForwardMsg.ScriptFinishedStatus.ValueType) -> bytes:
    return bytes(ForwardMsg(script_finished=status).SerializeToString())


def markdown(text: str, *, cacheable: bool = False) -> bytes:
    message = ForwardMsg(hash=text)
    message.metadata.cacheable = cacheable
    message.delta.new_element.markdown.body = text
    return bytes(message.SerializeToString())


@pytest.mark.parametrize(
    ("status", "is_end"),
    [
        (ForwardMsg.FINISHED_SUCCESSFULLY, True),
        (ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY, True),
        (ForwardMsg.FINISHED_WITH_COMPILE_ERROR, True),
        (ForwardMsg.FINISHED_EARLY_FOR_RERUN, False),
    ],
)
def test_a_script_ends_once(
    status: ForwardMsg.ScriptFinishedStatus.ValueType, is_end: bool
) -> None:
    """A run that only makes room for the next one is not the answer that was waited for."""
    inbox = Inbox()

    assert inbox.take(finished(status)) is is_end
    assert bool(inbox.faults) is (status == ForwardMsg.FINISHED_WITH_COMPILE_ERROR)


def test_what_a_page_reports_is_a_fault() -> None:
    """Exceptions and errors are faults; text and warnings are none."""
    exception, error, warning = ForwardMsg(), ForwardMsg(), ForwardMsg()
    exception.delta.new_element.exception.message = "division by zero"
    error.delta.new_element.alert.format = Alert.ERROR
    error.delta.new_element.alert.body = "There is no such model."
    warning.delta.new_element.alert.format = Alert.WARNING
    inbox = Inbox()

    for message in (exception, error, warning):
        assert not inbox.take(message.SerializeToString())
    inbox.take(markdown("calm"))

    assert inbox.faults == ["division by zero", "There is no such model."]


def test_the_address_is_followed() -> None:
    """The next message to the server repeats the address that the server last wrote."""
    inbox = Inbox()
    for query in ("digit=test-1", "digit=test-2"):
        message = ForwardMsg()
        message.page_info_changed.query_string = query
        inbox.take(message.SerializeToString())

    assert inbox.query == "digit=test-2"


def test_large_messages_are_kept_while_they_are_used() -> None:
    """What the server may leave out is known, until some runs have passed without it."""
    inbox = Inbox()
    inbox.take(markdown("once", cacheable=True))
    inbox.take(markdown("again", cacheable=True))
    inbox.take(markdown("small"))
    assert inbox.kept_hashes == ["once", "again"]

    for _ in range(RUNS_KEPT + 1):
        inbox.take(ForwardMsg(ref_hash="again").SerializeToString())
        inbox.take(finished(ForwardMsg.FINISHED_SUCCESSFULLY))

    assert inbox.kept_hashes == ["again"]
