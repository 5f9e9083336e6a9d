// Runs to test with: a view as it is sent, with numbers that differ everywhere.

/** @import { Sent, View } from "../../../../ui/components/sliding_window/view.js" */

import { unpack } from "../../../../ui/components/sliding_window/view.js";

/** @param {number[]} numbers */
export const floats = (numbers) => Buffer.from(new Float32Array(numbers).buffer).toString("base64");

/** @param {number[]} numbers */
export const bytes = (numbers) => Buffer.from(numbers).toString("base64");

/**
 * A convolution of an input of 4 × 5 with two channels by a kernel of 2 × 2, stride 2, padded above
 * by one row and at the right by two columns: an output of 2 × 3.
 * @type {Sent}
 */
export const SENT = {
  mode: "convolution",
  note: "",
  label: "A run",
  height: 4,
  width: 5,
  size: 2,
  stride: 2,
  dilation: 1,
  before: [1, 0],
  after: [0, 2],
  rows: 2,
  columns: 3,
  channels: 2,
  input: floats(Array.from({ length: 40 }, (_, index) => index + 1)),
  inputTitle: "Input",
  outputTitle: "Output",
  kernel: floats([0.5, -1, 2, 3, 10, 20, 30, 40]),
  bias: -0.25,
  rectified: true,
  contributions: floats([11, 12, 21, 22, 31, 32, 41, 42, 51, 52, 61, 62]),
  totals: floats([1, 2, 3, 4, 5, 6]),
  sums: floats([0.75, -1.75, 2.75, 3.75, 4.75, 5.75]),
  output: floats([0.75, 0, 2.75, 3.75, 4.75, 5.75]),
  winners: null,
  inputScale: ["pixels", 0, 40, ["0", "40"]],
  outputScale: ["activations", 0, 5.75, ["0", "5.75"]],
  scales: { pixels: ["#000000", "#ffffff"], activations: [], signed: [] },
  mostDecimals: 4,
  linkable: true,
  decimals: { input: 0, weight: 1, bias: 2, sum: 2, output: 2 },
};

/**
 * @param {Partial<View>} [changes]
 * @returns {View}
 */
export const viewWith = (changes = {}) => ({ ...unpack(SENT), ...changes });

/**
 * A pool over a map of 4 × 4 by windows of 2 × 2.
 * @param {Partial<View>} [changes]
 * @returns {View}
 */
export const poolWith = (changes = {}) =>
  viewWith({
    mode: "max",
    width: 4,
    before: [0, 0],
    after: [0, 0],
    columns: 2,
    channels: 1,
    input: new Float32Array([1, 2, 5, 5, 3, 0, 5, 4, 7, 6, 0, 0, 8, 9, 1, 2]),
    output: new Float32Array([3, 5, 9, 2]),
    winners: new Uint8Array([2, 0, 3, 3]),
    rectified: false,
    decimals: { input: 1, output: 2, weight: 0, bias: 0, sum: 0 },
    ...changes,
  });
