"""The evaluation page tells the stored results, down to each image."""

from __future__ import annotations

import json

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from cnn_core.data.dataset import Mnist
from cnn_core.findings.compared import COMPARED
from cnn_core.findings.evaluation import compare, confusion_matrix, mistakes
from cnn_core.findings.label_issues import load_label_issues
from cnn_core.store.store import BUNDLED_ROOT, open_model
from tests.support.pages import OpenPage, all_text, set_value
from tests.support.seen import charts, plain, plotted
from ui.look.wording import a_digit, percent


def component(app: AppTest, key: str) -> dict[str, object]:
    """What a component was handed, found by a key of its data."""
    found = [json.loads(each.proto.json) for each in app.get("bidi_component")]
    data: dict[str, object] = next(data for data in found if key in data)
    return data


def test_figures_are_those_of_the_stored_answers(open_page: OpenPage, mnist: Mnist) -> None:
    """Accuracy and number of mistakes are counted from the stored probabilities."""
    model = open_model(BUNDLED_ROOT / "baseline")
    wrong = mistakes(model.test_probabilities(), mnist.test.labels)

    app = open_page("evaluation", model="baseline")

    shown = {metric.label: metric.value for metric in app.metric}
    assert shown["Test accuracy"] == percent(model.results["test_accuracy"], 2)
    assert shown["Digits misread"] == str(len(wrong))


def test_commonest_confusion_is_open_at_first(open_page: OpenPage, mnist: Mnist) -> None:
    """The matrix holds the true counts, and the images behind its largest mistake are shown."""
    probabilities = open_model(BUNDLED_ROOT / "baseline").test_probabilities()
    confusion = confusion_matrix(probabilities, mnist.test.labels)

    app = open_page("evaluation", model="baseline")

    data = component(app, "counts")
    assert data["counts"] == confusion.tolist()
    np.fill_diagonal(confusion, 0)
    truth, answer = np.unravel_index(confusion.argmax(), confusion.shape)
    assert data["chosen"] == [truth, answer]
    assert f"{confusion.max()} × {a_digit(int(truth))} read as {a_digit(int(answer))}" in all_text(
        app
    )


def address(app: AppTest) -> dict[str, str]:
    """The address; AppTest makes lists of what a page wrote, and leaves what a test wrote."""
    return {
        name: value if isinstance(value, str) else value[0]
        for name, value in app.query_params.items()
    }


def open_part(app: AppTest, part: str) -> AppTest:
    """Open one of the tabs."""
    app.session_state["evaluation-part"] = part
    app.run()
    assert not app.exception
    return app


def test_compares_with_the_other_model(open_page: OpenPage, mnist: Mnist) -> None:
    """Two by two, and in words; the open cell shows what only the chosen model reads."""
    app = open_page("evaluation", model="baseline")
    # What was compared with may have become the current model since.
    app.session_state["other-model"] = "baseline"
    open_part(app, "Two models")

    compared = compare(
        open_model(BUNDLED_ROOT / "baseline").test_probabilities(),
        open_model(BUNDLED_ROOT / "improved").test_probabilities(),
        mnist.test.labels,
    )
    table = component(app, "counts")
    assert table["counts"] == [
        [len(compared.both), len(compared.only_first)],
        [len(compared.only_second), len(compared.neither)],
    ]
    assert table["rows"] == ["Baseline right", "Baseline wrong"]
    assert table["columns"] == ["Improved right", "Improved wrong"]
    assert component(app, "captions")["names"] == [
        f"test-{position}" for position in compared.only_first[:24]
    ]
    assert "McNemar's exact test" in all_text(app)


def test_threshold_refuses(open_page: OpenPage) -> None:
    """With a threshold of 0 nothing is refused and the accuracy is the model's."""
    app = open_part(open_page("evaluation", model="baseline"), "Confidence")

    app.slider(key="threshold").set_value(0.0).run()

    accuracy = open_model(BUNDLED_ROOT / "baseline").results["test_accuracy"]
    assert "It then refuses **0** digits" in all_text(app)
    assert f"**{percent(accuracy, 2)}** are right" in all_text(app)


