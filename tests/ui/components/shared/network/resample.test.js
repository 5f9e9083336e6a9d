import assert from "node:assert/strict";
import { test } from "node:test";
import { resample } from "../../../../../ui/components/shared/network/resample.js";

/** @import { Picture } from "../../../../../ui/components/shared/network/resample.js" */

/**
 * @param {number} rows
 * @param {number} columns
 * @param {number[]} values
 * @returns {Picture}
 */
const picture = (rows, columns, values) => ({ values: Uint8Array.from(values), rows, columns });

test("at its own size a picture stays as it is", () => {
  const before = picture(2, 3, [0, 1, 2, 253, 254, 255]);
  assert.deepEqual(resample(before, 2, 3), before);
});

test("an even picture stays even at every size, full white too", () => {
  for (const value of [0, 1, 128, 255]) {
    const even = picture(7, 9, Array(63).fill(value));
    for (const [rows, columns] of [
      [3, 2],
      [20, 20],
      [1, 1],
      [7, 30],
    ]) {
      const { values } = resample(even, rows, columns);
      assert.deepEqual(new Set(values), new Set([value]));
      assert.equal(values.length, rows * columns);
    }
  }
});

// From Python: Image.fromarray(…).resize((columns, rows), Image.Resampling.HAMMING), Pillow 13.
test("rows and columns are weighed as Pillow weighs them", () => {
  const wide = picture(2, 6, [0, 0, 255, 255, 0, 100, 9, 9, 9, 200, 200, 7]);
  assert.deepEqual([...resample(wide, 2, 3).values], [10, 236, 58, 9, 105, 107]);
  const tall = picture(6, 2, [...wide.values]);
  assert.deepEqual([...resample(tall, 3, 2).values], [122, 126, 14, 68, 101, 100]);
});
