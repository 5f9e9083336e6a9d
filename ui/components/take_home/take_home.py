"""A trained network as one HTML file, which reads handwriting in any browser, without a server."""

from __future__ import annotations

import html
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ui.components.shared.bundle import bundle

# The paper that the network of the page reads, as take_home.js calls it.
SOURCE = "paper"

_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<title>{title}</title>
<style>
{css}
</style>
</head>
<body>
<h1>{title}</h1>
<p>{lead}</p>
<main id="live"><noscript>This page computes in the browser: it needs JavaScript.</noscript></main>
<footer>
{facts}
</footer>
<script type="application/json" id="network">{data}</script>
<script type="module">
{js}
start();
</script>
</body>
</html>
"""
# All that the page needs is in it: a browser that keeps to this asks nobody for anything.
_POLICY = (
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:"
)


def page_to_take_home(
    data: Mapping[str, Any], title: str, lead: str, facts: Sequence[str]
) -> bytes:
    """The file, in UTF-8.

    data: the network, ready for JSON, and what else take_home.js is to find in the page.
    title, lead, facts: plain text, anybody's words; a fact is a paragraph at the page's end.
    """
    here = Path(__file__)
    joined = bundle(here.with_suffix(".js"))
    map_style = bundle(here.parents[1] / "network_map" / "network_map.js").css
    return _PAGE.format(
        policy=_POLICY,
        title=html.escape(title),
        css=joined.css,
        lead=html.escape(lead),
        facts="\n".join(f"<p>{html.escape(fact)}</p>" for fact in facts),
        # Nothing in it may end the script before its end.
        data=json.dumps({**data, "mapStyle": map_style}).replace("<", "\\u003c"),
        js=joined.js,
    ).encode()
