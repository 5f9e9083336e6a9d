import assert from "node:assert/strict";
import { test } from "node:test";
import { signOf } from "../../../../ui/components/sum_table/sum_table.js";

test("a number has the class of the sign that it is written with", () => {
  assert.equal(signOf("\u22120.25"), "negative");
  assert.equal(signOf("+0.25"), "positive");
  assert.equal(signOf("0.25"), "");
});
