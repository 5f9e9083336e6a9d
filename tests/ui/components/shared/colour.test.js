import assert from "node:assert/strict";
import { test } from "node:test";
import {
  colourScale,
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

test("ink is dark on light colours and light on dark ones, by how bright they look", () => {
  assert.equal(inkOn([255, 255, 255]), "#111");
  assert.equal(inkOn([0, 0, 0]), "#fff");
  assert.equal(inkOn([140, 140, 140]), "#fff");
  assert.equal(inkOn([141, 141, 141]), "#111");
  // Full green looks bright, full red and full blue do not.
  assert.equal(inkOn([0, 255, 0]), "#111");
  assert.equal(inkOn([255, 0, 0]), "#fff");
  assert.equal(inkOn([0, 0, 255]), "#fff");
  assert.equal(inkOn([255, 110, 0]), "#111");
  assert.equal(inkOn([0, 110, 255]), "#fff");
});

test("colours and scales are written for CSS in their order", () => {
  assert.equal(css([1, 2, 3]), "rgb(1 2 3)");
  assert.equal(css(new Uint8Array([7, 8, 9])), "rgb(7 8 9)");
  assert.equal(gradientOf(SCALE), "linear-gradient(to right, #000000, #102030, #ff8000)");
});
