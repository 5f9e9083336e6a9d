"""The bundled weights of variants: whole, small, and refused where they are damaged."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from cnn_core.data.dataset import Mnist
from cnn_core.errors import StoreError
from cnn_core.network.variant import Variant, VariantNetwork
from cnn_core.recipe.bundled_trainings import BUNDLED_TRAININGS
from cnn_core.recipe.variants import BLACKENED, VARIANTS
from cnn_core.store import variant_files
from cnn_core.store.store import load_network
from cnn_core.store.variant_files import (
    VARIANTS_ROOT,
    save_variant,
    variant_checksum,
    variant_network,
    weights_file,
)
from tests.support.networks import random_network

OWN = [name for name in VARIANTS if name not in BUNDLED_TRAININGS]


def test_all_are_there_and_small() -> None:
    """A file each, nothing else beside the results, and less than 6 MB in all."""
    files = {path.name: path.stat().st_size for path in VARIANTS_ROOT.iterdir()}

    assert set(files) == {f"{name}.npz" for name in OWN} | {"results.json"}
    assert sum(files.values()) < 6e6


@pytest.mark.parametrize("name", VARIANTS)
def test_reads_most_digits(mnist: Mnist, name: str) -> None:
    """Each is a trained network of its own architecture."""
    network = variant_network(name)

    assert network.architecture == VARIANTS[name].config.architecture
    assert isinstance(network, VariantNetwork) == isinstance(network.architecture, Variant)
    images, labels = mnist.test.images[:200], mnist.test.labels[:200]
    assert np.mean(network.predict(images).argmax(axis=1) == labels) > 0.85


def test_steps_of_the_store_are_read_there() -> None:
    """What is a step as well is the step's network."""
    np.testing.assert_array_equal(
        variant_network("baseline").weights["dense"].kernel,
        load_network("baseline").weights["dense"].kernel,
    )


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Another folder of variants, empty."""
    monkeypatch.setattr(variant_files, "VARIANTS_ROOT", tmp_path / "variants")
    return tmp_path / "variants"


def test_comes_back(folder: Path) -> None:
    """What is saved is read again, under the checksum that it was given."""
    weights = random_network(VARIANTS["dense-narrow"].config.architecture).weights
    content, checksum = weights_file(weights)

    save_variant("dense-narrow", content)

    assert variant_checksum("dense-narrow") == checksum
    np.testing.assert_array_equal(
        variant_network("dense-narrow").weights["dense"].kernel, weights["dense"].kernel
    )


@pytest.mark.parametrize("content", [None, b"", b"x" * 2_000_000])
def test_damaged(folder: Path, content: bytes | None) -> None:
    """A missing, cut or blown-up file, and weights of another variant, say what to do."""
    if content is not None:
        save_variant(BLACKENED, content)
    with pytest.raises(StoreError, match=r"git checkout -- cnn_core/assets/variants/same-padding-"):
        variant_network(BLACKENED)

    weights = random_network(VARIANTS["dense-wide"].config.architecture).weights
    save_variant("dense-narrow", weights_file(weights)[0])
    with pytest.raises(StoreError, match=r"python -m prepare\.variants dense-narrow --force"):
        variant_network("dense-narrow")
