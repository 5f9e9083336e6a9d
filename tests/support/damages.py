"""Ways to damage a run in the store, each with a manifest that matches its bytes where it can."""

from __future__ import annotations

import hashlib
import io
import json
import os
import struct
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from cnn_core.network.architecture import Architecture
from cnn_core.store.arrays import npy_bytes, npz_bytes, pack_weights
from cnn_core.store.files import FILES, MANIFEST
from tests.support.networks import random_network

Damage = Callable[[Path], None]
DEEP = b"[" * 100_000 + b"]" * 100_000
HUGE = 10**400


def write_run(folder: Path, files: Mapping[str, bytes]) -> Path:
    """A run as a training writes it, though nobody checks what is in it; the folder is returned."""
    folder.mkdir(parents=True)
    for name in FILES:
        (folder / name).write_bytes(files[name])
    _match(folder)
    return folder


def damages() -> dict[str, Damage]:
    """Every way, by a name that says what it does. A damage is handed the folder of a whole run."""
    return _plain() | _arrays() | _records() | _manifests() | _on_disk()


def _match(folder: Path) -> None:
    manifest = {}
    for name in FILES:
        content = (folder / name).read_bytes()
        manifest[name] = {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    (folder / MANIFEST).write_text(json.dumps(manifest))


def _put(name: str, content: bytes, *, matching: bool = True) -> Damage:
    def damage(folder: Path) -> None:
        (folder / name).write_bytes(content)
        if matching:
            _match(folder)

    return damage


def _plain() -> dict[str, Damage]:
    """What can happen to any file."""
    found: dict[str, Damage] = {}
    for name in FILES:
        found[f"{name} is gone"] = lambda folder, name=name: (folder / name).unlink()  # type: ignore[misc]
        found[f"{name} is empty"] = _put(name, b"", matching=False)
        found[f"{name} is cut"] = _cut(name, matching=False)
        found[f"{name} has another bit"] = _flip(name)
        for what, content in {"nothing": b"", "text": b"lorem ipsum", "noise": bytes(999)}.items():
            found[f"{name} is {what}, with its manifest"] = _put(name, content)
        found[f"{name} is cut, with its manifest"] = _cut(name, matching=True)
    return found


def _cut(name: str, *, matching: bool) -> Damage:
    def damage(folder: Path) -> None:
        content = (folder / name).read_bytes()
        # A Keras file that lost its end begins as one all the same; its beginning is what is looked at.
        kept = content[len(content) // 2 :] if name == "model.keras" else content[:-7]
        _put(name, kept, matching=matching)(folder)

    return damage


def _flip(name: str) -> Damage:
    def damage(folder: Path) -> None:
        content = bytearray((folder / name).read_bytes())
        content[len(content) // 2] ^= 1
        (folder / name).write_bytes(content)

    return damage


def _arrays() -> dict[str, Damage]:
    """Arrays of another kind, shape, type or range, in files that are whole."""
    found: dict[str, Damage] = {}
    for name in ("weights.npz", "checkpoints.npz"):
        for what, change in _changed_arrays().items():
            found[f"{name}: {what}"] = _change_arrays(name, change)
    other = random_network(Architecture(filters=(3,), dense_units=4)).weights
    moments = {"0/0/": other, "1/0/": other}
    packed = {k: v for prefix in moments for k, v in pack_weights(other, prefix).items()}
    found["weights.npz: of another network"] = _put("weights.npz", npz_bytes(pack_weights(other)))
    found["checkpoints.npz: of another network"] = _put("checkpoints.npz", npz_bytes(packed))
    found["checkpoints.npz: no moments"] = _put("checkpoints.npz", npz_bytes({}))
    for odd in ("a/b", "-1/0", "1e3/0", "٣/0", "99999/0", "1/99999", "1", "0/0/0", "../..", "1/-0"):
        found[f"checkpoints.npz: a moment {odd}"] = _rename_moment(odd)
    found["checkpoints.npz: a hundred moments"] = _many_moments
    found["checkpoints.npz: moments out of order"] = _moments_reversed
    found["weights.npz: the checkpoints"] = _swap("weights.npz", "checkpoints.npz")
    found["weights.npz: an .npy"] = _put("weights.npz", npy_bytes(np.zeros(5, np.float32)))
    found["weights.npz: a zip bomb"] = _bomb("weights.npz")
    found["checkpoints.npz: a zip bomb"] = _bomb("checkpoints.npz")
    found["weights.npz: a zip with a wrong size inside"] = _lying_zip
    for what, content in _probabilities().items():
        found[f"test_probabilities.npy: {what}"] = _put("test_probabilities.npy", content)
    return found


def _changed_arrays() -> dict[str, Callable[[np.ndarray[Any, Any]], Any]]:
    return {
        "text": lambda array: np.full(array.shape, "lorem"),
        "bytes": lambda array: np.full(array.shape, b"lorem"),
        "float64": lambda array: array.astype(np.float64),
        "complex": lambda array: array.astype(np.complex64),
        "whole numbers": lambda array: array.astype(np.int32),
        "truth values": lambda array: array > 0,
        "dates": lambda array: np.zeros(array.shape, "M8[s]"),
        "records": lambda array: np.zeros(array.shape, [("a", "<f4")]),
        "not a number": lambda array: np.full_like(array, np.nan),
        "infinite": lambda array: np.full_like(array, np.inf),
        "as large as floats go": lambda array: np.full_like(array, 3e38),
        "transposed": lambda array: array.T if array.ndim > 1 else array[:-1],
        "flat": lambda array: array.reshape(-1)[:, np.newaxis],
        "empty": lambda array: array[:0],
        "a single number": lambda array: array.max(),
        "pickled": lambda array: np.array([print] * array.size, object).reshape(array.shape),
    }


def _change_arrays(name: str, change: Callable[[Any], Any]) -> Damage:
    def damage(folder: Path) -> None:
        with np.load(folder / name) as arrays:
            changed = {key: change(arrays[key]) for key in arrays.files}
        buffer = io.BytesIO()
        np.savez(buffer, **changed)
        _put(name, buffer.getvalue())(folder)

    return damage


def _rename_moment(odd: str) -> Damage:
    def damage(folder: Path) -> None:
        with np.load(folder / "checkpoints.npz") as arrays:
            renamed = {
                key.replace("1/0/", f"{odd}/", 1) if key.startswith("1/0/") else key: arrays[key]
                for key in arrays.files
            }
        _put("checkpoints.npz", npz_bytes(renamed))(folder)

    return damage


def _many_moments(folder: Path) -> None:
    with np.load(folder / "weights.npz") as arrays:
        many = {f"1/{place}/{key}": arrays[key] for place in range(100) for key in arrays.files}
    _put("checkpoints.npz", npz_bytes(many))(folder)


def _moments_reversed(folder: Path) -> None:
    with np.load(folder / "checkpoints.npz") as arrays:
        turned = {key: arrays[key] for key in reversed(arrays.files)}
    _put("checkpoints.npz", npz_bytes(turned))(folder)


def _swap(name: str, other: str) -> Damage:
    return lambda folder: _put(name, (folder / other).read_bytes())(folder)


def _bomb(name: str) -> Damage:
    """A small file whose first array unpacks to 100 MB of zeros."""

    def damage(folder: Path) -> None:
        with np.load(folder / name) as arrays:
            keys = arrays.files[:1]
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
            for key in keys:
                with packed.open(f"{key}.npy", "w", force_zip64=True) as member:
                    member.write(_header("<f4", (25_000_000,)))
                    for _ in range(100):
                        member.write(bytes(1_000_000))
        _put(name, buffer.getvalue())(folder)

    return damage


def _lying_zip(folder: Path) -> None:
    content = (folder / "weights.npz").read_bytes()
    # The size of the first array, in the directory at the end of the zip.
    at = content.index(b"PK\x01\x02") + 24
    _put("weights.npz", content[:at] + struct.pack("<I", 2**31) + content[at + 4 :])(folder)


def _header(descr: str, shape: tuple[int, ...]) -> bytes:
    buffer = io.BytesIO()
    values = {"descr": descr, "fortran_order": False, "shape": shape}
    np.lib.format.write_array_header_1_0(buffer, values)
    return buffer.getvalue()


def _odd_header(text: bytes) -> bytes:
    text += b" " * (-len(text) % 64 + 53) + b"\n"
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(text)) + text


def _probabilities() -> dict[str, bytes]:
    whole = np.full((10_000, 10), 0.1, np.float32)
    one_bad = whole.copy()
    one_bad[5000, 3] = np.nan
    negative = whole.copy()
    negative[7, :2] = -1, 1.2
    return {
        "an .npz": npz_bytes({"a": whole}),
        "float64": npy_bytes(whole.astype(np.float64)),
        "whole numbers": npy_bytes(np.ones((10_000, 10), np.int64)),
        "text": npy_bytes(np.full((10_000, 10), "ab")),
        "big-endian": npy_bytes(whole.astype(">f4")),
        "a row short": npy_bytes(whole[:-1]),
        "a column short": npy_bytes(whole[:, :-1]),
        "turned": npy_bytes(whole.T),
        "flat": npy_bytes(whole.reshape(-1)),
        "one number": npy_bytes(np.array(1, np.float32)),
        "not a number": npy_bytes(whole * np.float32(np.nan)),
        "one is not a number": npy_bytes(one_bad),
        "infinite": npy_bytes(whole * np.float32(np.inf)),
        "zeros": npy_bytes(whole * 0),
        "sums of two": npy_bytes(whole * 2),
        "negative ones": npy_bytes(negative),
        "a header alone": _header("<f4", (10_000, 10)),
        "a header that promises gigabytes": _header("<f4", (2**40, 10)) + bytes(400_000),
        "a header with a negative shape": _header("<f4", (-10_000, 10)) + bytes(400_000),
        "a header without brackets closed": _odd_header(b"{'descr': ((((") + bytes(99),
        "a header with code": _odd_header(b"{'descr': __import__('os').getpid()}") + bytes(99),
        "a header with minus signs": _odd_header(b"-" * 30_000 + b"1") + bytes(99),
        "a header that is a list": _odd_header(b"[1, 2, 3]") + bytes(99),
        "a header of another version": b"\x93NUMPY\x09\x00" + bytes(999),
        "only what NumPy begins with": b"\x93NUMPY",
    }


def _records() -> dict[str, Damage]:
    """JSON of another type, with entries that are missing, too many, of another type or range."""
    kinds: dict[str, bytes] = {
        "null": b"null",
        "a list": b"[]",
        "an empty set": b"{}",
        "a number": b"1",
        "text": b'"lorem"',
        "not a number": b"NaN",
        "nested deeply": DEEP,
        "nested deeply in an entry": b'{"epochs": ' + DEEP + b"}",
        "ended too soon": b'{"epochs": [',
        "of another encoding": b"\xff\xfe{",
        "huge": b" " * 3_000_000 + b"{}",
    }
    found: dict[str, Damage] = {}
    for name in ("config.json", "history.json", "results.json"):
        for what, content in kinds.items():
            if (name, what) != ("config.json", "an empty set"):  # All defaults: another network.
                found[f"{name} is {what}"] = _put(name, content)
    odd: tuple[Any, ...] = ("much", None, [], {}, True, -1, HUGE, float("nan"), float("inf"))
    places: tuple[tuple[str, list[str | int]], ...] = (
        ("config.json", ["epochs"]),
        ("config.json", ["learning_rate"]),
        ("config.json", ["optimizer"]),
        ("config.json", ["architecture", "filters"]),
        ("results.json", ["test_accuracy"]),
        ("results.json", ["seconds"]),
        ("results.json", ["epochs_trained"]),
        ("history.json", ["epochs", 0, "loss"]),
        ("history.json", ["epochs", 0, "epoch"]),
        ("history.json", ["epochs", 0]),
        ("history.json", ["epochs"]),
        ("history.json", ["steps"]),
    )
    for place, (name, way) in enumerate(places):
        # Four of them each, others each time.
        for value in (odd * 2)[place % len(odd) :][:4]:
            said = "10^400" if value == HUGE else repr(value)
            put = [value] if way == ["steps"] else value
            found[f"{name}: {way[-1]} of {way[:-1]} {said}"] = _change(name, way, put)
    found["config.json: ten thousand filters"] = _change(
        "config.json", ["architecture", "filters"], [10_000, 10_000]
    )
    found["config.json: an odd setting"] = _change("config.json", ["**[x](//y)**"], 1)
    found["config.json: augmentation of another type"] = _change(
        "config.json", ["augmentation"], [3, 4]
    )
    found["results.json: no accuracy"] = _put("results.json", b'{"seconds": 3.0}')
    found["results.json: accuracy of 98"] = _change("results.json", ["test_accuracy"], 98.5)
    found["results.json: another event"] = _change("results.json", ["event"], "failed")
    found["results.json: a version with a link"] = _change("results.json", ["keras"], "[x](//y)")
    found["results.json: kept an epoch that never was"] = _change("results.json", ["kept_epoch"], 9)
    found["history.json: no steps"] = _put("history.json", b'{"epochs": []}')
    found["history.json: no epochs"] = _change("history.json", ["epochs"], [])
    found["history.json: a hundred thousand points"] = _change(
        "history.json", ["steps"], [{"step": n, "loss": 1.0, "accuracy": 0.5} for n in range(10**5)]
    )
    found["history.json: epochs that go back"] = _change("history.json", ["epochs", 1, "epoch"], 1)
    return found


def _change(name: str, way: list[str | int], value: Any) -> Damage:
    """Put a value somewhere into a JSON file."""

    def damage(folder: Path) -> None:
        whole = json.loads((folder / name).read_bytes())
        part = whole
        for step in way[:-1]:
            part = part[step]
        part[way[-1]] = value
        # Python refuses to read whole numbers of more than 4,300 digits, not to write these.
        _put(name, json.dumps(whole).encode())(folder)

    return damage


def _manifests() -> dict[str, Damage]:
    kinds = {
        "null": b"null",
        "a list": b"[1, 2]",
        "an empty set": b"{}",
        "of another encoding": b"\xff\xfe",
        "nested deeply": DEEP,
        "huge": b" " * 3_000_000 + b"{}",
    }
    found = {
        f"manifest.json is {what}": _put(MANIFEST, content, matching=False)
        for what, content in kinds.items()
    }
    found["manifest.json is gone"] = lambda folder: (folder / MANIFEST).unlink()
    sizes: tuple[Any, ...] = ("many", None, [], -1, 1.5, True, HUGE, float("inf"), float("nan"))
    for value in sizes:
        said = "10^400" if value == HUGE else repr(value)
        found[f"manifest.json: {said} bytes"] = _in_manifest("bytes", value)
    for value in ("", None, 5, [], "x" * 64):
        found[f"manifest.json: checksum {value!r}"] = _in_manifest("sha256", value)
    return found


def _in_manifest(entry: str, value: Any) -> Damage:
    def damage(folder: Path) -> None:
        manifest = json.loads((folder / MANIFEST).read_bytes())
        manifest["weights.npz"][entry] = value
        (folder / MANIFEST).write_text(json.dumps(manifest))

    return damage


def _on_disk() -> dict[str, Damage]:
    """What stands in a file's or the folder's place."""
    found: dict[str, Damage] = {}
    for name in (*FILES, MANIFEST):
        found[f"{name} is a folder"] = _instead(name, Path.mkdir)
        found[f"{name} is a link to its content"] = _link_elsewhere(name)
        found[f"{name} is a link to /dev/zero"] = _instead(
            name, lambda path: path.symlink_to("/dev/zero")
        )
        found[f"{name} is a link to nowhere"] = _instead(
            name, lambda path: path.symlink_to("/nowhere")
        )
        found[f"{name} is a pipe"] = _instead(name, os.mkfifo)
    found["the folder is a link"] = _move_away
    found["the folder is a link to itself"] = _loop
    found["the folder has nothing in it but a manifest"] = _only_manifest
    return found


def _instead(name: str, make: Callable[[Path], None]) -> Damage:
    def damage(folder: Path) -> None:
        (folder / name).unlink()
        make(folder / name)

    return damage


def _link_elsewhere(name: str) -> Damage:
    def damage(folder: Path) -> None:
        elsewhere = folder.parent.parent / "elsewhere"
        (folder / name).rename(elsewhere)
        (folder / name).symlink_to(elsewhere)

    return damage


def _move_away(folder: Path) -> None:
    elsewhere = folder.parent.parent / "elsewhere"
    folder.rename(elsewhere)
    folder.symlink_to(elsewhere)


def _loop(folder: Path) -> None:
    folder.rename(folder.parent.parent / "elsewhere")
    folder.symlink_to(folder)


def _only_manifest(folder: Path) -> None:
    for name in FILES:
        (folder / name).unlink()
