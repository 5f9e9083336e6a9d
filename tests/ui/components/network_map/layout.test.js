import assert from "node:assert/strict";
import { test } from "node:test";
import { layOutCompact } from "../../../../ui/components/network_map/compact_layout.js";
import {
  boxOf,
  frameOf,
  layOut,
  neighbourOf,
  unitAt,
} from "../../../../ui/components/network_map/layout.js";

/** @import { LayerShape, Layout } from "../../../../ui/components/network_map/layout.js" */

/**
 * @param {string} kind
 * @param {number} count
 * @param {number} rows
 * @param {number} columns
 * @returns {LayerShape}
 */
const layer = (kind, count, rows = 1, columns = 1) => ({ kind, count, rows, columns });

const NETWORK = [
  layer("input", 1, 28, 28),
  layer("convolution", 20, 26, 26),
  layer("pooling", 20, 13, 13),
  layer("flatten", 3380),
  layer("dense", 100),
  layer("output", 10),
];
const LAYOUTS = [1100, 700, 390].map((width) => layOut(NETWORK, width));
// Width and height that there are on the first page of a large screen, a laptop and a phone.
const COMPACT_ROOMS = [
  [1460, 346],
  [820, 256],
  [358, 200],
];
const ALL = [
  ...LAYOUTS,
  ...COMPACT_ROOMS.map(([width, height]) => layOutCompact(NETWORK, width, height)),
];

/**
 * Every unit of a layout.
 * @param {Layout} layout
 */
function* units({ layers }) {
  for (const [layer, { count }] of layers.entries()) {
    for (let unit = 0; unit < count; unit++) yield { layer, unit };
  }
}

test("a page is narrow below 640 pixels, where layers follow each other downwards", () => {
  assert.equal(layOut(NETWORK, 639).narrow, true);
  assert.equal(layOut(NETWORK, 640).narrow, false);
});

test("the unit under the middle of a box is the unit of that box", () => {
  for (const layout of ALL) {
    for (const { layer, unit } of units(layout)) {
      const [left, top, width, height] = boxOf(layout, layer, unit);
      assert.deepEqual(unitAt(layout, left + width / 2, top + height / 2), { layer, unit });
    }
  }
});

test("between the layers, and behind the last unit of one, there is no unit", () => {
  for (const layout of LAYOUTS) {
    const [left, top] = boxOf(layout, 1, 0);
    assert.equal(
      layout.narrow ? unitAt(layout, left, top - 4) : unitAt(layout, left - 4, top),
      null,
    );
    // The last of two lines of 16 maps is not full.
    const [lastLeft, lastTop, width, height] = boxOf(layout, 1, 19);
    const beside = layout.narrow ? [width + 2, 0] : [0, height + 2];
    assert.equal(unitAt(layout, lastLeft + beside[0] + 2, lastTop + beside[1] + 2), null);
    assert.equal(unitAt(layout, -1, -1), null);
  }
});

test("everything lies within the picture, and no box lies over another", () => {
  for (const layout of ALL) {
    for (const { layer, unit } of units(layout)) {
      const [left, top, width, height] = boxOf(layout, layer, unit);
      assert.ok(width > 0 && height > 0);
      assert.ok(left >= 0 && left + width <= layout.width + 1e-6, `${left} ${width}`);
      assert.ok(top >= 0 && top + height <= layout.height + 1e-6, `${top} ${height}`);
      const after = unit + 1 < layout.layers[layer].count && boxOf(layout, layer, unit + 1);
      if (after) {
        const isBeside = layout.narrow ? after[0] > left : after[1] > top;
        const isNextLine = layout.narrow ? after[1] > top : after[0] > left;
        assert.notEqual(isBeside, isNextLine);
      }
    }
  }
});

test("layers follow each other in the order of the network", () => {
  for (const layout of ALL) {
    const axis = layout.narrow ? 1 : 0;
    for (let layer = 1; layer < NETWORK.length; layer++) {
      const before = frameOf(layout, layer - 1);
      assert.ok(frameOf(layout, layer)[axis] > before[axis] + before[axis + 2]);
    }
  }
});

test("a frame holds the units of its layer, tightly", () => {
  for (const layout of ALL) {
    for (const [layer, { count, gap }] of layout.layers.entries()) {
      const [left, top, width, height] = frameOf(layout, layer);
      const boxes = Array.from({ length: count }, (_, unit) => boxOf(layout, layer, unit));
      assert.ok(Math.abs(Math.min(...boxes.map((box) => box[0])) - left) < 1e-6);
      assert.ok(Math.abs(Math.min(...boxes.map((box) => box[1])) - top) < 1e-6);
      const right = Math.max(...boxes.map((box) => box[0] + box[2]));
      const bottom = Math.max(...boxes.map((box) => box[1] + box[3]));
      assert.ok(Math.abs(right - left - width) <= gap + 1e-6);
      assert.ok(Math.abs(bottom - top - height) <= gap + 1e-6);
    }
  }
});

test("maps are square, and a line holds 16 of them", () => {
  for (const layout of LAYOUTS) {
    const [left, top, width, height] = boxOf(layout, 1, 0);
    assert.equal(width, height);
    const last = boxOf(layout, 1, 15);
    const next = boxOf(layout, 1, 16);
    assert.equal(layout.narrow ? last[1] : last[0], layout.narrow ? top : left);
    assert.equal(layout.narrow ? next[0] : next[1], layout.narrow ? left : top);
  }
});

