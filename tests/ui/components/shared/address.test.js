import assert from "node:assert/strict";
import { test } from "node:test";
import {
  addressCompleted,
  addressWith,
  isOfPage,
} from "../../../../ui/components/shared/address.js";

test("only what is named changes in the address", () => {
  assert.equal(
    addressWith("http://x/draw?digit=test-4&model=improved#a", { digit: "draw-a_b-c" }),
    "http://x/draw?digit=draw-a_b-c&model=improved#a",
  );
});

test("an address is completed behind what it says, which stays", () => {
  assert.equal(
    addressCompleted("http://x/layers?unit=5#a", { unit: "0", digit: "test-4", layer: "conv 2" }),
    "http://x/layers?unit=5&digit=test-4&layer=conv+2#a",
  );
  assert.equal(addressCompleted("http://x/?a=1", { a: "2" }), "http://x/?a=1");
});

test("a page is known by the end of its path, wherever the app is served", () => {
  assert.ok(isOfPage("http://x/layers?unit=5", "layers"));
  assert.ok(isOfPage("http://x/digits/layers", "layers"));
  assert.ok(isOfPage("http://x/digits/?model=a/b", ""));
  assert.ok(!isOfPage("http://x/layers", ""));
  assert.ok(!isOfPage("http://x/", "layers"));
});
