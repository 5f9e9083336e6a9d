"""Networks without one of their parts: what each of them reads, measured ahead."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st

from cnn_core.data.dataset import CLASSES
from cnn_core.findings.variant_results import Measured, load_measured, mean
from cnn_core.findings.variants import DIRECTIONS, MOVED_BY
from cnn_core.network.receptive_field import unseen
from cnn_core.recipe.bundled_trainings import SEEDS, seed_results
from cnn_core.recipe.improvements import Verdict, chance_of_a_gap, verdict
from cnn_core.recipe.keras_code import keras_code
from cnn_core.recipe.variants import BLACKENED, PADDED, REFERENCE, VARIANTS
from ui.check.seeds import VERDICT_IN_SHORT, seeds_in_words
from ui.check.variants_figure import (
    accuracies,
    labels_figure,
    seeds_figure,
    title_of,
)
from ui.look.gloss import glossed, marked, prose
from ui.look.wording import count, number, percent
from ui.shared.resources import mnist
from ui.visitor.choice import choose_one

_AS_IT_IS, _MOVED = "As they are", f"Moved by {MOVED_BY} pixels"
_SENTENCES: dict[Verdict, str] = {
    "worse": "Every seed worse than every seed of {reference}",
    "better": "Every seed better than every seed of {reference}",
    "overlap": "Seeds overlap with those of {reference}, so no difference is shown",
    "unknown": "Not all seeds trained yet",
}


@st.cache_resource(show_spinner=False)
def measured() -> dict[str, Measured]:
    """What was measured ahead of every variant, by name; raises ComputedError."""
    return load_measured(mnist().test.class_counts())


def design_choices() -> list[Measured]:
    """The variants that lack or exchange a part, the reference first."""
    return [found for name, found in measured().items() if name != BLACKENED]


def show_networks(variants: list[Measured]) -> None:
    """What each network is, one line each."""
    prose(
        marked(
            "\n".join(f"- **{title_of(each)}**: {VARIANTS[each.name].change}" for each in variants),
            "dense",
            "unit",
            "parameter",
            "blind spot",
        )
    )


def show_results() -> None:
    """What each variant reads right, as the digits are and moved; and what that shows."""
    variants = design_choices()
    for column, is_moved in zip(st.columns(2, gap="large"), (False, True), strict=True):
        title = _MOVED if is_moved else _AS_IT_IS
        with column:
            st.markdown(f"**{title}**")
            st.plotly_chart(
                seeds_figure(variants, is_moved=is_moved),
                key=f"variants-{'moved' if is_moved else 'still'}",
                config={"displayModeBar": False},
                alt=f"{title}, share of the test digits read right, each seed: "
                + "; ".join(
                    f"{title_of(each)} {seeds_in_words(accuracies(each, is_moved=is_moved))}"
                    for each in variants
                ),
            )
            st.markdown(what_is_shown(variants, is_moved=is_moved))
            if is_moved:
                st.markdown(blind_spot_in_words())
    chance = chance_of_a_gap(len(SEEDS), len(SEEDS))
    st.caption(
        glossed(
            f"Each dot is a network, trained as {VARIANTS[REFERENCE].title} is, on its own random start. "
            f"The band spans the seeds of {VARIANTS[REFERENCE].title}. Left: the 10,000 [test digits] as "
            f"they are. Right: all of them moved by {MOVED_BY} pixels in each of {len(DIRECTIONS)} "
            f"directions, straight and diagonal; at most {percent(_ink_that_leaves())} of all ink leaves the "
            f"image. Each chart has its own scale. Three seeds are few: a change that did nothing at all "
            f"would still set its seeds apart from the others {percent(chance, 0)} of the time, and "
            f"{len(variants) - 1} changes are compared here, twice. {trained_again_in_words()}"
        )
    )
    with st.expander("All of it as a table"):
        st.table(
            pd.DataFrame([_row(each) for each in variants]),
            border="horizontal",
            hide_index=True,
            alt="Each network: what it lacks, parameters, pixels it cannot see, and its accuracy",
        )
    st.caption(
        "No change comes alone: parameters and pixels in sight change with it, as the table says. "
        f"{shallow_in_words()} What is measured is the network as a whole."
    )


def blind_spot_in_words() -> str:
    """What not seeing the pixels of the reference's blind spot costs when digits are moved."""
    seen, black = (mean(measured()[name].moved_accuracies) for name in (PADDED, BLACKENED))
    return (
        f"Part of what is lost is a matter of sight: {VARIANTS[PADDED].title} reads {percent(seen)} of the "
        f"moved digits, and {percent(black)} where it is trained and tested with the pixels black that "
        f"{VARIANTS[REFERENCE].title} cannot see."
    )


