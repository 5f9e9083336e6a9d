"""Moving training images at random, a batch at a time, in TensorFlow."""

from __future__ import annotations

import math
from typing import Any

from cnn_core.data.dataset import IMAGE_SIZE
from cnn_core.recipe.config import Augmentation


def augment(images: Any, seed: Any, augmentation: Augmentation) -> Any:
    """Shift, rotate, zoom and shear each image of a batch by its own random amounts.

    images: float32 tensor (n, 28, 28, 1). seed: int32 tensor (2,), the same seed gives the same
    amounts. What moves in from outside is black.
    """
    import tensorflow as tf
    from keras import ops

    amounts = tf.random.stateless_uniform((6, tf.shape(images)[0]), seed, -1.0, 1.0)
    angle = amounts[0] * math.radians(augmentation.rotation)
    x_scale = tf.exp(amounts[1] * math.log1p(augmentation.zoom))
    y_scale = tf.exp(amounts[2] * math.log1p(augmentation.zoom))
    shear = amounts[3] * augmentation.shear
    cosine, sine = tf.cos(angle), tf.sin(angle)

    # The matrix tells each output pixel which input pixel to read: rotate, shear, then scale.
    a, b = x_scale * cosine, x_scale * (shear * cosine - sine)
    c, d = y_scale * sine, y_scale * (shear * sine + cosine)
    # The image turns about its centre, not about its top-left corner.
    centre = (IMAGE_SIZE - 1) / 2
    x_offset = centre - (a + b) * centre + amounts[4] * augmentation.shift
    y_offset = centre - (c + d) * centre + amounts[5] * augmentation.shift
    nothing = tf.zeros_like(a)
    transform = tf.stack([a, b, x_offset, c, d, y_offset, nothing, nothing], axis=1)
    return ops.image.affine_transform(
        images, transform, interpolation="bilinear", fill_mode="constant", fill_value=0
    )
