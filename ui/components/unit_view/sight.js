// What a cell of a map can see of the digit: index arithmetic and words, no DOM.

import { format } from "../shared/number.js";

export const SIZE = 28;

/**
 * First and last row, first and last column of the image.
 * @typedef {[number, number, number, number]} Field
 */

/**
 * @param {[number, number][]} spans first and last of what each position along an axis of the map
 *   sees; without a map those of the rows and of the columns, or one for both
 * @param {[number, number] | null} cell row and column of the map, where there is one
 * @returns {Field}
 */
export function fieldOf(spans, cell) {
  const [rows, columns] = cell
    ? [spans[cell[0]], spans[cell[1]]]
    : [spans[0], spans[spans.length - 1]];
  return [...rows, ...columns];
}

/**
 * @param {Field} field
 * @param {number} row of the image
 * @param {number} column of the image
 */
export function isIn([top, bottom, left, right], row, column) {
  return row >= top && row <= bottom && column >= left && column <= right;
}

/**
 * The grey of a pixel in the field; outside it the digit is dimmed, and tinted, so that black there
 * differs from ink.
 * @param {number} pixel 0 to 255
 * @param {boolean} isSeen
 * @returns {[number, number, number]}
 */
export function shownAs(pixel, isSeen) {
  if (isSeen) return [pixel, pixel, pixel];
  const dimmed = 38 + 0.36 * pixel;
  return [dimmed, dimmed, dimmed + 14];
}

/**
 * @param {Field} field
 * @param {[number, number] | null} cell row and column of the map, where there is one
 * @param {number} value of the cell
 * @returns {string} HTML
 */
export function sentenceOf([top, bottom, left, right], cell, value) {
  const [high, wide] = [bottom - top + 1, right - left + 1];
  const rectangle = `rows ${top} to ${bottom}, columns ${left} to ${right} of the image: ${high}×${wide} = ${high * wide} of ${SIZE * SIZE} pixels`;
  if (!cell) return `It can see ${rectangle}.`;
  const where = `Row ${cell[0]}, column ${cell[1]}: ${format(value, 4)}.`;
  return `<b>${where}</b> This cell can see ${rectangle}.`;
}
