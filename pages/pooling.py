"""Pooling: what a feature map keeps when it shrinks, and what it loses."""

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from cnn_core.network.architecture import POOL_SIZE
from cnn_core.network.arithmetic import Array
from cnn_core.network.axis import Sliding
from cnn_core.network.change_of_maps import cells_changed, moved, relative_change
from cnn_core.network.filter_run import PoolRun, run_pool
from cnn_core.network.kernels import PAPER_MAP
from cnn_core.network.pooling import PoolKind, pool, times_kept, unread
from cnn_core.network.telling import brightest_steadied_unit
from ui.components.sliding_window.sliding_window import Place, Scale, sliding_window
from ui.frame.article import question, takeaway
from ui.inside.average_change import TRIED, average_change
from ui.inside.chosen_map import DIGIT, ChosenMap
from ui.inside.guess import guess
from ui.inside.size_formula import size_formula
from ui.look.contents import contents
from ui.look.gloss import glossed, prose
from ui.look.pictures import discarded, show
from ui.look.wording import count, number, percent, shape
from ui.shared.resources import activations, network
from ui.visitor.choice import choose_one
from ui.visitor.current import current_digit, current_model
from ui.visitor.filter_choice import choose_filter, choose_layer
from ui.visitor.looked_at import follow_looked_at, is_unit_chosen, look_at, look_at_cell

DIRECTIONS = {
    "right": (0, 1),
    "left": (0, -1),
    "down": (1, 0),
    "up": (-1, 0),
}

question(
    "What does pooling keep?",
    "[Pooling] slides a window over a map and keeps one number of each place, mostly the largest: the map "
    "gets smaller, and where exactly a stroke lies matters less. There is nothing to learn.",
)
contents({"lost": "What is lost", "stays": "What stays the same", "paper": "On paper"})


def maps() -> dict[str, Array]:
    """What can be pooled: each convolution's maps and the digit, float32 (rows, columns, maps)."""
    digit, model = current_digit(), current_model()
    outputs = activations(network(model.id), digit)
    return {name: outputs[name] for name in model.config.architecture.convolutions} | {
        DIGIT: digit.image[..., np.newaxis].astype(np.float32)
    }


def compute_on_paper() -> None:
    """A pooling that is small enough for one's head."""
    st.header("On paper", anchor="paper")
    st.markdown("A map of 6×6 values and a window of 2×2 that moves by 2. Guess before you look.")
    guess(
        run_pool(PAPER_MAP),
        Scale("activations", float(PAPER_MAP.max())),
        "A 6 by 6 map under a 2 by 2 pooling window",
        key="pool-paper",
    )


def most_telling(layer: str) -> int:
    """The brightest of a layer's maps that pooling steadies when the digit moves one pixel right."""
    if layer == DIGIT:
        return 0
    moved_image = moved(current_digit().image, *DIRECTIONS["right"])
    after_move = network(current_model().id).activations(moved_image[np.newaxis])[layer][0]
    return brightest_steadied_unit(maps()[layer], after_move)


def choose_map() -> ChosenMap:
    """The widgets for a map: of which layer, and of which of its filters."""
    layer = choose_layer("Map of", maps(), lambda name: "digit" if name == DIGIT else name)
    values = maps()[layer]
    filters = values.shape[2]
    unit = choose_filter(filters) if filters > 1 else 0
    if filters > 1 and not is_unit_chosen():
        st.caption(
            glossed(
                f"[Filter] {unit} is opened because its map is the brightest of those that pooling steadies: "
                "when the digit moves one pixel right, it changes less after the pool than before."
            )
        )
    return ChosenMap(layer, unit, values[..., unit])


def choose_pooling() -> tuple[int, int, PoolKind]:
    """The widgets for how a map is pooled: size of the window, stride, what is kept."""
    with st.expander("More: window, stride, mean"):
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
        kinds: tuple[PoolKind, ...] = ("max", "average")
        kind = choose_one(
            "Keep the",
            kinds,
            default="max",
            key="pool-kind",
            format_func=lambda kind: "maximum" if kind == "max" else "mean",
            persist_state="session",
        )
    return size, stride, kind


def pool_a_map(arrived_by_link: bool) -> tuple[ChosenMap, PoolRun]:
    """A map of the current digit under the pooling window; where that does not fit, the page ends."""
    # The window comes first: on a phone it would else be out of sight.
    window, choices = st.columns([2, 1], gap="medium")
    with choices:
        chosen = choose_map()
        size, stride, kind = choose_pooling()
    axis = Sliding(len(chosen.values), size, stride)
    run = run_pool(chosen.values, size, stride, kind) if axis.fits else None
    if run is not None:
        with window:
            slide_window(chosen, run, arrived_by_link)
    prose(
        f"Every filter of a [convolution] makes one map of {current_digit().title.lower()}, and the "
        "pooling [layer] after it treats each map on its own. The networks here use max pooling, 2×2, "
        "[stride] 2."
    )
    if not size_formula(axis) or run is None:
        st.stop()
    return chosen, run


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
    st.header("What is lost", anchor="lost")
    pictures, words = st.columns([2, 1], gap="large")
    with pictures, st.grid(2, min_column_width=150):  # Side by side on a phone too.
        show(
            coloured,
            caption=f"All {values.size:,} values of {chosen.title}",
            alt=f"{chosen.title}, before pooling",
        )
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
        say_what_is_lost(run, losers, ignored)


def say_what_is_lost(run: PoolRun, losers: NDArray[np.bool_], ignored: NDArray[np.bool_]) -> None:
    """How many values of the map never win a window, and how many no window reads."""
    values = run.map
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
    st.header("What stays the same", anchor="stays")
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
    with st.grid(4, min_column_width=150):
        show(
            chosen.picture(still, common),
            caption="The digit as it is",
            alt=f"{title}, digit as it is",
        )
        show(
            chosen.picture(shifted, common),
            caption=f"Moved one pixel {direction}",
            alt=f"{title}, digit moved one pixel {direction}",
        )
        show(
            chosen.picture(gap, common),
            caption="Difference, without its sign",
            alt=f"{title}, difference; the largest is {number(float(gap.max()), 2)}",
        )
        with st.container():
            share = relative_change(still, shifted)
            st.metric(
                "Relative change",
                "no value to compare with" if np.isnan(share) else percent(share),
                help="The sum of all differences over the sum of all values.",
            )
            changed = cells_changed(still, shifted)
            st.metric("Cells that changed", f"{changed:,} of {still.size:,}")


arrived_by_link = follow_looked_at(
    {name: values.shape for name, values in maps().items()}, telling=most_telling
)
pooled_map, pooling = pool_a_map(arrived_by_link)
show_what_is_lost(pooled_map, pooling)
show_what_stays(pooled_map, pooling)
compute_on_paper()
takeaway(
    "Max pooling asks whether something was found, and not exactly where: the map gets smaller, "
    "and small shifts matter less, though they do matter. What it drops, no later layer can bring "
    "back."
)
