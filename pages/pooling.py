"""Pooling: what a feature map keeps when it shrinks, and what it loses."""

import numpy as np
import streamlit as st

from cnn_core.network.architecture import POOL_SIZE
from cnn_core.network.axis import Sliding
from cnn_core.network.change_of_maps import cells_changed, moved, relative_change
from cnn_core.network.filter_run import run_pool
from cnn_core.network.kernels import PAPER_MAP
from cnn_core.network.pooling import PoolKind, pool, times_kept, unread
from ui.components.sliding_window.sliding_window import Place, Scale, sliding_window
from ui.frame.article import question, takeaway
from ui.inside.average_change import TRIED, average_change
from ui.inside.filter_choice import choose_filter, choose_layer
from ui.inside.guess import guess
from ui.inside.size_formula import size_formula
from ui.look.colors import colour_activations, colour_pixels
from ui.look.pictures import discarded, one_map, show
from ui.look.wording import count, number, percent, shape
from ui.shared.resources import activations, network
from ui.visitor.choice import choose_one
from ui.visitor.current import current_digit, current_model
from ui.visitor.looked_at import follow_place, look_at, look_at_cell

DIRECTIONS = {
    "right": (0, 1),
    "left": (0, -1),
    "down": (1, 0),
    "up": (-1, 0),
}

question(
    "What does pooling keep?",
    "Pooling slides a window too, but it has no weights and nothing to learn. Max pooling keeps "
    "the largest value of every window and drops the rest: the map gets smaller, and where exactly "
    "a stroke lies matters a little less.",
)

digit = current_digit()
model = current_model()
trained = network(model.id)
outputs = activations(trained, digit)
pixels = digit.image.astype(np.float32)
maps = {name: outputs[name] for name in model.config.architecture.convolutions} | {
    "digit": pixels[..., np.newaxis]
}
arrived_by_link = follow_place({name: values.shape for name, values in maps.items()})

st.header("On paper first")
st.markdown("A map of 6×6 values and a window of 2×2 that moves by 2. Guess before you look.")
paper = run_pool(PAPER_MAP)
guess(
    paper,
    Scale("activations", float(PAPER_MAP.max())),
    "A 6 by 6 map under a 2 by 2 pooling window",
    key="pool-paper",
)

st.header("A real map")
st.markdown(
    f"Every filter of a convolution makes one map of {digit.title.lower()}, and the pooling layer "
    "after it treats each map on its own. The networks here use max pooling, 2×2, stride 2."
)
source, window, kind_choice = st.columns([5, 3, 3], gap="large")
with source:
    layer_name = choose_layer(
        "Map of", maps, lambda name: "the digit itself" if name == "digit" else name
    )
    filters = maps[layer_name].shape[2]
    unit = choose_filter(filters) if filters > 1 else 0
with window:
    choose_one(
        "Window",
        (2, 3),
        default=POOL_SIZE,
        key="pool-size",
        format_func=lambda size: f"{size}×{size}",
        persist_state="session",
    )
    choose_one(
        "Stride",
        (1, 2, 3),
        default=POOL_SIZE,
        key="pool-stride",
        persist_state="session",
    )
with kind_choice:
    choose_one(
        "Keep the",
        ("max", "average"),
        default="max",
        key="pool-kind",
        format_func=lambda kind: "maximum" if kind == "max" else "mean",
        persist_state="session",
    )

size: int = st.session_state["pool-size"]
stride: int = st.session_state["pool-stride"]
kind: PoolKind = st.session_state["pool-kind"]
feature_map = maps[layer_name][..., unit]
is_digit = layer_name == "digit"
brightest = 255.0 if is_digit else float(feature_map.max())
map_title = "the digit" if is_digit else f"map {unit} of {layer_name}"
if not size_formula(Sliding(len(feature_map), size, stride)):
    st.stop()
run = run_pool(feature_map, size, stride, kind)
if brightest == 0:
    st.info(
        f"Filter {unit} of {layer_name} does not respond to this digit at all: its map is 0 "
        "everywhere. Choose another filter to see more.",
        icon=":material/dark_mode:",
    )
