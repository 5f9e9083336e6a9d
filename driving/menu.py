"""The menu at the top of every page."""

from __future__ import annotations

from playwright.sync_api import Page


def go_to(page: Page, section: str, name: str) -> None:
    """Open another page by the menu at the top."""
    page.get_by_test_id("stTopNavSection").filter(has_text=section).click()
    page.get_by_role("menuitem", name=name, exact=True).click()
