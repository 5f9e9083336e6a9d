"""Loss: how wrong is an answer? What −ln p says, on a mistake and on a right answer."""

import math

import numpy as np
import pandas as pd
import streamlit as st

from cnn_core.data.digit import Digit, mnist_digit
from cnn_core.findings.evaluation import answers, cross_entropy, losses, mistakes
from cnn_core.network.arithmetic import Array
from ui.frame.article import question, takeaway
from ui.look.gloss import prose
from ui.look.wording import count, number, percent
from ui.shared.resources import activations, mnist, network, test_probabilities
from ui.train.loss_figures import Answer, batch_figure
from ui.train.loss_guess import OTHERS, score_guess
from ui.train.run_lessons import LOSS_OF_GUESSING
from ui.visitor.choice import choose_one
from ui.visitor.current import current_digit, current_model

KINDS = ("A mistake", "A right answer", "The digit of the sidebar")
BATCH = 32
SHARES = (1.0, 0.9, 0.5, 1 / math.e, 0.1, 0.01, 0.001)

question(
    "How wrong is an answer?",
    "Right or wrong is too little to learn from. A network that gives the 4 one per cent is further off "
    "than one that gives it forty, though both read a 9. The [loss] says how far off an answer is, in one "
    "number, and to make it smaller is what training is about.",
)

model = current_model()
test = mnist().test
said = test_probabilities(model.id)
misread = np.sort(mistakes(said, test.labels))
read_right = np.flatnonzero(answers(said) == test.labels)


