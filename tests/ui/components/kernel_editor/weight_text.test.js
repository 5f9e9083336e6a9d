import assert from "node:assert/strict";
import { test } from "node:test";
import { textOf, weightIn } from "../../../../ui/components/kernel_editor/weight_text.js";

test("weights are written with four decimals at most and a real minus sign", () => {
  assert.equal(textOf(0.123456), "0.1235");
  assert.equal(textOf(-0.5), "\u22120.5");
  assert.equal(textOf(2), "2");
  assert.equal(textOf(-0.00001), "0");
});

test("numbers are read with either minus sign and either decimal point", () => {
  assert.equal(weightIn("-0.5"), -0.5);
  assert.equal(weightIn("\u22120,25"), -0.25);
  assert.equal(weightIn(" 3 "), 3);
});

test("a fraction is what stands above divided by what stands below", () => {
  assert.equal(weightIn("1/4"), 0.25);
  assert.equal(weightIn("-2/8"), -0.25);
  assert.equal(weightIn("1,5 / 3"), 0.5);
});

test("anything else is no weight", () => {
  for (const text of ["", " ", "a", "1/", "/2", "1/2/4", "1/ "]) {
    assert.ok(Number.isNaN(weightIn(text)), text);
  }
  assert.equal(Number.isFinite(weightIn("1/0")), false);
});
