"""Networks without one of their parts: equal to Keras layer by layer; no network of the store."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from cnn_core.data.dataset import Mnist
from cnn_core.errors import ArchitectureError
from cnn_core.network.architecture import Architecture
from cnn_core.network.network import Network
from cnn_core.network.receptive_field import unseen
from cnn_core.network.variant import Variant, VariantNetwork
from cnn_core.recipe.config import TrainingConfig
from cnn_core.store.files import ContentError
from cnn_core.store.records import read_config
from tests.support.networks import random_network

VARIANTS = {
    "dense": Variant(filters=(), dense_units=9),
    "dense-linear": Variant(filters=(), dense_units=9, activation="linear"),
    "linear": Variant(filters=(3, 5), activation="linear", dense_units=8),
    "average": Variant(filters=(3, 5), pooling="average", padding="same", dense_units=8),
    "sums": Variant(filters=(4, 3, 2), activation="linear", pooling="average", padding="same"),
}


def random_variant(variant: Variant, seed: int = 0) -> VariantNetwork:
    """A variant with random weights."""
    return VariantNetwork(variant, random_network(variant, seed).weights)


@pytest.mark.parametrize("name", VARIANTS)
def test_against_keras(keras: Any, mnist: Mnist, name: str) -> None:
    """Every layer gives what the Keras model of the variant gives with the same weights."""
    network = random_variant(VARIANTS[name])
    images = mnist.test.images[:5]
    model = VARIANTS[name].to_keras()
    for layer, weights in network.weights.items():
        model.get_layer(layer).set_weights([weights.kernel, weights.bias])
    outputs = keras.Model(model.inputs, [layer.output for layer in model.layers])

    theirs = outputs([images[..., np.newaxis].astype(np.float32)], training=False)

    ours = network.activations(images)
    assert [layer.name for layer in model.layers] == list(ours)
    assert model.count_params() == VARIANTS[name].parameters
    for (layer, values), expected in zip(ours.items(), theirs, strict=True):
        np.testing.assert_allclose(values, expected, rtol=1e-5, atol=1e-5, err_msg=layer)


def test_linear_hands_negative_sums_on(mnist: Mnist) -> None:
    """Without ReLU maps and units have values below 0, and pools of them too."""
    outputs = random_variant(VARIANTS["linear"]).activations(mnist.test.images[:3])

    for name in ("conv1", "pool1", "conv2", "pool2", "dense"):
        assert outputs[name].min() < 0, name


def test_a_variant_that_lacks_nothing(mnist: Mnist) -> None:
    """With ReLU, max pooling and convolutions it is the network of that architecture."""
    plain = random_network(Architecture(filters=(3, 4), dense_units=8))
    variant = VariantNetwork(Variant(filters=(3, 4), dense_units=8), plain.weights)

    np.testing.assert_array_equal(
        variant.predict(mnist.test.images[:5]), plain.predict(mnist.test.images[:5])
    )
    assert type(plain) is Network


def test_dense_only_reads_every_pixel() -> None:
    """Without convolutions the layer table goes from the image to flatten, and nothing is unseen."""
    variant = Variant(filters=())

    assert [layer.name for layer in variant.layers()] == [
        "rescaling", "flatten", "dense", "dropout", "output",
    ]  # fmt: skip
    assert variant.layers()[1].output_shape == (784,)
    assert variant.parameters == 784 * 128 + 128 + 128 * 10 + 10
    assert not unseen(variant, "output").any()


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"activation": "tanh"}, "Activation is “relu” or “linear”, not 'tanh'"),
        ({"activation": None}, "Activation is"),
        ({"pooling": "min"}, "Pooling is “max” or “average”, not 'min'"),
        ({"filters": (1,) * 6}, "0 to 5 convolutions"),
        ({"filters": (0,)}, "filters of convolution 1"),
    ],
)
def test_nonsense_is_refused(settings: dict[str, Any], said: str) -> None:
    """What is no variant says why."""
    with pytest.raises(ArchitectureError, match=said):
        Variant(**settings)


def test_the_store_refuses_variants() -> None:
    """What the pages cannot show is no architecture of the store, whatever a config says."""
    with pytest.raises(ArchitectureError, match="1 to 5 convolutions"):
        Architecture(filters=())
    config = TrainingConfig(architecture=Variant(filters=())).to_dict()
    with pytest.raises(ContentError, match="An architecture has no activation, pooling"):
        read_config(json.dumps(config).encode())


def test_values_come_back() -> None:
    """What a variant says of itself makes the same variant again."""
    for variant in VARIANTS.values():
        assert Variant.from_dict(json.loads(json.dumps(variant.to_dict()))) == variant
