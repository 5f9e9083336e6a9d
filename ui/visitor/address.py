"""The address repeats the session; where it was changed by hand or by a link, it asks for something.

A page declares each part of the address that it knows as a `Part`, follows it with `follow` before
anything is shown, and repeats it with `write`. What is written during a run leaves at its end, at once.

One step of a visitor's is to be one entry in the browser's history. Streamlit adds one for each
message that changes the address; where a page has just been opened, which was an entry already, what
its address lacks is added in place, by the component `address`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Generic, NoReturn, TypeVar
from urllib.parse import urlencode

import streamlit as st
from streamlit.runtime.scriptrunner import RerunException, get_script_run_ctx

from cnn_core.errors import DigitScopeError
from ui.components.address.address import complete_address
from ui.look.wording import as_markdown

Value = TypeVar("Value")

# What is to be written at the end of the run. Not in the session: a run that is cut short ends
# wherever it next asks the session for something, even where it cleans up.
_collected: ContextVar[dict[str, str | None] | None] = ContextVar("address", default=None)

# Where the session keeps the page whose address was written last, and what was added to it in place.
_PAGE, _IN_PLACE = "address-page", "address-in-place"


class AddressError(DigitScopeError):
    """A part of the address names nothing; the message says what."""


@dataclass(frozen=True)
class Part(Generic[Value]):
    """A part of the address, `?name=…`, that repeats a value of the session.

    called: what it asks for, as the notice says it: "The address asks for a … that is not there".
    take: makes a value of the address's text; raises a DigitScopeError where it names nothing.
    instead: what is shown then, a sentence.
    written: the text of a value that is not None; None, and an empty text, stand in no address.
    key: where the session keeps the value; the name itself, unless given.
    """

    name: str
    called: str
    take: Callable[[str], Value]
    instead: str = "You see what was shown before, or the first."
    written: Callable[[Value], str] = str
    key: str = ""

    @property
    def value(self) -> Value | None:
        """What the session holds."""
        value: Value | None = st.session_state.get(self.key or self.name)
        return value

    def put(self, value: Value | None) -> None:
        """Put a value into the session; `write` repeats it in the address."""
        st.session_state[self.key or self.name] = value


def follow(*parts: Part[Any]) -> set[str]:
    """Bring what the address newly asks for into the session; returns the names that it asks for.

    Where it names nothing the session stays as it is, and a notice says so: one for all parts that
    are called the same.
    """
    asked_for = set()
    refused: dict[tuple[str, str], list[str]] = {}
    for part in parts:
        asked = st.query_params.get(part.name)
        if asked is None and _is_back() and st.session_state.get(_seen(part.name)) is not None:
            part.put(None)  # Chosen after what the visitor goes back to.
            forget_seen(part.name)
        if asked is None or asked == st.session_state.get(_seen(part.name)):
            continue
        asked_for.add(part.name)
        try:
            part.put(part.take(asked))
            st.session_state[_seen(part.name)] = asked
        except DigitScopeError as error:
            refused.setdefault((part.called, part.instead), []).append(str(error))
    for (called, instead), errors in refused.items():
        say_not_there(called, " ".join([*errors, instead]))
    return asked_for


def write(*parts: Part[Any], only_in_whole_run: bool = False) -> None:
    """Repeat values of the session in the address, at the end of the run.

    only_in_whole_run: write nothing in a fragment that is run by itself; the next whole run does. For
        what changes too often for an entry of its own in the history each time.
    """
    texts = {
        part.name: None if part.value is None else part.written(part.value) or None
        for part in parts
    }
    collected = _collected.get()
    if collected is None:
        if not only_in_whole_run:
            _send(texts)  # A callback, before the run, or a fragment that is run by itself.
    else:
        collected.update(texts)


@contextmanager
def one_step(page: str) -> Iterator[None]:
    """Let all that is written to the address meanwhile be one entry in the history with what caused it.

    page: which one is open, by the last part of its path.
    """
    collected: dict[str, str | None] = {}
    outer = _collected.set(collected)
    is_to_start_over = False
    try:
        yield
    except RerunException:
        # The next run writes anew; by then it may be another page's address.
        is_to_start_over = True
        raise
    finally:
        _collected.reset(outer)
        if not is_to_start_over:
            _write_all(page, collected)


def say_not_there(called: str, what: str) -> None:
    """The notice that the address asks for something that is not there, and what is shown instead.

    called: what it asks for, one word.  what: sentences.
    """
    st.warning(
        as_markdown(what),
        title=f"The address asks for a {called} that is not there",
        icon=":material/link_off:",
    )


def ask(**texts: str) -> NoReturn:
    """Start over as if a link had asked for this, besides all else that is in the address."""
    for name in texts:
        forget_seen(name)
    st.query_params.update(texts)
    st.rerun()


def take_out(name: str) -> str | None:
    """Take a part out of the address at once: a secret, or what is said in other words from now on."""
    return st.query_params.pop(name, None)


def forget_seen(name: str) -> None:
    """Take whatever the address holds under a name as newly asked for."""
    st.session_state.pop(_seen(name), None)


def _write_all(page: str, texts: Mapping[str, str | None]) -> None:
    if texts:
        if st.session_state.get(_PAGE) != page:
            st.session_state[_PAGE] = page
            _complete(texts)
        _send(texts)
    # What Streamlit shows until a component has come is not to make the page longer.
    with st.container(height=1, border=False):
        complete_address(page, st.session_state.get(_IN_PLACE, {}))


def _is_back() -> bool:
    """Whether the visitor goes through the history, to an address that says something."""
    context = get_script_run_ctx()
    return context is not None and context.is_history_navigation and bool(st.query_params)


def _complete(texts: Mapping[str, str | None]) -> None:
    """Let the component add what the address lacks, if that is all there is to write."""
    said = st.query_params.to_dict()
    in_place: dict[str, str] = {}
    if all(texts.get(name, text) == text for name, text in said.items()):
        in_place = {
            name: text for name, text in texts.items() if text is not None and name not in said
        }
    st.session_state[_IN_PLACE] = in_place


def _know_in_place() -> None:
    """Let the server know what was added in place: a browser tells it with its next message.

    Streamlit's own way to do so is the message that adds an entry.
    """
    context = get_script_run_ctx()
    if context is None:
        return
    with context.session_state.query_params() as address:
        added = {
            name: text
            for name, text in st.session_state.get(_IN_PLACE, {}).items()
            if name not in address
        }
        for name, text in added.items():
            address.set_with_no_forward_msg(name, text)
    context.query_string = "&".join(filter(None, [context.query_string, urlencode(added)]))


def _send(texts: Mapping[str, str | None]) -> None:
    """Write to the address what is not in it yet; None takes a part out."""
    if not texts:
        return
    _know_in_place()
    changed = {}
    for name, text in texts.items():
        if text is None:
            forget_seen(name)
            st.session_state.get(_IN_PLACE, {}).pop(name, None)
            st.query_params.pop(name, None)  # Rare, so a message of its own may do.
        else:
            st.session_state[_seen(name)] = text
            if st.query_params.get(name) != text:
                changed[name] = text
    if changed:
        # Not `from_dict`: it may not touch what widgets keep in the address by themselves.
        st.query_params.update(changed)
        st.session_state[_IN_PLACE] = {}  # The message says it all.


def _seen(name: str) -> str:
    """Where the session keeps what the address is known to hold under a name."""
    return f"{name}-in-address"
