"""The pages: which there are, in the order in which one reads them, and what each is about."""

from __future__ import annotations

from typing import NamedTuple

import streamlit as st
from streamlit.navigation.page import StreamlitPage


class Entry(NamedTuple):
    """A page, as the menu and the path through all pages name it.

    name: of its file in pages/, and its address.
    icon: a name of Material Symbols.
    about: a sentence.
    """

    name: str
    title: str
    icon: str
    about: str

    @property
    def file(self) -> str:
        """Its script, as Streamlit names it."""
        return f"pages/{self.name}.py"

    @property
    def address(self) -> str:
        """The last part of its path; the first page has none."""
        return "" if self == FIRST else self.name


PARTS = {
    "Look inside": (
        Entry(
            "overview",
            "Overview",
            "home",
            "One digit on its way through all eleven layers, to the network's answer.",
        ),
        Entry(
            "dataset",
            "Dataset",
            "grid_view",
            "The 70,000 handwritten digits of MNIST: browse them, and choose one to follow.",
        ),
        Entry(
            "convolution",
            "Convolution",
            "blur_linear",
            "A kernel slides over the digit, cell by cell, with its arithmetic beside it.",
        ),
        Entry(
            "pooling",
            "Pooling",
            "compress",
            "Each window hands on its largest value: what that keeps, and what it discards.",
        ),
        Entry(
            "moving",
            "Moving",
            "open_with",
            "Move the digit, and see in which layers the maps simply move along.",
        ),
        Entry(
            "layers",
            "Layers",
            "account_tree",
            "The whole network as one picture: choose any unit and take its number apart.",
        ),
    ),
    "Ask why": (
        Entry(
            "reasons",
            "Reasons",
            "search_insights",
            "Where in the digit the evidence for an answer is, by three methods.",
        ),
        Entry(
            "what_if",
            "What if",
            "tune",
            "Change the digit or switch feature maps off, and watch the probabilities.",
        ),
        Entry(
            "beside",
            "Side by side",
            "compare",
            "Two digits in the same layers: where they part, and where they become alike.",
        ),
        Entry(
            "neighbours",
            "Neighbours",
            "hub",
            "The training digits that the network finds most alike to the current one.",
        ),
        Entry(
            "units",
            "Units",
            "filter_center_focus",
            "What excites each feature map and unit most, and those that nothing excites.",
        ),
    ),
    "Train it": (
        Entry(
            "loss",
            "Loss",
            "speed",
            "How wrong an answer is, in one number: yours beside the network's.",
        ),
        Entry(
            "one_weight",
            "One weight",
            "moving",
            "One weight, its gradient, the step that it takes, and the loss after it.",
        ),
        Entry(
            "training",
            "Training",
            "model_training",
            "Set up a network, press Train, and watch it learn.",
        ),
        Entry(
            "runs",
            "Runs",
            "timeline",
            "Curves of trainings, one training moment by moment, and what curves teach.",
        ),
    ),
    "Write yourself": (
        Entry(
            "draw",
            "Draw",
            "draw",
            "Write a digit yourself and watch the network read it, stroke by stroke.",
        ),
        Entry(
            "preparation",
            "Preparation",
            "healing",
            "Why a drawing fails: each step of its preparation, on and off.",
        ),
    ),
    "Check it": (
        Entry(
            "evaluation",
            "Evaluation",
            "fact_check",
            "How often the network is right, and every test digit that it misreads.",
        ),
        Entry(
            "improvements",
            "Improvements",
            "trending_up",
            "From the baseline to the improved network, step by step, and what it gained.",
        ),
        Entry(
            "design",
            "Design choices",
            "architecture",
            "Networks without convolution, without ReLU, with one block: what each part earns.",
        ),
    ),
    "Background": (
        Entry(
            "glossary",
            "Glossary",
            "dictionary",
            "What each term means, and the pages on which one sees it.",
        ),
        Entry("about", "About", "info", "Background, sources, licences and the versions in use."),
    ),
}
# What one looks things up in is no step of the path.
BESIDE_THE_PATH = "Background"
PATH = tuple(
    entry for part, entries in PARTS.items() if part != BESIDE_THE_PATH for entry in entries
)
FIRST = PATH[0]


def navigation() -> dict[str, list[StreamlitPage]]:
    """All pages for `st.navigation`, by the part of the menu."""
    return {
        part: [
            st.Page(
                entry.file,
                title=entry.title,
                icon=f":material/{entry.icon}:",
                default=entry == FIRST,
                help=entry.about,
            )
            for entry in entries
        ]
        for part, entries in PARTS.items()
    }


def entry_at(address: str) -> tuple[str, Entry]:
    """The part and the page with an address, the last part of its path."""
    return next(
        (part, entry)
        for part, entries in PARTS.items()
        for entry in entries
        if entry.address == address
    )
