import assert from "node:assert/strict";
import { test } from "node:test";
import {
  readAs,
  rightOf,
  strengthsOf,
  tileColours,
  total,
  unpack,
} from "../../../../ui/components/scrubber/moments.js";

const COUNTS = [
  [4, 12, 0],
  [1, 20, 4],
  [2, 0, 7],
];

test("right is what stands on the diagonal, and the total is everything", () => {
  assert.equal(rightOf(COUNTS), 31);
  assert.equal(total(COUNTS), 50);
});

test("cells are as strong as the square root of their share of the row", () => {
  const strengths = strengthsOf(COUNTS);
  assert.equal(strengths[0][0], 0.5);
  assert.equal(strengths[0][2], 0);
  assert.equal(strengths[1][0], 0.2);
  assert.equal(strengths[1][2], 0.4);
});

test("a row without counts has no colour", () => {
  assert.deepEqual(strengthsOf([[0, 0]]), [[0, 0]]);
});

test("the digit that is read is the most probable", () => {
  assert.equal(readAs([0.1, 0.2, 0.6, 0.1]), 2);
  assert.equal(readAs([0.4, 0.1, 0.4]), 0);
});

/** @param {number[]} numbers */
const sent = (numbers) => Buffer.from(numbers).toString("base64");

// Two moments of three tiles, 1 × 2; colour n of the scale is (n, 255 − n, 7).
const COLOURS = Uint8Array.from({ length: 768 }, (_, index) => {
  const shade = Math.floor(index / 3);
  return [shade, 255 - shade, 7][index % 3];
});
const TILES = {
  count: 3,
  rows: 1,
  columns: 2,
  shades: Uint8Array.from([1, 2, 3, 4, 5, 6, 100, 101, 102, 103, 104, 105]),
  title: "",
  ends: [],
};

test("a tile has the shades of its moment, in the colours of the scale", () => {
  const colourOf = tileColours(TILES, 1, 2, COLOURS, 1);
  assert.deepEqual([...colourOf(0)], [104, 151, 7]);
  assert.deepEqual([...colourOf(1)], [105, 150, 7]);
  assert.deepEqual([...tileColours(TILES, 0, 1, COLOURS, 1)(0)], [3, 252, 7]);
});

test("dimmed to a share of the scale, shades are rounded", () => {
  assert.deepEqual([...tileColours(TILES, 1, 0, COLOURS, 0.25)(1)], [25, 230, 7]);
  assert.deepEqual([...tileColours(TILES, 1, 1, COLOURS, 0.25)(1)], [26, 229, 7]);
  assert.deepEqual([...tileColours(TILES, 1, 1, COLOURS, 0)(0)], [0, 255, 7]);
});

test("what is sent arrives under its own name", () => {
  const tiles = { count: 1, rows: 1, columns: 1, title: "", ends: [] };
  const view = unpack({
    label: "",
    moments: ["first", "last"],
    sentences: [],
    probabilities: [],
    texts: [],
    confusions: null,
    scales: { activations: [], signed: [] },
    kernels: { ...tiles, shades: sent([1]) },
    maps: { ...tiles, shades: sent([2]), brightest: [3] },
    colours: { activations: sent([4]), signed: sent([5]) },
  });
  assert.deepEqual([...view.kernels.shades], [1]);
  assert.deepEqual([...view.maps.shades], [2]);
  assert.deepEqual([...view.colours.activations], [4]);
  assert.deepEqual([...view.colours.signed], [5]);
  assert.deepEqual(view.maps.brightest, [3]);
});
