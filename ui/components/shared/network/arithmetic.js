// What each layer of a convolutional network computes: cnn_core/network/arithmetic.py once more, under
// the same names, for one image at a time. Tests hold every function to NumPy.

import { sumOf } from "../number.js";

/**
 * Feature maps: values in C order, by row, column and channel.
 * @typedef {{ values: Float32Array, rows: number, columns: number, channels: number }} Maps
 *
 * Weights in C order: of a convolution (size, size, channels, filters), of a dense layer (inputs,
 * units).
 * @typedef {{ values: Float32Array, shape: number[] }} Weights
 *
 * @typedef {"valid" | "same" | number} Padding
 */

/**
 * Zeros added before and after one axis: none for `valid`; for `same` as many as an output of size
 * ceil(size / stride) needs, an odd one after, as in TensorFlow; a number on both sides.
 * @param {number} size
 * @param {number} kernelSize
 * @param {number} [stride]
 * @param {Padding} [padding]
 * @param {number} [dilation]
 * @returns {[number, number]}
 */
export function paddingWidths(size, kernelSize, stride = 1, padding = "valid", dilation = 1) {
  if (padding === "valid") return [0, 0];
  if (padding === "same") {
    const outputs = Math.ceil(size / stride);
    const total = Math.max((outputs - 1) * stride + windowSize(kernelSize, dilation) - size, 0);
    const before = Math.floor(total / 2);
    return [before, total - before];
  }
  return [padding, padding];
}

/**
 * How many input positions a kernel spans when its weights are `dilation` apart.
 * @param {number} kernelSize
 * @param {number} [dilation]
 */
export function windowSize(kernelSize, dilation = 1) {
  return dilation * (kernelSize - 1) + 1;
}

/**
 * How many places a window has along an axis. Throws a RangeError where it does not fit even once.
 * @param {number} size
 * @param {number} kernelSize
 * @param {number} [stride]
 * @param {Padding} [padding]
 * @param {number} [dilation]
 */
export function outputSize(size, kernelSize, stride = 1, padding = "valid", dilation = 1) {
  const room = size + sumOf(paddingWidths(size, kernelSize, stride, padding, dilation));
  const window = windowSize(kernelSize, dilation);
  if (window > room) {
    throw new RangeError(`a window of ${window} does not fit into ${room} positions`);
  }
  return Math.floor((room - window) / stride) + 1;
}

/**
 * The maps with a border of zeros, as wide as the padding asks for; themselves without one.
 * @param {Maps} maps
 * @param {number} kernelSize
 * @param {number} [stride]
 * @param {Padding} [padding]
 * @param {number} [dilation]
 * @returns {Maps}
 */
export function pad(maps, kernelSize, stride = 1, padding = "same", dilation = 1) {
  const { values, channels } = maps;
  const [above, below] = paddingWidths(maps.rows, kernelSize, stride, padding, dilation);
  const [left, right] = paddingWidths(maps.columns, kernelSize, stride, padding, dilation);
  if (above + below + left + right === 0) return maps;
  const rows = above + maps.rows + below;
  const columns = left + maps.columns + right;
  const padded = new Float32Array(rows * columns * channels);
  const width = maps.columns * channels;
  for (let row = 0; row < maps.rows; row++) {
    const line = values.subarray(row * width, (row + 1) * width);
    padded.set(line, ((above + row) * columns + left) * channels);
  }
  return { values: padded, rows, columns, channels };
}

/**
 * Slide every kernel over the maps: products summed over window and channels, plus bias. As in every
 * deep-learning library the kernel is not flipped.
 * @param {Maps} maps
 * @param {Weights} kernels
 * @param {Float32Array} bias
 * @param {number} [stride]
 * @param {Padding} [padding]
 * @param {number} [dilation]
 * @returns {Maps}
 */
export function conv2d(maps, kernels, bias, stride = 1, padding = "valid", dilation = 1) {
  const [size, , channels, filters] = kernels.shape;
  const padded = pad(maps, size, stride, padding, dilation);
  const rows = outputSize(maps.rows, size, stride, padding, dilation);
  const columns = outputSize(maps.columns, size, stride, padding, dilation);
  // How far behind the window's corner each of its values lies, in the order of the weights.
  const offsets = [];
  for (let down = 0; down < size; down++) {
    for (let right = 0; right < size; right++) {
      const from = (down * padded.columns + right) * dilation * channels;
      for (let channel = 0; channel < channels; channel++) offsets.push(from + channel);
    }
  }
  const addUp = weightedSums(padded.values, new Int32Array(offsets), kernels.values, bias);
  const values = new Float32Array(rows * columns * filters);
  let place = 0;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      addUp((row * padded.columns + column) * stride * channels, values, filters * place++);
    }
  }
  return { values, rows, columns, channels: filters };
}

