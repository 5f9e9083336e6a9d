import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import {
  colourScale,
  contrast,
  css,
  gradientOf,
  inkOn,
  mix,
  rgbOf,
} from "../../../../ui/components/shared/colour.js";

const SCALE = ["#000000", "#102030", "#ff8000"];

test("a hex colour is read channel by channel", () => {
  assert.deepEqual(rgbOf("#0180fe"), [1, 128, 254]);
});

test("a scale has its stops at the ends and in the middle, and lies between them elsewhere", () => {
  const colourOf = colourScale(SCALE, -2, 6);
  assert.deepEqual(colourOf(-2), [0, 0, 0]);
  assert.deepEqual(colourOf(2), [16, 32, 48]);
  assert.deepEqual(colourOf(6), [255, 128, 0]);
  assert.deepEqual(colourOf(-1), [4, 8, 12]);
  assert.deepEqual(colourOf(5), [195, 104, 12]);
});

test("values outside a scale have the colours of its ends", () => {
  const colourOf = colourScale(SCALE, -2, 6);
  assert.deepEqual(colourOf(-99), [0, 0, 0]);
  assert.deepEqual(colourOf(99), [255, 128, 0]);
});

test("where all values are equal they have the first colour", () => {
  assert.deepEqual(colourScale(SCALE, 0, 0)(0), [0, 0, 0]);
  assert.deepEqual(colourScale(SCALE, 0, 0)(5), [0, 0, 0]);
});

test("a share of a scale is held within it", () => {
  const stops = SCALE.map(rgbOf);
  assert.deepEqual(mix(stops, -1), stops[0]);
  assert.deepEqual(mix(stops, 0.25), [8, 16, 24]);
  assert.deepEqual(mix(stops, 2), stops[2]);
});

test("contrast is that of WCAG 2, whichever colour comes first", () => {
  assert.equal(contrast([0, 0, 0], [255, 255, 255]), 21);
  assert.equal(contrast([90, 90, 90], [90, 90, 90]), 1);
  // The grey that is known as the lightest of those that are read on white, and the next.
  assert.equal(contrast([118, 118, 118], [255, 255, 255]).toFixed(2), "4.54");
  assert.equal(contrast([255, 255, 255], [119, 119, 119]).toFixed(2), "4.48");
  assert.equal(contrast([255, 0, 0], [255, 255, 255]).toFixed(2), "4.00");
  assert.equal(contrast([0, 255, 0], [255, 255, 255]).toFixed(2), "1.37");
  assert.equal(contrast([0, 0, 255], [255, 255, 255]).toFixed(2), "8.59");
});

test("ink is black on light colours and white on dark ones", () => {
  assert.equal(inkOn([255, 255, 255]), "#000");
  assert.equal(inkOn([0, 0, 0]), "#fff");
  // Full green looks bright, full blue does not.
  assert.equal(inkOn([0, 255, 0]), "#000");
  assert.equal(inkOn([0, 0, 255]), "#fff");
});

test("ink is read at 4.5 to 1 and more all along every scale of the project", () => {
  for (const scale of scales()) {
    const colourOf = colourScale(scale, 0, 1000);
    for (let step = 0; step <= 1000; step += 1) {
      const colour = colourOf(step);
      const ink = inkOn(colour) === "#fff" ? [255, 255, 255] : [0, 0, 0];
      assert.ok(contrast(colour, ink) >= 4.5, `${css(colour)} of ${scale}`);
    }
  }
});

/** The scales that ui/look/colors.py names, hex colours each. */
function scales() {
  const python = readFileSync(new URL("../../../../ui/look/colors.py", import.meta.url), "utf-8");
  const found = [...python.matchAll(/^(\w+)_SCALE = \(([^)]*)\)/gm)];
  assert.deepEqual(
    found.map(([, name]) => name),
    ["ACTIVATION", "SIGNED", "PIXEL"],
  );
  return found.map(([, , colours]) => colours.match(/#\w{6}/g) ?? []);
}

test("colours and scales are written for CSS in their order", () => {
  assert.equal(css([1, 2, 3]), "rgb(1 2 3)");
  assert.equal(css(new Uint8Array([7, 8, 9])), "rgb(7 8 9)");
  assert.equal(gradientOf(SCALE), "linear-gradient(to right, #000000, #102030, #ff8000)");
});
