"""What seeing the blind spot is worth: same padding, and the same with those pixels black."""

from __future__ import annotations

import streamlit as st

from cnn_core.findings.variant_results import Measured, mean
from cnn_core.findings.variants import unseen_by_reference
from cnn_core.network.architecture import Architecture
from cnn_core.recipe.bundled_trainings import SEEDS
from cnn_core.recipe.improvements import Verdict, verdict
from cnn_core.recipe.variants import BLACKENED, PADDED, REFERENCE, VARIANTS
from ui.check.seeds import seeds_in_words
from ui.check.variants_figure import seeds_figure, title_of
from ui.check.variants_view import measured, trained_again_in_words
from ui.look.gloss import prose
from ui.look.wording import number, shape

COMPARED = (REFERENCE, BLACKENED, PADDED)


def show_experiment() -> None:
    """The three networks on one chart, and what their differences separate."""
    st.subheader("How many mistakes does the blind spot make?")
    valid, same = (VARIANTS[name].config.architecture for name in (REFERENCE, PADDED))
    prose(
        f"{VARIANTS[PADDED].title} ends the blind spot, and changes more than that: every [convolution] "
        f"sees a border of zeros, the last maps are {_last_maps(same)} instead of "
        f"{_last_maps(valid)}, and the network has {number(same.parameters)} parameters instead of "
        f"{number(valid.parameters)}. To tell these apart, it was trained once more with the "
        f"{number(int(unseen_by_reference().sum()))} pixels of the blind spot painted black in every "
        "image, in training, [validation] and test."
    )
    found = [measured()[name] for name in COMPARED]
    st.plotly_chart(
        seeds_figure(found, is_moved=False),
        key="blind-spot-experiment",
        config={"displayModeBar": False},
        alt="Share of the test digits read right, each seed: "
        + "; ".join(f"{title_of(each)} {seeds_in_words(each.accuracies)}" for each in found),
    )
    st.markdown(what_is_separated(*found))
    st.caption(trained_again_in_words())


def what_is_separated(valid: Measured, black: Measured, same: Measured) -> str:
    """What the three networks' mistakes say of the blind spot, and what they leave open."""
    if not all(each.is_complete for each in (valid, black, same)):
        return f"Not all {len(SEEDS)} seeds are trained, so nothing can be said of it yet."
    before, between, after = (mean(each.mistakes) for each in (valid, black, same))
    return (
        f"Of 10,000 test digits {title_of(valid)} misreads {_mean_in_words(valid)}, "
        f"{title_of(same).lower()} {_mean_in_words(same)}: **{number(before - after)} fewer**. With "
        f"those pixels black it misreads {_mean_in_words(black)}. So **{number(before - between)}** of "
        "the mistakes are gone although not one of those pixels is seen "
        f"({_apart(valid, black)}), and **{number(between - after)}** more go when they are seen "
        f"({_apart(black, same)}). What this leaves open: how much of the first part is due to the "
        "border of zeros, to the larger last maps or to the parameters, which came together; and "
        f"what {title_of(valid)}, with its smaller maps, would make of those pixels."
    )


def _mean_in_words(found: Measured) -> str:
    each = ", ".join(map(number, found.mistakes[:-1]))
    return f"{each} and {number(found.mistakes[-1])} (mean {number(mean(found.mistakes))})"


def _apart(before: Measured, after: Measured) -> str:
    words: dict[Verdict, str] = {
        "better": "every seed makes fewer than every seed before",
        "worse": "every seed makes more than every seed before",
        "overlap": "but the seeds overlap, so three do not show this part",
        "unknown": "not all seeds are trained",
    }
    return words[verdict(before.accuracies, after.accuracies)]


def _last_maps(architecture: Architecture) -> str:
    pools = [layer for layer in architecture.layers() if layer.kind == "pooling"]
    return shape(pools[-1].output_shape)
