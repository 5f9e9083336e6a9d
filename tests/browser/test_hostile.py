"""A lying browser and a hostile link, against a real server: it answers, and its memory stays bounded."""

from __future__ import annotations

import base64
import io
import json
import re
from pathlib import Path
from urllib.parse import quote

import pytest
from PIL import Image
from playwright.sync_api import Page, expect
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates

from cnn_core.errors import MOST_QUOTED
from driving.serving import serve
from driving.strokes import ONE, draw_stroke
from ui.write.canvas_report import PICTURE_PREFIX

MEGABYTE = 1024
# A busy machine takes its time.
SECONDS = 60
# Keeps the socket of the page, through which Streamlit's own side talks, for our own messages.
KEEP_SOCKET = """
window.WebSocket = class extends WebSocket {
  constructor(...named) { super(...named); window.sockets = [...(window.sockets ?? []), this]; }
  send(message) { window.lastSent = message; super.send(message); }
};
"""
SEND = """message => {
  const bytes = Uint8Array.from(atob(message), sign => sign.charCodeAt(0));
  window.sockets.at(-1).send(bytes);
}"""
LAST_SENT = "() => btoa(String.fromCharCode(...new Uint8Array(window.lastSent)))"

NASTY = [
    "[a](http://x.example)",
    "![a](http://x.example/a.png)",
    "http://x.example www.x.example a@x.example",
    "<img src=x onerror=alert(1)> <b>b</b>",
    ":red[a] :blue-background[b] :small[c]",
    ":material/home: :smile: :streamlit:",
    "$x^2$ $$y$$ -> <- -- >=",
    "`a` ``b`` ` ![a](http://x.example/a.png)",
    "“[a](http://x.example)” [b](//x.example)",
    "a\n\n# b\n\n- c\n\n> d [^1]",
    "**a** _b_ ~~c~~ \\*d\\* &lt; &#x3c;",
]


@pytest.mark.parametrize("text", NASTY)
def test_what_a_link_asks_for_is_repeated_as_text(page: Page, app_url: str, text: str) -> None:
    """It is neither a link nor a picture, HTML, a colour, an icon or a formula: it is what it is."""
    page.goto(f"{app_url}/about?digit={quote(text)}")
    notice = page.get_by_test_id("stAlert").filter(has_text="The address asks for a digit")
    code = notice.locator("code")
    shown = " ".join(text[:MOST_QUOTED].replace("“", '"').replace("”", '"').split())
    # Streamlit writes its own icons with _ before it looks at the rest, even in code.
    shown = shown.replace(":material/", ":material_")
    expect(code).to_have_text(shown, timeout=SECONDS * 1000)
    expect(code.locator("*")).to_have_count(0)
    expect(notice.locator("a, img, b, em, del, h1, li, .katex")).to_have_count(0)


def test_a_huge_picture_from_the_canvas(page: Page) -> None:
    """One of 13,000 × 13,000 pixels, or 30,000 × 30,000, takes no memory, and drawing goes on."""
    page.add_init_script(KEEP_SOCKET)
    with serve() as server:
        page.goto(f"{server.url}/draw")
        draw_stroke(page, ONE)
        prediction = page.locator(".st-key-prediction")
        expect(prediction.get_by_role("heading", level=2)).to_contain_text(
            "Read as", timeout=SECONDS * 1000
        )
        page.wait_for_url("**digit=draw-**")  # The server has seen it, not the browser alone.
        honest = BackMsg.FromString(base64.b64decode(page.evaluate(LAST_SENT)))
        before = most_memory(server.process_id)
        for size in (13_000, 30_000):
            page.evaluate(SEND, base64.b64encode(claiming(honest, huge(size))).decode())
        # The next stroke is answered after these: its answer says that they were dealt with.
        draw_stroke(page, [(0.5, 0.15), (0.2, 0.4)])
        page.wait_for_function("() => !document.querySelector('[data-testid=stStatusWidget]')")
        expect(prediction.get_by_role("heading", level=2)).to_contain_text(
            "Read as", timeout=SECONDS * 1000
        )
        expect(page.get_by_test_id("stException")).to_have_count(0)
        # Decoded, the smaller of the two alone takes 169 MB.
        assert most_memory(server.process_id) - before < 100 * MEGABYTE


def huge(side: int) -> str:
    """A black square of so many pixels a side, one bit each, in a canvas's form."""
    file = io.BytesIO()
    Image.new("1", (side, side)).save(file, "PNG")
    return PICTURE_PREFIX + base64.b64encode(file.getvalue()).decode()


def claiming(honest: BackMsg, data: str) -> bytes:
    """The browser's own last message, but for the picture that it says is on the canvas."""
    states = list(honest.rerun_script.widget_states.widgets)
    forged = [
        WidgetState(
            id=state.id,
            json_value=json.dumps({"drawing": {"raw": {"objects": []}, "data": data}}),
        )
        if state.id.endswith("-canvas")
        else state
        for state in states
    ]
    assert forged != states, "the canvas is not in the message"
    message = BackMsg()
    message.CopyFrom(honest)
    state = ClientState()
    state.CopyFrom(honest.rerun_script)
    state.widget_states.CopyFrom(WidgetStates(widgets=forged))
    message.rerun_script.CopyFrom(state)
    sent: bytes = message.SerializeToString()
    return sent


def most_memory(process_id: int) -> int:
    """The most memory that a process ever had resident, in kB."""
    status = Path(f"/proc/{process_id}/status").read_text()
    found = re.search(r"VmHWM:\s+(\d+)", status)
    assert found is not None
    return int(found[1])
