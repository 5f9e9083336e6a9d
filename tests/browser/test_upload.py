"""A photo of a digit in a real browser: chosen, read, found again, and taken further."""

from __future__ import annotations

import io
import re
from pathlib import Path

import numpy as np
from PIL import Image
from playwright.sync_api import Page, expect

from cnn_core.data.dataset import Mnist
from driving.menu import go_to
from prepare.photos import jpeg_of


def test_photo_is_read_and_survives_leaving(
    page: Page, app_url: str, mnist: Mnist, tmp_path: Path
) -> None:
    """What is no photo gets a message; a photo is read, kept, and its steps can be switched."""
    page.goto(f"{app_url}/draw?model=improved")
    page.get_by_text("Upload a photo").click()
    chooser = page.locator("input[type=file]")
    fake = tmp_path / "fake.png"
    fake.write_bytes(b"no image at all")
    chooser.set_input_files(fake)
    expect(page.get_by_text("no PNG or JPEG image")).to_be_visible(timeout=30_000)

    photo = tmp_path / "photo.jpg"
    photo.write_bytes(jpeg_of(mnist.test.images[0], np.random.default_rng(1)))
    with Image.open(io.BytesIO(photo.read_bytes())) as image:
        assert image.size == (640, 480)
    page.get_by_role("button", name="Remove fake.png").click()
    chooser.set_input_files(photo)
    prediction = page.locator(".st-key-prediction")
    expect(prediction).to_contain_text("Read as a 7", timeout=30_000)
    expect(page.get_by_text("no PNG or JPEG image")).to_have_count(0)

    page.get_by_role("link", name="Read wrongly? See why").click()
    expect(page.get_by_role("heading", name="Why did my drawing fail?")).to_be_visible()
    page.get_by_text("5. Centre").click()
    expect(prediction).to_contain_text("With your switches")
    expect(page).to_have_url(re.compile("centre=false"))

    go_to(page, "Write yourself", "Draw")
    expect(prediction).to_contain_text("Read as a 7", timeout=30_000)