def test_doubtful_labels_in_two_ways(open_page: OpenPage, mnist: Mnist) -> None:
    """By quality, lowest first, and by confident learning; the chosen one leads on to the layers."""
    issues = load_label_issues([open_model(BUNDLED_ROOT / judge) for judge in COMPARED])
    first = int(issues.doubtful()[0])
    app = open_page("evaluation", model="baseline", digit=f"test-{first}")
    app = open_part(app, "Doubtful labels")

    shown = component(app, "captions")
    assert shown["names"] == [f"test-{position}" for position in issues.doubtful()[:24]]
    captions = shown["captions"]
    assert isinstance(captions, list)
    assert captions[0].startswith(f"{mnist.test.labels[first]} → ")
    assert captions[0].endswith(f" · {issues.quality[first]:.2f}")
    assert f"**Test digit {first:,}**, the current digit" in all_text(app)
    # Before those that lead on from every page.
    lead_on = {link.proto.label: link.proto for link in app.get("page_link")[:2]}
    answer = open_model(BUNDLED_ROOT / "baseline").test_probabilities()[first].argmax()
    assert list(lead_on) == [f"Why {a_digit(int(answer))}?", "Follow it through all layers"]
    assert [link.page for link in lead_on.values()] == ["reasons", "layers"]
    assert {link.query_string for link in lead_on.values()} == {
        f"digit=test-{first}&model=baseline"
    }

    set_value(app, "issues-way", "Confident learning").run()
    flagged = issues.flagged_by_any()
    assert component(app, "captions")["names"] == [f"test-{position}" for position in flagged[:24]]
    assert (
        "It flags 23 with the answers of Baseline and 1 with the answers of Improved"
        in all_text(app)
    )


def test_digit_by_digit(open_page: OpenPage, mnist: Mnist) -> None:
    """Which digit is hardest, which answer is least trusted, counted from the stored answers."""
    answers = open_model(BUNDLED_ROOT / "baseline").test_probabilities().argmax(axis=1)
    labels = mnist.test.labels
    app = open_part(open_page("evaluation", model="baseline"), "Digit by digit")

    every = range(10)
    recall = [float((answers[labels == digit] == digit).mean()) for digit in every]
    precision = [float((labels[answers == digit] == digit).mean()) for digit in every]
    f1 = [2 / (1 / p + 1 / r) for p, r in zip(precision, recall, strict=True)]
    support = [int((labels == digit).sum()) for digit in every]
    table = app.table[0].value
    assert table["Label"].tolist() == list(every)
    for name, values in (("Precision", precision), ("Recall", recall), ("F1", f1)):
        assert table[name].tolist() == [percent(value, 2) for value in values]
    assert table["Support"].tolist() == [f"{count:,}" for count in support]
    hardest, least, lowest, rarest = (
        int(np.argmin(values)) for values in (recall, precision, f1, support)
    )
    said = plain(all_text(app))
    assert (
        f"of all {support[hardest]:,} written as {a_digit(hardest)}, {100 * recall[hardest]:.1f} % "
        "are read as one"
    ) in said
    assert f"read as {a_digit(least)}, {100 * precision[least]:.1f} % are one, the lowest" in said
    assert f"it is lowest for the {lowest}, {100 * f1[lowest]:.1f} %" in said
    assert f"of the {rarest} fewest, {support[rarest]}" in said
    assert [each.proto.label for each in app.get("download_button")] == ["Digit by digit"]


