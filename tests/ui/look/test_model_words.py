"""Models are told by their own figures."""

from __future__ import annotations

from pathlib import Path

from cnn_core.network.architecture import Architecture
from cnn_core.store.store import model_folder, open_model, save_model
from tests.support.seen import plain
from tests.support.stored import files_of
from ui.look.model_words import model_facts, model_label, shape_of_blocks


def test_a_model_in_words() -> None:
    """To choose by, how it reads the held-out digits; as a verdict, how it reads the test digits."""
    baseline = open_model(model_folder("baseline"))
    validated = baseline.history()["epochs"][-1]["validation_accuracy"]
    assert plain(model_label(baseline)) == f"Baseline · {100 * validated:.2f} %"
    accuracy = f"{100 * baseline.results['test_accuracy']:.2f} %"
    assert plain(model_facts(baseline)) == f"{accuracy} · 32,906 parameters"
    blocks = Architecture(filters=(4, 8), kernel_size=5, padding="same")
    assert shape_of_blocks(blocks) == "4-8 filters 5×5, padding same"


def test_a_run_without_its_history(tmp_path: Path) -> None:
    """Only its name: what is damaged is said on the page of runs."""
    save_model(tmp_path / "run", files_of())
    run, broken = (open_model(tmp_path / "run") for _ in range(2))
    assert plain(model_label(run)) == "run · 85.00 %"
    (tmp_path / "run" / "history.json").unlink()
    assert model_label(broken) == "run"
