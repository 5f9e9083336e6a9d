"""Models are told by their own figures."""

from __future__ import annotations

from cnn_core.network.architecture import Architecture
from cnn_core.store.store import model_folder, open_model
from tests.support.seen import plain
from ui.look.model_words import model_facts, model_label, shape_of_blocks


def test_a_model_in_words() -> None:
    """Its accuracy on the test digits, its parameters, and what sets it apart."""
    baseline = open_model(model_folder("baseline"))
    accuracy = f"{100 * baseline.results['test_accuracy']:.2f} %"
    assert plain(model_label(baseline)) == f"Baseline · {accuracy}"
    assert plain(model_facts(baseline)) == f"{accuracy} · 32,906 parameters"
    blocks = Architecture(filters=(4, 8), kernel_size=5, padding="same")
    assert shape_of_blocks(blocks) == "4-8 filters 5×5, padding same"
