import assert from "node:assert/strict";
import { test } from "node:test";
import {
  centredCorner,
  digitFromCanvas,
  inkBox,
  inkOfCanvas,
  prepareDrawing,
} from "../../../../../ui/components/shared/network/drawing.js";

const [ROWS, COLUMNS] = [60, 80];

/**
 * @param {[number, number, number, number]} box filled with ink
 * @param {number} [brightness]
 */
function inkIn([top, bottom, left, right], brightness = 255) {
  const ink = new Uint8Array(ROWS * COLUMNS);
  for (let row = top; row < bottom; row++) {
    ink.fill(brightness, row * COLUMNS + left, row * COLUMNS + right);
  }
  return ink;
}

test("ink is how white a pixel is, as far as it covers the black below", () => {
  const rgba = Uint8ClampedArray.of(255, 255, 255, 255, 255, 255, 255, 128, 255, 0, 0, 255);
  assert.deepEqual([...inkOfCanvas(rgba)], [255, 128, 85]);
});

test("the ink box counts rows before columns, its ends are exclusive", () => {
  assert.deepEqual(inkBox(inkIn([10, 40, 25, 31]), ROWS, COLUMNS), [10, 40, 25, 31]);
  assert.deepEqual(inkBox(inkIn([0, ROWS, 0, COLUMNS]), ROWS, COLUMNS), [0, ROWS, 0, COLUMNS]);
});

test("nothing, a slip of the mouse and what is too faint are no drawing", () => {
  assert.equal(prepareDrawing(inkIn([0, 0, 0, 0]), ROWS, COLUMNS), null);
  assert.equal(prepareDrawing(inkIn([10, 12, 10, 12]), ROWS, COLUMNS), null);
  assert.ok(prepareDrawing(inkIn([10, 13, 10, 11]), ROWS, COLUMNS));
  assert.equal(prepareDrawing(inkIn([10, 40, 10, 40], 23), ROWS, COLUMNS), null);
  assert.ok(prepareDrawing(inkIn([10, 40, 10, 40], 24), ROWS, COLUMNS));
});

test("faint specks far apart vanish, and what is left is no drawing", () => {
  const ink = new Uint8Array(ROWS * COLUMNS);
  ink[0] = ink[ROWS * COLUMNS - 1] = 30;
  assert.ok(prepareDrawing(ink, ROWS, COLUMNS));
  const large = new Uint8Array(280 * 280);
  large[0] = large[280 * 280 - 1] = 30;
  assert.equal(prepareDrawing(large, 280, 280), null);
});

test("a bar becomes 20 pixels long and stands in the middle", () => {
  const prepared = prepareDrawing(inkIn([5, 45, 60, 68]), ROWS, COLUMNS);
  assert.ok(prepared);
  assert.deepEqual([prepared.scaled.rows, prepared.scaled.columns], [20, 4]);
  assert.deepEqual(prepared.corner, [4, 12]);
  const lit = [...prepared.image.keys()].filter((cell) => prepared.image[cell] > 0);
  assert.equal(lit.length, 80);
  assert.deepEqual([lit[0], lit[79]], [4 * 28 + 12, 23 * 28 + 15]);
});

test("a corner halfway between two pixels goes to the even one, as in Python", () => {
  const even = { values: new Uint8Array(11).fill(9), rows: 1, columns: 11 };
  assert.deepEqual(centredCorner(even), [14, 8]); // Of 13.5 and 8.5.
});

test("lopsided ink is moved only as far as it stays within", () => {
  const values = new Uint8Array(20 * 20);
  values[0] = 255;
  values[399] = 1;
  assert.deepEqual(centredCorner({ values, rows: 20, columns: 20 }), [8, 8]);
});

test("an empty canvas has no digit, a drawn one has 784 pixels", () => {
  const canvas = new Uint8ClampedArray(4 * ROWS * COLUMNS);
  assert.equal(digitFromCanvas(canvas, ROWS, COLUMNS), null);
  canvas.fill(255, 0, 4 * COLUMNS * 30);
  assert.equal(digitFromCanvas(canvas, ROWS, COLUMNS)?.length, 784);
});
