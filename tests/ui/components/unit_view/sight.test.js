import assert from "node:assert/strict";
import { test } from "node:test";
import { fieldOf, isIn, sentenceOf, shownAs } from "../../../../ui/components/unit_view/sight.js";

/** @type {[number, number][]} */
const SPANS = [
  [0, 4],
  [2, 6],
  [4, 9],
];

test("rows see along the one axis, columns along the other", () => {
  assert.deepEqual(fieldOf(SPANS, [0, 2]), [0, 4, 4, 9]);
  assert.deepEqual(fieldOf(SPANS, [2, 1]), [4, 9, 2, 6]);
});

test("without a map the first span is that of the rows, the last that of the columns", () => {
  assert.deepEqual(
    fieldOf(
      [
        [1, 2],
        [3, 5],
      ],
      null,
    ),
    [1, 2, 3, 5],
  );
  assert.deepEqual(fieldOf([[1, 2]], null), [1, 2, 1, 2]);
});

test("a field holds its edges, and nothing beyond", () => {
  /** @type {[number, number][]} */
  const seen = [];
  for (let row = 0; row < 9; row++) {
    for (let column = 0; column < 9; column++) {
      if (isIn([2, 3, 5, 7], row, column)) seen.push([row, column]);
    }
  }
  assert.deepEqual(seen, [
    [2, 5],
    [2, 6],
    [2, 7],
    [3, 5],
    [3, 6],
    [3, 7],
  ]);
});

test("what is not seen is dimmed and bluish, and black there is not black", () => {
  assert.deepEqual(shownAs(200, true), [200, 200, 200]);
  assert.deepEqual(shownAs(0, true), [0, 0, 0]);
  assert.deepEqual(shownAs(100, false), [74, 74, 88]);
  assert.deepEqual(shownAs(0, false), [38, 38, 52]);
});

test("the sentence counts rows times columns", () => {
  assert.equal(
    sentenceOf([2, 3, 5, 9], null, 0),
    "It can see rows 2 to 3, columns 5 to 9 of the image: 2×5 = 10 of 784 pixels.",
  );
  assert.equal(
    sentenceOf([0, 27, 0, 27], [1, 2], -0.5),
    "<b>Row 1, column 2: \u22120.5000.</b> This cell can see rows 0 to 27, columns 0 to 27 of the image: 28×28 = 784 of 784 pixels.",
  );
});
