"""The test digits whose label may be wrong, with the two ways to ask for them."""

from __future__ import annotations

import streamlit as st

from cnn_core.findings.compared import COMPARED
from cnn_core.findings.evaluation import answers
from cnn_core.findings.label_issues import DOUBTFUL, LabelIssues, load_label_issues
from cnn_core.network.arithmetic import Array
from ui.check.gallery import gallery
from ui.look.wording import number
from ui.shared.resources import mnist, models, test_probabilities
from ui.visitor.choice import choose_one

_WAYS = ("Label quality", "Confident learning")


@st.cache_resource(show_spinner=False)
def label_issues() -> LabelIssues:
    """What was found ahead; raises ComputedError where it is missing or of other weights."""
    return load_label_issues([models()[judge] for judge in COMPARED])


def label_gallery(probabilities: Array) -> None:
    """Show the digits, and of the chosen one the probabilities, float32 (10000, 10), of a model."""
    issues = label_issues()
    labels = mnist().test.labels
    titles = [models()[judge].title for judge in COMPARED]
    read = [answers(test_probabilities(judge)) for judge in COMPARED]
    both = " and ".join(titles)
    st.markdown(
        "Labels are given by people, and people err too. In the eyes of the two networks "
        f"{both}, these test digits look mislabelled, or like nothing in particular. **A network "
        "that disagrees is no proof: look yourself.**"
    )
    way = choose_one(
        "Find them by",
        _WAYS,
        default=_WAYS[0],
        key="issues-way",
        persist_state="session",
    )
    if way == _WAYS[1]:
        flagged = " and ".join(
            f"{number(len(issues.flagged[judge]))} with the answers of {title}"
            for judge, title in zip(COMPARED, titles, strict=True)
        )
        st.markdown(
            "Confident learning flags a label where a network is as sure of another class as it "
            "usually is of digits of that class ([Northcutt, Jiang and Chuang, 2021]"
            f"(https://arxiv.org/abs/1911.00068)). It flags {flagged}; "
            f"{number(issues.flagged_by_all())} with both."
        )
        positions = issues.flagged_by_any()
    else:
        positions = issues.doubtful()
        st.markdown(
            "The quality of a label is the probability that it got, the mean over both networks "
            "([Kuan and Mueller, 2022](https://zenodo.org/records/18168246)). Of "
            f"{number(len(positions))} labels it is below {DOUBTFUL}; the lowest come first."
        )

    def caption(position: int) -> str:
        answered = ", ".join(str(each[position]) for each in read)
        return f"{labels[position]} → {answered} · {number(float(issues.quality[position]), 2)}"

    gallery(positions, probabilities, key="issues", caption=caption)
    st.caption(
        f"Under each: its label → what {both} read · the quality of the label. Found ahead with "
        "cleanlab, from the stored answers of networks that were trained on none of these digits. No "
        "label was changed: everywhere on this page they count as they came."
    )