place = look_at()
fits_place = place is not None and place[0] < run.rows.outputs and place[1] < run.columns.outputs
sliding_window(
    run,
    Scale("pixels" if is_digit else "activations", brightest),
    f"{kind.capitalize()} pooling of {map_title}",
    key="pool-window",
    start=Place(*place) if place is not None and fits_place else None,
    autoplay=not arrived_by_link,
    scroll=arrived_by_link,
    on_link=look_at_cell,
)

st.header("What is lost")
kept = times_kept(feature_map, size, stride)
ignored = unread((len(feature_map), len(feature_map[0])), size, stride)
losers = (kept == 0) & ~ignored
coloured = colour_pixels(digit.image) if is_digit else colour_activations(feature_map, brightest)
before, after, words = st.columns(3, gap="large")
with before:
    show(
        coloured,
        caption=f"All {feature_map.size:,} values of {map_title}",
        alt=f"{map_title}, before pooling",
    )
if kind == "max":
    with after:
        show(
            discarded(coloured, losers, ignored),
            caption="The values that win a window; the others are faded, unread ones striped",
            alt=f"{map_title}: {int((kept > 0).sum())} values win, {int(losers.sum())} never do, "
            f"{int(ignored.sum())} are not read",
        )
else:
    with after:
        show(
            discarded(coloured, np.zeros_like(losers), ignored),
            caption="A mean uses every value that is read; unread ones are striped",
            alt=f"{map_title}: {int(ignored.sum())} values are not read",
        )
with words:
    if kind == "max":
        st.metric(
            "Values never kept",
            f"{int(losers.sum()):,} of {feature_map.size:,}",
            help="Whatever they were, as long as they stay smaller, nothing after the pool changes.",
        )
    st.metric("Values not read", f"{int(ignored.sum()):,} of {feature_map.size:,}")
    st.markdown(
        f"No window reads {count(int(ignored.all(axis=1).sum()), 'row')} and "
        f"{count(int(ignored.all(axis=0).sum()), 'column')} of the {shape(feature_map.shape)} "
        "values: whatever stands there is dropped. In the baseline network this adds up to a "
        "blind spot at the right and the lower edge of the image."
        if ignored.any()
        else "Every value is read at least once: the window comes out even."
    )

st.header("What stays the same")
st.markdown(
    "Move the digit by a single pixel and every layer before the pool notices. How much of the "
    "change is left after it?"
)
choose_one(
    "Move the digit by one pixel",
    list(DIRECTIONS),
    default="right",
    key="move",
    persist_state="session",
)
direction: str = st.session_state["move"]
moved_image = moved(digit.image, *DIRECTIONS[direction])
if is_digit:
    moved_map = moved_image.astype(np.float32)
else:
    moved_map = trained.activations(moved_image[np.newaxis])[layer_name][0, ..., unit]
moved_pool = pool(moved_map[np.newaxis, ..., np.newaxis], size, stride, kind)[0, ..., 0]
common = max(brightest, float(moved_map.max()))

for title, still, shifted in (
    (f"Before the pool, {shape(feature_map.shape)}", feature_map, moved_map),
    (f"After the pool, {shape(run.output.shape)}", run.output, moved_pool),
):
    st.subheader(title)
    here, there, change, verdict = st.columns(4, gap="medium")
    gap = np.abs(shifted - still)
    with here:
        show(
            one_map(still, common, is_digit),
            caption="The digit as it is",
            alt=f"{title}, digit as it is",
        )
    with there:
        show(
            one_map(shifted, common, is_digit),
            caption=f"Moved one pixel {direction}",
            alt=f"{title}, digit moved one pixel {direction}",
        )
    with change:
        show(
            one_map(gap, common, is_digit),
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
st.caption(f"All pictures share one scale, from 0 to {number(255 if is_digit else common, 2)}.")

if not is_digit:
    before_pool, after_pool = average_change(
        model.id, layer_name, DIRECTIONS[direction], size, stride, kind
    )
    st.markdown(
        f"A single map of a single digit may say this or that. Over the first {TRIED} test digits "
        f"and all {filters} filters of `{layer_name}` together, moving the digit one pixel "
        f"{direction} changes **{percent(before_pool)}** before the pool and "
        f"**{percent(after_pool)}** after it."
    )

takeaway(
    "Max pooling asks whether something was found, and not exactly where: the map gets smaller, "
    "and small shifts matter less, though they do matter. What it drops, no later layer can bring "
    "back."
)
