import assert from "node:assert/strict";
import { test } from "node:test";
import {
  cellEdge,
  fontFor,
  gridRoom,
  largestProduct,
  longestTerm,
  narrowTapWidth,
  sideWidth,
  tapWidth,
} from "../../../../ui/components/sliding_window/sizes.js";
import { poolWith, viewWith } from "./views.js";

test("no product is larger than the largest value times the largest weight", () => {
  assert.equal(largestProduct(viewWith()), 1600);
  assert.equal(largestProduct(poolWith({ kernel: new Float32Array() })), 0);
});

test("a tap holds the widest number of all tables, a minus sign included", () => {
  // −1600.00 of the products.
  assert.equal(longestTerm(viewWith()), 8);
  assert.equal(tapWidth(viewWith()), 3.6);
  // 9.0 of the input.
  assert.equal(longestTerm(poolWith()), 3);
  assert.equal(tapWidth(poolWith()), 2.1);
  assert.equal(tapWidth(poolWith({ size: 7 })), 1.9);
});

test("on a phone three tables of short numbers stand side by side, and long numbers still fit", () => {
  assert.equal(narrowTapWidth(poolWith()), 1.9);
  // Nine taps, two signs, and what is between them, in the 352 pixels of a phone.
  assert.ok(9 * (16 * narrowTapWidth(poolWith()) + 2) + 2 * (12 + 8) + 2 * 8 < 352);
  assert.equal(narrowTapWidth(viewWith()).toFixed(2), "3.18");
});

test("three tables side by side are wider than one", () => {
  assert.equal(sideWidth(poolWith()), 16);
  assert.ok(Math.abs(sideWidth(viewWith()) - 3 * (2 * 3.73 + 1.6)) < 1e-9);
});

test("the arithmetic stands beside the grids where they stay comfortable", () => {
  const beside = 16 * sideWidth(poolWith()) + 48;
  assert.equal(gridRoom(poolWith(), beside + 2 * 330), 330);
  assert.equal(gridRoom(poolWith(), beside + 2 * 330 - 2), (beside + 2 * 330 - 2 - 24) / 2);
});

test("a cell is as large as fits, padding included, in whole pixels unless it is small", () => {
  // 5 rows with the padding, 7 columns.
  assert.equal(cellEdge(viewWith(), 300), 42);
  assert.equal(cellEdge(viewWith({ height: 9, before: [3, 0], after: [3, 2] }), 300), 20);
  assert.equal(cellEdge(viewWith(), 70), 10);
  assert.equal(cellEdge(viewWith(), 77), 11);
  assert.equal(cellEdge(viewWith({ width: 28, after: [0, 0] }), 200), 200 / 28);
  assert.equal(cellEdge(viewWith({ rows: 20 }), 200), 10);
  assert.equal(cellEdge(viewWith({ columns: 20 }), 200), 10);
  assert.equal(cellEdge(poolWith(), 9999), 52);
  assert.equal(cellEdge(viewWith({ width: 40, after: [0, 3] }), 9999), 10);
});

test("a number is as large as its cell lets it be", () => {
  assert.equal(fontFor(25, "1"), 10);
  assert.equal(fontFor(20, "-12.34567890"), 2.5);
  assert.equal(fontFor(50, "1"), 17);
});
