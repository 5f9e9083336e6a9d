"""One weight: its gradient image by image, the way it came by, and the steps that it takes."""

import streamlit as st

from cnn_core.network.weight_place import weight_at
from cnn_core.store.moment import Moment
from ui.frame.article import question, takeaway
from ui.look.gloss import prose
from ui.look.wording import significant
from ui.shared.checkpoints import checkpoints
from ui.train.descents import Beginning, beginning
from ui.train.run_choice import follow_moment, look_at_moment
from ui.train.weight_choice import choose_batch, choose_weight, follow_batch, follow_weight
from ui.train.weight_steps import take_steps
from ui.train.weight_way import choose_image, show_factors, show_way
from ui.visitor.current import current_model

# A network that has seen a few batches is wrong enough to have gradients that can be seen.
# Small enough that the slope hardly changes on the way.
NUDGE = 0.01
TEACHING_MOMENT = Moment(1, 50)

question(
    "How does one weight learn?",
    "A training moves every [weight] of a network, [batch] by batch, and each by the same rule. Take one of "
    "them: see which image pulls it which way and why, let it take a step, and then let all of them go.",
)

model = current_model()
moments = list(checkpoints(model.id))


def choose_moment() -> Moment:
    """The widget for the moment of the training at which the network is looked at."""
    otherwise = moments.index(TEACHING_MOMENT) if TEACHING_MOMENT in moments else 0
    index = st.session_state["weight-moment"] = follow_moment(moments, otherwise)

    def take() -> None:
        asked = st.session_state["weight-moment"]
        if asked in range(len(moments)):
            look_at_moment(asked, moments)

    st.selectbox(
        "Moment of the training",
        range(len(moments)),
        key="weight-moment",
        format_func=lambda at: moments[at].title,
        on_change=take,
        width=230,
        help="Early in its training the network is wrong, and gradients are large. At the end it is right "
        "nearly everywhere, and most images hardly pull any more.",
    )
    return moments[index]


def say_where_it_stands(start: Beginning) -> None:
    """The weight, the loss of the batch, and the gradient, each as a number."""
    gradient = float(place.array(start.gradients[place.layer])[place.index])
    with st.grid(3, min_column_width=150):
        st.metric("The weight", significant(weight_at(start.network, place), 4), border=True)
        st.metric("Loss of the batch", significant(start.batch.loss, 4), border=True)
        st.metric("Gradient of the weight", significant(gradient, 4), border=True)
    if gradient:
        grew = "fall" if gradient < 0 else "rise"
        st.markdown(
            f"The gradient is the slope: were the weight {NUDGE:g} larger, the loss would {grew} by about "
            f"{NUDGE:g} · {significant(abs(gradient))} = **{significant(NUDGE * abs(gradient))}**."
        )
    else:
        st.markdown("The gradient is 0: a tiny change of this weight changes nothing.")


st.header("Choose a weight and a batch")
prose(
    "A **batch** is a handful of training images, read together before each step. Its [loss] is the mean of "
    "their losses, in [nats]. The **[gradient]** of a weight is the slope of that loss along the weight."
)
st.page_link("pages/loss.py", label="What a loss in nats says", icon=":material/speed:")
with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
    moment = choose_moment()
    chosen = follow_batch()
    choose_batch()
start = beginning(model, moment, chosen)
architecture = start.network.architecture
place = follow_weight(architecture, lambda: start.gradients)
choose_weight(architecture, place)
say_where_it_stands(start)

st.header("Which image pulls it which way?")
image = choose_image(start, place)

st.header("What the gradient of one image is made of")
show_factors(start, place, image)
show_way(start, place, image)

st.header("Step by step")
take_steps(start, place)

st.page_link(
    "pages/training.py",
    label="Let a whole training take its steps",
    icon=":material/model_training:",
)
takeaway(
    "A gradient says how the loss changes with one weight: what the weight reads, times how wrong the "
    "answer is further on. Every weight takes a small step against its own, all at once, and then the "
    "slopes are asked anew. That is all of learning."
)
