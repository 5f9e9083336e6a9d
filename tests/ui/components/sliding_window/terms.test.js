import assert from "node:assert/strict";
import { test } from "node:test";
import {
  roundingNote,
  sentenceAt,
  workAt,
} from "../../../../ui/components/sliding_window/terms.js";
import { poolWith, viewWith } from "./views.js";

/** @param {Partial<import("../../../../ui/components/sliding_window/view.js").Scene>} [changes] */
const at = (changes = {}) => ({ place: 4, channel: 0, hidden: -1, built: 4, ...changes });

/** @param {{ lines: { name: string, text: string }[] }} work */
const read = ({ lines }) => lines.map(({ name, text }) => `${name}: ${text}`);

test("products are the values times the weights of the same tap", () => {
  const work = workAt(viewWith(), at());
  assert.deepEqual(work.values, [8, 9, 13, 14]);
  assert.deepEqual(work.weights, [0.5, -1, 2, 3]);
  assert.deepEqual(work.products, [4, -9, 26, 42]);
  assert.equal(work.whole, true);
});

test("the other channel has its own values and its own share", () => {
  const work = workAt(viewWith(), at({ channel: 1 }));
  assert.deepEqual(work.values, [28, 29, 33, 34]);
  assert.deepEqual(work.weights, [10, 20, 30, 40]);
  assert.equal(read(work)[0], "Sum of the 4 products of channel 1: 52.00");
});

test("the equation leads from the products to what ReLU leaves", () => {
  assert.deepEqual(read(workAt(viewWith(), at())), [
    "Sum of the 4 products of channel 0: 51.00",
    "Sum of all 2 channels: 5.00",
    "plus the bias: \u22120.25",
    "gives: 4.75",
    "ReLU keeps it: 4.75",
  ]);
  assert.deepEqual(read(workAt(viewWith(), at({ place: 1 }))).slice(-2), [
    "gives: \u22121.75",
    "ReLU makes it 0: 0.00",
  ]);
});

test("each line has the sign of its number", () => {
  const signs = workAt(viewWith(), at({ place: 1 })).lines.map(({ sign }) => Math.sign(sign ?? 0));
  assert.deepEqual(signs, [1, 1, -1, -1, 0]);
});

test("only the bias is known of a place whose value is asked for", () => {
  const { lines } = workAt(viewWith(), at({ hidden: 4 }));
  assert.deepEqual(
    lines.filter(({ isKnown }) => isKnown).map(({ name }) => name),
    ["plus the bias"],
  );
  assert.equal(lines.at(-1)?.name, "ReLU");
});

test("one channel without ReLU needs two lines less", () => {
  const view = viewWith({ channels: 1, rectified: false, contributions: viewWith().totals });
  assert.deepEqual(read(workAt(view, at())), [
    "Sum of the 4 products: 5.00",
    "plus the bias: \u22120.25",
    "gives: 4.75",
  ]);
});

test("term by term, the sum of what is there so far is shown, and no result", () => {
  const work = workAt(viewWith(), at({ built: 3 }));
  assert.equal(work.whole, false);
  assert.deepEqual(read(work), [
    "Sum of the first 3: 21.00",
    "Sum of all 2 channels: …",
    "plus the bias: \u22120.25",
    "gives: …",
    "ReLU: …",
  ]);
  assert.equal(work.rounding, "");
});

test("a note says where rounded terms do not add up as shown", () => {
  assert.equal(roundingNote([0.5, 0.25], 0.75, 2), "");
  assert.equal(
    roundingNote([0.004, 0.004, 0.004], 0.012, 2),
    "The products as shown add up to 0.00: they are rounded to 2 decimals here, but not before they are summed.",
  );
  assert.equal(roundingNote([-0.25, 0.25], 0, 1), "");
});

test("the largest value of a window, and where it comes from", () => {
  assert.deepEqual(read(workAt(poolWith(), at({ place: 2 }))), [
    "Largest of the 4 values: 9.00",
    "It comes from: row 3, column 1",
  ]);
});

test("of equal values the first wins", () => {
  assert.deepEqual(read(workAt(poolWith(), at({ place: 1 }))), [
    "Largest of the 4 values: 5.00",
    "3 are equal; the first wins: row 0, column 2",
  ]);
  const input = poolWith().input.with(0, 3);
  const view = poolWith({ input, winners: new Uint8Array([0, 0, 3, 3]) });
  assert.deepEqual(read(workAt(view, at({ place: 0 }))), [
    "Largest of the 4 values: 3.00",
    "2 are equal; the first wins: row 0, column 0",
  ]);
});

test("the largest so far, of none at first", () => {
  assert.deepEqual(read(workAt(poolWith(), at({ place: 0, built: 2 }))), [
    "Largest of the first 2: 2.0",
  ]);
  assert.deepEqual(read(workAt(poolWith(), at({ place: 0, built: 0 }))), [
    "Largest of the first 0: …",
  ]);
});

test("an average is the sum divided by how many there are", () => {
  const view = poolWith({ mode: "average", output: new Float32Array([1.5, 4.75, 7.5, 0.75]) });
  assert.deepEqual(read(workAt(view, at({ place: 2 }))), [
    "Sum of the 4 values: 30.0",
    "divided by 4: 7.50",
  ]);
  assert.deepEqual(read(workAt(view, at({ place: 2, built: 3 }))), [
    "Sum of the first 3: 21.0",
    "divided by 4: …",
  ]);
});

test("a place in a sentence", () => {
  const view = viewWith();
  assert.equal(sentenceAt(view, at()), "Output row 1, column 1: the sum is 4.75, ReLU keeps it.");
  assert.equal(
    sentenceAt(view, at({ place: 1 })),
    "Output row 0, column 1: the sum is \u22121.75, ReLU makes it 0.00.",
  );
  assert.equal(sentenceAt(view, at({ hidden: 4 })), "Output row 1, column 1: what will it be?");
  assert.equal(sentenceAt(view, at({ built: 3 })), "Output row 1, column 1: term by term.");
  assert.equal(sentenceAt(poolWith(), at({ place: 2 })), "Output row 1, column 0: 9.00.");
});
