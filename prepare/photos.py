"""How well digits in photos are read: `python -m prepare.photos`.

500 test digits become photos of 640 × 480 pixels: tinted paper, a third of it ruled; dark ink of one of
four colours; turned by up to 10°, 15 % to 70 % as high as the photo, anywhere in it; light that falls off
by up to 45 % from one side, every third time with the shadow of an edge; blurred, noisy, saved as JPEG.
They are synthetic: no camera took them. Each goes the way of an uploaded file. 100 blank ones follow.
"""

from __future__ import annotations

import io

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from cnn_core.data.dataset import load_mnist
from cnn_core.errors import PhotoError
from cnn_core.findings.compared import COMPARED
from cnn_core.images.drawing import prepare_drawing
from cnn_core.images.photo import read_photo
from cnn_core.images.photo_ink import find_ink
from cnn_core.store.computed_ahead import save_computed
from cnn_core.store.store import model_folder, open_model

PHOTOS = 500
BLANK_PHOTOS = 100
WIDTH, HEIGHT = 640, 480
NO_INK = np.zeros((28, 28), np.uint8)
# Black and blue ballpoint, red felt pen, pencil: RGB as shares of the paper's light.
INKS = ((0.12, 0.12, 0.14), (0.15, 0.22, 0.55), (0.62, 0.16, 0.18), (0.42, 0.42, 0.43))


def main() -> None:
    """Take the photos, read them with the bundled networks, and store how many are right."""
    test = load_mnist().test
    rng = np.random.default_rng(0)
    chosen = np.sort(rng.choice(len(test), PHOTOS, replace=False))
    digits = [digit_of_photo(jpeg_of(test.images[place], rng)) for place in chosen]
    seen = np.array([digit is not None for digit in digits])
    images = np.stack([NO_INK if digit is None else digit for digit in digits])
    blank = sum(digit_of_photo(jpeg_of(None, rng)) is None for _ in range(BLANK_PHOTOS))
    print(
        f"no ink found in {(~seen).sum()} of {PHOTOS} photos and {blank} of {BLANK_PHOTOS} blank ones"
    )
    models = [open_model(model_folder(name)) for name in COMPARED]
    arrays = {"photos": np.array(PHOTOS), "blank": np.array([blank, BLANK_PHOTOS])}
    for model in models:
        right = (model.network().predict(images).argmax(axis=1) == test.labels[chosen]) & seen
        arrays[f"{model.id}/right"] = np.array(right.sum())
        print(f"{model.id}: {right.sum()} of {PHOTOS} photos right")
    print(save_computed("photos", models, arrays))


def digit_of_photo(content: bytes) -> NDArray[np.uint8] | None:
    """The 28×28 digit that a file is read as, every choice left to the program; None without ink."""
    try:
        prepared = prepare_drawing(find_ink(read_photo(content)).ink)
    except PhotoError:
        return None
    return None if prepared is None else prepared.image


def jpeg_of(image: NDArray[np.uint8] | None, rng: np.random.Generator) -> bytes:
    """A JPEG file of a digit, uint8 (28, 28), on paper, or of paper alone."""
    file = io.BytesIO()
    Image.fromarray(photo_of(image, rng)).save(file, "JPEG", quality=int(rng.integers(60, 93)))
    return file.getvalue()


def photo_of(image: NDArray[np.uint8] | None, rng: np.random.Generator) -> NDArray[np.uint8]:
    """A digit, uint8 (28, 28), on paper, or paper alone: uint8 (480, 640, 3)."""
    ink = np.zeros((HEIGHT, WIDTH, 1)) if image is None else _somewhere(image, rng)[..., np.newaxis]
    colour = np.array(INKS[rng.integers(len(INKS))])
    rows, columns = np.mgrid[-1 : 1 : HEIGHT * 1j, -1 : 1 : WIDTH * 1j]
    angle = rng.uniform(0, 2 * np.pi)
    along = (np.cos(angle) * columns + np.sin(angle) * rows) / np.sqrt(2)
    light = 1 - rng.uniform(0, 0.45) * (along + 1) / 2
    if rng.random() < 1 / 3:
        edge = rng.uniform(-0.7, 0.7)
        light *= 1 - rng.uniform(0.15, 0.4) / (1 + np.exp((along - edge) * 40))
    paper = rng.uniform(0.82, 1, 3)
    page = np.broadcast_to(paper, (HEIGHT, WIDTH, 3)).copy()
    if rng.random() < 1 / 3:
        gap = int(rng.integers(30, 70))
        page[gap // 2 :: gap] *= (0.75, 0.85, 0.95)
    page = page * (1 - ink) + page * colour * ink
    picture = 240 * light[..., np.newaxis] * page
    blurred = Image.fromarray(np.clip(picture, 0, 255).astype(np.uint8)).filter(
        ImageFilter.GaussianBlur(rng.uniform(0.3, 1.8))
    )
    grain = rng.normal(0, rng.uniform(1, 9), (HEIGHT, WIDTH, 1))
    noisy: NDArray[np.uint8] = np.clip(np.asarray(blurred) + grain, 0, 255).astype(np.uint8)
    return noisy


def _somewhere(image: NDArray[np.uint8], rng: np.random.Generator) -> NDArray[np.float64]:
    """How much ink covers each pixel of the photo, 0 to 1: float64 (480, 640)."""
    prepared = prepare_drawing(image)
    assert prepared is not None
    height = round(rng.uniform(0.15, 0.7) * HEIGHT)
    digit = Image.fromarray(prepared.image).resize(
        (height * 28 // 20,) * 2, Image.Resampling.BICUBIC
    )
    turned = digit.rotate(rng.uniform(-10, 10), Image.Resampling.BICUBIC)
    across = turned.width
    paper = Image.new("L", (WIDTH, HEIGHT))
    # The digit stays within the photo; the margin of its 28×28 pixels need not.
    margin = across // 7
    left = int(rng.integers(-margin, max(WIDTH - across + margin, 1 - margin)))
    top = int(rng.integers(-margin, max(HEIGHT - across + margin, 1 - margin)))
    paper.paste(turned, (left, top))
    # Sharper than enlarged pixels, as strokes of a pen are.
    return np.clip((np.asarray(paper) / 255 - 0.35) / 0.3, 0, 1)


if __name__ == "__main__":
    main()
