"""All trainings, to compare, to use, to take away; those of the visitor also to rename and to delete."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Collection
from datetime import UTC, datetime
from typing import Any

import streamlit as st

from cnn_core.errors import StoreError
from cnn_core.store.download import archive
from cnn_core.store.own_runs import DamagedRun, delete_run, rename_run
from cnn_core.store.store import StoredModel
from cnn_core.store.title import LONGEST_TITLE
from ui.look.model_words import validated
from ui.look.wording import as_markdown, count, number
from ui.train.run_choice import switch_run
from ui.visitor.owner import key_of, may_change, own_runs
from ui.visitor.take_home import offer_to_take_home
from ui.visitor.use_everywhere import offer_model

_DELETING = "deleting-run"
_FAILED = "change-of-run-failed"


def run_list(shown: Collection[StoredModel], on_chart: Collection[str]) -> None:
    """Show trainings with what can be done with them.

    on_chart: ids of those that are on the chart.
    """
    for model in shown:
        with st.container(border=True, key=f"run-{model.id}"):
            _row(model, model.id in on_chart)


def damaged_list(runs: Collection[DamagedRun]) -> None:
    """Name the runs that nobody can use, with what is wrong and what can be done."""
    for run in runs:
        with st.container(border=True, key=f"damaged-{run.id}"):
            say_what_failed(run)
            with st.container(horizontal=True, vertical_alignment="center"):
                with st.container(width="stretch", gap=None):
                    st.markdown(f"**{run.id}**")
                    # What is in a damaged file may say anything: it is text, not Markdown.
                    st.text(f"Damaged: {run.problem}.")
                    st.caption(
                        f"Put back the files in the folder {run.folder.name} of the server's runs if "
                        "there is a copy, or delete it and train again."
                        if may_change(run)
                        else "Whoever trained it, or runs this server, can delete it or put its "
                        "files back."
                    )
                if may_change(run):
                    _delete_button(run)
            if may_change(run) and st.session_state.get(_DELETING) == run.id:
                _confirm(run, f"the damaged run {run.id}")


def facts(model: StoredModel) -> str:
    """A training in one line: validation accuracy, parameters, epochs, date, size on the disk."""
    reached = validated(model)
    parts = [
        "of unknown accuracy" if reached is None else f"{reached} of the held-out digits",
        f"{number(model.config.architecture.parameters)} parameters",
        count(model.epochs_trained, "epoch"),
        f"{number(model.size / 1e6, 1)} MB",
    ]
    if not model.is_bundled:
        # Files that came with the project only know when they were copied here, and a clock that
        # was wrong may have named a year that no calendar has.
        with contextlib.suppress(ValueError, OverflowError, OSError):
            saved = datetime.fromtimestamp(model.saved, UTC)
            parts.insert(0, f"{saved.day} {saved:%B %Y, %H:%M} UTC")
    return " · ".join(parts)


def _row(model: StoredModel, on_chart: bool) -> None:
    changeable = may_change(model)
    say_what_failed(model)
    with st.container(horizontal=True, vertical_alignment="center"):
        with st.container(width="stretch", gap=None):
            st.markdown(f"**{model.title}**")
            st.caption(facts(model))
        st.button(
            "On the chart" if on_chart else "Compare",
            key=f"compare-{model.id}",
            icon=":material/check:" if on_chart else ":material/add:",
            help="Takes it off the chart" if on_chart else "Adds its curves to the chart",
            on_click=switch_run,
            args=(model.id,),
        )
        offer_model(
            model.id,
            "Use",
            in_use="In use",
            key=f"use-{model.id}",
            help="Every page then uses this network",
        )
        st.download_button(
            "Download",
            # Read and packed only where somebody asks for it.
            lambda: archive(model),
            file_name=f"digitscope-{model.id}.zip",
            mime="application/zip",
            key=f"download-{model.id}",
            icon=":material/download:",
            on_click="ignore",
            help="The .keras file with its config, its history and its results, as a zip",
        )
        offer_to_take_home(model, key=f"take-home-{model.id}")
        if changeable:
            with st.popover("Change", key=f"change-{model.id}"):
                _changes(model)
    if changeable and st.session_state.get(_DELETING) == model.id:
        _confirm(model, model.title)


def say_what_failed(run: StoredModel | DamagedRun) -> None:
    """Why a run could not be changed as its owner asked for last."""
    failed, problem = st.session_state.get(_FAILED, ("", ""))
    if failed == run.id:
        st.error(as_markdown(problem), icon=":material/error:")


def name_field(model: StoredModel, **looks: Any) -> None:
    """The name of a run, to be changed by whoever may. looks: other arguments of `st.text_input`."""
    st.text_input(
        "Name",
        model.title,
        max_chars=LONGEST_TITLE,
        key=f"title-{model.id}",
        on_change=_rename,
        args=(model.id,),
        **looks,
    )


def _changes(model: StoredModel) -> None:
    name_field(model)
    _delete_button(model)
    if key := key_of(model):
        st.page_link(
            "pages/runs.py",
            label="Its address, for you alone",
            icon=":material/key:",
            query_params={"job": key},
            help="Whoever opens it may rename and delete this run, also after the browser was closed.",
        )


def _delete_button(run: StoredModel | DamagedRun) -> None:
    st.button(
        "Delete…",
        key=f"delete-{run.id}",
        icon=":material/delete:",
        on_click=_ask,
        args=(run.id,),
    )


def _confirm(model: StoredModel | DamagedRun, title: str) -> None:
    st.warning(
        f"Delete {title} for good? Everybody who uses this server loses it, and there is no "
        "way back. Its config would train it again.",
        icon=":material/delete:",
    )
    with st.container(horizontal=True):
        st.button(
            "Delete for good",
            key=f"confirm-{model.id}",
            type="primary",
            on_click=_delete,
            args=(model.id,),
        )
        st.button("Keep it", key=f"keep-{model.id}", on_click=_ask, args=(None,))


def _rename(model_id: str) -> None:
    _attempt(model_id, lambda: rename_run(model_id, st.session_state[f"title-{model_id}"]))


def _ask(model_id: str | None) -> None:
    st.session_state[_DELETING] = model_id


def _delete(model_id: str) -> None:
    _ask(None)
    _attempt(model_id, lambda: delete_run(model_id))


def _attempt(model_id: str, change: Callable[[], None]) -> None:
    """Change a run; why it could not be changed stays at the run until the next attempt.

    Whose it is, is asked here as well: no message from a browser changes somebody else's run.
    """
    st.session_state.pop(_FAILED, None)
    run = next((run for run in own_runs() if run.id == model_id), None)
    if run is None:  # Somebody else has just deleted it, and the list says so.
        return
    if not may_change(run):
        st.session_state[_FAILED] = (
            model_id,
            "Only whoever trained this run, or runs this server, may rename and delete it.",
        )
        return
    try:
        change()
    except StoreError as error:
        st.session_state[_FAILED] = (model_id, str(error))
