"""A browser changes digits pixel by pixel as the server does."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cnn_core.data.dataset import Mnist
from cnn_core.images.changes import Change, noise_field
from tests.support.javascript import in_javascript

MODULE = "ui/components/shared/network/changes.js"


def images(mnist: Mnist, count: int) -> NDArray[np.uint8]:
    """Test digits, and as many images of any grey, in turn."""
    greys = np.random.default_rng(7).integers(0, 256, (count, 28, 28), dtype=np.uint8)
    return np.stack([mnist.test.images[:count], greys], axis=1).reshape(-1, 28, 28)


def changed_by_both(
    mnist: Mnist, changes: list[Change]
) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Each change of an image of its own, as Python makes it and as JavaScript does."""
    each = images(mnist, len(changes) // 2 + 1)[: len(changes)]
    ours = np.stack([change.apply(image) for change, image in zip(changes, each, strict=True)])
    given = [
        [
            image.ravel().tolist(),
            {
                name: getattr(change, name)
                for name in ("thicken", "rotate", "down", "right", "noise")
            },
            noise_field(change.seed).ravel().tolist(),
        ]
        for change, image in zip(changes, each, strict=True)
    ]
    theirs = np.array(in_javascript(MODULE, "changed", given))
    return ours, theirs.reshape(-1, 28, 28)


def test_every_turn(mnist: Mnist) -> None:
    """Turned by each whole number of degrees, no pixel differs."""
    ours, theirs = changed_by_both(mnist, [Change(rotate=angle) for angle in range(-180, 181)])
    np.testing.assert_array_equal(theirs, ours)


def test_all_changes_together(mnist: Mnist) -> None:
    """Any settings of the sliders, in one order: no pixel differs."""
    rng = np.random.default_rng(3)
    changes = [
        Change(
            thicken=int(rng.integers(-2, 4)),
            rotate=5 * int(rng.integers(-36, 37)),
            down=int(rng.integers(-12, 13)),
            right=int(rng.integers(-12, 13)),
            noise=int(rng.integers(0, 129)),
            seed=int(rng.integers(0, 50)),
        )
        for _ in range(300)
    ]
    ours, theirs = changed_by_both(mnist, changes)
    np.testing.assert_array_equal(theirs, ours)


def test_each_change_alone(mnist: Mnist) -> None:
    """Every setting of the other sliders by itself, none among them: no pixel differs."""
    changes = [
        *(Change(thicken=rings) for rings in range(-3, 5)),
        *(Change(down=pixels) for pixels in range(-28, 29)),
        *(Change(right=pixels) for pixels in range(-28, 29)),
        *(Change(noise=grey, seed=grey % 5) for grey in range(0, 129, 4)),
    ]
    ours, theirs = changed_by_both(mnist, changes)
    np.testing.assert_array_equal(theirs, ours)
