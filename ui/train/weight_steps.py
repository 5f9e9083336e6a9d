"""The steps of a weight, by hand: alone on its curve, or with all the others."""

from __future__ import annotations

from itertools import pairwise

import streamlit as st

from cnn_core.network.descent import Descent, Point
from cnn_core.network.network import Network
from cnn_core.network.optimizer import MEAN_KEPT, SQUARE_KEPT, STEP_RULES, StepRule
from cnn_core.network.weight_gradient import loss_along
from cnn_core.network.weight_place import WeightPlace
from ui.look.gloss import glossed
from ui.look.wording import count, significant
from ui.train.descents import (
    MOST_STEPS,
    RULE_TITLES,
    Beginning,
    Plan,
    begin_again,
    current_descent,
    first_curve,
    go_down,
    tries,
    values_along,
)
from ui.train.weight_figures import along_figure, descent_figure
from ui.visitor.choice import choose_one, hold_to

RATES = (0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)
# One weight alone may go far; where all move at once, each has to take a small step.
_FIRST_RATES: dict[tuple[bool, StepRule], float] = {
    (True, "sgd"): 1.0,
    (True, "adam"): 0.03,
    (False, "sgd"): 0.03,
    (False, "adam"): 0.001,
}
_TOO_LARGE = 0.3
# How many steps the next run takes by itself.
_AT_ONCE = "weight-steps-at-once"
_WHICH = ("This weight alone", "All weights")
_WAYS = ("Down", "Up")


@st.fragment
def take_steps(start: Beginning, place: WeightPlace) -> None:
    """Buttons for steps, the arithmetic of the last one, and both curves."""
    plan = _choose_plan()
    descent = current_descent(start, place, plan)
    go_down(st.session_state.pop(_AT_ONCE, 0))
    _ask_for_the_way(descent)
    _show_buttons(descent)
    _say_last_step(descent)
    along, losses = st.columns(2, gap="large")
    values = values_along(start.network, descent)
    has_moved = len(descent.points) > 1 and not plan.is_alone
    with along:
        if descent.is_lost:
            st.error(
                "The numbers have grown beyond all bounds: each step went too far, and the next one went "
                "further still. Begin again with a smaller learning rate.",
                icon=":material/trending_up:",
            )
        else:
            st.plotly_chart(
                along_figure(
                    values,
                    loss_along(descent.network, start.images, start.labels, place, values),
                    descent.points,
                    first_curve(start, place, values) if has_moved else None,
                ),
                key="weight-along",
                config={"displayModeBar": False},
                alt=f"Loss along {place.name}: {significant(descent.points[-1].loss, 4)} where the weight "
                f"is, at {significant(descent.points[-1].weight, 4)}",
            )
    with losses:
        st.plotly_chart(
            descent_figure(tries()),
            key="weight-losses",
            config={"displayModeBar": False},
            alt="Loss of the batch from step to step: "
            + ", ".join(significant(point.loss) for point in descent.points),
        )
    _say_how_it_went(start, descent)
    st.button(
        "Show steps that are too large",
        key="weight-too-large",
        icon=":material/warning:",
        on_click=_choose_too_large,
        help=f"Ten steps of all weights by SGD, with a learning rate of {_TOO_LARGE:g}.",
    )
    st.caption(
        glossed(
            "The same batch at every step, with [dropout] left out. A training takes another batch each "
            "time, and switches [hidden units] off at random."
        )
    )


def _choose_plan() -> Plan:
    """The widgets for the rule, the learning rate, and which weights move."""
    # Not as defaults of the widgets: a button sets them, too.
    st.session_state.setdefault("weight-which", _WHICH[0])
    st.session_state.setdefault("weight-rule", STEP_RULES[0])
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        which = choose_one("What moves", _WHICH, key="weight-which", persist_state="session")
        rule = choose_one(
            "By the rule of",
            STEP_RULES,
            key="weight-rule",
            format_func=RULE_TITLES.__getitem__,
            persist_state="session",
            help="SGD: the learning rate times the gradient. Adam: the learning rate times the running mean "
            "of the gradient over the root of the running mean of its square.",
        )
        is_alone = which == _WHICH[0]
        key = _rate_key(is_alone, rule)
        hold_to(RATES, key, _FIRST_RATES[is_alone, rule])
        st.session_state.setdefault(key, _FIRST_RATES[is_alone, rule])
        rate = st.select_slider(
            "Learning rate",
            RATES,
            key=key,
            format_func=lambda rate: f"{rate:g}",
            persist_state="session",
            width=260,
        )
    return Plan(rule, float(rate), is_alone)


def _rate_key(is_alone: bool, rule: StepRule) -> str:
    """Each way of going has a learning rate of its own."""
    return f"weight-rate-{'alone' if is_alone else 'all'}-{rule}"


