import assert from "node:assert/strict";
import { test } from "node:test";
import {
  conv2d,
  dense,
  maxPool,
  outputSize,
  pad,
  paddingWidths,
  relu,
  softmax,
} from "../../../../../ui/components/shared/network/arithmetic.js";

/** @import { Maps } from "../../../../../ui/components/shared/network/arithmetic.js" */

/**
 * One channel.
 * @param {number[][]} lines
 * @returns {Maps}
 */
const mapOf = (lines) => ({
  values: Float32Array.from(lines.flat()),
  rows: lines.length,
  columns: lines[0].length,
  channels: 1,
});

/** @param {Maps} maps */
const linesOf = ({ values, rows, columns, channels }) =>
  Array.from({ length: rows }, (_, row) => [
    ...values.subarray(row * columns * channels, (row + 1) * columns * channels),
  ]);

const WIDE = mapOf([
  [1, 2, 3],
  [4, 5, 6],
]);

/** @param {number[]} weights two by two, one channel, one filter */
const kernel = (weights) => ({ values: Float32Array.from(weights), shape: [2, 2, 1, 1] });
const NO_BIAS = new Float32Array(1);

test("each weight of a kernel meets the value at its own place: it is not flipped", () => {
  assert.deepEqual(linesOf(conv2d(WIDE, kernel([1, 0, 0, 0]), NO_BIAS)), [[1, 2]]);
  assert.deepEqual(linesOf(conv2d(WIDE, kernel([0, 1, 0, 0]), NO_BIAS)), [[2, 3]]);
  assert.deepEqual(linesOf(conv2d(WIDE, kernel([0, 0, 1, 0]), NO_BIAS)), [[4, 5]]);
  assert.deepEqual(linesOf(conv2d(WIDE, kernel([1, 10, 100, 1000]), NO_BIAS)), [[5421, 6532]]);
});

test("same padding puts an odd row and column of zeros after the map", () => {
  assert.deepEqual(paddingWidths(28, 2, 1, "same"), [0, 1]);
  assert.deepEqual(linesOf(pad(WIDE, 2)), [
    [1, 2, 3, 0],
    [4, 5, 6, 0],
    [0, 0, 0, 0],
  ]);
  assert.deepEqual(linesOf(conv2d(WIDE, kernel([0, 0, 0, 1]), NO_BIAS, 1, "same")), [
    [5, 6, 0],
    [0, 0, 0],
  ]);
});

test("maps without padding are handed on as they are", () => {
  assert.equal(pad(WIDE, 1), WIDE);
});

test("a kernel reads every channel, and every filter has its weights and its bias", () => {
  const maps = { values: Float32Array.of(1, 10, 2, 20), rows: 1, columns: 2, channels: 2 };
  for (const filters of [1, 2, 3, 4, 5, 9]) {
    // Filter number f weighs channel 0 with f + 1 and channel 1 with −1.
    const weights = [...Array(filters).keys()].map((filter) => filter + 1);
    const values = Float32Array.from([...weights, ...weights.map(() => -1)]);
    const bias = Float32Array.from(weights, (_, filter) => filter / 2);

    const sums = conv2d(maps, { values, shape: [1, 1, 2, filters] }, bias);

    assert.equal(sums.channels, filters);
    assert.deepEqual(linesOf(sums), [
      [
        ...weights.map((weight, filter) => weight - 10 + filter / 2),
        ...weights.map((weight, filter) => 2 * weight - 20 + filter / 2),
      ],
    ]);
  }
});

test("a window that does not fit is refused", () => {
  assert.throws(() => outputSize(3, 5), /a window of 5 does not fit into 3 positions/);
  assert.throws(() => conv2d(mapOf([[1, 2, 3]]), kernel([1, 1, 1, 1]), NO_BIAS), RangeError);
});

test("the largest value of each window is kept, a row and a column that are left over are not", () => {
  const maps = mapOf([
    [-5, -1, 2, 0, 9],
    [-3, -4, 1, 3, 9],
    [9, 9, 9, 9, 9],
  ]);
  assert.deepEqual(linesOf(maxPool(maps)), [[-1, 3]]);
  assert.deepEqual(linesOf(maxPool(maps, 2, 1))[0], [-1, 2, 3, 9]);
});

test("ReLU returns other values and leaves its input alone", () => {
  const values = Float32Array.of(-1, 0, 2);
  assert.deepEqual([...relu(values)], [0, 0, 2]);
  assert.deepEqual([...values], [-1, 0, 2]);
});

test("every dense unit has a column of weights", () => {
  const weights = { values: Float32Array.of(1, 2, 10, 20, 100, 200), shape: [3, 2] };
  assert.deepEqual(
    [...dense(Float32Array.of(1, 0, 2), weights, Float32Array.of(7, 8))],
    [208, 410],
  );
});

test("probabilities add up to 1, however large the logits are", () => {
  const even = softmax(Float32Array.of(1000, 1000, -1000));
  assert.deepEqual([...even], [0.5, 0.5, 0]);
  const [one, two] = softmax(Float32Array.of(0, Math.log(3)));
  assert.ok(Math.abs(one - 0.25) < 1e-7 && Math.abs(two - 0.75) < 1e-7);
});
