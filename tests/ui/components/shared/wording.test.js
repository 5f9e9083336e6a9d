import assert from "node:assert/strict";
import { test } from "node:test";
import { readAs } from "../../../../ui/components/shared/wording.js";

test("the answer is the most probable digit", () => {
  const output = new Float32Array(10).fill(0.02);
  output[8] = 0.82;
  assert.equal(readAs(output), "Read as an 8, 82.0\u00a0%");
});
