// Small changes of digits, pixel by pixel as cnn_core/images/changes.py makes them.

import { clamp, roundHalfToEven } from "../number.js";

const SIZE = 28;
const PIXELS = SIZE * SIZE;

/**
 * What is done to a digit, in this order; 0 leaves it as it is.
 * @typedef {object} Change
 * @property {number} thicken rings of pixels added to every stroke; negative takes rings away
 * @property {number} rotate degrees, clockwise
 * @property {number} down pixels; negative is up
 * @property {number} right pixels; negative is to the left
 * @property {number} noise standard deviation of what is added to each pixel, in grey levels
 */

/**
 * @param {Uint8Array} image (28, 28)
 * @param {Change} change
 * @param {Float64Array} field noise of standard deviation 1, (28, 28): NumPy's generator is its own
 * @returns {Uint8Array} (28, 28), another array or the same
 */
export function changed(image, { thicken, rotate, down, right, noise }, field) {
  return noisy(moved(rotated(thickened(image, thicken), rotate), down, right), noise, field);
}

/**
 * Strokes grown by so many rings of pixels, or shrunk where negative: each pixel becomes the largest, or
 * the smallest, of itself and its four neighbours. Outside of the image is black.
 * @param {Uint8Array} image
 * @param {number} rings
 */
export function thickened(image, rings) {
  const pick = rings > 0 ? Math.max : Math.min;
  let grown = image;
  for (let ring = 0; ring < Math.abs(rings); ring++) {
    const before = grown;
    grown = new Uint8Array(PIXELS);
    for (let row = 0; row < SIZE; row++) {
      for (let column = 0; column < SIZE; column++) {
        grown[row * SIZE + column] = pick(
          at(before, row, column),
          at(before, row - 1, column),
          at(before, row + 1, column),
          at(before, row, column - 1),
          at(before, row, column + 1),
        );
      }
    }
  }
  return grown;
}

/**
 * Turned clockwise around the middle; values between pixels are interpolated linearly.
 * @param {Uint8Array} image
 * @param {number} degrees
 */
export function rotated(image, degrees) {
  if (degrees % 360 === 0) return image;
  const middle = (SIZE - 1) / 2;
  const angle = degrees * (Math.PI / 180);
  const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
  const turned = new Uint8Array(PIXELS);
  for (let row = 0; row < SIZE; row++) {
    for (let column = 0; column < SIZE; column++) {
      const [y, x] = [row - middle, column - middle];
      // Where in the image it comes from. Rounded, so that a quarter turn meets pixels exactly.
      const sourceRow = nineDecimals(cosine * y - sine * x + middle);
      const sourceColumn = nineDecimals(sine * y + cosine * x + middle);
      const [top, left] = [Math.floor(sourceRow), Math.floor(sourceColumn)];
      const [down, right] = [sourceRow - top, sourceColumn - left];
      turned[row * SIZE + column] = pixel(
        at(image, top, left) * (1 - down) * (1 - right) +
          at(image, top, left + 1) * (1 - down) * right +
          at(image, top + 1, left) * down * (1 - right) +
          at(image, top + 1, left + 1) * down * right,
      );
    }
  }
  return turned;
}

/**
 * So many pixels down and to the right; what leaves is lost, black comes in.
 * @param {Uint8Array} image
 * @param {number} down
 * @param {number} right
 */
export function moved(image, down, right) {
  const result = new Uint8Array(PIXELS);
  for (let row = 0; row < SIZE; row++) {
    for (let column = 0; column < SIZE; column++) {
      result[row * SIZE + column] = at(image, row - down, column - right);
    }
  }
  return result;
}

/**
 * Gaussian noise of that standard deviation, in grey levels, added and cut off at 0 and 255.
 * @param {Uint8Array} image
 * @param {number} deviation
 * @param {Float64Array} field of standard deviation 1
 */
export function noisy(image, deviation, field) {
  if (deviation === 0) return image;
  return image.map((value, cell) => pixel(value + field[cell] * deviation));
}

/**
 * A pixel; black outside of the image.
 * @param {Uint8Array} image
 * @param {number} row
 * @param {number} column
 */
function at(image, row, column) {
  const inside = row >= 0 && row < SIZE && column >= 0 && column < SIZE;
  return inside ? image[row * SIZE + column] : 0;
}

/** @param {number} value */
function pixel(value) {
  return clamp(roundHalfToEven(value), 0, 255);
}

/** @param {number} value */
function nineDecimals(value) {
  return roundHalfToEven(value * 1e9) / 1e9;
}
