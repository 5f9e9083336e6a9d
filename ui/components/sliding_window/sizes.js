// How large grids, tables and numbers are: arithmetic only, no DOM.

/** @import { View } from "./view.js" */

import { format, largestOf } from "../shared/number.js";

/** Between the grids, in CSS pixels. */
const GAP = 24;
const LARGEST_CELL = 52;
const LARGEST_GRID = 430;
const COMFORTABLE_GRID = 330;
const REM = 16;

/** Smaller numbers than this many pixels are not written. */
export const LEAST_FONT = 10;

/** What the tables of a kind of run are called. */
export const CAPTIONS = {
  convolution: ["Window", "Kernel", "Products"],
  max: ["Window"],
  average: ["Window"],
};

/**
 * No product of an input value and a weight is larger than this.
 * @param {View} view
 */
export const largestProduct = (view) => largestOf(view.input) * largestOf(view.kernel);

/**
 * How many characters the widest number of the tables has.
 * @param {View} view
 */
export function longestTerm(view) {
  const { input, weight, sum } = view.decimals;
  const texts = [format(largestOf(view.input), input)];
  if (view.mode === "convolution") {
    texts.push(format(-largestOf(view.kernel), weight), format(-largestProduct(view), sum));
  }
  return Math.max(...texts.map((text) => text.length));
}

/**
 * The width in rem of a tap that holds the widest number.
 * @param {View} view
 */
export const tapWidth = (view) =>
  Math.max(view.size > 5 ? 1.9 : 2.1, 0.4 * longestTerm(view) + 0.4);

/**
 * The same on a phone, where numbers are smaller: three tables of 3×3 short ones fit side by side.
 * @param {View} view
 */
export const narrowTapWidth = (view) => Math.max(1.9, 0.36 * longestTerm(view) + 0.3);

/**
 * The width in rem of what stands beside the grids, where there is room: all tables side by side.
 * @param {View} view
 */
export const sideWidth = (view) =>
  Math.max(CAPTIONS[view.mode].length * (view.size * (tapWidth(view) + 0.13) + 1.6), 16);

/**
 * How wide one grid may be: half of the stage, or less where that brings the arithmetic beside
 * them without making them small.
 * @param {View} view
 * @param {number} width of the stage in CSS pixels
 */
export function gridRoom(view, width) {
  const beside = (width - 2 * GAP - REM * sideWidth(view)) / 2;
  return beside >= COMFORTABLE_GRID ? beside : (width - GAP) / 2;
}

/**
 * The edge of a cell in CSS pixels, the same for both grids, so that the window keeps its size.
 * @param {View} view
 * @param {number} room for one grid
 */
export function cellEdge(view, room) {
  const across = view.width + view.before[1] + view.after[1];
  const down = view.height + view.before[0] + view.after[0];
  const edge = Math.min(room, LARGEST_GRID) / Math.max(across, down, view.columns, view.rows);
  return Math.min(edge < 12 ? edge : Math.floor(edge), LARGEST_CELL);
}

/**
 * The size in pixels at which the widest number fits into a cell.
 * @param {number} edge of the cell
 * @param {string} widest
 */
export const fontFor = (edge, widest) => Math.min(edge * 0.4, (1.5 * edge) / widest.length, 17);
