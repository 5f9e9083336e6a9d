import assert from "node:assert/strict";
import { test } from "node:test";
import { splitShape } from "../../../../ui/components/network_map/paint.js";
import { sourcesOf } from "../../../../ui/components/network_map/trace.js";
import { describe, unpack } from "../../../../ui/components/network_map/view.js";

/** @param {ArrayLike<number> & { buffer: ArrayBufferLike }} array */
const sent = (array) => Buffer.from(array.buffer).toString("base64");
const floats = (/** @type {number[]} */ ...numbers) => sent(new Float32Array(numbers));

const LAYER = {
  title: "",
  shape: "",
  unitName: "unit",
  rows: 1,
  columns: 1,
  inputs: null,
  shares: null,
};

const VIEW = unpack({
  label: "",
  negative: "#f00",
  positive: "#00f",
  connections: 16,
  followed: 8,
  scales: { activations: [], pixels: [] },
  layers: [
    {
      ...LAYER,
      name: "input",
      kind: "input",
      unitName: "map",
      count: 1,
      rows: 2,
      columns: 2,
      shades: sent(new Uint8Array([1, 2, 3, 4])),
      peaks: floats(0.5),
    },
    {
      ...LAYER,
      name: "conv1",
      kind: "convolution",
      unitName: "map",
      count: 3,
      rows: 2,
      columns: 1,
      shades: sent(new Uint8Array(6)),
      peaks: floats(1, 2, 3.25),
      inputs: sent(new Uint16Array([0, 0, 0])),
      shares: floats(1, -2, 3),
    },
    {
      ...LAYER,
      name: "flatten",
      kind: "flatten",
      unitName: "value",
      count: 6,
      shades: sent(new Uint8Array(6)),
      peaks: floats(0, 1, 2, 3, 4, -5),
    },
    {
      ...LAYER,
      name: "dense",
      kind: "dense",
      count: 2,
      shades: sent(new Uint8Array([9, 200])),
      peaks: floats(7, 8),
      inputs: sent(new Uint16Array([5, 1, 0, 4, 300, 2, 3, 1])),
      shares: floats(9, -4, 2, 1, -7.125, 6, -0.001, 0),
    },
  ],
});

test("every unit has its own sources, the strongest first", () => {
  assert.deepEqual(sourcesOf(VIEW.layers, { layer: 3, unit: 0 }), [
    { from: 5, share: 9 },
    { from: 1, share: -4 },
    { from: 0, share: 2 },
    { from: 4, share: 1 },
  ]);
  assert.deepEqual(sourcesOf(VIEW.layers, { layer: 3, unit: 1 })[0], { from: 300, share: -7.125 });
  assert.deepEqual(sourcesOf(VIEW.layers, { layer: 1, unit: 2 }), [{ from: 0, share: 3 }]);
});

test("a value that is handed on comes from the map that it stood in", () => {
  assert.deepEqual(sourcesOf(VIEW.layers, { layer: 2, unit: 5 }), [{ from: 2, share: null }]);
  assert.deepEqual(sourcesOf(VIEW.layers, { layer: 2, unit: 3 }), [{ from: 0, share: null }]);
});

test("a unit is described with its value and its three strongest inputs", () => {
  assert.equal(
    describe(VIEW, { layer: 3, unit: 1 }),
    '<b>dense, unit 1</b>: value 8.000. Strongest inputs: value 300 (<span class="negative">\u22127.13</span>), ' +
      'value 2 (<span class="positive">+6.00</span>), value 3 (<span class="negative">0.00</span>) of flatten.',
  );
});

test("of a map the largest value is told, and that its inputs count over all of it", () => {
  assert.equal(
    describe(VIEW, { layer: 1, unit: 2 }),
    '<b>conv1, map 2</b>: largest value 3.250. Strongest inputs over the whole map: map 0 (<span class="positive">+3.00</span>) of input.',
  );
});

test("the digit and what is handed on are described without inputs", () => {
  assert.equal(
    describe(VIEW, { layer: 0, unit: 0 }),
    "<b>input</b>: the digit, pixels divided by 255, largest value 0.500.",
  );
  assert.equal(
    describe(VIEW, { layer: 2, unit: 5 }),
    "<b>flatten, value 5</b>: value \u22125.000. It comes from map 2 of conv1.",
  );
});

test("a shape is broken before the number of maps", () => {
  assert.deepEqual(splitShape("26 × 25 × 8"), ["26×25", "×8"]);
  assert.deepEqual(splitShape("128"), ["128", ""]);
});
