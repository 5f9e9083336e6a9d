"""Evaluation: how often the network is right, and each digit that it misreads."""

import numpy as np
import pandas as pd
import streamlit as st

from cnn_core.evaluation import (
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
from ui.article import question, takeaway
from ui.confusion_matrix import confusion_matrix_table
from ui.figures import confidence_histogram, coverage_curve, reliability
from ui.gallery import gallery
from ui.probability_bars import probability_bars
from ui.resources import mnist, models, test_probabilities
from ui.visit import current_digit, current_model
from ui.wording import a_digit, number, percent

question(
    "Where does the network fail?",
    "It was tested on 10,000 digits that it never saw while it learned. "
    "Every figure on this page comes from its stored answers to them, and opens onto the images behind it.",
)

model = current_model()
name = model.id.capitalize()
labels = mnist().test.labels
probabilities = test_probabilities(model.id)
given = answers(probabilities)
wrong = mistakes(probabilities, labels)
right_count = len(labels) - len(wrong)
low, high = wilson_interval(right_count, len(labels))

with st.container(horizontal=True, gap="medium"):
    st.metric("Test accuracy", percent(accuracy(probabilities, labels), 2), border=True)
    st.metric("Digits misread", number(len(wrong)), border=True)
    st.metric("Loss", number(cross_entropy(probabilities, labels), 4), border=True)
st.markdown(
    f"{name} reads {number(right_count)} of {number(len(labels))} test digits right. Had other people "
    f"written the test digits, the share could well lie between **{percent(low, 2)}** and "
    f"**{percent(high, 2)}** (Wilson's interval, 95 %). The loss, the mean of −ln p over the "
    "probabilities p that it gave the true digits, also counts how sure it was."
)

st.header("Which digits does it confuse?")
with st.container(horizontal=True, gap="large"):
    shares = st.toggle("Shares of each row", key="confusion-shares")
    dimmed = st.toggle("Colour only the mistakes", value=True, key="confusion-dimmed")


def open_cell(truth: int, answer: int) -> None:
    """Show the images of a cell, from their first page on."""
    st.session_state["confusion-cell"] = (truth, answer)
    st.session_state.pop("cell-page", None)


confusion = confusion_matrix(probabilities, labels)
off_diagonal = np.where(np.eye(len(confusion), dtype=bool), 0, confusion)
commonest = np.unravel_index(off_diagonal.argmax(), confusion.shape)
truth, answer = st.session_state.get("confusion-cell", tuple(map(int, commonest)))
confusion_matrix_table(
    confusion,
    shares=shares,
    dim_diagonal=dimmed,
    chosen=(truth, answer),
    on_choice=open_cell,
    key="confusion",
)
behind = in_cell(probabilities, labels, truth, answer)
verdict = ", as it should be" if truth == answer else ""
st.subheader(f"{number(len(behind))} × {a_digit(truth)} read as {a_digit(answer)}{verdict}")
gallery(behind, probabilities, key="cell")

st.header("All its mistakes")
order = st.segmented_control(
    "Order",
    ["Most confident", "Most torn", "Class"],
    default="Most confident",
    key="mistakes-order",
    required=True,
)
if order == "Most torn":
    wrong = wrong[np.argsort(margins(probabilities)[wrong], kind="stable")]
elif order == "Class":
    wrong = wrong[np.argsort(labels[wrong], kind="stable")]
gallery(wrong, probabilities, key="mistakes")
digit = current_digit()
if digit.name.startswith("test-"):
    position = int(digit.name.removeprefix("test-"))
    with st.container(border=True):
        st.markdown(
            f"**{digit.title}**, the current digit, written as {a_digit(int(labels[position]))}. "
            f"{name} gave its classes these probabilities:"
        )
        probability_bars(probabilities[position], key="evaluation-probabilities")
        st.page_link(
            "pages/overview.py", label="Follow it through all layers", icon=":material/home:"
        )

st.header("Digit by digit")
scores = class_scores(confusion)
hardest = min(scores, key=lambda score: score.recall)
least_trusted = min(scores, key=lambda score: score.precision)
st.markdown(
    f"**Recall**: of all {hardest.support:,} written as {a_digit(hardest.digit)}, "
    f"{percent(hardest.recall)} are read as one, the lowest share of all digits. "
    f"**Precision**: of all that are read as {a_digit(least_trusted.digit)}, "
    f"{percent(least_trusted.precision)} are one, the lowest of all. **F1** is "
    "the harmonic mean of both, **support** how many test digits there are."
)
st.dataframe(
    pd.DataFrame(
        {
            "Digit": [str(score.digit) for score in scores],
            "Precision": [score.precision for score in scores],
            "Recall": [score.recall for score in scores],
            "F1": [score.f1 for score in scores],
            "Support": [score.support for score in scores],
        }
    ),
    hide_index=True,
    height="content",
    column_config={
        column: st.column_config.NumberColumn(format="percent")
        for column in ("Precision", "Recall", "F1")
    },
    alt="Precision, recall, F1 and support of each digit",
)

st.header("Does it know when it does not know?")
bins = confidence_bins(probabilities, labels)
error = expected_calibration_error(bins)
st.markdown(
    "Its confidence is the largest of the ten probabilities. If that is honest, then of all digits "
    "that it reads with 80 % confidence 80 % are right: the points lie on the dotted line. "
    f"Here confidence and accuracy are apart by {percent(error, 2)} on average (expected calibration "
    "error, ten bins, weighted by how many digits are in each)."
)
confidence = probabilities.max(axis=1)
diagram, histogram = st.columns(2, gap="large")
with diagram:
    st.plotly_chart(
        reliability(bins),
        key="reliability",
        config={"displayModeBar": False},
        alt=f"Accuracy against confidence in {len(bins)} bins; mean distance {percent(error, 2)}",
    )
with histogram:
    st.plotly_chart(
        confidence_histogram(confidence[given == labels], confidence[given != labels]),
        key="confidence",
        config={"displayModeBar": False},
        alt="How many right and how many wrong answers were given with which confidence",
    )
threshold = st.slider(
    "Refuse to answer below this confidence",
    0.0,
    0.999,
    0.9,
    0.001,
    key="threshold",
    format="percent",
)
answered, kept_accuracy = coverage(probabilities, labels, threshold)
refused = len(labels) - round(answered * len(labels))
st.markdown(
    f"It then refuses **{number(refused)}** digits and answers {percent(answered)} of them"
    + ("." if kept_accuracy is None else f", of which **{percent(kept_accuracy, 2)}** are right.")
)
thresholds = np.linspace(0, 0.999, 100, dtype=np.float32)
curve = [coverage(probabilities, labels, float(each)) for each in thresholds]
st.plotly_chart(
    coverage_curve(thresholds, [c[0] for c in curve], [c[1] for c in curve], threshold),
    key="coverage",
    config={"displayModeBar": False},
    alt="Share of digits answered, and share of those right, against the confidence threshold",
)

others = [model_id for model_id in models() if model_id != model.id]
if others:
    st.header("Side by side with another model")
    other = st.segmented_control(
        "Compare with", others, default=others[0], key="other-model", required=True,
        format_func=str.capitalize,
    ) or others[0]  # fmt: skip
    compared = compare(probabilities, test_probabilities(other), labels)
    groups = {
        f"Only {name} is right": compared.only_first,
        f"Only {other.capitalize()} is right": compared.only_second,
        "Neither is right": compared.neither,
    }
    chance = compared.p_value
    st.markdown(
        f"Both read {number(len(compared.both))} digits right. On "
        f"{number(len(compared.only_first) + len(compared.only_second))} digits exactly one of them "
        f"is right: {number(len(compared.only_first))} times {name}, "
        f"{number(len(compared.only_second))} times {other.capitalize()}. Were they equally good, "
        "each of these would be a coin toss, and so lopsided a result or more would come up with a "
        f"probability of {'less than 0.0001' if chance < 1e-4 else number(chance, 4)} "
        "(McNemar's exact test)."
    )
    group = st.segmented_control(
        "Show", [f"{title} ({number(len(found))})" for title, found in groups.items()],
        key="comparison-group",
    )  # fmt: skip
    for title, found in groups.items():
        if group == f"{title} ({number(len(found))})":
            gallery(found, probabilities, key="comparison")

st.header("Take the figures along")
with st.container(horizontal=True):
    st.download_button(
        "Answers to all test digits",
        lambda: (
            pd.DataFrame(probabilities, columns=[f"p({d})" for d in range(10)])
            .assign(digit=[f"test-{i}" for i in range(len(labels))], label=labels, answer=given)
            .to_csv(index=False)
        ),
        file_name=f"digitscope-{model.id}-test-answers.csv",
        mime="text/csv",
        icon=":material/download:",
        on_click="ignore",
    )
    st.download_button(
        "Confusion matrix",
        lambda: pd.DataFrame(confusion).rename_axis("label").to_csv(),
        file_name=f"digitscope-{model.id}-confusion.csv",
        mime="text/csv",
        icon=":material/download:",
        on_click="ignore",
    )
    st.download_button(
        "Digit by digit",
        lambda: pd.DataFrame([vars(score) | {"f1": score.f1} for score in scores]).to_csv(
            index=False
        ),
        file_name=f"digitscope-{model.id}-digits.csv",
        mime="text/csv",
        icon=":material/download:",
        on_click="ignore",
    )
takeaway(
    "An accuracy is one number; the mistakes behind it are images. Look at them before you trust the "
    "number, or mistrust it."
)
