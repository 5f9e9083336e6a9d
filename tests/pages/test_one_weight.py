"""The page of one weight shows the gradient that training would use, and takes its steps."""

from __future__ import annotations

import numpy as np
import pytest

from cnn_core.data.dataset import Mnist
from cnn_core.network.weight_gradient import forwards_and_backwards, meeting, weight_gradients
from cnn_core.network.weight_place import largest_at, weight_at, weight_named
from cnn_core.store.moment import Moment
from cnn_core.store.store import model_folder, open_model
from tests.support.pages import OpenPage, set_value
from tests.support.seen import charts, plotted, words
from ui.look.wording import significant
from ui.train.weight_choice import BatchChoice

NETWORK = open_model(model_folder("baseline")).checkpoints()[Moment(1, 50)]


def test_from_the_gradient_to_the_loss_after_ten_steps(open_page: OpenPage, mnist: Mnist) -> None:
    """The steepest weight of the first layer, its images, a step alone, and ten of all."""
    positions = BatchChoice().positions(54_000)
    images, labels = mnist.train.images[positions], mnist.train.labels[positions]
    batch = forwards_and_backwards(NETWORK, images, labels)
    gradients = weight_gradients(NETWORK, batch)
    place = largest_at(gradients, "conv1", "kernel")
    gradient = float(gradients["conv1"].kernel[place.index])
    app = open_page("one_weight", model="baseline")
    assert app.query_params["weight"] == place.name
    assert app.query_params["batch"] == "32-0"
    metrics = {metric.label: metric.value for metric in app.metric}
    assert metrics["The weight"] == significant(weight_at(NETWORK, place), 4)
    assert metrics["Loss of the batch"] == significant(batch.loss, 4)
    assert metrics["Gradient of the weight"] == significant(gradient, 4)
    way = "rise" if gradient > 0 else "fall"
    assert f"were the weight 0.01 larger, the loss would {way} by about" in words(app)
    pulls, along, losses = charts(app)
    shares = np.sort(meeting(NETWORK, batch, place).by_image / 32)
    np.testing.assert_allclose(plotted(pulls["data"][0]["y"]), shares, rtol=1e-5)
    assert len(plotted(losses["data"][0]["y"])) == 1
    assert "No step has been taken yet." in words(app)

    app.select_slider(key="weight-rate-alone-sgd").set_value(0.3).run()
    app.button(key="weight-step").click().run()
    assert not app.exception
    after = weight_at(NETWORK, place) - 0.3 * gradient
    along, losses = charts(app)[-2:]
    now = along["data"][-1]
    assert now["x"][0] == pytest.approx(after, rel=1e-5)
    assert plotted(losses["data"][0]["y"])[1] == pytest.approx(now["y"][0])
    curve = along["data"][0]
    on_curve = np.interp(now["x"][0], plotted(curve["x"]), plotted(curve["y"]))
    assert now["y"][0] == pytest.approx(on_curve, abs=5e-4)
    assert f"= **{significant(after, 4)}**" in words(app)

    set_value(app, "weight-which", "All weights").run()
    app.button(key="weight-ten").click().run()
    assert not app.exception
    along = {trace["name"]: trace for trace in charts(app)[-2]["data"]}
    for name, at in (("Before the first step", 0), ("Loss along this weight", -1)):
        way = along["Where it has been"]
        curve = np.interp(way["x"][at], plotted(along[name]["x"]), plotted(along[name]["y"]))
        assert way["y"][at] == pytest.approx(curve, abs=5e-4), name
    alone, together = charts(app)[-1]["data"]
    assert (alone["name"], together["name"]) == ("SGD 0.3, one weight", "SGD 0.03, all weights")
    assert len(plotted(together["y"])) == 11
    assert plotted(together["y"])[0] == plotted(alone["y"])[0] == pytest.approx(batch.loss)

    app.button(key="weight-again").click().run()
    assert "No step has been taken yet." in words(app)
    app.button(key="weight-too-large").click().run()
    assert not app.exception
    assert len(plotted(charts(app)[-1]["data"][-1]["y"])) == 11
    assert "of the steps it rose" in words(app) or "beyond all bounds" in app.error[0].value


def test_a_link_shows_the_weight(open_page: OpenPage) -> None:
    """Weight, batch and moment as the address names them; a guess is judged by the first step."""
    app = open_page(
        "one_weight", model="baseline", weight="output-kernel-5-3", batch="8-7", moment="0-0"
    )
    assert not app.warning
    network = open_model(model_folder("baseline")).checkpoints()[Moment(0, 0)]
    place = weight_named("output-kernel-5-3", network.architecture)
    metrics = {metric.label: metric.value for metric in app.metric}
    assert metrics["The weight"] == significant(weight_at(network, place), 4)
    assert app.number_input(key="batch-seed").value == 7
    assert len(plotted(charts(app)[0]["data"][0]["y"])) == 8
    assert "It is the only way to this weight." in words(app)
    before = [line for line in words(app).splitlines() if line.startswith("**Training digit")]
    # The image that pulls most is one of the outermost bars.
    way, back = ("left", "right") if app.button(key="weight-right").disabled else ("right", "left")
    app.button(key=f"weight-{way}").click().run()
    assert before[0] not in words(app)
    app.button(key=f"weight-{back}").click().run()
    assert before[0] in words(app)
    gradient = float(metrics["Gradient of the weight"].replace("−", "-").split(" · ")[0])
    set_value(app, "weight-guess-output-kernel-5-3", "Up").run()
    app.button(key="weight-step").click().run()
    judged = app.success if gradient < 0 else app.error
    assert len(judged) == 1
    set_value(app, "weight-rule", "adam").run()
    app.button(key="weight-step").click().run()
    now = charts(app)[-2]["data"][-1]["x"][0]
    assert now == pytest.approx(weight_at(network, place) - 0.03 * np.sign(gradient), rel=0.002)
    assert f"= **{significant(now, 4)}**" in words(app)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("weight", "conv9-kernel-0-0-0-0", "names no weight"),
        ("weight", "conv1-kernel-0-0-0-16", "There is no weight"),
        ("weight", "<img src=x>", "names no weight"),
        ("batch", "33-0", "names no batch"),
        ("batch", "00032-1", "names no batch"),
        ("batch", "32-99999", "names no batch"),
        ("moment", "99-99", "no moment"),
    ],
)
def test_senseless_addresses(open_page: OpenPage, name: str, value: str, said: str) -> None:
    """A notice says what is wrong; the page shows what it would without."""
    app = open_page("one_weight", model="baseline", **{name: value})
    assert said in app.warning[0].value
    assert app.query_params["batch"] == "32-0"
    assert app.query_params["weight"].startswith("conv1-kernel-")


def test_choosing_goes_on(open_page: OpenPage) -> None:
    """Another layer at its steepest weight, another index, another batch; a model without the layer."""
    app = open_page("one_weight", model="improved", weight="conv3-kernel-0-0-0-0")
    set_value(app, "weight-layer", "dense").run()
    assert app.query_params["weight"].startswith("dense-kernel-")
    app.number_input(key="weight-dense-kernel-1").set_value(17).run()
    assert app.query_params["weight"].endswith("-17")
    set_value(app, "weight-part", "bias").run()
    assert app.query_params["weight"].startswith("dense-bias-")
    set_value(app, "batch-size", 1)
    app.number_input(key="batch-seed").set_value(3).run()
    assert app.query_params["batch"] == "1-3"
    app.button(key="weight-any").click().run()
    assert not app.exception
    assert app.query_params["weight"].startswith("dense-bias-")
