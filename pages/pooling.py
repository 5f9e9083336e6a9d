"""Pooling: what a feature map keeps when it shrinks, and what it loses."""

import numpy as np
import streamlit as st

from cnn_core.network.architecture import POOL_SIZE
from cnn_core.network.arithmetic import Array
from cnn_core.network.axis import Sliding
from cnn_core.network.change_of_maps import cells_changed, moved, relative_change
from cnn_core.network.filter_run import PoolRun, run_pool
from cnn_core.network.kernels import PAPER_MAP
from cnn_core.network.pooling import PoolKind, pool, times_kept, unread
from ui.components.sliding_window.sliding_window import Place, Scale, sliding_window
from ui.frame.article import question, takeaway
from ui.inside.average_change import TRIED, average_change
from ui.inside.chosen_map import DIGIT, ChosenMap
from ui.inside.guess import guess
from ui.inside.size_formula import size_formula
from ui.look.gloss import prose
from ui.look.pictures import discarded, show
from ui.look.wording import count, number, percent, shape
from ui.shared.resources import activations, network
from ui.visitor.choice import choose_one
from ui.visitor.current import current_digit, current_model
from ui.visitor.filter_choice import choose_filter, choose_layer
from ui.visitor.looked_at import follow_looked_at, look_at, look_at_cell

DIRECTIONS = {
    "right": (0, 1),
    "left": (0, -1),
    "down": (1, 0),
    "up": (-1, 0),
}

question(
    "What does pooling keep?",
    "[Pooling] slides a window too, but it has no [weights] and nothing to learn. Max pooling keeps "
    "the largest value of every window and drops the rest: the map gets smaller, and where exactly "
    "a stroke lies matters a little less.",
)


def maps() -> dict[str, Array]:
    """What can be pooled: each convolution's maps and the digit, float32 (rows, columns, maps)."""
    digit, model = current_digit(), current_model()
    outputs = activations(network(model.id), digit)
    return {name: outputs[name] for name in model.config.architecture.convolutions} | {
        DIGIT: digit.image[..., np.newaxis].astype(np.float32)
    }


def compute_on_paper() -> None:
    """A pooling that is small enough for one's head."""
    st.header("On paper first")
    st.markdown("A map of 6×6 values and a window of 2×2 that moves by 2. Guess before you look.")
    guess(
        run_pool(PAPER_MAP),
        Scale("activations", float(PAPER_MAP.max())),
        "A 6 by 6 map under a 2 by 2 pooling window",
        key="pool-paper",
    )


def choose_pooling() -> tuple[ChosenMap, PoolRun]:
    """The widgets for a map and how it is pooled; where the window does not fit, the page ends."""
    st.header("A real map")
    prose(
        f"Every [filter] of a [convolution] makes one map of {current_digit().title.lower()}, and the "
        "pooling [layer] after it treats each map on its own. The networks here use max pooling, 2×2, "
        "[stride] 2."
    )
    source, window, kind_choice = st.columns([5, 3, 3], gap="large")
    with source:
        layer = choose_layer(
            "Map of", maps(), lambda name: "the digit itself" if name == DIGIT else name
        )
        values = maps()[layer]
        filters = values.shape[2]
        unit = choose_filter(filters) if filters > 1 else 0
    with window:
        size = choose_one(
            "Window",
            (2, 3),
            default=POOL_SIZE,
            key="pool-size",
            format_func=lambda size: f"{size}×{size}",
            persist_state="session",
        )
        stride = choose_one(
            "Stride",
            (1, 2, 3),
            default=POOL_SIZE,
            key="pool-stride",
            persist_state="session",
        )
    with kind_choice:
        kinds: tuple[PoolKind, ...] = ("max", "average")
        kind = choose_one(
            "Keep the",
            kinds,
            default="max",
            key="pool-kind",
            format_func=lambda kind: "maximum" if kind == "max" else "mean",
            persist_state="session",
        )
    chosen = ChosenMap(layer, unit, values[..., unit])
    if not size_formula(Sliding(len(chosen.values), size, stride)):
        st.stop()
    return chosen, run_pool(chosen.values, size, stride, kind)


def slide_window(chosen: ChosenMap, run: PoolRun, arrived_by_link: bool) -> None:
    """The pooling window on its way over the map."""
    if chosen.brightest == 0:
        st.info(
            f"Filter {chosen.unit} of {chosen.layer} does not respond to this digit at all: its map "
            "is 0 everywhere. Choose another filter to see more.",
            icon=":material/dark_mode:",
        )
    place = look_at()
    fits = place is not None and place[0] < run.rows.outputs and place[1] < run.columns.outputs
    sliding_window(
        run,
        Scale("pixels" if chosen.is_digit else "activations", chosen.brightest),
        f"{run.kind.capitalize()} pooling of {chosen.title}",
        key="pool-window",
        start=Place(*place) if place is not None and fits else None,
        autoplay=not arrived_by_link,
        scroll=arrived_by_link,
        on_link=look_at_cell,
    )


