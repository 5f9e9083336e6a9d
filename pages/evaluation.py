"""Evaluation: how often the network is right, and each digit that it misreads."""

import numpy as np
import pandas as pd
import streamlit as st

from cnn_core.findings.evaluation import (
    ConfidenceBin,
    accuracy,
    answers,
    class_scores,
    compare,
    confidence_bins,
    confusion_matrix,
    coverage,
    cross_entropy,
    expected_calibration_error,
    in_cell,
    margins,
    mistakes,
    wilson_interval,
)
from cnn_core.network.arithmetic import Array
from cnn_core.store.store import StoredModel
from ui.check.confusion_matrix import confusion_matrix_table
from ui.check.evaluation_address import (
    OTHER_MODEL,
    PART_WIDGET,
    comparison_shown,
    confusion_shown,
    follow_evaluation,
    open_comparison,
    open_confusion,
)
from ui.check.evaluation_charts import confidence_histogram, coverage_curve, reliability
from ui.check.evaluation_tables import (
    answers_table,
    calibration_table,
    comparison_table,
    confusion_table,
    coverage_table,
    download,
    label_table,
    mistakes_table,
    scores_table,
)
from ui.check.gallery import gallery
from ui.check.label_gallery import label_gallery, label_issues
from ui.check.two_by_two import VERDICTS, cells, two_by_two
from ui.frame.article import question, takeaway
from ui.look.gloss import glossed, meaning, prose
from ui.look.wording import a_digit, count, number, percent
from ui.shared.resources import can_be_used, mnist, models, test_probabilities
from ui.visitor.choice import choose_one
from ui.visitor.current import DEFAULT_MODEL, current_model

# As high as the matrix beside them.
DIGITS_BESIDE_MATRIX = 12

question(
    "Where does the network fail?",
    "It was tested on the 10,000 [test digits], which it never saw while it learned. Every figure on this "
    "page comes from its stored answers to them; confusions, mistakes, doubtful [labels] and comparisons "
    "open onto the images behind them.",
)


def show_accuracy(probabilities: Array) -> None:
    """How often the network is right."""
    labels = mnist().test.labels
    with st.container(horizontal=True, gap="medium"):
        st.metric(
            "Test accuracy",
            percent(accuracy(probabilities, labels), 2),
            help=meaning("accuracy"),
        )
        st.metric("Digits misread", number(len(mistakes(probabilities, labels))))


def show_trust(model: StoredModel, probabilities: Array) -> None:
    """How far that figure can be trusted."""
    labels = mnist().test.labels
    right_count = len(labels) - len(mistakes(probabilities, labels))
    low, high = wilson_interval(right_count, len(labels))
    half = len(labels) // 2
    halves = [
        accuracy(probabilities[part], labels[part]) for part in (slice(half), slice(half, None))
    ]
    st.header("How far can the accuracy be trusted?")
    prose(
        f"{model.title} reads {number(right_count)} of {number(len(labels))} [test digits] right. The "
        f"[95 % interval] is **{percent(low, 2)}** to **{percent(high, 2)}** ([Wilson]): intervals made "
        "in this way hold the share that it reads of all such digits 95 times out of 100, if each digit "
        "is drawn by itself. These are not, many come from one writer, and so the interval is too "
        f"narrow: of the first {number(half)} it reads {percent(halves[0], 2)}, of the other "
        f"{number(len(labels) - half)} {percent(halves[1], 2)}. What another [random start] of the training "
        "would have given is not in it at all."
    )
    st.metric(
        "Loss", number(cross_entropy(probabilities, labels), 4), help=meaning("cross-entropy")
    )
    prose(
        "The [loss], the mean of −ln p over the probabilities p that it gave the true digits, also counts "
        "how sure it was."
    )


def open_cell(truth: int, answer: int) -> None:
    """Show the images of a cell, from their first page on."""
    open_confusion(truth, answer)
    st.session_state.pop("cell-page", None)


def show_confusions(model: StoredModel, probabilities: Array) -> None:
    """Which digit is read as which, and beside it the images behind a cell."""
    labels = mnist().test.labels
    confusion = confusion_matrix(probabilities, labels)
    off_diagonal = np.where(np.eye(len(confusion), dtype=bool), 0, confusion)
    commonest = np.unravel_index(off_diagonal.argmax(), confusion.shape)
    truth, answer = confusion_shown((int(commonest[0]), int(commonest[1])))
    matrix, images = st.columns([3, 2], gap="medium")
    with matrix:
        table = st.container()
        # Below the matrix: on a phone they would take its place on the first screen.
        with st.container(horizontal=True, gap="medium"):
            shares = st.toggle(
                "Shares of each row", key="confusion-shares", persist_state="session"
            )
            dimmed = st.toggle(
                "Colour only the mistakes",
                value=True,
                key="confusion-dimmed",
                persist_state="session",
            )
        with table:
            confusion_matrix_table(
                confusion,
                shares=shares,
                dim_diagonal=dimmed,
                chosen=(truth, answer),
                on_choice=open_cell,
                key="confusion",
            )
        download("Confusion matrix", f"{model.id}-confusion", lambda: confusion_table(confusion))
    with images:
        behind = in_cell(probabilities, labels, truth, answer)
        verdict = ", as it should be" if truth == answer else ""
        st.header(f"{number(len(behind))} × {a_digit(truth)} read as {a_digit(answer)}{verdict}")
        gallery(behind, probabilities, key="cell", on_a_page=DIGITS_BESIDE_MATRIX)


