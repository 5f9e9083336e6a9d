import assert from "node:assert/strict";
import { test } from "node:test";
import { base64Of, bytesOf, floatsOf, isSame } from "../../../../ui/components/shared/bytes.js";

test("bytes are read as Python writes them", () => {
  const bytes = [0, 1, 127, 128, 255];
  assert.deepEqual([...bytesOf(Buffer.from(bytes).toString("base64"))], bytes);
});

test("bytes are written so that they are read as they were", () => {
  const bytes = Uint8Array.from({ length: 784 }, (_, index) => (index * 7) % 256);
  assert.deepEqual(bytesOf(base64Of(bytes)), bytes);
  assert.equal(base64Of(bytes), Buffer.from(bytes).toString("base64"));
});

test("floats are little-endian", () => {
  const buffer = Buffer.alloc(8);
  buffer.writeFloatLE(-1.5, 0);
  buffer.writeFloatLE(256.25, 4);
  assert.deepEqual([...floatsOf(buffer.toString("base64"))], [-1.5, 256.25]);
});

test("bytes are the same where all of them are, or where there are none on either side", () => {
  const bytes = (/** @type {number[]} */ ...values) => Uint8Array.from(values);
  assert.ok(isSame(bytes(1, 2), bytes(1, 2)));
  assert.ok(!isSame(bytes(1, 2), bytes(1, 3)));
  assert.ok(!isSame(bytes(1, 2), bytes(1, 2, 3)));
  assert.ok(!isSame(bytes(1), null));
  assert.ok(isSame(null, null));
  assert.ok(!isSame(null, undefined));
});