def show_what_is_lost(chosen: ChosenMap, run: PoolRun) -> None:
    """Which values of the map the pooling keeps, which it drops, and which it never reads."""
    values, size, stride = run.map, run.rows.kernel_size, run.rows.stride
    kept = times_kept(values, size, stride)
    ignored = unread((len(values), len(values[0])), size, stride)
    losers = (kept == 0) & ~ignored
    coloured = chosen.picture(values, chosen.brightest)
    st.header("What is lost")
    before, after, words = st.columns(3, gap="large")
    with before:
        show(
            coloured,
            caption=f"All {values.size:,} values of {chosen.title}",
            alt=f"{chosen.title}, before pooling",
        )
    with after:
        if run.kind == "max":
            show(
                discarded(coloured, losers, ignored),
                caption="The values that win a window; the others are faded, unread ones striped",
                alt=f"{chosen.title}: {int((kept > 0).sum())} values win, {int(losers.sum())} never "
                f"do, {int(ignored.sum())} are not read",
            )
        else:
            show(
                discarded(coloured, np.zeros_like(losers), ignored),
                caption="A mean uses every value that is read; unread ones are striped",
                alt=f"{chosen.title}: {int(ignored.sum())} values are not read",
            )
    with words:
        if run.kind == "max":
            st.metric(
                "Values never kept",
                f"{int(losers.sum()):,} of {values.size:,}",
                help="Whatever they were, as long as they stay smaller, nothing after the pool "
                "changes.",
            )
        st.metric("Values not read", f"{int(ignored.sum()):,} of {values.size:,}")
        prose(
            f"No window reads {count(int(ignored.all(axis=1).sum()), 'row')} and "
            f"{count(int(ignored.all(axis=0).sum()), 'column')} of the {shape(values.shape)} "
            "values: whatever stands there is dropped. In the baseline network this adds up to a "
            "[blind spot] at the right and the lower edge of the image."
            if ignored.any()
            else "Every value is read at least once: the window comes out even."
        )


def show_what_stays(chosen: ChosenMap, run: PoolRun) -> None:
    """What of a move by one pixel is left after the pooling."""
    model, image = current_model(), current_digit().image
    size, stride = run.rows.kernel_size, run.rows.stride
    st.header("What stays the same")
    st.markdown(
        "Move the digit by a single pixel and every layer before the pool notices. How much of the "
        "change is left after it?"
    )
    direction = choose_one(
        "Move the digit by one pixel",
        list(DIRECTIONS),
        default="right",
        key="move",
        persist_state="session",
    )
    shifted = moved(image, *DIRECTIONS[direction])
    after_move = (
        shifted.astype(np.float32)
        if chosen.is_digit
        else network(model.id).activations(shifted[np.newaxis])[chosen.layer][0, ..., chosen.unit]
    )
    pooled = pool(after_move[np.newaxis, ..., np.newaxis], size, stride, run.kind)[0, ..., 0]
    common = max(chosen.brightest, float(after_move.max()))
    compare(chosen, "Before the pool", direction, common, run.map, after_move)
    compare(chosen, "After the pool", direction, common, run.output, pooled)
    st.caption(
        f"All pictures share one scale, from 0 to {number(255 if chosen.is_digit else common, 2)}."
    )
    if not chosen.is_digit:
        before_pool, after_pool = average_change(
            model.id, chosen.layer, DIRECTIONS[direction], size, stride, run.kind
        )
        prose(
            f"A single map of a single digit may say this or that. Over the first {TRIED} [test "
            f"digits] and all {maps()[chosen.layer].shape[2]} filters of `{chosen.layer}` together, "
            f"moving the digit one pixel {direction} changes **{percent(before_pool)}** before the "
            f"pool and **{percent(after_pool)}** after it."
        )


def compare(
    chosen: ChosenMap, where: str, direction: str, common: float, still: Array, shifted: Array
) -> None:
    """The map of the digit as it is and of the moved one, and their difference, on one scale."""
    title = f"{where}, {shape(still.shape)}"
    gap = np.abs(shifted - still)
    st.subheader(title)
    here, there, change, verdict = st.columns(4, gap="medium")
    with here:
        show(
            chosen.picture(still, common),
            caption="The digit as it is",
            alt=f"{title}, digit as it is",
        )
    with there:
        show(
            chosen.picture(shifted, common),
            caption=f"Moved one pixel {direction}",
            alt=f"{title}, digit moved one pixel {direction}",
        )
    with change:
        show(
            chosen.picture(gap, common),
            caption="Difference, without its sign",
            alt=f"{title}, difference; the largest is {number(float(gap.max()), 2)}",
        )
    with verdict:
        share = relative_change(still, shifted)
        st.metric(
            "Relative change",
            "no value to compare with" if np.isnan(share) else percent(share),
            help="The sum of all differences over the sum of all values.",
        )
        changed = cells_changed(still, shifted)
        st.metric("Cells that changed", f"{changed:,} of {still.size:,}")


arrived_by_link = follow_looked_at({name: values.shape for name, values in maps().items()})
compute_on_paper()
pooled_map, pooling = choose_pooling()
slide_window(pooled_map, pooling, arrived_by_link)
show_what_is_lost(pooled_map, pooling)
show_what_stays(pooled_map, pooling)
takeaway(
    "Max pooling asks whether something was found, and not exactly where: the map gets smaller, "
    "and small shifts matter less, though they do matter. What it drops, no later layer can bring "
    "back."
)
