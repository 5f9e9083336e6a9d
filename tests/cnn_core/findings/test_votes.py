"""What the neighbours of misread digits are labelled, and what is counted of it."""

from __future__ import annotations

import numpy as np
import pytest

from cnn_core.data.dataset import Mnist
from cnn_core.findings.compared import COMPARED
from cnn_core.findings.evaluation import answers
from cnn_core.findings.neighbours import features
from cnn_core.findings.votes import NEAREST, Votes, count_votes, load_votes
from cnn_core.store.store import BUNDLED_ROOT, load_network, open_model


def test_votes_are_counted_one_by_one(mnist: Mnist) -> None:
    """As a plain search in float64 finds them."""
    network = load_network("improved")
    learned, labels = features(network, mnist.train.images[:500]), mnist.train.labels[:500]
    images = mnist.test.images[:12]
    found = count_votes(network, learned, labels, images)
    for image, counts in zip(images, found, strict=True):
        far = learned.astype(np.float64) - features(network, image[np.newaxis])[0]
        nearest = np.argsort((far**2).sum(axis=1), kind="stable")[:20]
        assert counts.tolist() == [int((labels[nearest] == digit).sum()) for digit in range(10)]
    assert count_votes(network, learned, labels, images[:0]).shape == (0, 10)


def test_the_commonest_stands_alone() -> None:
    """Where two labels share the first place there is none."""
    counts = np.zeros((3, 10), np.uint8)
    counts[0, [2, 7]] = 5, 15
    counts[1, [2, 7]] = 10, 10
    counts[2, [0, 3, 9]] = 8, 6, 6
    assert Votes(np.arange(3), counts).commonest.tolist() == [7, -1, 0]


@pytest.mark.parametrize("name", COMPARED)
def test_what_is_bundled(mnist: Mnist, name: str) -> None:
    """Twenty votes for each digit that is misread; most of them go to the answer, some to the label."""
    models = {each: open_model(BUNDLED_ROOT / each) for each in COMPARED}
    answered = answers(models[name].test_probabilities())
    found = load_votes(models)[name]
    np.testing.assert_array_equal(found.misread, np.flatnonzero(answered != mnist.test.labels))
    assert (found.counts.sum(axis=1) == NEAREST).all()
    agree = (found.commonest == answered[found.misread]).mean()
    assert agree > 0.6
    # What the takeaway of the page says: a 4 that lies among the 9s.
    fours = mnist.test.labels[found.misread] == 4
    assert (found.commonest[fours] == 9).any()
