"""The arrays of a stored model as files, and back again: nothing is taken for granted on the way.

A file that says it has gigabytes inside, of another type, shape or range, is refused before it is
unpacked: what is read are float32 arrays of exactly the shapes that the config asks for.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from typing import IO, Any

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

from cnn_core.data.dataset import CLASSES
from cnn_core.network.architecture import Architecture
from cnn_core.network.arithmetic import Array
from cnn_core.network.network import Network, Weights
from cnn_core.recipe.config import TrainingConfig
from cnn_core.store.files import MOST_BYTES_OF_A_HEADER, MOST_MOMENTS, TEST_IMAGES, ContentError
from cnn_core.store.moment import Moment

# No sum of a network that learned anything comes near; two such sums still have a product in float32.
LARGEST_SUM = 1e15

_MOMENT = re.compile(r"(0|[1-9][0-9]{0,2})/(0|[1-9][0-9]{0,4})/(.+)")


def pack_weights(weights: Mapping[str, Weights], prefix: str = "") -> dict[str, Array]:
    """Weights as named arrays, `conv1/kernel` and `conv1/bias`, for an .npz file."""
    packed: dict[str, Array] = {}
    for name, layer in weights.items():
        packed[f"{prefix}{name}/kernel"] = layer.kernel
        packed[f"{prefix}{name}/bias"] = layer.bias
    return packed


def npz_bytes(arrays: Mapping[str, NDArray[Any]]) -> bytes:
    """An .npz file of named arrays."""
    buffer = io.BytesIO()
    np.savez(buffer, allow_pickle=False, **arrays)
    return buffer.getvalue()


def npy_bytes(array: Array) -> bytes:
    """An .npy file of one array."""
    buffer = io.BytesIO()
    np.save(buffer, array, allow_pickle=False)
    return buffer.getvalue()


def read_network(content: bytes, architecture: Architecture) -> Network:
    """The network whose weights are in weights.npz. Raises ContentError."""
    return _network(_read_npz(content, _shapes(architecture)), architecture)


def read_checkpoints(content: bytes, config: TrainingConfig) -> dict[Moment, Network]:
    """The network of each moment in checkpoints.npz, in order of time. Raises ContentError."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
    except Exception as error:
        raise ContentError("is no archive of arrays") from error
    moments = list(dict.fromkeys(_moment(name, config) for name in names))
    if not 1 <= len(moments) <= MOST_MOMENTS or moments[0] != (0, 0):
        raise ContentError(f"has {len(moments)} moments, or does not begin before training")
    if moments != sorted(moments, key=lambda at: (at.epoch, at.batch or config.steps_per_epoch)):
        raise ContentError("has its moments in another order than that of time")
    shapes = {
        moment.prefix + name: shape
        for moment in moments
        for name, shape in _shapes(config.architecture).items()
    }
    arrays = _read_npz(content, shapes)
    return {
        moment: _network(
            {name: arrays[moment.prefix + name] for name in _shapes(config.architecture)},
            config.architecture,
        )
        for moment in moments
    }


def read_probabilities(content: bytes) -> Array:
    """What is in test_probabilities.npy: float32 (10000, 10), read-only. Raises ContentError."""
    stream = io.BytesIO(content)
    probabilities = _read_array(stream, (TEST_IMAGES, CLASSES))
    if stream.read(1):
        raise ContentError("goes on after its array")
    whole = np.abs(probabilities.sum(axis=1) - 1) < 1e-3
    if not (whole.all() and probabilities.min() >= 0):
        raise ContentError("has rows that are no probabilities: they do not add up to 1")
    probabilities.flags.writeable = False
    return probabilities


def _moment(name: str, config: TrainingConfig) -> Moment:
    parts = _MOMENT.fullmatch(name)
    if parts is None:
        raise ContentError("has an array that belongs to no moment")
    moment = Moment(int(parts[1]), int(parts[2]))
    if moment.epoch > config.epochs or moment.batch > config.steps_per_epoch:
        raise ContentError("has a moment after the end of the training")
    return moment


def _shapes(architecture: Architecture) -> dict[str, tuple[int, ...]]:
    """The shape of every array that `pack_weights` names."""
    return {
        f"{name}/{part}": shape
        for name, shapes in architecture.weight_shapes().items()
        for part, shape in zip(("kernel", "bias"), shapes, strict=True)
    }


def _read_npz(content: bytes, shapes: Mapping[str, tuple[int, ...]]) -> dict[str, Array]:
    """Exactly these arrays of an .npz file. Raises ContentError."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = {member.filename: member for member in archive.infolist()}
            if len(members) != len(archive.infolist()) or set(members) != {
                f"{name}.npy" for name in shapes
            }:
                raise ContentError("does not have the arrays of its network, and no others")
            arrays = {}
            for name, shape in shapes.items():
                member = members[f"{name}.npy"]
                # What a member says of its size is the most that is unpacked of it.
                if member.file_size > 4 * int(np.prod(shape)) + MOST_BYTES_OF_A_HEADER:
                    raise ContentError(f"has more in {name} than its network asks for")
                with archive.open(member) as stream:
                    arrays[name] = _read_array(stream, shape)
                    stream.read()  # Only at its end is the checksum looked at.
    except ContentError:
        raise
    except Exception as error:
        # A zip that lies about itself can make any part of the reader fail.
        raise ContentError("is no archive of arrays, or a damaged one") from error
    return arrays


def _read_array(stream: IO[bytes], shape: tuple[int, ...]) -> Array:
    """A float32 array of exactly this shape. Raises ContentError."""
    try:
        if npy.read_magic(stream) != (1, 0):
            raise ValueError
        found = npy.read_array_header_1_0(stream, max_header_size=MOST_BYTES_OF_A_HEADER)
    except Exception as error:
        # NumPy parses the header with what Python has for its own source: anything may be raised.
        raise ContentError("has an array that does not begin as NumPy begins one") from error
    found_shape, is_fortran, dtype = found
    if found_shape != shape or dtype != np.dtype("<f4"):
        raise ContentError(f"has an array of {dtype} {found_shape}, not float32 {shape}")
    content = stream.read(4 * int(np.prod(shape)))
    try:
        array = np.frombuffer(content, dtype).reshape(shape, order="F" if is_fortran else "C")
    except ValueError as error:
        raise ContentError("has an array that ends too soon") from error
    if not np.isfinite(array).all():
        raise ContentError("has numbers that are infinite, or no numbers at all")
    return array.astype(np.float32, order="C")


def _network(arrays: Mapping[str, Array], architecture: Architecture) -> Network:
    names = architecture.weight_shapes()
    weights = {name: Weights(arrays[f"{name}/kernel"], arrays[f"{name}/bias"]) for name in names}
    largest = 1.0  # Of any pixel, once it is rescaled.
    for layer in weights.values():
        totals = np.abs(layer.kernel).reshape(-1, len(layer.bias)).sum(axis=0, dtype=np.float64)
        largest = float((totals * largest + np.abs(layer.bias)).max())
    if largest > LARGEST_SUM:
        raise ContentError("has weights so large that their sums could leave all bounds")
    return Network(architecture, weights)
