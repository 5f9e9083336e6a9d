"""The weights of the trained variants with seed 0, an .npz file each, and what names them.

Two of the variants are improvement steps as well; their weights are those of the store.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from cnn_core.errors import StoreError
from cnn_core.network.network import Network, Weights
from cnn_core.network.variant import Variant, VariantNetwork
from cnn_core.recipe.bundled_trainings import BUNDLED_TRAININGS
from cnn_core.recipe.variants import VARIANTS
from cnn_core.store.arrays import npz_bytes, pack_weights, read_network
from cnn_core.store.files import ContentError, largest_sizes, read_file
from cnn_core.store.store import model_folder, open_model

VARIANTS_ROOT = Path(__file__).parents[1] / "assets" / "variants"


def variant_network(name: str) -> Network:
    """A variant's network as it was trained with seed 0.

    Raises StoreError, saying what to do, where its file is missing or damaged.
    """
    if name in BUNDLED_TRAININGS:
        return open_model(model_folder(name)).network()
    architecture = VARIANTS[name].config.architecture
    try:
        network = read_network(_content(name), architecture)
    except ContentError as error:
        raise StoreError(
            f"The variant in {_path(name)} is damaged: it {error}. Restore it with `git checkout "
            f"-- cnn_core/assets/variants/{name}.npz`, or train it again with "
            f"`python -m prepare.variants {name} --force`."
        ) from error
    if isinstance(architecture, Variant):
        return VariantNetwork(architecture, network.weights)
    return network


def variant_checksum(name: str) -> str:
    """SHA-256 of the weights with seed 0, to tell what was computed from them. Raises StoreError."""
    if name in BUNDLED_TRAININGS:
        return open_model(model_folder(name)).weights_checksum
    try:
        return hashlib.sha256(_content(name)).hexdigest()
    except ContentError as error:
        raise StoreError(
            f"The variant in {_path(name)} cannot be read: it {error}. Restore it with `git "
            f"checkout -- cnn_core/assets/variants/{name}.npz`."
        ) from error


def weights_file(weights: Mapping[str, Weights]) -> tuple[bytes, str]:
    """Weights as a file of the store, and its SHA-256 checksum in hexadecimal."""
    content = npz_bytes(pack_weights(weights))
    return content, hashlib.sha256(content).hexdigest()


def save_variant(name: str, content: bytes) -> None:
    """Keep the weights of a variant, as `weights_file` makes them."""
    _path(name).parent.mkdir(parents=True, exist_ok=True)
    _path(name).write_bytes(content)


def _content(name: str) -> bytes:
    return read_file(_path(name), largest_sizes(VARIANTS[name].config)["weights.npz"])


def _path(name: str) -> Path:
    return VARIANTS_ROOT / f"{name}.npz"
