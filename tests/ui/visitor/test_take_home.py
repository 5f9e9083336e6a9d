"""What is in the file to take home."""

from __future__ import annotations

import json
import re
from dataclasses import replace

from ui.look.wording import percent
from ui.shared.resources import model
from ui.visitor.take_home import facts, network_to_take_home


def test_is_small_and_says_what_it_is() -> None:
    """Less than a megabyte, with the network's accuracy, licences and origin, and no address to load from."""
    improved = model("improved")
    page = network_to_take_home(improved).decode()

    assert len(page.encode()) < 1_000_000
    assert percent(improved.results["test_accuracy"], 2) in page
    assert "MIT licence" in page
    assert "Attribution-ShareAlike 3.0" in page
    outside_of_scripts = re.sub(r"(<script[^>]*>).*?</script>", r"\1", page, flags=re.DOTALL)
    assert not re.search(r"<(link|img|iframe)|\bsrc=|@import|url\(", outside_of_scripts)


def test_a_title_is_text_whatever_is_in_it() -> None:
    """A title of a visitor's own ends no tag and no script."""
    hostile = replace(model("baseline"), title="</script><script>alert(1)</script>")
    page = network_to_take_home(hostile).decode()

    assert "alert(1)</script>" not in page
    assert page.count("</script>") == 2
    data = re.search(
        r'<script type="application/json" id="network">(.*?)</script>', page, re.DOTALL
    )
    assert data is not None
    assert json.loads(data[1])["network"]["id"] == "baseline"
    assert any("alert(1)" in fact for fact in facts(hostile))
