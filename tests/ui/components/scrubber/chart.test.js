import assert from "node:assert/strict";
import { test } from "node:test";
import { leftOf, topOf } from "../../../../ui/components/scrubber/chart.js";

test("the first moment is at the left, the last at the right", () => {
  assert.deepEqual(
    [0, 1, 4].map((moment) => leftOf(moment, 5)),
    ["0%", "25%", "100%"],
  );
  assert.equal(leftOf(0, 1), "0%");
});

test("all right is at the top, none at the bottom", () => {
  assert.equal(topOf(1), 12);
  assert.equal(topOf(0.5), 40);
  assert.equal(topOf(0), 68);
});
