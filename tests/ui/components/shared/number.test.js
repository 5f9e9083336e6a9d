import assert from "node:assert/strict";
import { test } from "node:test";
import {
  clamp,
  format,
  largestOf,
  percentOf,
  roundHalfToEven,
  sumOf,
} from "../../../../ui/components/shared/number.js";

test("numbers have a real minus sign and fixed decimals", () => {
  assert.equal(format(-1.25, 1), "\u22121.3");
  assert.equal(format(2, 3), "2.000");
  assert.equal(format(0.126, 2), "0.13");
  assert.equal(format(-12, 0), "\u221212");
});

test("what rounds to zero has no sign", () => {
  assert.equal(format(-0.004, 2), "0.00");
  assert.equal(format(-0, 0), "0");
  assert.equal(format(-0.006, 2), "\u22120.01");
});

test("shares are written per cent, with one decimal", () => {
  assert.equal(percentOf(0.98765), "98.8\u00a0%");
  assert.equal(percentOf(1), "100.0\u00a0%");
  assert.equal(percentOf(0), "0.0\u00a0%");
});

test("clamping keeps what lies within", () => {
  assert.equal(clamp(5, 0, 9), 5);
  assert.equal(clamp(-1, 0, 9), 0);
  assert.equal(clamp(10, 0, 9), 9);
});

test("the largest is that without its sign", () => {
  assert.equal(largestOf([1, -7, 3]), 7);
  assert.equal(largestOf(new Float32Array([0.5, 0.25])), 0.5);
  assert.equal(largestOf([]), 0);
});

test("a sum starts from nothing", () => {
  assert.equal(sumOf([1, -2, 4]), 3);
  assert.equal(sumOf([]), 0);
});

test("halves are rounded to even, as NumPy rounds them", () => {
  const halves = [-2.5, -1.5, -0.5, 0.5, 1.5, 2.5, 254.5, 0.49999999999999994, -0.2, 3.7];
  const rounded = [-2, -2, 0, 0, 2, 2, 254, 0, 0, 4];
  assert.deepEqual(
    halves.map((value) => roundHalfToEven(value) + 0),
    rounded,
  );
});