def show_mistakes(model: StoredModel, probabilities: Array) -> None:
    """Every digit that is misread, in a chosen order."""
    labels = mnist().test.labels
    wrong = mistakes(probabilities, labels)
    st.header("All its mistakes")
    order = choose_one(
        "Order",
        ["Most confident", "Most torn", "Class"],
        default="Most confident",
        key="mistakes-order",
        persist_state="session",
    )
    if order == "Most torn":
        wrong = wrong[np.argsort(margins(probabilities)[wrong], kind="stable")]
    elif order == "Class":
        wrong = wrong[np.argsort(labels[wrong], kind="stable")]
    gallery(wrong, probabilities, key="mistakes")
    with st.container(horizontal=True):
        download("Mistakes", f"{model.id}-mistakes", lambda: mistakes_table(probabilities, labels))
        download(
            "Answers to all test digits",
            f"{model.id}-test-answers",
            lambda: answers_table(probabilities, labels),
        )


def show_doubtful_labels(_: StoredModel, probabilities: Array) -> None:
    """The digits of which somebody may have noted the wrong label."""
    st.header("Digits whose label may be wrong")
    label_gallery(probabilities)
    download("Labels", "labels", lambda: label_table(label_issues(), mnist().test.labels))


def show_each_digit(model: StoredModel, probabilities: Array) -> None:
    """Precision, recall, F1 and support of each digit."""
    confusion = confusion_matrix(probabilities, mnist().test.labels)
    st.header("Digit by digit")
    scores = class_scores(confusion)
    hardest = min(scores, key=lambda score: score.recall)
    least_trusted = min(scores, key=lambda score: score.precision)
    lowest = min(scores, key=lambda score: score.f1)
    rarest = min(scores, key=lambda score: score.support)
    prose(
        f"**[Recall]**: of all {hardest.support:,} written as {a_digit(hardest.label)}, "
        f"{percent(hardest.recall)} are read as one, the lowest share of all digits. "
        f"**[Precision]**: of all that are read as {a_digit(least_trusted.label)}, "
        f"{percent(least_trusted.precision)} are one, the lowest of all. **[F1]** is the "
        f"harmonic mean of both; it is lowest for the {lowest.label}, {percent(lowest.f1)}. "
        f"**Support** is how many there are: of the {rarest.label} fewest, {number(rarest.support)}."
    )
    st.table(
        pd.DataFrame(
            {
                "Label": [score.label for score in scores],
                "Precision": [percent(score.precision, 2) for score in scores],
                "Recall": [percent(score.recall, 2) for score in scores],
                "F1": [percent(score.f1, 2) for score in scores],
                "Support": [number(score.support) for score in scores],
            }
        ),
        border="horizontal",
        hide_index=True,
        alt="Precision, recall, F1 and support of each digit",
    )
    download("Digit by digit", f"{model.id}-digits", lambda: scores_table(scores))


def show_confidence(model: StoredModel, probabilities: Array) -> None:
    """Whether the network is right as often as it is confident, and what refusing would gain."""
    labels = mnist().test.labels
    st.header("Does it know when it does not know?")
    bins = confidence_bins(probabilities, labels)
    show_calibration(probabilities, bins)
    try_threshold(probabilities)
    with st.container(horizontal=True):
        download("Calibration", f"{model.id}-calibration", lambda: calibration_table(bins))
        download("Coverage", f"{model.id}-coverage", lambda: coverage_table(probabilities, labels))


def show_calibration(probabilities: Array, bins: list[ConfidenceBin]) -> None:
    """Confidence beside accuracy, and how often which confidence is given."""
    labels = mnist().test.labels
    error = expected_calibration_error(bins)
    prose(
        "Its [confidence] is the largest of the ten probabilities. If that is honest, then of all digits "
        "that it reads with 80 % confidence 80 % are right: the points lie on the dotted line. "
        f"Here confidence and [accuracy] are apart by {percent(error, 2)} on average (expected [calibration] "
        "error, ten bins, weighted by how many digits are in each)."
    )
    confidence, right = probabilities.max(axis=1), answers(probabilities) == labels
    diagram, histogram = st.columns(2, gap="large")
    with diagram:
        st.plotly_chart(
            reliability(bins),
            key="reliability",
            config={"displayModeBar": False},
            alt=f"Accuracy against confidence in {len(bins)} bins; mean distance {percent(error, 2)}. "
            + ", ".join(
                f"{percent(each.low, 0)} to {percent(each.high, 0)}: {percent(each.accuracy)} of "
                f"{count(each.count, 'digit')} right"
                for each in bins
            ),
        )
        st.caption(
            glossed(
                "Upright lines: the [95 % interval] of each point. Numbers below: how many digits it stands "
                "for. A point for few digits says little."
            )
        )
    with histogram:
        st.plotly_chart(
            confidence_histogram(confidence[right], confidence[~right]),
            key="confidence",
            config={"displayModeBar": False},
            alt="How many right and how many wrong answers were given with which confidence",
        )


