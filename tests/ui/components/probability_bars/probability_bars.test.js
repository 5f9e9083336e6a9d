import assert from "node:assert/strict";
import { test } from "node:test";
import { probabilitiesOf } from "../../../../ui/components/probability_bars/probability_bars.js";

test("the bars show the outputs of the last layer, and which is the largest", () => {
  const output = Float32Array.from([0, 0.25, 0, 0, 0.75, 0, 0, 0, 0, 0]);
  const { shares, texts, predicted } = probabilitiesOf([new Float32Array([9, 0]), output]);
  assert.deepEqual(shares, [0, 0.25, 0, 0, 0.75, 0, 0, 0, 0, 0]);
  assert.deepEqual([texts[0], texts[1]], ["<\u00a00.1\u00a0%", "25.0\u00a0%"]);
  assert.equal(predicted, 4);
});
