"""Every page, light and dark, through the eyes of axe-core: nothing of this app's making is found."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from driving.serving import ROOT
from ui.frame.pages import PARTS, Entry

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
THEME = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"]
PAGES = [entry for entries in PARTS.values() for entry in entries]

# All rules; of size of targets, which WCAG 2.2 adds, too.
LOOK = """
async (rules) => {
  const options = { resultTypes: ["violations"], rules: { "target-size": { enabled: true } } };
  if (rules.length) options.runOnly = rules;
  const { violations } = await axe.run(document, options);
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => ({
    rule: id,
    element: node.html,
    target: node.target.flat().join(" "),
    beside: [...node.any, ...node.all, ...node.none].flatMap((each) =>
      each.relatedNodes.map((related) => related.html)),
    ...[...node.any, ...node.all, ...node.none][0]?.data,
  })));
}
"""


@pytest.fixture(scope="module")
def page(browser: Browser, app_url: str) -> Iterator[Page]:
    """One page for all, which goes from page to page as a visitor does, so that all is loaded once."""
    context = browser.new_context(viewport={"width": 1280, "height": 3000}, color_scheme="light")
    opened = context.new_page()
    opened.goto(f"{app_url}/about")
    expect(opened.get_by_role("heading", level=1)).to_be_visible(timeout=60_000)
    opened.add_script_tag(path=str(AXE))
    yield opened
    context.close()


def is_streamlits_own(found: dict[str, Any], theme: str) -> bool:
    """Whether a fault is Streamlit's, where neither its theme nor this app can reach it."""
    colours = found.get("fgColor"), found.get("bgColor")
    return (
        # Highlighted code has fixed colours.
        (found["rule"] == "color-contrast" and 'class="token ' in found["element"])
        # White on the accent, in buttons of type primary and in the tags of a multiselect: fixed. No
        # colour is dark enough for that and light enough for the text of a chosen segment, which is in
        # the accent on a tenth of it, on a page as dark as this one.
        or (theme == "dark" and colours == ("#ffffff", THEME["dark"]["primaryColor"].lower()))
        # What floats over the page, as a tooltip does, lies beside its landmarks; so does the link that
        # skips the menu, which axe takes for none where the first link after it is in a component.
        or (
            found["rule"] == "region"
            and any(name in found["element"] for name in ("stFloatingOverlayPortal", "#stMain"))
        )
    )


def settle(page: Page) -> None:
    """Wait until a page is whole: its script has ended, and nothing stands in for what is to come."""
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for(timeout=60_000)
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0, timeout=60_000)


def turn(page: Page, theme: str) -> None:
    """Change the theme of the browser, and wait until the page has followed."""
    page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
    red, green, blue = bytes.fromhex(THEME[theme]["backgroundColor"][1:])
    expect(page.get_by_test_id("stApp")).to_have_css(
        "background-color", f"rgb({red}, {green}, {blue})", timeout=60_000
    )


@pytest.mark.parametrize("entry", PAGES, ids=lambda entry: entry.name)
def test_nothing_of_ours_is_found(page: Page, entry: Entry) -> None:
    """Names, roles, order, contrast and size; in the dark only what depends on it, the contrast."""
    page.evaluate(
        "address => { history.pushState({}, '', address);"
        " dispatchEvent(new PopStateEvent('popstate')); }",
        f"/{entry.address}",
    )
    expect(page.locator("[aria-current=page]").filter(has_text=entry.title)).to_be_visible(
        timeout=60_000
    )
    settle(page)
    found = page.evaluate(LOOK, [])
    turn(page, "dark")
    in_the_dark = page.evaluate(LOOK, ["color-contrast"])
    turn(page, "light")

    ours = [each for each in found if not is_streamlits_own(each, "light")]
    assert ours + [each for each in in_the_dark if not is_streamlits_own(each, "dark")] == []


def test_it_would_be_found(page: Page) -> None:
    """The net holds: a grey text and a picture without words are found, and not excused."""
    page.evaluate(
        """() => document.querySelector("main, [data-testid=stMain]").insertAdjacentHTML(
          "beforeend",
          '<div id="faults"><p style="color: #999; background: #fff">grey</p><img src=""></div>',
        )"""
    )
    found = page.evaluate(LOOK, [])
    page.evaluate("document.getElementById('faults').remove()")
    assert {"color-contrast", "image-alt"} <= {
        each["rule"] for each in found if not is_streamlits_own(each, "light")
    }
