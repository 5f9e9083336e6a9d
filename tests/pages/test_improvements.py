"""The improvements page tells what is stored, and changes the digit as it says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from cnn_core.data.dataset import Mnist
from cnn_core.findings.compared import COMPARED
from cnn_core.findings.evaluation import compare
from cnn_core.findings.robustness import DIALS, load_robustness
from cnn_core.images.changes import Change
from cnn_core.network.change_of_maps import moved
from cnn_core.recipe.improvements import known_improvements
from cnn_core.store.store import load_network, model_folder, open_model
from tests.support.pages import OpenPage, all_text, set_value, takeaway_of, tell
from tests.support.seen import components, plain
from ui.check.blind_spot_try import SAME
from ui.look.wording import percent


def bars(app: AppTest) -> list[list[float]]:
    """All probability bars of the page, from top to bottom."""
    return [data["shares"] for data in components(app, "shares")]


def expected(image: np.ndarray) -> Iterator[np.ndarray]:
    """What baseline and improved make of an image."""
    for name in COMPARED:
        yield load_network(name).predict(image[np.newaxis])[0]


@pytest.fixture
def app(open_page: OpenPage) -> AppTest:
    """The page with the default digit and model."""
    page = open_page("improvements")
    assert "Guess first." in all_text(page)
    assert "the sizes run" not in all_text(page)
    return page.button(key="blind-spot-show").click().run()


def test_steps_are_told_from_what_is_stored(app: AppTest, mnist: Mnist) -> None:
    """Every seed in the table; of the step in detail, the digits that it fixed and broke."""
    table = app.table[0].value
    improvements = known_improvements()
    assert len(table) == len(improvements)
    for improvement, accuracy in zip(improvements, table["Accuracy"], strict=True):
        mean = (
            f"Mean **{percent(improvement.mean, 2)}**, " if improvement.is_complete else "Seeds: "
        )
        assert accuracy.startswith(mean)
        for seed in improvement.accuracies:
            assert f"{100 * seed:.2f}" in accuracy.rpartition("Seeds: ")[2]

    # To a step that is stored, from the one before it.
    name = app.session_state["step"]
    before = next(improvement.before for improvement in improvements if improvement.name == name)
    stored = [open_model(model_folder(str(each))).test_probabilities() for each in (before, name)]
    compared = compare(stored[0], stored[1], mnist.test.labels)
    text = all_text(app)
    assert f"**{len(compared.only_second)} digits** right that" in text
    assert f"misreads **{len(compared.only_first)} digits**" in text

    app.button(key="use-step").click().run()
    assert not app.exception
    assert app.session_state["model"] == name
    assert app.query_params["model"] == name
    assert app.button(key="use-step").disabled


def test_painting_into_the_blind_spot(app: AppTest, mnist: Mnist) -> None:
    """To the last bit nothing for baseline; the digit moves into it; and back again."""
    assert not any("to the last bit" in part["said"] for part in components(app, "said"))
    tell(app, "blind-slider", "moved", {"settings": [5], "number": 1})
    image = moved(mnist.test.images[42], 5, 5)
    for shown, probabilities in zip(bars(app)[-4:-2], expected(image), strict=True):
        np.testing.assert_allclose(shown, probabilities, atol=1e-6)

    app.button(key="blind-scribble").click().run()
    assert not app.exception
    told = [part["said"].startswith(SAME) for part in components(app, "said")]
    assert told == [True, False]
    assert "0 pixels beside it" in all_text(app)
    painted = app.session_state["blind-image"]
    assert (painted[:22, :22] == image[:22, :22]).all()
    assert (painted != image).sum() > 250
    for shown, probabilities in zip(bars(app)[-4:-2], expected(painted), strict=True):
        np.testing.assert_allclose(shown, probabilities, atol=1e-6)

    app.button(key="blind-start-over").click().run()
    assert components(app, "effect")[0]["settings"] == [0]
    assert "Painted: 0 pixels" in all_text(app)
    assert app.button(key="blind-start-over").disabled


def test_changes_with_their_stored_accuracy(app: AppTest, mnist: Mnist) -> None:
    """The digit is changed as the slider says, and the text tells what was measured there."""
    stored = load_robustness({name: open_model(model_folder(name)) for name in COMPARED})
    image = mnist.test.images[42]

    app.slider(key="robustness-down").set_value(-6)
    app.slider(key="robustness-right").set_value(3).run()
    text = all_text(app)
    assert "**Moved 6 pixels up and 3 to the right.**" in text
    for name in COMPARED:
        assert f"reads **{percent(stored[name].shifted(-6, 3).accuracy)}** right" in text
    for shown, probabilities in zip(bars(app)[-2:], expected(moved(image, -6, 3)), strict=True):
        np.testing.assert_allclose(shown, probabilities, atol=1e-6)

    for dial in (DIALS["rotate"], DIALS["noise"], DIALS["contrast"]):
        set_value(app, "robustness-kind", dial.name).run()
        value = dial.values[1]
        app.select_slider(key=f"robustness-{dial.name}").set_value(value).run()
        assert not app.exception
        text = all_text(app)
        for name in COMPARED:
            score = stored[name].dials[dial.name][1]
            assert f"reads **{percent(score.accuracy)}** right" in text
        changed = dial.change(value).apply(image)
        assert dial.change(value) != Change()
        for shown, probabilities in zip(bars(app)[-2:], expected(changed), strict=True):
            np.testing.assert_allclose(shown, probabilities, atol=1e-6)


def test_the_takeaway_counts_errors_and_moved_digits(app: AppTest) -> None:
    """Before and after, each with its own figures."""
    improvements = {improvement.name: improvement.mean for improvement in known_improvements()}
    first, last = improvements["baseline"], improvements["improved"]
    shifted = {
        name: found.shifted(-4, -4).accuracy
        for name, found in load_robustness(
            {name: open_model(model_folder(name)) for name in COMPARED}
        ).items()
    }
    said = plain(takeaway_of(app))
    assert f"From {100 * first:.2f} % to {100 * last:.2f} % sounds like little" in said
    errors = [f"{round(10_000 * (1 - mean), 1):g}" for mean in (first, last)]
    assert f"is {errors[0]} errors in 10,000 turned into {errors[1]}." in said
    assert (
        f"Of digits moved 4 pixels up and 4 to the left, {100 * shifted['improved']:.1f} % are read "
        f"right now, and {100 * shifted['baseline']:.1f} % were."
    ) in said
    said = plain(all_text(app))
    assert "The same kinds of layers with 3 times the parameters" in said
    assert f"make {100 * (1 - last) / (1 - first):.0f} % of the mistakes" in said
    assert "the sizes run 28 → 26 → 13 → 11 → 5 → 3 → 1. The last pool is handed 3×3" in said
    asked: Any = app.get_by_key("blind-spot-guess")
    assert plain(asked.options[2]) == "300, 38 % of them"
