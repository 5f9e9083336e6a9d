"""The way from baseline to improved: all improvements at a glance, and one of them in detail."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from cnn_core.findings.evaluation import Comparison, compare
from cnn_core.recipe.bundled_trainings import IMPROVEMENTS, SEEDS
from cnn_core.recipe.config import HELD_OUT_IMAGES
from cnn_core.recipe.improvements import (
    Improvement,
    Setting,
    Verdict,
    chance_of_a_gap,
    known_improvements,
    settings_changed,
    verdict,
)
from cnn_core.store.store import StoredModel
from ui.check.gallery import gallery
from ui.check.improvements_figure import errors, improvements_figure
from ui.check.seeds import VERDICT_IN_SHORT, seeds_in_words
from ui.look.gloss import glossed, marked, prose
from ui.look.wording import count, number, percent
from ui.shared.resources import mnist, models, test_probabilities
from ui.visitor.choice import choose_one
from ui.visitor.use_everywhere import offer_model

_SENTENCES: dict[Verdict, str] = {
    "better": "Every seed better than every seed before",
    "worse": "Every seed worse than every seed before",
    "overlap": "Seeds overlap with those before, so no help is shown",
    "unknown": "Not all seeds trained yet",
}


def show_improvements(improvements: list[Improvement]) -> None:
    """A chart and a table of all improvements, and what three seeds can prove."""
    st.plotly_chart(
        improvements_figure(improvements),
        key="steps",
        config={"displayModeBar": False},
        alt="Test accuracy of each seed: "
        + "; ".join(
            f"{IMPROVEMENTS[improvement.name].title} {seeds_in_words(improvement.accuracies)}"
            for improvement in improvements
        ),
    )
    st.table(
        pd.DataFrame([_row(improvements, improvement) for improvement in improvements]),
        border="horizontal",
        hide_index=True,
        alt="Each step: what changed, accuracy of its seeds, errors, parameters, time",
    )
    st.markdown(what_is_proven(improvements))
    if missing := [
        name
        for name in IMPROVEMENTS
        if name not in {improvement.name for improvement in improvements}
    ]:
        st.caption(
            f"Not trained yet, and so not shown: {', '.join(IMPROVEMENTS[name].title for name in missing)}. "
            "`make models` trains them."
        )
    st.caption(
        glossed(
            "Each step keeps everything of the ones before it. All choices were made on the "
            f"{number(HELD_OUT_IMAGES)} training images that are [held out], never on the [test digits]. "
            "`make models` trains every step again, "
            f"with the seeds {', '.join(map(str, SEEDS[:-1]))} and {SEEDS[-1]}; those with seed "
            f"{SEEDS[0]} come with the project, whole."
        )
    )


def one_improvement() -> None:
    """One improvement in detail: its settings, its curves, and the digits that it fixed and broke."""
    bundled = [
        improvement
        for improvement in known_improvements()
        if improvement.before and {improvement.name, improvement.before} <= set(models())
    ]
    if not bundled:
        return
    st.subheader("One step in detail")
    names = [improvement.name for improvement in bundled]
    name: str = choose_one(
        "Step",
        names,
        default=names[0],
        key="step",
        persist_state="session",
        format_func=lambda one: IMPROVEMENTS[one].title,
    )
    improvement = next(each for each in bundled if each.name == name)
    before, after = models()[str(improvement.before)], models()[name]
    earlier = next(each for each in known_improvements() if each.name == improvement.before)
    prose(
        f"**{IMPROVEMENTS[name].title}**: {marked(IMPROVEMENTS[name].change)}. "
        f"{_settings_in_words(settings_changed(before.config, after.config))} What it gave: "
        f"{_verdict_in_words(verdict(earlier.accuracies, improvement.accuracies), earlier, improvement)}"
    )
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.page_link(
            "pages/runs.py",
            label="Compare their curves",
            icon=":material/timeline:",
            query_params={"runs": f"{before.id},{after.id}"},
        )
        offer_model(
            name,
            f"Use {IMPROVEMENTS[name].title} everywhere",
            key="use-step",
            icon=":material/neurology:",
            help="It becomes the model that every page shows.",
        )
    _fixed_and_broken(before, after)


def _fixed_and_broken(before: StoredModel, after: StoredModel) -> None:
    labels = mnist().test.labels
    compared = compare(test_probabilities(before.id), test_probabilities(after.id), labels)
    fixed, broken = compared.only_second, compared.only_first
    old, new = IMPROVEMENTS[before.id].title, IMPROVEMENTS[after.id].title
    prose(
        f"Of the two networks with seed {SEEDS[0]}, {new} reads **{count(len(fixed), 'digit')}** "
        f"right that {old} misreads, and misreads **{count(len(broken), 'digit')}** that {old} reads "
        f"right. {_mcnemar_in_words(compared)}"
    )
    with st.expander(f"The {count(len(fixed), 'digit')} that it fixed", key="step-fixed"):
        gallery(fixed, test_probabilities(before.id), key=f"fixed-{after.id}", reader=before)
        st.caption(f"Below each digit: how it is written → what {old} made of it.")
    with st.expander(f"The {count(len(broken), 'digit')} that it broke", key="step-broken"):
        gallery(broken, test_probabilities(after.id), key=f"broken-{after.id}", reader=after)
        st.caption(f"Below each digit: how it is written → what {new} makes of it.")


def _row(improvements: list[Improvement], improvement: Improvement) -> dict[str, str]:
    earlier = {each.name: each for each in improvements}.get(improvement.before or "")
    training = IMPROVEMENTS[improvement.name]
    architecture, epochs = training.config.architecture, training.config.epochs
    seeds = seeds_in_words(improvement.accuracies)
    # Three columns, so that a phone shows all of them.
    return {
        "Step, and what it changes": f"**{training.title}**: {training.change}. "
        f"{count(architecture.parameters, 'parameter')}, {count(epochs, 'epoch')}",
        "Accuracy": f"Mean **{percent(improvement.mean, 2)}**, {errors(improvement.mean)} errors in 10,000. "
        f"Seeds: {seeds}"
        if improvement.is_complete
        else f"Seeds: {seeds}",
        "Seeds against those before": ""
        if earlier is None
        else VERDICT_IN_SHORT[verdict(earlier.accuracies, improvement.accuracies)],
    }


def _settings_in_words(settings: list[Setting]) -> str:
    changed = ", ".join(
        f"{marked(each.name)} {_value(each.before)} → {_value(each.after)}" for each in settings
    )
    return f"Of all settings it changes these: {changed}."


def _value(value: object) -> str:
    """A setting's value; 3 and 3.0 are the same number."""
    return f"{value:g}" if isinstance(value, int | float) else str(value)