def try_threshold(probabilities: Array) -> None:
    """What refusing to answer below a confidence costs and gains."""
    labels = mnist().test.labels
    threshold = st.slider(
        "Refuse to answer below this confidence",
        0.0,
        0.999,
        0.9,
        0.001,
        key="threshold",
        persist_state="session",
        format="percent",
    )
    answered, kept_accuracy = coverage(probabilities, labels, threshold)
    refused = len(labels) - round(answered * len(labels))
    st.markdown(
        f"It then refuses **{number(refused)}** digits and answers {percent(answered)} of them"
        + (
            "."
            if kept_accuracy is None
            else f", of which **{percent(kept_accuracy, 2)}** are right."
        )
    )
    curve = coverage_table(probabilities, labels)
    st.plotly_chart(
        coverage_curve(curve["threshold"], curve["answered"], curve["accuracy"], threshold),
        key="coverage",
        config={"displayModeBar": False},
        alt="Share of digits answered, and share of those right, against the confidence threshold",
    )


def open_compared(row: int, column: int) -> None:
    """Show the images of a cell, from their first page on."""
    open_comparison(row, column)
    st.session_state.pop("comparison-page", None)


def show_comparison(model: StoredModel, probabilities: Array) -> None:
    """The chosen model beside another one, digit by digit."""
    labels = mnist().test.labels
    st.header("Side by side with another model")
    other = choose_other(model)
    compared = compare(probabilities, test_probabilities(other.id), labels)
    tosses = len(compared.only_first) + len(compared.only_second)
    chance = compared.p_value
    prose(
        f"On {number(tosses)} digits exactly one of them is right: "
        f"{number(len(compared.only_first))} times {model.title}, {number(len(compared.only_second))} times "
        f"{other.title}. Were they equally good, each of these would be a coin toss, and so lopsided a "
        "result or more would come up with a probability of "
        f"{'less than 0.0001' if chance < 1e-4 else number(chance, 4)} ([McNemar]'s exact test)."
    )

    # At first, what only the chosen model reads.
    row, column = comparison_shown((0, 1))
    two_by_two(
        compared,
        model.title,
        other.title,
        chosen=(row, column),
        on_choice=open_compared,
        key="two-by-two",
    )
    found = cells(compared)[row][column]
    st.subheader(
        f"{number(len(found))} digits: {model.title} {VERDICTS[row]}, {other.title} {VERDICTS[column]}"
    )
    gallery(found, probabilities, key="comparison")
    download(
        f"{model.title} and {other.title}",
        f"{model.id}-and-{other.id}",
        lambda: comparison_table(compared, model.id, other.id),
    )


def choose_other(model: StoredModel) -> StoredModel:
    """The widget for the model to compare with."""
    others = [model_id for model_id in models() if model_id != model.id]
    # What was compared before may have become the current model, or have been deleted or damaged.
    chosen = st.session_state.get(OTHER_MODEL)
    if chosen is not None and (chosen == model.id or not can_be_used(chosen)):
        st.session_state.pop(OTHER_MODEL, None)
        others = [model_id for model_id in others if model_id in models()]
    return models()[
        st.selectbox(
            "Compare with",
            others,
            others.index(DEFAULT_MODEL) if DEFAULT_MODEL in others else 0,
            key=OTHER_MODEL,
            persist_state="session",
            format_func=lambda model_id: models()[model_id].title,
            width=360,
        )
    ]


# By its name in the address. Only the part that is open is computed and drawn: charts and galleries
# take a browser seconds.
PARTS = {
    "confusions": ("Confusions", show_confusions),
    "mistakes": ("All mistakes", show_mistakes),
    "labels": ("Doubtful labels", show_doubtful_labels),
    "digits": ("Digit by digit", show_each_digit),
    "confidence": ("Confidence", show_confidence),
    "models": ("Two models", show_comparison),
}


def show_parts(model: StoredModel, probabilities: Array) -> None:
    """The parts of the page, of which one is open."""
    labels = {name: label for name, (label, _) in PARTS.items()}
    follow_evaluation(labels)
    tabs = st.tabs(list(labels.values()), key=PART_WIDGET, on_change="rerun")
    for tab, (_, show_part) in zip(tabs, PARTS.values(), strict=True):
        if tab.open:
            with tab:
                show_part(model, probabilities)


chosen_model = current_model()
stored_answers = test_probabilities(chosen_model.id)
show_accuracy(stored_answers)
show_parts(chosen_model, stored_answers)
show_trust(chosen_model, stored_answers)
takeaway(
    "An [accuracy] is one number; the mistakes behind it are images. Look at them before you trust the "
    "number, or mistrust it."
)
