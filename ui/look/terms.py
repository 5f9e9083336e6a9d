"""The terms of the field that the app uses: what each means, and on which pages one sees it."""

from __future__ import annotations

from typing import NamedTuple


class Term(NamedTuple):
    """A term of the glossary.

    name: as a sentence says it, `feature map`; it stands in the address of its entry.
    meaning: one or two sentences, plain text without double quotes.
    seen_on: addresses of pages that show it, `layers?layer=flatten`, the best one first.
    forms: what else sentences call it, beside its name and the plural with an s.
    """

    name: str
    meaning: str
    seen_on: tuple[str, ...]
    forms: tuple[str, ...] = ()


# In an order to read them in.
CHAPTERS = {
    "The digits": (
        Term(
            "MNIST",
            "70,000 digits that people wrote by hand: 60,000 to learn from and "
            "10,000 to test with, each an image of 28 × 28 pixels.",
            ("dataset", "about"),
        ),
        Term(
            "label",
            "The digit that an image is filed as. People gave the labels, and a few may be wrong.",
            ("dataset", "evaluation"),
        ),
        Term(
            "held out",
            "Kept apart from the training digits: a network never learns from these, so they show what "
            "it makes of digits that are new to it.",
            ("dataset", "training"),
            ("held-out", "held-out digits"),
        ),
        Term(
            "validation",
            "Reading held-out digits to see how well a network does on new ones. Whatever is chosen, a "
            "learning rate or which network to keep, is chosen by it.",
            ("runs", "training"),
        ),
        Term(
            "test set",
            "Digits that nothing was learned from and nothing was chosen by. They are for the verdict "
            "at the end, on digits that are new in every way.",
            ("evaluation", "dataset?split=Test"),
            ("test digits",),
        ),
    ),
    "The network": (
        Term(
            "layer",
            "One stage of the network: it takes the numbers that the stage before it made, and hands on "
            "numbers of its own.",
            ("layers", "overview"),
        ),
        Term(
            "weight",
            "A number by which a value is multiplied. Training finds those of a network.",
            ("convolution", "layers?layer=dense"),
        ),
        Term(
            "bias",
            "A number that is added to a sum of products, the same whatever the network looks at. "
            "Training finds it too.",
            ("convolution", "layers?layer=dense"),
            ("biases",),
        ),
        Term(
            "parameter",
            "A number of the network that training adjusts: a weight or a bias.",
            ("overview", "training"),
        ),
        Term(
            "unit",
            "What makes one number of a dense layer: it multiplies every value before it by a weight of "
            "its own, and adds everything up with a bias.",
            ("units", "layers?layer=dense&unit=3"),
            ("hidden unit", "hidden units"),
        ),
        Term(
            "activation",
            "The number that a unit, or one cell of a feature map, hands on for the digit at hand.",
            ("layers", "neighbours"),
        ),
        Term(
            "convolution",
            "Sliding a small grid of weights over an image and adding up, at every place, the products "
            "of the weights with what lies under them. A layer that does so is called by the same name.",
            ("convolution", "layers?layer=conv1"),
            ("convolutional",),
        ),
        Term(
            "cross-correlation",
            "What networks compute and call a convolution. A convolution of mathematics turns the kernel "
            "by half a turn first.",
            ("convolution",),
        ),
        Term(
            "channel",
            "One of the equally large grids of numbers that lie on each other and make the input of a "
            "layer. A grey image has one; after a convolution, every feature map is one.",
            ("convolution?layer=conv2",),
        ),
        Term(
            "kernel",
            "A small grid of weights that slides over one channel. A filter has one of its own for "
            "every channel that it reads; where there is a single channel, the two are the same grid.",
            ("convolution",),
        ),
        Term(
            "filter",
            "All that makes one feature map: a kernel for each channel of the input, and one bias.",
            ("convolution?layer=conv2", "layers?layer=conv1"),
        ),
        Term(
            "feature map",
            "What one filter makes of its input: a grid with one number for every place where the "
            "filter stood. A convolution makes as many as it has filters.",
            ("layers?layer=conv1", "units", "what_if"),
        ),
        Term(
            "stride",
            "How far the window moves from one place to the next. With 2 it skips every other place, and "
            "what comes out has about half as many rows and columns.",
            ("convolution", "pooling"),
        ),
        Term(
            "padding",
            "A border of zeros around what is read, so that the window can stand on its edge: “same” "
            "adds one that keeps the size at stride 1, “valid” adds none, and maps shrink.",
            ("convolution", "improvements"),
        ),
        Term(
            "dilation",
            "How far apart the weights of a kernel stand when they are laid on the image: 1 leaves no "
            "gaps, 2 leaves one between two weights.",
            ("convolution",),
        ),
        Term(
            "pooling",
            "Making a map smaller by keeping one number of each window. Max pooling keeps the largest; "
            "there is nothing to learn.",
            ("pooling", "layers?layer=pool1"),
            ("max pooling", "pool"),
        ),
        Term(
            "equivariance",
            "That what comes out moves along when what goes in is moved, by as much, and is the same "
            "otherwise. Invariance would be that it does not change at all.",
            ("moving",),
            ("translation equivariance",),
        ),
        Term(
            "ReLU",
            "What most layers do to a sum before they hand it on: below 0 it becomes 0, above it stays "
            "as it is. Short for rectified linear unit.",
            ("convolution", "layers?layer=conv1"),
        ),
        Term(
            "flatten",
            "Writing all numbers of all maps into one row, so that a dense layer can read them. Nothing "
            "is computed.",
            ("layers?layer=flatten",),
        ),
        Term(
            "dense",
            "A layer in which every unit reads every value that comes in, each with a weight of its own.",
            ("layers?layer=dense&unit=3",),
            ("dense layer",),
        ),
        Term(
            "logit",
            "One of the ten sums of the last layer, before softmax turns them into probabilities.",
            ("layers?layer=output", "reasons"),
        ),
        Term(
            "softmax",
            "Turns ten sums into ten probabilities: e to the power of each, divided by the sum of all "
            "these powers. They are above 0 and add up to 1.",
            ("layers?layer=output",),
        ),
        Term(
            "penultimate",
            "Next to last: the activations of the layer before the output, the last picture that the "
            "network makes of a digit.",
            ("neighbours", "preparation"),
        ),
        Term(
            "blind spot",
            "The pixels that cannot reach any of the ten outputs, whatever the weights are, because a "
            "window that should read them no longer fits.",
            ("improvements",),
        ),
    ),
    "Training": (
        Term(
            "batch",
            "The images that a network reads before each step of its training, 64 or 128 here for "
            "instance. Then all weights are moved a little.",
            ("training", "runs"),
            ("batches",),
        ),
        Term(
            "training step",
            "Moving all weights a little, once, after one batch.",
            ("one_weight", "runs"),
        ),
        Term(
            "epoch",
            "One pass over all training images, batch by batch.",
            ("runs", "training"),
        ),
        Term(
            "loss",
            "One number for how wrong the answers are, 0 at best, which training makes smaller. Here it "
            "is the cross-entropy.",
            ("loss", "runs"),
        ),
        Term(
            "cross-entropy",
            "Minus the logarithm of the probability that the network gave to the true digit, on average "
            "over all images: sure and wrong costs much, sure and right costs next to nothing.",
            ("loss",),
        ),
        Term(
            "nat",
            "The unit of a loss that is made with the natural logarithm. A loss of one nat: the true "
            "digit was given a probability of 1/e, a good third.",
            ("loss", "runs"),
        ),
        Term(
            "gradient",
            "For every weight, how steeply the loss would rise if that weight grew. Training steps "
            "against it. It can be taken by pixels too, and of a logit instead of the loss.",
            ("one_weight", "reasons"),
        ),
        Term(
            "backpropagation",
            "Computing all gradients in one go, from the loss backwards through the layers, by the chain "
            "rule of calculus.",
            ("one_weight", "reasons"),
            ("chain rule",),
        ),
        Term(
            "learning rate",
            "How far weights are moved at each step, in proportion to the gradient or to what the "
            "optimizer makes of it.",
            ("runs", "training"),
            ("learning rates",),
        ),
        Term(
            "optimizer",
            "The rule that turns gradients into steps: SGD, RMSprop and Adam are three.",
            ("training",),
        ),
        Term(
            "SGD",
            "Stochastic gradient descent, the plainest optimizer: a step against the gradient of one "
            "batch, as long as the learning rate says.",
            ("training",),
        ),
        Term(
            "momentum",
            "The share of the last step that is taken again at the next one, so that steps that agree "
            "add up.",
            ("training",),
        ),
        Term(
            "RMSprop",
            "An optimizer that divides each gradient by the size that it usually has.",
            ("training",),
        ),
        Term(
            "Adam",
            "An optimizer that divides the running mean of a gradient by the size that it usually has: "
            "momentum and RMSprop in one.",
            ("training",),
        ),
        Term(
            "weight decay",
            "Pulling every weight a little towards 0 at each step, so that none stays large for nothing.",
            ("training", "improvements"),
        ),
        Term(
            "AdamW",
            "Adam with a weight decay that is applied to the weights by itself, and not by way of the "
            "gradient.",
            ("training",),
        ),
        Term(
            "cosine decay",
            "A learning rate that falls to 0 until the last step, slowly at first and at the end, along "
            "half a wave of a cosine.",
            ("improvements", "runs"),
            ("schedule",),
        ),
        Term(
            "dropout",
            "While a network trains, setting some activations to 0, at random and anew for every image, so "
            "that no unit can rely on another one. When it answers, all are there.",
            ("layers?layer=dropout", "runs"),
        ),
        Term(
            "augmentation",
            "Moving, turning, zooming and shearing training images at random each time they are read, so "
            "that the network never sees quite the same one twice.",
            ("training", "improvements"),
        ),
        Term(
            "one-hot",
            "A label written as ten numbers: 1 at the true digit, 0 at the other nine.",
            ("loss",),
        ),
        Term(
            "label smoothing",
            "Training towards a little less than 1 for the true digit and a little more than 0 for the "
            "others, so that answers do not become surer without end.",
            ("training", "loss"),
        ),
        Term(
            "seed",
            "The number from which all random numbers of a training follow. Another one gives other "
            "weights to begin with, and so another network.",
            ("training", "improvements"),
            ("random start",),
        ),
        Term(
            "overfitting",
            "Learning the training images by heart: the loss still falls on them, and rises on images "
            "that the network never saw.",
            ("runs",),
            ("by heart",),
        ),
    ),
    "Judging a network": (
        Term(
            "accuracy",
            "The share of digits that are read right.",
            ("evaluation", "runs"),
        ),
        Term(
            "95 % interval",
            "From what to what the share of all digits that are read right may well be, judging by those "
            "tested. Made in this way, 95 of 100 intervals hold it, if each digit is drawn by itself.",
            ("evaluation", "improvements"),
        ),
        Term(
            "Wilson",
            "E. B. Wilson's way to make an interval for a share, of 1927. It stays within 0 and 1, and "
            "holds for few digits and for shares near the ends too.",
            ("evaluation",),
        ),
        Term(
            "confusion matrix",
            "A table with a row for each label and a column for each answer: how often the one was read "
            "as the other.",
            ("evaluation",),
        ),
        Term(
            "recall",
            "Of all digits that are a 4, say, the share that is read as a 4.",
            ("evaluation",),
        ),
        Term(
            "precision",
            "Of all digits that are read as a 4, say, the share that is a 4.",
            ("evaluation",),
        ),
        Term(
            "F1",
            "Precision and recall in one number, their harmonic mean: it is high only where both are.",
            ("evaluation",),
        ),
        Term(
            "confidence",
            "The largest of the ten probabilities: what the network says of its own answer. It may be "
            "high and the answer wrong.",
            ("evaluation", "improvements"),
            ("confident",),
        ),
        Term(
            "calibration",
            "Whether confidence can be taken at its word: of the answers given with a confidence of "
            "80 %, are 80 % right?",
            ("evaluation",),
            ("calibration error",),
        ),
        Term(
            "McNemar",
            "A test whether one of two networks is better. Only digits count that exactly one of them "
            "reads right; were both equally good, each would fall to either like a tossed coin.",
            ("evaluation", "improvements"),
        ),
    ),
    "Looking inside": (
        Term(
            "cosine similarity",
            "How alike two lists of numbers are, whatever their sizes: the cosine of the angle between them. "
            "1 where one is a multiple of the other, 0 where they have nothing in common.",
            ("beside",),
        ),
        Term(
            "occlusion",
            "Covering a part of the image and watching how the answer changes.",
            ("reasons",),
        ),
        Term(
            "Grad-CAM",
            "A picture of which places speak for an answer: the maps of a convolution, each weighted by "
            "how much the answer's logit would rise with it, added up.",
            ("reasons",),
        ),
        Term(
            "t-SNE",
            "A way to lay out points of many dimensions on a plane, so that what lies together stays "
            "together. Distances between far groups mean little.",
            ("neighbours",),
        ),
    ),
}
TERMS = {term.name: term for chapter in CHAPTERS.values() for term in chapter}


def _said() -> dict[str, Term]:
    """Each term by all that it may be called, in lower case."""
    return {
        said.lower(): term
        for term in TERMS.values()
        for said in (term.name, f"{term.name}s", *term.forms)
    }


SAID = _said()
