import assert from "node:assert/strict";
import { test } from "node:test";
import { penAt, secondsFor, writtenAt } from "../../../../ui/components/written_digit/written.js";

// Three pixels with ink and one without, passed at the beginning, in the middle and at the end.
const DIGIT = {
  name: "test-1",
  image: new Uint8Array([200, 100, 0, 255]),
  arrival: new Uint8Array([0, 128, 0, 255]),
  way: new Float32Array([0, 1, 1, 0.5, 1, 11, 1, 11, 11]),
};

test("ink is there once the pen has passed, and at the end all of it", () => {
  assert.deepEqual([...writtenAt(DIGIT, 0)], [0, 0, 0, 0]);
  assert.deepEqual([...writtenAt(DIGIT, 0.25)], [200, 0, 0, 0]);
  assert.deepEqual([...writtenAt(DIGIT, 0.75)], [200, 100, 0, 0]);
  assert.equal(writtenAt(DIGIT, 1), DIGIT.image);
  assert.equal(writtenAt(DIGIT, 2), DIGIT.image);
});

test("ink only grows, and comes little by little", () => {
  let before = writtenAt(DIGIT, 0);
  const seen = new Set();
  for (let time = 0; time <= 1; time += 0.005) {
    const now = writtenAt(DIGIT, time);
    now.forEach((ink, pixel) => {
      assert.ok(ink >= before[pixel]);
    });
    seen.add(now[1]);
    before = now;
  }
  assert.ok(seen.size > 3);
});

test("the pen is where the way says, and in between", () => {
  assert.deepEqual(penAt(DIGIT, 0), [1, 1]);
  assert.deepEqual(penAt(DIGIT, 0.25), [1, 6]);
  assert.deepEqual(penAt(DIGIT, 0.5), [1, 11]);
  assert.deepEqual(penAt(DIGIT, 0.75), [6, 11]);
  assert.deepEqual(penAt(DIGIT, 1), [11, 11]);
  assert.equal(penAt({ ...DIGIT, way: new Float32Array() }, 0.5), null);
});

test("a longer way takes longer, within bounds", () => {
  assert.equal(secondsFor({ ...DIGIT, way: new Float32Array([0, 1, 1]) }), 1.2);
  assert.equal(secondsFor(DIGIT), 20 / 15);
  assert.equal(secondsFor({ ...DIGIT, way: new Float32Array([0, 0, 0, 1, 0, 900]) }), 4.5);
});