def trained_again_in_words() -> str:
    """Where the seeds that were trained again misread other digits than those of Improvements."""
    differing = []
    for name in (REFERENCE, PADDED):
        found, before = measured()[name], seed_results()[name]
        recorded = [round((1 - each["test_accuracy"]) * 10_000) for each in before.values()]
        pairs = [
            (here, recorded[seed])
            for seed, here in zip(found.seeds, found.mistakes, strict=True)
            if here != recorded[seed]
        ]
        if pairs:
            here, there = (" and ".join(map(number, each)) for each in zip(*pairs, strict=True))
            differing.append(f"{title_of(found)} misreads {here} digits instead of {there}")
    if not differing:
        return ""
    return (
        f"Of {VARIANTS[REFERENCE].title} and {VARIANTS[PADDED].title} only seed {SEEDS[0]} is kept whole; "
        "the others were trained again for this, on another machine, where sums are rounded otherwise. "
        f"With them {', and '.join(differing)}, as the page Improvements says."
    )


def shallow_in_words() -> str:
    """Why the network with one block has so many parameters, in a sentence."""
    shallow, deep = (VARIANTS[name].config.architecture for name in ("one-block", REFERENCE))
    wide, narrow = (
        next(layer.output_shape[0] for layer in each.layers() if layer.kind == "flatten")
        for each in (shallow, deep)
    )
    return (
        f"{VARIANTS['one-block'].title} has {number(shallow.parameters)} parameters instead of "
        f"{number(deep.parameters)}: {number(wide)} values instead of {number(narrow)} reach its dense "
        "layer, since nothing pools them further."
    )


@st.cache_data(show_spinner=False)
def _ink_that_leaves() -> float:
    """The share of the test set's ink that stands within MOVED_BY pixels of an edge, 0 to 1."""
    images = mnist().test.images
    stays = images[:, MOVED_BY:-MOVED_BY, MOVED_BY:-MOVED_BY].sum(dtype=np.int64)
    return 1 - float(stays) / float(images.sum(dtype=np.int64))


def show_labels() -> None:
    """Which digits each variant misreads."""
    st.subheader("On which digits?")
    chosen = choose_one(
        "Test digits",
        [_AS_IT_IS, _MOVED],
        default=_AS_IT_IS,
        key="variants-labels",
        persist_state="session",
    )
    is_moved = chosen == _MOVED
    variants = design_choices()
    st.plotly_chart(
        labels_figure(variants, is_moved=is_moved),
        key="variants-label-figure",
        config={"displayModeBar": False},
        alt=f"{chosen}, share of each label's digits that is misread. "
        + " ".join(hardest_in_words(each, is_moved=is_moved) for each in variants),
    )
    st.caption(
        glossed(
            "In per cent of the [test digits] with that [label], the mean over the seeds"
            + (f" and the {len(DIRECTIONS)} directions." if is_moved else ".")
        )
    )


def show_script() -> None:
    """The Keras script of a variant, to be taken home."""
    names = [each.name for each in design_choices()]
    with st.expander("Train one yourself: the script"):
        name: str = choose_one(
            "Network",
            names,
            default=names[0],
            key="variants-script",
            persist_state="session",
            format_func=lambda one: VARIANTS[one].title,
        )
        st.code(keras_code(VARIANTS[name].config), "python")


def what_is_shown(variants: list[Measured], *, is_moved: bool) -> str:
    """Which variants stand apart from the reference, which do not."""
    reference = next(each for each in variants if each.name == REFERENCE)
    found: dict[Verdict, list[str]] = {}
    for each in variants:
        if each.name != REFERENCE:
            kind = _verdict(reference, each, is_moved=is_moved)
            found.setdefault(kind, []).append(title_of(each))
    sentences = []
    for kind, sentence in _SENTENCES.items():
        if kind in found:
            opening = sentence.format(reference=title_of(reference))
            sentences.append(f"**{opening}**: {', '.join(found[kind])}.")
    return " ".join(sentences)


def hardest_in_words(found: Measured, *, is_moved: bool) -> str:
    """The label that a variant misreads most often, in a sentence."""
    shares = found.misread_shares(is_moved=is_moved)
    hardest = int(shares.argmax())
    assert len(shares) == CLASSES
    return f"{title_of(found)} misreads the {hardest}s most: {percent(float(shares[hardest]))}."


def _verdict(reference: Measured, found: Measured, *, is_moved: bool) -> Verdict:
    return verdict(accuracies(reference, is_moved=is_moved), accuracies(found, is_moved=is_moved))


def _row(found: Measured) -> dict[str, str]:
    training = VARIANTS[found.name]
    architecture = training.config.architecture
    reference = measured()[REFERENCE]
    row = {
        "Network, and what it lacks": f"**{training.title}**: {training.change}",
        "Parameters": number(architecture.parameters),
        "Pixels it cannot see": count(int(unseen(architecture, "output").sum()), "pixel"),
    }
    for is_moved, title in ((False, _AS_IT_IS), (True, _MOVED)):
        shares = accuracies(found, is_moved=is_moved)
        against = (
            ""
            if found.name == REFERENCE
            else f": {VERDICT_IN_SHORT[_verdict(reference, found, is_moved=is_moved)]}"
        )
        row[title] = f"{seeds_in_words(shares)}, mean {percent(mean(shares), 2)}{against}"
    return row