def _verdict_in_words(found: Verdict, before: Improvement, after: Improvement) -> str:
    old, new = IMPROVEMENTS[before.name].title, IMPROVEMENTS[after.name].title
    match found:
        case "better":
            return f"the worst seed of {new} beats the best of {old}."
        case "worse":
            return f"the best seed of {new} is worse than the worst of {old}."
        case "overlap":
            return (
                f"the seeds of {new} and {old} overlap, so these trainings do not show whether the "
                "step helps."
            )
        case "unknown":
            return f"not all {len(SEEDS)} seeds are trained, so nothing can be said of it yet."


def what_is_proven(improvements: list[Improvement]) -> str:
    """Which improvements stand apart from the one before, which do not, and what that is worth."""
    by_name = {improvement.name: improvement for improvement in improvements}
    found: dict[Verdict, list[str]] = {}
    for improvement in improvements:
        if improvement.before:
            kind = verdict(by_name[improvement.before].accuracies, improvement.accuracies)
            found.setdefault(kind, []).append(IMPROVEMENTS[improvement.name].title)
    sentences = [
        f"**{_SENTENCES[kind]}**: {', '.join(found[kind])}." for kind in _SENTENCES if kind in found
    ]
    first, last = improvements[0], improvements[-1]
    sentences.append(
        f"All the way: {_verdict_in_words(verdict(first.accuracies, last.accuracies), first, last)}"
    )
    chance = chance_of_a_gap(len(SEEDS), len(SEEDS))
    steps = sum(map(len, found.values())) - len(found.get("unknown", []))
    return " ".join(sentences) + (
        f" {len(SEEDS)} seeds are few: if a step changed nothing at all, its seeds would still lie clear "
        f"of those before, above or below, {percent(chance, 0)} of the time; and of {steps} such steps "
        f"at least one would, {percent(1 - (1 - chance) ** steps, 0)} of the time, were they independent."
    )


def _mcnemar_in_words(compared: Comparison) -> str:
    chance = compared.p_value
    if chance < 0.05:
        return (
            "Chance alone favours one of two equally good networks this much "
            f"{'less than once in 10,000 times' if chance < 1e-4 else f'{percent(chance, 2)} of the time'} "
            "([McNemar]'s exact test)."
        )
    return (
        f"Chance alone favours one of two equally good networks this much {percent(chance, 0)} of the "
        "time ([McNemar]'s exact test): no proof that either is better."
    )
