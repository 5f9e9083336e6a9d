"""A page with every component but the sliding window, for the tests in a real browser."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from driving import components_shown as shown
from ui.components.count_table.count_table import count_table
from ui.components.digit_grid.digit_grid import digit_grid
from ui.components.digit_picture.digit_picture import digit_picture
from ui.components.filter_grid.filter_grid import filter_grid
from ui.components.kernel_editor.kernel_editor import kernel_editor
from ui.components.learning_view.learning_view import learning_view
from ui.components.map_switches.map_switches import map_switches
from ui.components.network_map.network_map import network_map
from ui.components.pixel_editor.pixel_editor import pixel_editor
from ui.components.pixel_table.pixel_table import pixel_table
from ui.components.probability_bars.probability_bars import probability_bars
from ui.components.scrubber.scrubber import scrubber
from ui.components.sentence.sentence import sentence
from ui.components.sliders.effect import move_effect
from ui.components.sliders.sliders import Slider, sliders
from ui.components.sum_table.sum_table import Factor, Term, Total, terms
from ui.components.unit_view.unit_view import unit_view
from ui.components.verdict.verdict import verdict

st.set_page_config(layout="wide")
said = st.empty()


def say(*words: object) -> None:
    """Show what a component told the server."""
    st.session_state["said"] = " ".join(str(word) for word in words)


def say_edit(pixels: NDArray[np.uint8], version: object) -> None:
    """Show which pixels were edited."""
    rows, columns = np.nonzero(pixels != shown.DIGITS[0].image)
    say("edited", *(f"{row},{column}" for row, column in zip(rows, columns, strict=True)), version)


def say_settings(settings: list[float]) -> None:
    """Show where sliders rest, and keep it."""
    st.session_state["settings"] = settings
    say("sliders", *settings)


digit_grid(
    shown.DIGITS,
    shown.CAPTIONS,
    shown.DIGITS[1].name,
    key="digit_grid",
    on_choice=lambda name: say("digit", name),
)
filter_grid(
    shown.FILTER_MAPS,
    shown.FILTER_KERNELS,
    2,
    key="filter_grid",
    on_choice=lambda number: say("filter", number),
)
map_switches(
    shown.SWITCH_MAPS,
    "conv1",
    {"conv1": shown.SWITCHED_OFF},
    shown.DIGITS[0].image,
    model="none",
    live="switched",
    key="map_switches",
    on_switch=lambda off: say("off", *sorted(off)),
)
kernel_editor(
    shown.KERNEL,
    key="kernel_editor",
    on_edit=lambda row, column, weight: say("weight", row, column, weight),
)
learning_view(
    shown.LEARNED_KERNELS,
    shown.SAMPLES,
    shown.SAMPLE_PROBABILITIES,
    "after epoch 1",
    key="learning_view",
)
count_table(
    shown.COUNTS,
    ["top", "bottom"],
    ["left", "middle", "right"],
    caption="Counts",
    texts=[[f"{count} of 25" for count in row] for row in shown.COUNTS.tolist()],
    labels=[[f"Count {count}" for count in row] for row in shown.COUNTS.tolist()],
    strength=shown.COUNT_STRENGTH,
    quiet=shown.COUNTS == 2,
    chosen=(1, 0),
    on_choice=lambda row, column: say("count", row, column),
    key="count_table",
)
probability_bars(shown.PROBABILITIES, key="probability_bars", live=shown.LIVE_SOURCE)
verdict(
    shown.DIGITS[0].image,
    shown.PROBABILITIES,
    key="verdict",
    live=shown.LIVE_SOURCE,
    server_says="server-says",
)
with st.container(key="server-says"):
    st.write("Of an earlier drawing")
digit_picture(shown.DIGITS[0].image, "A digit", key="digit_picture", live=shown.LIVE_SOURCE)
terms(
    "A sum",
    ["Name", "Seen", "Weight", "Product"],
    [
        Term(f"term {place}", value, [Factor(picture, f"picture {place}"), f"+{place}.5"])
        for place, (value, picture) in enumerate(
            zip(shown.TERM_VALUES, shown.TERM_PICTURES, strict=True)
        )
    ],
    [Total("all", "+0.25", strong=True)],
    key="sum_table",
)
unit_view(
    shown.DIGITS[0].image,
    shown.UNIT_SPANS,
    shown.UNIT_UNSEEN,
    key="unit_view",
    digit_title="The digit",
    values=shown.UNIT_VALUES,
    title="A map",
    chosen=(1, 3),
    on_choice=lambda row, column: say("cell", row, column),
)
pixel_editor(shown.DIGITS[0].image, 255, 1, "A digit", 7, key="pixel_editor", on_edit=say_edit)
pixel_table(shown.DIGITS[0], key="pixel_table")
sliders(
    [
        Slider("first", "First", -10, 10, 5, unit="°"),
        Slider("last", "Last", 0, 1, 0.05, decimals=2),
    ],
    st.session_state.get("settings", [5, 0]),
    move_effect(model="none", source="moved", image=shown.DIGITS[0].image),
    key="sliders",
    on_change=say_settings,
    again="Again",
    on_again=lambda: say("again"),
)
sentence(
    "It is **a 9**.",
    key="sentence",
    live=shown.LIVE_SOURCE,
    image=shown.DIGITS[1].image,
    alt="What is read",
)
scrubber(
    shown.MOMENTS,
    shown.MOMENT_KERNELS,
    shown.READING,
    shown.CONFUSIONS,
    shown.DIGITS[0],
    "conv2",
    key="scrubber",
    start=1,
    on_link=lambda moment: say("moment", moment),
)
network_map(
    shown.NETWORK,
    shown.ACTIVATIONS,
    ("conv1", 2),
    "The network",
    key="network_map",
    on_choice=lambda layer, unit: say("unit", layer, unit),
)
said.write(f"said {st.session_state.get('said')}")