def _ask_for_the_way(descent: Descent) -> None:
    """Before the first step, ask which way it will go; after it, judge the guess."""
    gradient = descent.points[0].gradient
    if not gradient:
        return
    key = f"weight-guess-{descent.watched.name}"
    if len(descent.points) > 1 and st.session_state.get(key) not in _WAYS:
        return
    guess = st.segmented_control(
        f"Its gradient is {significant(gradient)}. Which way will the first step move the weight?",
        _WAYS,
        key=key,
        disabled=len(descent.points) > 1,
    )
    if len(descent.points) == 1 or guess not in _WAYS:
        return
    way = _WAYS[gradient < 0]
    if guess == way:
        st.success(f"{way}, against the slope.", icon=":material/check:")
    else:
        st.error(f"{way}: against the slope, not along it.", icon=":material/close:")


def _show_buttons(descent: Descent) -> None:
    is_over = descent.is_lost or len(descent.points) > MOST_STEPS
    with st.container(horizontal=True, gap="small"):
        st.button(
            "One step",
            key="weight-step",
            type="primary",
            icon=":material/step:",
            disabled=is_over,
            on_click=go_down,
            args=(1,),
        )
        st.button(
            "Ten steps",
            key="weight-ten",
            icon=":material/fast_forward:",
            disabled=is_over,
            on_click=go_down,
            args=(10,),
        )
        st.button(
            "Reset",
            key="weight-again",
            icon=":material/replay:",
            disabled=len(descent.points) == 1,
            on_click=begin_again,
            help="Back to the beginning; what was made so far stays on the chart of losses.",
        )


def _choose_too_large() -> None:
    begin_again()
    st.session_state.update(
        {
            "weight-which": _WHICH[1],
            "weight-rule": "sgd",
            _rate_key(False, "sgd"): _TOO_LARGE,
            _AT_ONCE: 10,
        }
    )


def _say_last_step(descent: Descent) -> None:
    """The arithmetic of the step that was taken last."""
    if len(descent.points) == 1:
        st.markdown("No step has been taken yet.")
        return
    before, after = descent.points[-2:]
    number_of_step = len(descent.points) - 1
    move = after.weight - before.weight
    by_rule = _by_sgd if descent.rule == "sgd" else _by_adam
    st.markdown(
        f"**Step {number_of_step}.** {by_rule(descent, before, number_of_step)} = "
        f"**{significant(after.weight, 4)}**. The loss went from {significant(before.loss, 4)} to "
        f"**{significant(after.loss, 4)}**."
        + (
            f" The slope promised a change of {significant(before.gradient * move)}; it was "
            f"{significant(after.loss - before.loss)}."
            if descent.is_alone
            else ""
        )
    )


def _by_sgd(descent: Descent, before: Point, _step: int) -> str:
    return f"{significant(before.weight, 4)} − {descent.rate:g} · {_bracketed(before.gradient)}"


def _by_adam(descent: Descent, before: Point, step: int) -> str:
    mean, square = descent.memory()
    if not square:
        return f"The gradient has been 0 so far, and nothing moves: {significant(before.weight, 4)}"
    mean, square = mean / (1 - MEAN_KEPT**step), square / (1 - SQUARE_KEPT**step)
    return (
        f"The gradient was {significant(before.gradient)}. Its running mean is {significant(mean)}, the "
        f"root of the running mean of its square {significant(square**0.5)} (both made up for their "
        f"beginning at 0): {significant(before.weight, 4)} − {descent.rate:g} · {_bracketed(mean)} / "
        f"{significant(square**0.5)}"
    )


def _bracketed(value: float) -> str:
    return f"({significant(value)})" if value < 0 else significant(value)


def _say_how_it_went(start: Beginning, descent: Descent) -> None:
    """How often the loss rose, and what that says of the learning rate."""
    losses = [point.loss for point in descent.points]
    if len(losses) < 2:
        return
    # The last digits of a loss are those of rounding.
    rises = sum(not after <= before * (1 + 1e-6) for before, after in pairwise(losses))
    said = f"After {count(len(losses) - 1, 'step')} the loss is {significant(losses[-1], 4)}; it began "
    said += f"at {significant(losses[0], 4)}. "
    if rises:
        said += (
            f"In **{rises}** of the steps it rose: a slope holds only nearby, and the step went past where "
            "it points down."
        )
        if descent.is_lost:
            st.markdown(said)
            return
        before, now = (_silent_units(net, descent) for net in (start.network, descent.network))
        if now > before:
            said += (
                f" That left a mark: **{now}** of the {start.network.architecture.dense_units} hidden units "
                f"are silent for every image of the batch now; {before} were at the beginning. Through a "
                "silent unit no gradient comes back."
            )
    else:
        said += "It has not risen in any step."
    st.markdown(said)


def _silent_units(network: Network, descent: Descent) -> int:
    """How many units of the hidden layer are 0 for every image of the batch."""
    return int((network.activations(descent.images)["dense"] == 0).all(axis=0).sum())
