import assert from "node:assert/strict";
import { test } from "node:test";
import { placeBeside } from "../../../../ui/components/glosses/place.js";

const NOTE = { width: 300, height: 100 };
const PHONE = { width: 390, height: 844 };

test("a note begins below the beginning of its term", () => {
  assert.deepEqual(placeBeside({ left: 20, top: 300, bottom: 320 }, NOTE, PHONE), [20, 326]);
});

test("beside a term at the right edge it stays on the screen", () => {
  assert.deepEqual(placeBeside({ left: 350, top: 300, bottom: 320 }, NOTE, PHONE), [82, 326]);
});

test("where there is no room below, it stands above", () => {
  assert.deepEqual(placeBeside({ left: 20, top: 760, bottom: 780 }, NOTE, PHONE), [20, 654]);
});

test("larger than the screen, it shows its beginning", () => {
  const tall = { width: 500, height: 900 };
  assert.deepEqual(placeBeside({ left: 20, top: 300, bottom: 320 }, tall, PHONE), [8, 8]);
});
