import assert from "node:assert/strict";
import { test } from "node:test";
import { verdictOf } from "../../../../ui/components/verdict/verdict.js";

test("the answer is the most probable digit of the last layer", () => {
  const output = new Float32Array(10).fill(0.02);
  output[8] = 0.82;
  assert.equal(verdictOf([new Float32Array([9, 0]), output]), "Read as an 8, 82.0\u00a0%");
});
