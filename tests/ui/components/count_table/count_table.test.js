import assert from "node:assert/strict";
import { test } from "node:test";
import { nextEnabled } from "../../../../ui/components/count_table/count_table.js";

const CELLS = [
  [0, 1, 0],
  [1, 0, 0],
  [1, 0, 1],
].map((row, at) => row.map((count, column) => ({ disabled: !count, name: `${at},${column}` })));

/** @param {number} row @param {number} column @param {string} key */
const next = (row, column, key) => nextEnabled(CELLS, row, column, key)?.name;

test("arrow keys lead to the next cell that can be chosen", () => {
  assert.equal(next(1, 0, "ArrowDown"), "2,0");
  assert.equal(next(2, 0, "ArrowRight"), "2,2");
  assert.equal(next(2, 2, "ArrowLeft"), "2,0");
  assert.equal(next(2, 0, "ArrowUp"), "1,0");
});

test("where there is none, they lead nowhere", () => {
  assert.equal(next(2, 2, "ArrowUp"), undefined);
  assert.equal(next(0, 1, "ArrowDown"), undefined);
  assert.equal(next(0, 1, "ArrowLeft"), undefined);
  assert.equal(next(0, 1, "Enter"), undefined);
});
