"""The products of a dense unit, those of both signs that count most, add up to what the network computes."""

from __future__ import annotations

import numpy as np
import pytest

from cnn_core.data.dataset import Mnist
from tests.support.seen import components, words
from tests.support.units import NETWORK, shown, sums, unit, value


class TestDense:
    def test_hidden(self, mnist: Mnist) -> None:
        """Eight products that raise, eight that lower, all others in one line; then ReLU."""
        one = unit(mnist, "dense", 5)
        app = shown(one)
        (table,) = components(app, "terms")
        inputs = one.activations["flatten"].astype(float)
        weights = NETWORK.weights["dense"].kernel[:, 5].astype(float)
        products = inputs * weights
        ranked = np.argsort(-products)
        expected = [*ranked[:8], *ranked[-8:]]
        assert [line["name"] for line in table["terms"]] == [f"value {each}" for each in expected]
        for place, line in zip(expected, table["terms"], strict=True):
            assert value(line["factors"][0]) == pytest.approx(inputs[place], abs=1e-4)
            assert value(line["factors"][1]) == pytest.approx(weights[place], abs=1e-4)
            assert line["value"] == pytest.approx(products[place], abs=1e-5)
        bias = float(NETWORK.weights["dense"].bias[5])
        total = products.sum() + bias
        assert sums(table) == pytest.approx(
            {
                f"The other {len(inputs) - 16:,} inputs together": products[ranked[8:-8]].sum(),
                "Bias": bias,
                "Sum": total,
                "After ReLU: a negative sum becomes 0": max(total, 0),
            },
            abs=2e-4,
        )
        assert f"Each of the {len(inputs):,} inputs is multiplied by its weight. " in words(app)
        assert f"{(inputs == 0).sum()} of the inputs are 0 for this digit" in words(app)

    def test_output(self, mnist: Mnist) -> None:
        """The sum is the logit of that digit, and its line of softmax stands out."""
        one = unit(mnist, "output", 6)
        table, softmax = components(shown(one), "terms")
        logits = NETWORK.logits(mnist.test.images[42:43])[0]
        assert sums(table)["Sum: the logit of the 6"] == pytest.approx(float(logits[6]), abs=1e-4)
        assert value(softmax["terms"][3]["factors"][0]) == pytest.approx(float(logits[3]), abs=1e-4)
        assert [line["marked"] for line in softmax["terms"]].index(True) == 6
