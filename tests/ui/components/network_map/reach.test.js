import assert from "node:assert/strict";
import { test } from "node:test";
import { boxOf, layOut } from "../../../../ui/components/network_map/layout.js";
import { FINGER, nearestUnit } from "../../../../ui/components/network_map/reach.js";

const LAYERS = [
  { kind: "rescaling", count: 1, rows: 28, columns: 28 },
  { kind: "convolution", count: 3, rows: 26, columns: 26 },
  { kind: "dense", count: 128, rows: 1, columns: 1 },
];

for (const width of [360, 900]) {
  const layout = layOut(LAYERS, width);

  test(`a finger on a unit means it, however thin it is, at a width of ${width}`, () => {
    for (const [layer, { count }] of LAYERS.entries()) {
      for (let unit = 0; unit < count; unit++) {
        const [left, top, wide, high] = boxOf(layout, layer, unit);
        assert.deepEqual(nearestUnit(layout, left + wide / 2, top + high / 2, FINGER), {
          layer,
          unit,
        });
      }
    }
  });

  test(`beside a layer the nearest unit is meant, out of reach none, at a width of ${width}`, () => {
    const [left, top, wide, high] = boxOf(layout, 1, 2);
    // Behind the last map of the layer, along its line.
    const [x, y] = layout.narrow ? [left + wide, top + high / 2] : [left + wide / 2, top + high];
    const step = layout.narrow ? [1, 0] : [0, 1];
    /** @param {number} away */
    const found = (away) => nearestUnit(layout, x + away * step[0], y + away * step[1], FINGER);
    assert.deepEqual(found(FINGER), { layer: 1, unit: 2 });
    assert.equal(found(FINGER + 1), null);
  });
}
