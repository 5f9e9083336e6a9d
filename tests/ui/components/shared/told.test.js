import assert from "node:assert/strict";
import { test } from "node:test";
import { Told } from "../../../../ui/components/shared/told.js";

test("what comes before a message was heard is older than it", () => {
  const told = new Told();
  assert.equal(told.isOlder(7), false);
  assert.equal(told.next(), 8);
  assert.equal(told.next(), 9);
  assert.equal(told.isOlder(7), true);
  assert.equal(told.isOlder(8), true);
  assert.equal(told.isOlder(9), false);
});

test("a message may go before anything has come", () => {
  const told = new Told();
  assert.equal(told.next(), 1);
  assert.equal(told.isOlder(0), true);
  assert.equal(told.isOlder(1), false);
});
