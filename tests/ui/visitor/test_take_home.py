"""What is in the file to take home."""

from __future__ import annotations

import json
import re
from dataclasses import replace

from cnn_core.store.store import load_model
from ui.look.wording import percent
from ui.visitor.take_home import facts, network_to_take_home


def test_is_small_and_says_what_it_is() -> None:
    """Less than a megabyte, with the network's accuracy, licences and origin, and no address to load from."""
    model = load_model("improved")
    page = network_to_take_home(model).decode()

    assert len(page.encode()) < 1_000_000
    assert percent(model.results["test_accuracy"], 2) in page
    assert "MIT licence" in page
    assert "Attribution-ShareAlike 3.0" in page
    assert not re.search(r"<(link|img|script[^>]* src|iframe)|@import|url\(", page)


def test_a_title_is_text_whatever_is_in_it() -> None:
    """A title of a visitor's own ends no tag and no script."""
    model = replace(load_model("baseline"), title="</script><script>alert(1)</script>")
    page = network_to_take_home(model).decode()

    assert "alert(1)</script>" not in page
    assert page.count("</script>") == 2
    data = re.search(r'<script type="application/json" id="network">(.*?)</script>', page, re.DOTALL)
    assert data is not None
    assert json.loads(data[1])["network"]["id"] == "baseline"
    assert any("alert(1)" in fact for fact in facts(model))