def test_confidence(open_page: OpenPage, mnist: Mnist) -> None:
    """Calibration, and what a threshold refuses, counted by hand."""
    probabilities = open_model(BUNDLED_ROOT / "baseline").test_probabilities()
    confidence = probabilities.max(axis=1).astype(float)
    right = probabilities.argmax(axis=1) == mnist.test.labels
    app = open_part(open_page("evaluation", model="baseline"), "Confidence")
    app.slider(key="threshold").set_value(0.95).run()

    kept = confidence >= np.float32(0.95)
    said = plain(all_text(app))
    assert (
        f"It then refuses **{(~kept).sum()}** digits and answers {100 * kept.mean():.1f} % of them, "
        f"of which **{100 * right[kept].mean():.2f} %** are right."
    ) in said
    place = np.minimum((confidence * 10).astype(int), 9)
    error = sum(
        abs(confidence[place == one].sum() - right[place == one].sum()) for one in range(10)
    )
    assert f"are apart by {100 * error / 10_000:.2f} % on average" in said
    reliability, histogram, coverage = charts(app)
    model = next(line for line in reliability["data"] if line["name"] == "This model")
    bins = np.unique(place)
    assert plotted(model["x"]).tolist() == pytest.approx(
        [confidence[place == one].mean() for one in bins]
    )
    assert plotted(model["y"]).tolist() == pytest.approx(
        [right[place == one].mean() for one in bins]
    )
    assert [int(plotted(bars["y"]).sum()) for bars in histogram["data"]] == [
        right.sum(),
        (~right).sum(),
    ]
    assert coverage["layout"]["shapes"][0]["x0"] == 0.95
    answered, of_those = coverage["data"]
    assert plotted(answered["y"])[0] == 1
    assert plotted(of_those["y"])[0] == pytest.approx(right.mean())


def test_mistakes_in_three_orders(open_page: OpenPage, mnist: Mnist) -> None:
    """The surest first, the most torn first, or class by class."""
    probabilities = open_model(BUNDLED_ROOT / "baseline").test_probabilities()
    labels = mnist.test.labels
    wrong = np.flatnonzero(probabilities.argmax(axis=1) != labels)
    ranked = np.sort(probabilities[wrong], axis=1)
    app = open_part(open_page("evaluation", model="baseline"), "All mistakes")

    def first() -> list[int]:
        names = component(app, "captions")["names"]
        assert isinstance(names, list)
        return [int(name.removeprefix("test-")) for name in names]

    surest = ranked[np.argsort(-ranked[:, -1])][:24, -1]
    assert probabilities[first()].max(axis=1).tolist() == pytest.approx(surest.tolist())
    set_value(app, "mistakes-order", "Most torn").run()
    margins = np.sort(ranked[:, -1] - ranked[:, -2])[:24]
    shown = np.sort(probabilities[first()], axis=1)
    assert (shown[:, -1] - shown[:, -2]).tolist() == pytest.approx(margins.tolist())
    set_value(app, "mistakes-order", "Class").run()
    assert labels[first()].tolist() == np.sort(labels[wrong])[:24].tolist()


