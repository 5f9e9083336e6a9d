import assert from "node:assert/strict";
import { test } from "node:test";
import { sentenceOf } from "../../../../ui/components/pixel_table/pixel_table.js";

test("a pixel is read out with what the network sees", () => {
  assert.equal(
    sentenceOf(51, 3, 7),
    "Row 3, column 7: 51 of 255, for the network 51 ÷ 255 = 0.200",
  );
});