def choose_digit() -> Digit:
    """Which digit is guessed: a mistake of the network, a right answer, or the current digit."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        kind = choose_one(
            "Show me", KINDS, default=KINDS[0], key="loss-kind", persist_state="session"
        )
        turn = st.session_state.setdefault("loss-turn", 0)
        st.button(
            "Another one",
            key="loss-another",
            disabled=kind == KINDS[2],
            on_click=lambda: st.session_state.update({"loss-turn": turn + 1}),
        )
    if kind == KINDS[2] and current_digit().label is not None:
        return current_digit()
    if kind == KINDS[2]:
        st.info(
            "A drawing has no label, so there is no loss to compute for it. You see a mistake instead."
        )
    positions = read_right if kind == KINDS[1] or not len(misread) else misread
    return mnist_digit(mnist(), "test", int(positions[turn % len(positions)]))


def answer_to(digit: Digit) -> Array:
    """What the network says of a digit, float32 (10,)."""
    return activations(network(model.id), digit)["output"]


def guess_first() -> int:
    """Ask for a guess, and score it; returns the position of a mistake in the test set."""
    st.header("How sure are you?")
    st.markdown(
        "Say what you read and how sure you are. The two points on the curve are what that costs you: "
        "little if you are right, much if you are not. Then look what the network said."
    )
    digit = choose_digit()
    other = mnist_digit(mnist(), "test", int(read_right[0])) if len(read_right) else digit
    right = Answer(
        f"The network, on {other.title.lower()}",
        float(answer_to(other)[other.label or 0]),
        OTHERS,
        "circle",
    )
    score_guess(digit, answer_to(digit), model.id, right)
    turn = st.session_state["loss-turn"]
    return int(misread[turn % len(misread)]) if len(misread) else 0


def explain_curve() -> None:
    """The formula, its unit, and what some probabilities cost."""
    st.header("What −ln p says")
    words, table = st.columns([3, 2], gap="large")
    with words:
        st.latex(r"L = -\ln p_{\text{label}}")
        prose(
            "Only the probability of the [label] counts. Where it is 1 the loss is 0. Half the probability "
            f"costs ln 2 = {number(math.log(2), 3)} more, wherever one starts: from 1 to a half as "
            "much as from a fiftieth to a hundredth. At 0 there is no bound, so **never say never**.\n\n"
            "It is counted in **[nats]**, because the logarithm is the natural one: one nat is a probability "
            f"of 1/e = {percent(1 / math.e)}. (With the logarithm to base 2 the same number would be "
            f"in bits; a nat is {number(1 / math.log(2), 3)} bits.)\n\n"
            f"Whoever knows nothing gives every digit {percent(0.1, 0)}. The loss is then "
            f"ln 10 = {number(LOSS_OF_GUESSING, 3)}, whatever the digit: about there a training begins. "
            "More than that is worse than a uniform guess, and so is every mistake of which somebody is "
            f"surer than {percent(0.9, 0)}."
        )
    with table:
        st.dataframe(
            pd.DataFrame(
                {
                    "p of the label": [percent(share) for share in SHARES],
                    "Loss in nats": [number(-math.log(share), 3) for share in SHARES],
                }
            ),
            hide_index=True,
            height="content",
            alt="Some probabilities of the label, and their loss in nats",
        )


def take_the_mean(position: int) -> None:
    """The losses of a batch, and of the whole test set, as one number; around a position."""
    st.header("One number for many answers")
    first = position // BATCH * BATCH
    chosen = slice(first, first + BATCH)
    labels, read = test.labels[chosen], answers(said[chosen])
    each = losses(said[chosen], labels)
    wrong = read != labels
    prose(
        f"A network learns from a **[batch]** of images at a time, and the loss of a batch is the mean of "
        f"its losses. These are the [{count(len(each), 'test digit')}][test set] around a mistake."
    )
    st.plotly_chart(
        batch_figure(each, labels, read, first),
        key="loss-batch",
        config={"displayModeBar": False},
        alt=f"The losses of {len(each)} test digits: {count(int(wrong.sum()), 'mistake')}, mean "
        f"{number(float(each.mean()), 3)} nats",
    )
    total = losses(said, test.labels)
    all_wrong = answers(said) != test.labels
    mean = cross_entropy(said, test.labels)
    prose(
        f"The mean is **{number(float(each.mean()), 3)}**"
        + (
            f"; without {_those(int(wrong.sum()))} (in colour) it would be "
            f"{number(float(each[~wrong].mean()), 4)}. "
            if wrong.any() and not wrong.all()
            else ". "
        )
        + f"Over all {number(len(total))} [test digits] the mean is **{number(mean, 4)}**, and the "
        f"{count(int(all_wrong.sum()), 'mistake')} among them make "
        f"{percent(float(total[all_wrong].sum() / total.sum()))} of it. "
        f"Read backwards, e to the power of −{number(mean, 4)} = {percent(math.exp(-mean), 2)}: "
        "the geometric mean of the probabilities that the labels were given."
    )


def _those(mistakes: int) -> str:
    return "the mistake" if mistakes == 1 else f"the {mistakes} mistakes"


def tell_why_this_one() -> None:
    """Why −ln p and not the share of mistakes, and the two names that it has in Keras."""
    st.header("Why this number?")
    prose(
        "**It can be gone down.** [Accuracy] hardly ever changes when a [weight] moves a little: the digit "
        "is still read as it was. The loss does, and says in which direction each weight should go.\n\n"
        "**It fits [softmax].** Together their [gradient], how the loss changes with a [logit], is simply "
        "$p_i - t_i$: what the network says minus what it should have said. It is large while the answer "
        "is wrong, and fades as the answer becomes right.\n\n"
        "**It has two names in Keras.** *Categorical [cross-entropy]* takes the target as a [one-hot] vector "
        "$t$, 1 for the label and 0 for the other nine:"
    )
    st.latex(r"L = -\sum_{i=0}^{9} t_i \ln p_i = -\ln p_{\text{label}}")
    prose(
        "*Sparse categorical cross-entropy* is the same number for labels that are integers, 7 instead of "
        "(0, 0, 0, 0, 0, 0, 0, 1, 0, 0): all terms but one are 0 anyway. The one-hot form can do more: "
        "with [label smoothing] the target is no longer all 0 and 1."
    )
    st.page_link(
        "pages/one_weight.py",
        label="How one weight moves, so that the loss falls",
        icon=":material/moving:",
    )


mistake = guess_first()
explain_curve()
take_the_mean(mistake)
tell_why_this_one()
takeaway(
    "The loss is −ln of the probability that the label was given: nothing for whoever is sure and right, "
    "and the more, the surer a mistake is. Training moves every weight so that the mean of it falls."
)