def test_how_far_the_accuracy_can_be_trusted(open_page: OpenPage, mnist: Mnist) -> None:
    """The loss and Wilson's interval, worked out from the stored answers."""
    probabilities = open_model(BUNDLED_ROOT / "baseline").test_probabilities().astype(float)
    labels = mnist.test.labels
    right = int((probabilities.argmax(axis=1) == labels).sum())
    app = open_page("evaluation", model="baseline")

    loss = -np.log(probabilities[np.arange(10_000), labels]).mean()
    assert {metric.label: metric.value for metric in app.metric}["Loss"] == f"{loss:.4f}"
    z, n, share = 1.959964, 10_000, right / 10_000
    middle = (share + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z / (1 + z**2 / n) * np.sqrt(share * (1 - share) / n + z**2 / (4 * n**2))
    said = plain(all_text(app))
    assert f"Baseline reads {right:,} of 10,000 test digits right." in said
    assert (
        f"The 95 % interval is **{100 * (middle - half):.2f} %** to **{100 * (middle + half):.2f} %**"
    ) in said
    first, last = (
        100 * (probabilities[part].argmax(axis=1) == labels[part]).mean()
        for part in (slice(5_000), slice(5_000, None))
    )
    assert f"of the first 5,000 it reads {first:.2f} %, of the other 5,000 {last:.2f} %." in said


def test_a_link_opens_what_was_open(open_page: OpenPage) -> None:
    """Part, cell, compared model and its cell: each in the address, and followed when it is opened."""
    app = open_page("evaluation", model="baseline", cell="4-9")
    assert component(app, "counts")["chosen"] == [4, 9]
    assert address(app) == {
        "digit": "test-42",
        "model": "baseline",
        "part": "confusions",
        "cell": "4-9",
    }
    app.session_state["confusion-cell"] = (9, 4)
    app.run()
    assert address(app)["cell"] == "9-4"

    app.query_params["part"] = "models"
    app.query_params["other"] = "same-padding"
    app.query_params["verdicts"] = "wrong-right"
    app.run()
    table = component(app, "counts")
    assert table["rows"] == ["Baseline right", "Baseline wrong"]
    assert table["columns"] == ["Same padding right", "Same padding wrong"]
    assert table["chosen"] == [1, 0]
    assert app.session_state["evaluation-part"] == "Two models"
    open_part(app, "All mistakes")
    assert address(app)["part"] == "mistakes"
    assert not app.warning


@pytest.mark.parametrize("model", ["baseline", "improved"])
def test_the_cell_that_the_page_chose_is_in_the_address(open_page: OpenPage, model: str) -> None:
    """It is another one with another model, as long as nobody has opened any."""
    app = open_page("evaluation", model="improved" if model == "baseline" else "baseline")
    app.query_params["model"] = model
    app.run()
    chosen = component(app, "counts")["chosen"]
    assert isinstance(chosen, list)
    assert address(app)["cell"] == "-".join(map(str, chosen))
    assert chosen == {"baseline": [2, 7], "improved": [9, 4]}[model]


def test_an_address_without_sense(open_page: OpenPage) -> None:
    """Each part of it is answered with a notice, and with what would be there without it."""
    app = open_page(
        "evaluation", model="baseline", part="x", cell="4-10", verdicts="so-so", other="baseline"
    )
    said = [warning.value for warning in app.warning]
    assert len(said) == 3
    assert "This page has no part `x`." in said[0]
    assert "There is no cell `4-10` in the confusion matrix." in said[1]
    assert "There is no cell `so-so` in the table of two models." in said[1]
    assert "The model `baseline` cannot be compared with itself." in said[2]
    assert address(app)["part"] == "confusions"
    assert address(app)["cell"] == "2-7"
    app.run()
    assert not app.warning


def test_both_models_are_told_apart(open_page: OpenPage, mnist: Mnist) -> None:
    """How often each alone is right, and which images a cell holds."""
    first, second = (
        open_model(BUNDLED_ROOT / name).test_probabilities().argmax(axis=1) == mnist.test.labels
        for name in ("baseline", "improved")
    )
    app = open_part(open_page("evaluation", model="baseline"), "Two models")
    only_first, only_second = int((first & ~second).sum()), int((second & ~first).sum())
    assert (
        f"On {only_first + only_second} digits exactly one of them is right: {only_first} times "
        f"Baseline, {only_second} times Improved."
    ) in all_text(app)
    assert "with a probability of less than 0.0001 (McNemar" in all_text(app)
    assert f"{only_first} digits: Baseline right, Improved wrong" in all_text(app)
    assert [each.proto.label for each in app.get("download_button")] == ["Baseline and Improved"]

    app.session_state["comparison-cell"] = (1, 0)
    app.run()
    assert f"{only_second} digits: Baseline wrong, Improved right" in all_text(app)
    assert component(app, "captions")["names"] == [
        f"test-{position}" for position in np.flatnonzero(second & ~first)[:24]
    ]


def test_a_cell_of_the_matrix_opens(open_page: OpenPage, mnist: Mnist) -> None:
    """The surest first of what is meant (row) and read (column); the diagonal is as it should be."""
    probabilities = open_model(BUNDLED_ROOT / "baseline").test_probabilities()
    read, labels = probabilities.argmax(axis=1), mnist.test.labels
    app = open_page("evaluation", model="baseline")
    for truth, answer, verdict in ((4, 9, ""), (9, 4, ""), (3, 3, ", as it should be")):
        app.session_state["confusion-cell"] = (truth, answer)
        app.run()
        behind = np.flatnonzero((labels == truth) & (read == answer))
        behind = behind[np.argsort(-probabilities[behind, answer], kind="stable")]
        assert (f"{len(behind):,} × {a_digit(truth)} read as {a_digit(answer)}{verdict}") in [
            each.value for each in app.header
        ]
        assert component(app, "captions")["names"] == [f"test-{one}" for one in behind[:12]]
