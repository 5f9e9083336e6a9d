// What is written of a digit at a time, and where the pen is then: arithmetic only, nothing is drawn.

import { clamp } from "../shared/number.js";

// Ink comes to its full brightness within this share of the time.
const SOAKING = 0.03;
// Pixels a second, for a hand that writes so that one can follow it.
const PACE = 15;
const LEAST_SECONDS = 1.2;
const MOST_SECONDS = 4.5;

/**
 * As Python sends it: pixels and arrival (28, 28), when the pen passes each of them, 0 to 255; way
 * (points, 3), the time, 0 to 1, the row and the column of the pen.
 * @typedef {object} Written
 * @property {string} name
 * @property {Uint8Array} image
 * @property {Uint8Array} arrival
 * @property {Float32Array} way
 */

/**
 * The pixels that the pen has passed; at the end the digit itself.
 * @param {Written} digit
 * @param {number} time 0 to 1
 * @returns {Uint8Array}
 */
export function writtenAt({ image, arrival }, time) {
  if (time >= 1) return image;
  return image.map((ink, pixel) => {
    const since = time - (arrival[pixel] / 255) * (1 - SOAKING);
    return Math.round(ink * clamp(since / SOAKING, 0, 1));
  });
}

/**
 * Where the pen is, row and column in pixels; null where there is nothing to write.
 * @param {Written} digit
 * @param {number} time 0 to 1
 * @returns {[number, number] | null}
 */
export function penAt({ way }, time) {
  if (way.length === 0) return null;
  let point = 0;
  while (point + 3 < way.length && way[point + 3] <= time) point += 3;
  const last = Math.min(point + 3, way.length - 3);
  const span = way[last] - way[point];
  const share = span > 0 ? clamp((time - way[point]) / span, 0, 1) : 0;
  return [
    way[point + 1] + share * (way[last + 1] - way[point + 1]),
    way[point + 2] + share * (way[last + 2] - way[point + 2]),
  ];
}

/**
 * How long it takes to write a digit.
 * @param {Written} digit
 */
export function secondsFor({ way }) {
  let length = 0;
  for (let point = 3; point < way.length; point += 3)
    length += Math.hypot(way[point + 1] - way[point - 2], way[point + 2] - way[point - 1]);
  return clamp(length / PACE, LEAST_SECONDS, MOST_SECONDS);
}
