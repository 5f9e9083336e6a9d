import assert from "node:assert/strict";
import { test } from "node:test";
import { Network } from "../../../../../ui/components/shared/network/network.js";

/** @import { SentNetwork } from "../../../../../ui/components/shared/network/network.js" */

/** @param {number[]} values */
const base64 = (...values) => Buffer.from(Float32Array.from(values).buffer).toString("base64");

const PIXELS = 28 * 28;

/**
 * A convolution of one 1×1 kernel, −1 with a bias of 0.5, and two outputs that read the first value.
 * @type {SentNetwork}
 */
const SENT = {
  id: "tiny",
  layers: [
    { name: "rescaling", kind: "rescaling", padding: "valid", shape: [28, 28, 1] },
    { name: "conv1", kind: "convolution", padding: "valid", shape: [28, 28, 1] },
    { name: "pool1", kind: "pooling", padding: "valid", shape: [14, 14, 1] },
    { name: "flatten", kind: "flatten", padding: "valid", shape: [196] },
    { name: "dense", kind: "dense", padding: "valid", shape: [2] },
    { name: "dropout", kind: "dropout", padding: "valid", shape: [2] },
    { name: "output", kind: "dense", padding: "valid", shape: [2] },
  ],
  weights: {
    conv1: { kernel: base64(-1), kernelShape: [1, 1, 1, 1], bias: base64(0.5) },
    dense: {
      kernel: base64(1, -1, ...Array(2 * 195).fill(0)),
      kernelShape: [196, 2],
      bias: base64(0, 0),
    },
    output: { kernel: base64(1, 0, 0, 1), kernelShape: [2, 2], bias: base64(0, 0) },
  },
};

test("a digit goes through layer by layer", () => {
  const network = new Network(SENT);
  const white = new Uint8Array(PIXELS).fill(255);
  white[0] = 0;

  const outputs = network.activations(white);

  assert.deepEqual(
    outputs.map((values) => values.length),
    [784, 784, 196, 196, 2, 2, 2],
  );
  assert.deepEqual([...outputs[0].subarray(0, 2)], [0, 1]);
  assert.deepEqual([...outputs[1].subarray(0, 2)], [0.5, 0]); // 0.5 − 1 is negative: ReLU.
  assert.deepEqual([...outputs[4]], [0.5, 0]);
  const odds = Math.exp(0.5);
  assert.ok(Math.abs(outputs[6][0] - odds / (odds + 1)) < 1e-7);
  assert.deepEqual(network.predict(white), outputs[6]);
});

test("sums are those before ReLU and softmax", () => {
  const network = new Network(SENT);
  const outputs = network.activations(new Uint8Array(PIXELS).fill(255));

  assert.equal(network.sums(1, outputs[0])[5], -0.5);
  assert.deepEqual([...network.sums(6, Float32Array.of(3, -4))], [3, -4]);
  assert.throws(() => network.sums(2, outputs[1]), /pool1 is no layer with weights/);
});

test("outputs of one digit stay as they are when the next one is read", () => {
  const network = new Network(SENT);
  const black = network.activations(new Uint8Array(PIXELS));
  const before = black.map((values) => [...values]);

  network.activations(new Uint8Array(PIXELS).fill(200));

  assert.deepEqual(
    black.map((values) => [...values]),
    before,
  );
});
