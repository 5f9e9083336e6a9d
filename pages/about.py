"""About: where this comes from, what it stands on, and where to read on."""

import contextlib
import platform
from importlib.metadata import PackageNotFoundError, version

import pandas as pd
import streamlit as st

from cnn_core.recipe.bundled_trainings import IMPROVEMENTS
from cnn_core.recipe.config import HELD_OUT_IMAGES, TRAINABLE_IMAGES
from ui.frame.article import question
from ui.look.gloss import marked, prose
from ui.look.model_words import model_facts
from ui.look.wording import number
from ui.shared.resources import models

PACKAGES = (
    "streamlit",
    "streamlit-drawable-canvas",
    "keras",
    "numpy",
    "pandas",
    "plotly",
    "pillow",
)

question(
    "Where does all this come from?",
    "DigitScope shows one thing from beginning to end: how a [convolutional] neural network reads a "
    "handwritten digit. It is made for people who have heard the word convolution and want to see "
    "one, and for those who teach them.",
)

st.header("Keras trains, NumPy explains")
prose(
    "The networks are trained with Keras on TensorFlow. What you see on these pages is computed "
    "from the trained [weights] with a few lines of NumPy that you can read in "
    "`cnn_core/network/arithmetic.py`; the project's tests hold them to Keras, [layer] by layer. What is "
    "made up to illustrate says so: two small images to compute on in one's head, and a random draw of "
    "[dropout]."
)

st.header("The networks")
for model in (models()["baseline"], models()["improved"]):
    prose(
        f"**{model.title}: {marked(model_facts(model))}.** "
        f"[Padding] “{model.config.architecture.padding}”, "
        f"{model.config.epochs} [epochs] of {number(model.config.training_images)} images in [batches] "
        f"of {model.config.batch_size}, trained in {number(model.results['seconds'] / 60, 1)} minutes "
        f"with Keras {model.results['keras']} on TensorFlow {model.results['tensorflow']}. "
        f"Of the 10,000 [test digits] it misreads "
        f"{number(round((1 - model.results['test_accuracy']) * 10_000))}."
    )
prose(
    f"Both learned from the first {number(TRAINABLE_IMAGES)} training digits. The last "
    f"{number(HELD_OUT_IMAGES)} were [held out]: every choice, of epochs or of [learning rate], was made "
    f"on them, never on the test digits. The {len(IMPROVEMENTS) - 2} steps between the two come with the "
    "app as well, and so do trainings that teach something by failing; each can be chosen in the sidebar."
)
with st.container(horizontal=True):
    st.page_link("pages/improvements.py", label="How it got better", icon=":material/trending_up:")
    st.page_link("pages/runs.py", label="Read every training", icon=":material/timeline:")

st.header("The data")
prose(
    "[MNIST] was made by Yann LeCun, Corinna Cortes and Christopher J. C. Burges from digits that "
    "employees of the US Census Bureau and high-school students wrote for NIST. Yann LeCun and "
    "Corinna Cortes hold its copyright; it is shared under "
    "[Creative Commons Attribution-ShareAlike 3.0](https://creativecommons.org/licenses/by-sa/3.0/). "
    "It comes with this app, complete and unchanged; nothing is downloaded. The code of DigitScope "
    "is under the MIT licence."
)

st.header("Sources and further reading")
prose(
    "- Anil Ananthaswamy: *Why Machines Learn: The Elegant Math Behind Modern AI*. Dutton, 2024. "
    "The mathematics of learning, told as a story; its chapters on convolution and [backpropagation] "
    "go well with these pages.\n"
    "- Yann LeCun, Léon Bottou, Yoshua Bengio, Patrick Haffner: "
    "[Gradient-based learning applied to document recognition](https://doi.org/10.1109/5.726791). "
    "Proceedings of the IEEE 86(11), 1998. The paper that introduced MNIST and LeNet-5.\n"
    "- Ian Goodfellow, Yoshua Bengio, Aaron Courville: "
    "[Deep Learning](https://www.deeplearningbook.org/), chapter 9. MIT Press, 2016.\n"
    "- Vincent Dumoulin, Francesco Visin: "
    "[A guide to convolution arithmetic for deep learning](https://arxiv.org/abs/1603.07285), 2016. "
    "Sizes, [strides] and padding, with pictures.\n"
    "- Zijie J. Wang and others: [CNN Explainer](https://poloclub.github.io/cnn-explainer/), 2020, "
    "Daniel Smilkov, Shan Carter: [TensorFlow Playground](https://playground.tensorflow.org/), 2016, "
    "and Adam W. Harley: "
    "[An interactive node-link visualization of convolutional neural networks]"
    "(https://adamharley.com/nn_vis/), 2015. The explainers that this one learned from.\n"
    "- François Chollet: *Deep Learning with Python*, third edition. Manning, 2025. "
    "By the author of Keras."
)

st.header("Versions in use")
rows = {"Python": platform.python_version()} | {name: version(name) for name in PACKAGES}
for name in ("tensorflow", "tensorflow-cpu"):
    with contextlib.suppress(PackageNotFoundError):
        rows[name] = version(name)
st.dataframe(
    pd.DataFrame({"Package": rows.keys(), "Version": rows.values()}),
    hide_index=True,
    width=420,
    height="content",
    alt="Packages in use with their versions",
)
