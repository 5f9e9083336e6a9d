import assert from "node:assert/strict";
import { test } from "node:test";
import {
  apply,
  applyAlong,
  reach,
  SIZE,
  within,
} from "../../../../ui/components/pixel_editor/brush.js";

/**
 * The pixels that are not 0, as "row,column".
 * @param {Uint8Array} pixels
 */
const touched = (pixels) =>
  [...pixels.entries()]
    .filter(([, value]) => value)
    .map(([index]) => `${Math.floor(index / 28)},${index % 28}`);

test("positions are held within the digit", () => {
  assert.deepEqual([-1, 0, 27, 28].map(within), [0, 0, 27, 27]);
});

test("a tool covers as many rows as columns around its pixel", () => {
  assert.deepEqual(reach(1, [3, 9]), [3, 3, 9, 9]);
  assert.deepEqual(reach(3, [3, 9]), [2, 4, 8, 10]);
  assert.deepEqual(reach(2, [3, 9]), [3, 4, 9, 10]);
  assert.deepEqual(reach(5, [0, 27]), [0, 2, 25, 27]);
});

test("the tool sets what it covers, and nothing else", () => {
  const pixels = new Uint8Array(SIZE * SIZE);
  apply(pixels, 200, 2, [4, 10]);
  assert.deepEqual(touched(pixels), ["4,10", "4,11", "5,10", "5,11"]);
  assert.equal(pixels[4 * SIZE + 10], 200);
  pixels.fill(9);
  apply(pixels, 0, 28, [13, 13]);
  assert.deepEqual(touched(pixels), []);
});

test("at the edge the tool does not reach into the next row", () => {
  const pixels = new Uint8Array(SIZE * SIZE);
  apply(pixels, 1, 3, [0, 27]);
  assert.deepEqual(touched(pixels), ["0,26", "0,27", "1,26", "1,27"]);
});

test("a quick stroke leaves no gap, in any direction", () => {
  const pixels = new Uint8Array(SIZE * SIZE);
  applyAlong(pixels, 1, 1, [2, 3], [2, 6]);
  assert.deepEqual(touched(pixels), ["2,3", "2,4", "2,5", "2,6"]);
  pixels.fill(0);
  applyAlong(pixels, 1, 1, [8, 5], [5, 5]);
  assert.deepEqual(touched(pixels), ["5,5", "6,5", "7,5", "8,5"]);
  pixels.fill(0);
  applyAlong(pixels, 1, 1, [10, 10], [12, 14]);
  assert.deepEqual(touched(pixels), ["10,10", "11,11", "11,12", "12,13", "12,14"]);
});

test("a stroke that does not move touches its pixel", () => {
  const pixels = new Uint8Array(SIZE * SIZE);
  applyAlong(pixels, 1, 1, [7, 8], [7, 8]);
  assert.deepEqual(touched(pixels), ["7,8"]);
});
