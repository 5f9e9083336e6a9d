// Where the window stands and what it reads: index arithmetic only, no DOM.

/** @import { Cell, Geometry, View } from "./view.js" */

import { clamp } from "../shared/number.js";

/** @param {Geometry} view @param {number} place */
export const rowOf = (view, place) => Math.floor(place / view.columns);

/** @param {Geometry} view @param {number} place */
export const columnOf = (view, place) => place % view.columns;

/** @param {Geometry} view @param {number} row @param {number} column */
export const placeAt = (view, row, column) => row * view.columns + column;

/** @param {Geometry} view */
export const lastPlace = (view) => view.rows * view.columns - 1;

/**
 * Row and column of the input under the first tap; negative inside the padding.
 * @param {Geometry} view
 * @param {number} place
 * @returns {Cell}
 */
export function windowStart(view, place) {
  return [
    rowOf(view, place) * view.stride - view.before[0],
    columnOf(view, place) * view.stride - view.before[1],
  ];
}

/**
 * How many rows and columns of the input lie under a window, gaps included.
 * @param {Geometry} view
 */
export const windowSpan = (view) => view.dilation * (view.size - 1) + 1;

/**
 * How far a tap lies below and to the right of the first.
 * @param {Geometry} view
 * @param {number} tap
 * @returns {Cell}
 */
export function tapOffset(view, tap) {
  return [Math.floor(tap / view.size) * view.dilation, (tap % view.size) * view.dilation];
}

/**
 * Row and column of the input under a tap.
 * @param {Geometry} view
 * @param {number} place
 * @param {number} tap
 * @returns {Cell}
 */
export function tapAt(view, place, tap) {
  const [row, column] = windowStart(view, place);
  const [down, right] = tapOffset(view, tap);
  return [row + down, column + right];
}

/** @param {Geometry} view @param {number} row @param {number} column */
export const isInside = (view, row, column) =>
  row >= 0 && row < view.height && column >= 0 && column < view.width;

/**
 * The input value at a row and column; the padding around it is zero.
 * @param {View} view
 * @param {number} channel
 * @param {number} row
 * @param {number} column
 */
export function inputAt(view, channel, row, column) {
  if (!isInside(view, row, column)) return 0;
  return view.input[(channel * view.height + row) * view.width + column];
}

/**
 * @param {View} view
 * @param {number} place
 * @param {number} channel
 * @returns {number[]} of every tap
 */
export function windowValues(view, place, channel) {
  return Array.from({ length: view.size ** 2 }, (_, tap) =>
    inputAt(view, channel, ...tapAt(view, place, tap)),
  );
}

/**
 * @param {View} view
 * @param {number} channel
 * @returns {number[]} of every tap
 */
export function weightsOf(view, channel) {
  const taps = view.size ** 2;
  return Array.from(view.kernel.subarray(channel * taps, (channel + 1) * taps));
}

/**
 * Every place whose window has a tap on this input cell.
 * @param {Geometry} view
 * @param {number} row
 * @param {number} column
 * @returns {number[]}
 */
export function readersOf(view, row, column) {
  /** @param {number} position @param {number} before @param {number} count */
  const along = (position, before, count) =>
    Array.from({ length: count }, (_, step) => step).filter((step) => {
      const offset = position - (step * view.stride - before);
      return offset >= 0 && offset < windowSpan(view) && offset % view.dilation === 0;
    });
  const columns = along(column, view.before[1], view.columns);
  return along(row, view.before[0], view.rows).flatMap((outputRow) =>
    columns.map((outputColumn) => placeAt(view, outputRow, outputColumn)),
  );
}

/**
 * The place of an output cell, or of the nearest where there is none.
 * @param {Geometry} view
 * @param {Cell} cell
 */
export function nearestPlace(view, [row, column]) {
  return placeAt(view, clamp(row, 0, view.rows - 1), clamp(column, 0, view.columns - 1));
}
