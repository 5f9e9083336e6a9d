import assert from "node:assert/strict";
import { test } from "node:test";
import { Pace } from "../../../../ui/components/shared/pace.js";

/**
 * Steps at each frame of a fake clock.
 * @param {Pace} pace
 * @param {number[]} times
 * @param {number} rate
 * @param {boolean} [counts]
 */
const steps = (pace, times, rate, counts = true) =>
  times.map((time) => pace.stepsBy(time, rate, counts));

test("the first frame starts the clock", () => {
  const pace = new Pace();
  assert.deepEqual(steps(pace, [5000], 1000), [0]);
  assert.equal(pace.share, 0);
});

test("so many steps a second, whatever the frames", () => {
  const coarse = steps(new Pace(), [0, 100, 200, 300, 400, 500, 600, 700, 800, 900, 1000], 4);
  assert.deepEqual(coarse, [0, 0, 0, 1, 0, 1, 0, 0, 1, 0, 1]);
  const frames = Array.from({ length: 1001 }, (_, time) => time);
  assert.equal(
    steps(new Pace(), frames, 16).reduce((total, step) => total + step),
    16,
  );
  assert.deepEqual(steps(new Pace(), [0, 100, 200], 25), [0, 2, 3]);
});

test("what is left of a step is kept for the next frame", () => {
  const pace = new Pace();
  steps(pace, [0, 150], 10);
  assert.equal(pace.share, 0.5);
});

test("after a pause without frames, little time has passed", () => {
  assert.deepEqual(steps(new Pace(), [0, 60_000], 8), [0, 2]);
});

test("out of sight time stands still, and does not catch up", () => {
  const pace = new Pace();
  steps(pace, [0], 10);
  assert.deepEqual(steps(pace, [100, 200, 300], 10, false), [0, 0, 0]);
  assert.deepEqual(steps(pace, [400], 10), [1]);
});

test("a new start forgets what had passed", () => {
  const pace = new Pace();
  steps(pace, [0, 90], 10);
  pace.restart();
  assert.deepEqual(steps(pace, [100, 190], 10), [0, 0]);
});
