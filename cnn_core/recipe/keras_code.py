"""A training as the Keras script that does the same, to be copied and run as it stands."""

from __future__ import annotations

import inspect
from textwrap import dedent

from cnn_core.data.dataset import CLASSES, IMAGE_SIZE
from cnn_core.network.keras_calls import keras_calls
from cnn_core.recipe.augmentation import augment
from cnn_core.recipe.config import HELD_OUT_IMAGES, SGD_MOMENTUM, TrainingConfig


def keras_code(config: TrainingConfig) -> str:
    """The script: data, network, optimizer, training, test.

    It is the same network trained in the same way. The random numbers differ, and so, by a little,
    does what comes out. The augmentation is the function that the app trains with, from its source.
    """
    imports = ["import keras", "from keras import layers"]
    if config.augmentation:
        imports = ["import math", "from types import SimpleNamespace", "", "import keras"]
        imports += ["import tensorflow as tf", "from keras import layers"]
    parts = ["\n".join(imports), _data(config), _network(config), _compile(config), _fit(config)]
    if config.augmentation:
        parts.insert(2, _augmentation(config))
        # The annotations of the copied function name a class that the script does not have.
        parts.insert(0, "from __future__ import annotations")
    return "\n\n".join(parts) + "\n"


def _data(config: TrainingConfig) -> str:
    return dedent(
        f"""\
        # 60,000 digits to learn from, the last {HELD_OUT_IMAGES:,} of them held out, and 10,000 to test with.
        keras.utils.set_random_seed({config.seed})
        (images, labels), (test_images, test_labels) = keras.datasets.mnist.load_data()
        images, test_images = images[..., None].astype("float32"), test_images[..., None].astype("float32")
        targets = keras.utils.to_categorical(labels, {CLASSES})
        test_targets = keras.utils.to_categorical(test_labels, {CLASSES})
        train_images, train_targets = images[:{config.training_images}], targets[:{config.training_images}]
        validation = (images[-{HELD_OUT_IMAGES}:], targets[-{HELD_OUT_IMAGES}:])"""
    )


def _network(config: TrainingConfig) -> str:
    rows = [
        f"keras.Input(({IMAGE_SIZE}, {IMAGE_SIZE}, 1))",
        *keras_calls(config.architecture).values(),
    ]
    inside = "".join(f"        {row},\n" for row in rows)
    return f"model = keras.Sequential(\n    [\n{inside}    ]\n)"


def _compile(config: TrainingConfig) -> str:
    rate = str(config.learning_rate)
    if config.schedule == "cosine":
        steps = config.epochs * config.steps_per_epoch
        rate = f"keras.optimizers.schedules.CosineDecay({rate}, {steps})"
    name = {"adam": "Adam", "sgd": "SGD", "rmsprop": "RMSprop"}[config.optimizer]
    momentum = f", momentum={SGD_MOMENTUM}" if config.optimizer == "sgd" else ""
    decay = f", weight_decay={config.weight_decay}" if config.weight_decay else ""
    smoothing = f"label_smoothing={config.label_smoothing}" if config.label_smoothing else ""
    return (
        "model.compile(\n"
        f"    optimizer=keras.optimizers.{name}({rate}{momentum}{decay}),\n"
        f"    loss=keras.losses.CategoricalCrossentropy({smoothing}),\n"
        '    metrics=["accuracy"],\n'
        ")"
    )


def _augmentation(config: TrainingConfig) -> str:
    moved = config.augmentation
    source = inspect.getsource(augment).replace("    import tensorflow as tf\n", "")
    return (
        f"IMAGE_SIZE = {IMAGE_SIZE}\n"
        f"movement = SimpleNamespace(shift={moved.shift}, rotation={moved.rotation}, "
        f"zoom={moved.zoom}, shear={moved.shear})\n\n\n" + source.rstrip() + "\n"
    )


def _fit(config: TrainingConfig) -> str:
    if config.augmentation:
        data = dedent(
            f"""\
            seeds = tf.data.Dataset.random({config.seed}, rerandomize_each_iteration=True).batch(2)
            batches = (
                tf.data.Dataset.from_tensor_slices((train_images, train_targets))
                .shuffle({config.training_images})
                .batch({config.batch_size})
            )
            batches = tf.data.Dataset.zip(batches, seeds).map(
                lambda batch, seed: (augment(batch[0], tf.cast(seed, tf.int32), movement), batch[1])
            )
            # The batches come shuffled.
            history = model.fit(
                batches, epochs={config.epochs}, validation_data=validation, shuffle=False
            )
            """
        )
    else:
        data = dedent(
            f"""\
            history = model.fit(
                train_images,
                train_targets,
                batch_size={config.batch_size},
                epochs={config.epochs},
                validation_data=validation,
            )
            """
        )
    return (
        data
        + 'print("loss and accuracy on the test set:", model.evaluate(test_images, test_targets))'
    )
