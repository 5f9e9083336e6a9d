import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { trace } from "../../../../ui/components/network_map/trace.js";
import { bytesOf, floatsOf } from "../../../../ui/components/shared/bytes.js";

/** @import { Wired } from "../../../../ui/components/network_map/trace.js" */

// Written and held to NumPy by tests/ui/components/test_network_map.py.
/** @type {{ layers: { count: number, inputs: string | null, shares: string | null }[], most: number, ways: { layer: number, unit: number, links: number[][][] }[] }} */
const VECTORS = JSON.parse(readFileSync(new URL("trace.json", import.meta.url), "utf8"));
const NETWORK = VECTORS.layers.map(({ count, inputs, shares }) => ({
  count,
  inputs: inputs === null ? null : new Uint16Array(bytesOf(inputs).buffer),
  shares: shares === null ? null : floatsOf(shares),
}));

test("a way back is the one that NumPy computes, line by line", () => {
  assert.ok(VECTORS.ways.length > 5);
  for (const { layer, unit, links } of VECTORS.ways) {
    const found = trace(NETWORK, { layer, unit }, VECTORS.most);
    assert.equal(found.length, links.length);
    found.forEach((into, index) => {
      const sorted = into.sort((a, b) => a.to - b.to || a.from - b.from);
      assert.deepEqual(
        sorted.map(({ from, to }) => [from, to]),
        links[index].map(([from, to]) => [from, to]),
      );
      sorted.forEach(({ share, part }, place) => {
        const [, , expectedPart, sign] = links[index][place];
        assert.ok(Math.abs(part - expectedPart) < 1e-9, `${part} ${expectedPart}`);
        assert.equal(share === null ? 0 : Math.sign(share), sign);
      });
    });
  }
});

/** @type {Wired[]} */
const SMALL = [
  { count: 1, inputs: null, shares: null },
  { count: 3, inputs: [0, 0, 0], shares: [1, 1, -1] },
  { count: 3, inputs: null, shares: null },
  { count: 2, inputs: [2, 0, 1, 1, 0, 2], shares: [-6, 3, 1, 0, 0, 0] },
];

test("each unit hands its part on in proportion to what its inputs add, whatever the sign", () => {
  const links = trace(SMALL, { layer: 3, unit: 0 }, 3);
  assert.deepEqual(links[3], [
    { from: 2, to: 0, share: -6, part: 0.6 },
    { from: 0, to: 0, share: 3, part: 0.3 },
    { from: 1, to: 0, share: 1, part: 0.1 },
  ]);
  assert.deepEqual(links[2][0], { from: 2, to: 2, share: null, part: 0.6 });
  assert.deepEqual(links[1][0], { from: 0, to: 2, share: -1, part: 0.6 });
  assert.deepEqual(links[0], []);
});

test("only so many units of a layer are followed, those that get most", () => {
  const links = trace(SMALL, { layer: 3, unit: 0 }, 2);
  assert.deepEqual(
    links.map((into) => into.map(({ from, to }) => [from, to])),
    [
      [],
      [
        [0, 2],
        [0, 0],
      ],
      [
        [2, 2],
        [0, 0],
      ],
      [
        [2, 0],
        [0, 0],
      ],
    ],
  );
});

test("from a unit whose inputs add nothing no line leads back, and from the digit none", () => {
  assert.deepEqual(trace(SMALL, { layer: 3, unit: 1 }, 8), [[], [], [], []]);
  assert.deepEqual(trace(SMALL, { layer: 0, unit: 0 }, 8), [[], [], [], []]);
});
