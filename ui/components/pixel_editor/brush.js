// What a tool does to the pixels of a digit: index arithmetic only, no DOM.

import { clamp } from "../shared/number.js";

export const SIZE = 28;

/** @typedef {[number, number]} Pixel row and column */

/**
 * A row or a column, held within the digit.
 * @param {number} position
 */
export function within(position) {
  return clamp(position, 0, SIZE - 1);
}

/**
 * What a square tool covers at a pixel: first and last row, first and last column.
 * @param {number} size rows and columns of the tool; an even one reaches one further down and right
 * @param {Pixel} pixel
 */
export function reach(size, [row, column]) {
  const before = Math.floor((size - 1) / 2);
  const after = size - 1 - before;
  return [row - before, row + after, column - before, column + after].map(within);
}

/**
 * Set what the tool covers at a pixel to a value.
 * @param {Uint8Array} pixels (28, 28), changed in place
 * @param {number} value
 * @param {number} size
 * @param {Pixel} pixel
 */
export function apply(pixels, value, size, pixel) {
  const [top, bottom, left, right] = reach(size, pixel);
  for (let row = top; row <= bottom; row++) {
    pixels.fill(value, row * SIZE + left, row * SIZE + right + 1);
  }
}

/**
 * Apply the tool from one pixel to another: a quick stroke skips pixels between two events.
 * @param {Uint8Array} pixels (28, 28), changed in place
 * @param {number} value
 * @param {number} size
 * @param {Pixel} from
 * @param {Pixel} to
 */
export function applyAlong(pixels, value, size, from, to) {
  const [down, right] = [to[0] - from[0], to[1] - from[1]];
  const steps = Math.max(Math.abs(down), Math.abs(right), 1);
  for (let step = 0; step <= steps; step++) {
    const share = step / steps;
    apply(pixels, value, size, [
      Math.round(from[0] + down * share),
      Math.round(from[1] + right * share),
    ]);
  }
}
