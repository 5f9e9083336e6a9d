import assert from "node:assert/strict";
import { test } from "node:test";
import { canvasSide } from "../../../../ui/components/canvas_frame/canvas_frame.js";

test("the canvas is as wide as its column where the window is high enough", () => {
  assert.equal(canvasSide(358.6, 844, 0.55), 358);
  assert.equal(canvasSide(700, 1080, 0.55), 594);
  assert.equal(canvasSide(700, 1080, 0.42), 453);
});

test("a low window leaves it large enough to draw on, within its column", () => {
  assert.equal(canvasSide(700, 400, 0.55), 280);
  assert.equal(canvasSide(250, 400, 0.55), 250);
});