/** The network that is current at first, and the largest maps that one can set up. */
const SHOWN = [
  [
    layer("rescaling", 1, 28, 28),
    layer("convolution", 16, 28, 28),
    layer("pooling", 16, 14, 14),
    layer("convolution", 32, 14, 14),
    layer("pooling", 32, 7, 7),
    layer("convolution", 64, 7, 7),
    layer("pooling", 64, 3, 3),
    layer("flatten", 576),
    layer("dense", 128),
    layer("dropout", 128),
    layer("dense", 10),
  ],
  [
    layer("rescaling", 1, 28, 28),
    layer("convolution", 128, 28, 28),
    layer("pooling", 128, 14, 14),
    layer("convolution", 128, 14, 14),
    layer("pooling", 128, 7, 7),
    layer("flatten", 6272),
    layer("dense", 512),
    layer("dropout", 512),
    layer("dense", 10),
  ],
];

test("a compact map stays within its room, and uses it", () => {
  for (const network of [NETWORK, ...SHOWN]) {
    for (const [width, height] of COMPACT_ROOMS) {
      const layout = layOutCompact(network, width, height);
      assert.equal(layout.narrow, false);
      assert.ok(layout.height <= height + 4, `${layout.height} of ${height}`);
      const [left, , last] = frameOf(layout, network.length - 1);
      assert.ok(Math.abs(left + last - width) < 1, `ends at ${left + last} of ${width}`);
      assert.equal(frameOf(layout, 0)[0], 0);
    }
  }
});

test("maps of a compact map are squares as large as its room allows", () => {
  const sides = COMPACT_ROOMS.map(([width, height]) => {
    const layout = layOutCompact(SHOWN[0], width, height);
    const [, , conv, high] = boxOf(layout, 1, 0);
    const [, , pooled] = boxOf(layout, 2, 0);
    assert.equal(conv, high);
    assert.ok(pooled < conv);
    return conv;
  });
  assert.deepEqual(
    sides.map((side, index) => side > [30, 18, 8][index]),
    [true, true, true],
    String(sides),
  );
});

test("lines of a compact layer are equally long, but for the last", () => {
  for (const [width, height] of COMPACT_ROOMS) {
    for (const { isMap, count, perLine, lines } of layOutCompact(SHOWN[0], width, height).layers) {
      assert.equal(Math.ceil(count / perLine), lines);
      if (isMap) assert.ok(perLine * lines - count < lines);
    }
  }
});

test("arrow keys on a wide page: up and down in a layer, left and right from layer to layer", () => {
  const layout = LAYOUTS[0];
  const from = { layer: 1, unit: 5 };
  assert.deepEqual(neighbourOf(layout, from, "ArrowDown"), { layer: 1, unit: 6 });
  assert.deepEqual(neighbourOf(layout, from, "ArrowUp"), { layer: 1, unit: 4 });
  assert.deepEqual(neighbourOf(layout, { layer: 1, unit: 0 }, "ArrowUp"), { layer: 1, unit: 0 });
  assert.deepEqual(neighbourOf(layout, { layer: 1, unit: 19 }, "ArrowDown"), {
    layer: 1,
    unit: 19,
  });
  // First to the next line of the same layer, whose last unit is 19.
  assert.deepEqual(neighbourOf(layout, { layer: 1, unit: 2 }, "ArrowRight"), {
    layer: 1,
    unit: 18,
  });
  assert.deepEqual(neighbourOf(layout, from, "ArrowRight"), { layer: 1, unit: 19 });
  assert.deepEqual(neighbourOf(layout, { layer: 1, unit: 18 }, "ArrowLeft"), { layer: 1, unit: 2 });
  // Then to the layer beside, at the same height: its first line forwards, its last backwards.
  assert.deepEqual(neighbourOf(layout, { layer: 1, unit: 18 }, "ArrowRight"), {
    layer: 2,
    unit: 2,
  });
  assert.deepEqual(neighbourOf(layout, { layer: 2, unit: 2 }, "ArrowLeft"), { layer: 1, unit: 18 });
  assert.deepEqual(neighbourOf(layout, { layer: 5, unit: 4 }, "ArrowLeft"), { layer: 4, unit: 92 });
  assert.deepEqual(neighbourOf(layout, { layer: 5, unit: 4 }, "ArrowRight"), { layer: 5, unit: 4 });
  assert.deepEqual(neighbourOf(layout, { layer: 0, unit: 0 }, "ArrowLeft"), { layer: 0, unit: 0 });
  assert.equal(neighbourOf(layout, from, "a"), null);
});

test("arrow keys on a narrow page are turned", () => {
  const layout = LAYOUTS[2];
  assert.deepEqual(neighbourOf(layout, { layer: 1, unit: 5 }, "ArrowRight"), { layer: 1, unit: 6 });
  assert.deepEqual(neighbourOf(layout, { layer: 1, unit: 5 }, "ArrowLeft"), { layer: 1, unit: 4 });
  assert.deepEqual(neighbourOf(layout, { layer: 1, unit: 2 }, "ArrowDown"), { layer: 1, unit: 18 });
  assert.deepEqual(neighbourOf(layout, { layer: 2, unit: 2 }, "ArrowUp"), { layer: 1, unit: 18 });
});