/**
 * Negative values become 0, the others stay.
 * @param {Float32Array} values
 */
export function relu(values) {
  const positive = new Float32Array(values.length);
  for (let index = 0; index < values.length; index++) positive[index] = Math.max(values[index], 0);
  return positive;
}

/**
 * The largest value of every window, channel by channel; stride is the size unless given.
 * @param {Maps} maps
 * @param {number} [size]
 * @param {number} [stride]
 * @returns {Maps}
 */
export function maxPool(maps, size = 2, stride = size) {
  const { channels } = maps;
  const rows = outputSize(maps.rows, size, stride);
  const columns = outputSize(maps.columns, size, stride);
  const values = new Float32Array(rows * columns * channels).fill(-Infinity);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const into = (row * columns + column) * channels;
      for (let down = 0; down < size; down++) {
        for (let right = 0; right < size; right++) {
          const from = ((row * stride + down) * maps.columns + column * stride + right) * channels;
          for (let channel = 0; channel < channels; channel++) {
            const value = maps.values[from + channel];
            if (value > values[into + channel]) values[into + channel] = value;
          }
        }
      }
    }
  }
  return { values, rows, columns, channels };
}

/**
 * Every unit's weighted sum of all inputs plus its bias.
 * @param {Float32Array} values
 * @param {Weights} weights
 * @param {Float32Array} bias
 */
export function dense(values, weights, bias) {
  const offsets = new Int32Array(values.length);
  for (let index = 0; index < offsets.length; index++) offsets[index] = index;
  const sums = new Float32Array(bias.length);
  weightedSums(values, offsets, weights.values, bias)(0, sums, 0);
  return sums;
}

/**
 * Probabilities from logits: e^z over the sum of all e^z. Subtracting the largest logit first changes
 * no quotient and keeps e^z from overflowing.
 * @param {Float32Array} logits
 */
export function softmax(logits) {
  const largest = Math.max(...logits);
  const powers = logits.map((logit) => Math.exp(logit - largest));
  const total = sumOf(powers);
  return powers.map((power) => power / total);
}

/**
 * What a kernel does at one place and a dense unit once, for all filters or units together.
 *
 * After a ReLU most values are 0, and what they would add to a sum is left out: each place first
 * notes which values are not. Then four sums grow at a time, as local variables, which are faster
 * than the elements of an array.
 * @param {Float32Array} values
 * @param {Int32Array} offsets where the values to be weighted lie, from a place on
 * @param {Float32Array} weights (offsets, filters) in C order
 * @param {Float32Array} bias (filters,)
 * @returns {(place: number, sums: Float32Array, at: number) => void} writes all sums of the values
 *   from `place` on, the first of them at `at`
 */
function weightedSums(values, offsets, weights, bias) {
  const filters = bias.length;
  const seen = new Float32Array(offsets.length);
  const weightOf = new Int32Array(offsets.length);
  return (place, sums, at) => {
    let count = 0;
    for (let index = 0; index < offsets.length; index++) {
      const value = values[place + offsets[index]];
      if (value === 0) continue;
      seen[count] = value;
      weightOf[count++] = index * filters;
    }
    let filter = 0;
    for (; filter + 4 <= filters; filter += 4) {
      let first = bias[filter];
      let second = bias[filter + 1];
      let third = bias[filter + 2];
      let fourth = bias[filter + 3];
      for (let index = 0; index < count; index++) {
        const value = seen[index];
        const weight = weightOf[index] + filter;
        first += value * weights[weight];
        second += value * weights[weight + 1];
        third += value * weights[weight + 2];
        fourth += value * weights[weight + 3];
      }
      sums[at + filter] = first;
      sums[at + filter + 1] = second;
      sums[at + filter + 2] = third;
      sums[at + filter + 3] = fourth;
    }
    for (; filter < filters; filter++) {
      let sum = bias[filter];
      for (let index = 0; index < count; index++) {
        sum += seen[index] * weights[weightOf[index] + filter];
      }
      sums[at + filter] = sum;
    }
  };
}
