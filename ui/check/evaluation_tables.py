"""The figures of the evaluation page as tables, to be downloaded as CSV."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd
import streamlit as st
from numpy.typing import NDArray

from cnn_core.data.dataset import CLASSES
from cnn_core.findings.evaluation import (
    ClassScore,
    Comparison,
    ConfidenceBin,
    Labels,
    answers,
    coverages,
)
from cnn_core.findings.label_issues import LabelIssues
from cnn_core.network.arithmetic import Array

THRESHOLDS = np.linspace(0, 0.999, 100, dtype=np.float32)


def download(title: str, file: str, table: Callable[[], pd.DataFrame]) -> None:
    """Offer a table as `digitscope-<file>.csv`; it is made when somebody asks for it."""
    st.download_button(
        title,
        lambda: table().to_csv(index=False),
        file_name=f"digitscope-{file}.csv",
        mime="text/csv",
        icon=":material/download:",
        on_click="ignore",
        key=f"download-{file}",
    )


def answers_table(probabilities: Array, labels: Labels) -> pd.DataFrame:
    """Every test digit: its name, label, answer, and the ten probabilities."""
    columns = [f"p({digit})" for digit in range(CLASSES)]
    table = pd.DataFrame(probabilities, columns=columns)
    table.insert(0, "digit", [f"test-{position}" for position in range(len(labels))])
    table.insert(1, "label", labels)
    table.insert(2, "answer", answers(probabilities))
    return table


def mistakes_table(probabilities: Array, labels: Labels) -> pd.DataFrame:
    """The rows of `answers_table` that are wrong."""
    table = answers_table(probabilities, labels)
    return table[table["label"] != table["answer"]]


def confusion_table(confusion: NDArray[np.int64]) -> pd.DataFrame:
    """A row a label, a column an answer."""
    columns = [f"read as {digit}" for digit in range(len(confusion))]
    return pd.DataFrame(confusion, columns=columns).rename_axis("label").reset_index()


def scores_table(scores: Sequence[ClassScore]) -> pd.DataFrame:
    """Precision, recall, F1 and support of each digit."""
    return pd.DataFrame([vars(score) | {"f1": score.f1} for score in scores])


def calibration_table(bins: Sequence[ConfidenceBin]) -> pd.DataFrame:
    """Mean confidence and accuracy in each bin that is not empty."""
    return pd.DataFrame([vars(each) for each in bins])


def coverage_table(probabilities: Array, labels: Labels) -> pd.DataFrame:
    """What is answered at each of THRESHOLDS, and how much of that is right."""
    answered, accuracies = coverages(probabilities, labels, THRESHOLDS)
    return pd.DataFrame({"threshold": THRESHOLDS, "answered": answered, "accuracy": accuracies})


def comparison_table(compared: Comparison, first: str, second: str) -> pd.DataFrame:
    """Every test digit: whether each of two models, by id, reads it right."""
    total = sum(map(len, vars(compared).values()))
    right = {first: np.zeros(total, bool), second: np.zeros(total, bool)}
    right[first][np.concatenate([compared.both, compared.only_first])] = True
    right[second][np.concatenate([compared.both, compared.only_second])] = True
    named = {f"{model} right": column for model, column in right.items()}
    return pd.DataFrame({"digit": [f"test-{position}" for position in range(total)]} | named)


def label_table(issues: LabelIssues, labels: Labels) -> pd.DataFrame:
    """Every test digit: its label, the quality of the label, and which judges flag it."""
    table = pd.DataFrame(
        {
            "digit": [f"test-{position}" for position in range(len(labels))],
            "label": labels,
            "quality": issues.quality,
        }
    )
    for judge, flagged in issues.flagged.items():
        table[f"flagged with {judge}"] = np.isin(np.arange(len(labels)), flagged)
    return table
