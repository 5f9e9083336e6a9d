"""The line over every page: where one is, a step to each page of the part, and the link to copy."""

from __future__ import annotations

from playwright.sync_api import Browser, Page, expect

from ui.frame.pages import PARTS, PATH


def test_goes_to_a_page_and_copies_its_link(browser: Browser, app_url: str) -> None:
    """A step is taken without loading the app anew, as one entry in the history; back takes it back."""
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{app_url}/?digit=test-7")
    path = page.get_by_role("navigation", name=f"Look inside: page 1 of {len(PATH)}")
    expect(path.get_by_role("link")).to_have_text(
        [entry.title for entry in PARTS["Look inside"]], timeout=30_000
    )
    expect(path.locator("[aria-current=page]")).to_have_text("Overview")
    page.wait_for_url("**/?digit=test-7&model=improved")
    page.evaluate("window.isLoaded = 'once'")
    entries = page.evaluate("history.length")

    path.get_by_role("link", name="Pooling").click()
    page.wait_for_url("**/pooling?digit=test-7&model=improved&layer=*")
    expect(page.locator("[aria-current=page]")).to_have_text("Pooling")
    expect(page.locator(".st-key-digit-card")).to_contain_text("Test digit 7")
    assert page.evaluate("window.isLoaded") == "once"
    assert page.evaluate("history.length") == entries + 1

    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_role("status").filter(has_text="Link copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == page.url

    page.go_back()
    expect(page.locator("[aria-current=page]")).to_have_text("Overview")
    assert page.url == f"{app_url}/?digit=test-7&model=improved"
    context.close()


def test_copies_where_there_is_no_clipboard(page: Page, app_url: str) -> None:
    """A page that a class opens by the number of a machine is not served safely; the link is copied."""
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    page.goto(f"{app_url}/about")
    page.wait_for_url("**/about?digit=test-42&model=improved")
    page.evaluate(
        "document.addEventListener('copy', () => { window.copied = String(document.activeElement.value) })"
    )
    copy = page.get_by_role("button", name="Copy link")
    copy.click(timeout=30_000)
    expect(page.get_by_role("status").filter(has_text="Link copied")).to_be_visible()
    assert page.evaluate("window.copied") == page.url
