import assert from "node:assert/strict";
import { test } from "node:test";
import { introductionRate, poseAt, SPEEDS } from "../../../../ui/components/sliding_window/pose.js";
import { viewWith } from "./views.js";

const NEXT = { from: 0, place: 1 };

/** @param {number} share @param {number} rate */
const pose = (share, rate, scene = NEXT, isCalm = false) =>
  poseAt(viewWith({ size: 3 }), scene, share, rate, isCalm);

test("speeds are in their order, and the top one ends in five seconds", () => {
  const rates = ["Slow", "Normal", "Fast", "Top"].map((name) => SPEEDS[name](676));
  assert.deepEqual(rates, [1, 4, 25, 135.2]);
  assert.equal(SPEEDS.Top(9), 60);
});

test("a window that starts by itself is through in five seconds, a small one at normal speed", () => {
  assert.equal(676 / introductionRate(676), 5);
  assert.equal(introductionRate(9), 4);
});

test("at normal speed the window glides for half of the time, and all terms are there", () => {
  assert.deepEqual(pose(0, 4), { glide: 0, built: 9 });
  assert.deepEqual(pose(0.25, 4), { glide: 0.5, built: 9 });
  assert.equal(pose(0.125, 4).glide, 0.15625);
  assert.deepEqual(pose(0.5, 4), { glide: 1, built: 9 });
  assert.deepEqual(pose(0.9, 4), { glide: 1, built: 9 });
});

test("at slow speed it glides first, then come the terms one by one, then a rest", () => {
  assert.deepEqual(pose(0, 1), { glide: 0, built: 0 });
  assert.deepEqual(pose(0.1, 1), { glide: 0.5, built: 0 });
  assert.deepEqual(pose(0.21, 1), { glide: 1, built: 1 });
  assert.deepEqual(pose(0.49, 1), { glide: 1, built: 5 });
  assert.deepEqual(pose(0.8, 1), { glide: 1, built: 9 });
  assert.deepEqual(pose(0.99, 1), { glide: 1, built: 9 });
});

test("it jumps to the next row, at high speed, and where motion is not wanted", () => {
  assert.equal(pose(0, 4, { from: 2, place: 3 }).glide, 1);
  assert.equal(pose(0, 25).glide, 1);
  assert.equal(pose(0, 4, NEXT, true).glide, 1);
});
