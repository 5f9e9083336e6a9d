import assert from "node:assert/strict";
import { test } from "node:test";
import { unpack } from "../../../../ui/components/sliding_window/view.js";
import { bytes, floats, SENT } from "./views.js";

test("every array arrives under its own name", () => {
  const view = unpack(SENT);
  assert.deepEqual([...view.input.slice(0, 3)], [1, 2, 3]);
  assert.deepEqual([...view.kernel], [0.5, -1, 2, 3, 10, 20, 30, 40]);
  assert.deepEqual([...view.contributions.slice(0, 3)], [11, 12, 21]);
  assert.deepEqual([...view.totals], [1, 2, 3, 4, 5, 6]);
  assert.deepEqual([...view.sums], [0.75, -1.75, 2.75, 3.75, 4.75, 5.75]);
  assert.deepEqual([...view.output], [0.75, 0, 2.75, 3.75, 4.75, 5.75]);
  assert.equal(view.bias, -0.25);
  assert.equal(view.rectified, true);
  assert.deepEqual(view.decimals, { input: 0, weight: 1, bias: 2, sum: 2, output: 2 });
});

test("what is the same as another is taken from there", () => {
  const view = unpack({ ...SENT, contributions: null, output: null });
  assert.deepEqual(view.contributions, view.totals);
  assert.deepEqual(view.output, view.sums);
});

test("a pool has winners, no kernel and no sums", () => {
  const { kernel, contributions, totals, sums, bias, rectified, ...rest } = SENT;
  const decimals = { input: 1, output: 2 };
  const view = unpack({ ...rest, output: floats([7]), winners: bytes([3, 0]), decimals });
  assert.deepEqual([...view.winners], [3, 0]);
  assert.deepEqual([...view.output], [7]);
  for (const array of [view.kernel, view.contributions, view.totals, view.sums]) {
    assert.equal(array.length, 0);
  }
  assert.equal(view.rectified, false);
  assert.deepEqual([view.decimals.input, view.decimals.output], [1, 2]);
});
