// A picture at another size, to the last bit as Pillow makes it with Resampling.HAMMING: the method is
// that of its Resample.c, for one channel of 8 bits.

/**
 * Pixels in C order, row by row.
 * @typedef {{ values: Uint8Array, rows: number, columns: number }} Picture
 *
 * What one new pixel is made of: the weights of the old ones from `first` on, in fixed point.
 * @typedef {{ first: number, weights: Int32Array }} Taps
 */

// Weights are whole numbers, so many of which are 1. A sum of 255 such ones has room in 32 bits.
const PRECISION_BITS = 32 - 8 - 2;

/**
 * @param {Picture} picture
 * @param {number} rows
 * @param {number} columns
 * @returns {Picture}
 */
export function resample(picture, rows, columns) {
  // Each pass rounds, so that their order matters. Pillow 13 begins with the rows of a tall picture.
  const fewerRows = picture.rows - rows;
  return fewerRows > 0 && fewerRows > 2 * (picture.columns - columns)
    ? horizontally(vertically(picture, rows), columns)
    : vertically(horizontally(picture, columns), rows);
}

/**
 * @param {Picture} picture
 * @param {number} columns
 */
function horizontally({ values: before, rows, columns: width }, columns) {
  const taps = tapsOf(width, columns);
  const values = new Uint8Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const { first, weights } = taps[column];
      values[row * columns + column] = weighted(before, row * width + first, 1, weights);
    }
  }
  return { values, rows, columns };
}

/**
 * @param {Picture} picture
 * @param {number} rows
 */
function vertically({ values: before, rows: height, columns }, rows) {
  const taps = tapsOf(height, rows);
  const values = new Uint8Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    const { first, weights } = taps[row];
    for (let column = 0; column < columns; column++) {
      values[row * columns + column] = weighted(before, first * columns + column, columns, weights);
    }
  }
  return { values, rows, columns };
}

/**
 * A weighted mean of pixels, rounded.
 * @param {Uint8Array} values
 * @param {number} at where the first of them is
 * @param {number} step to the next
 * @param {Int32Array} weights
 */
function weighted(values, at, step, weights) {
  let sum = 1 << (PRECISION_BITS - 1);
  for (let tap = 0; tap < weights.length; tap++) sum += values[at + tap * step] * weights[tap];
  return sum >> PRECISION_BITS;
}

/**
 * What each pixel of an axis of another size is made of.
 * @param {number} before how many pixels the axis has
 * @param {number} after how many it is to have
 * @returns {Taps[]}
 */
function tapsOf(before, after) {
  const scale = before / after;
  const support = Math.max(scale, 1);
  return Array.from({ length: after }, (_, pixel) => {
    const centre = (pixel + 0.5) * scale;
    const first = Math.max(Math.trunc(centre - support + 0.5), 0);
    const end = Math.min(Math.trunc(centre + support + 0.5), before);
    const shares = Array.from({ length: end - first }, (_, tap) =>
      hamming((first + tap - centre + 0.5) * (1 / support)),
    );
    const total = shares.reduce((sum, share) => sum + share, 0);
    const weights = shares.map((share) => Math.trunc(0.5 + (share / total) * 2 ** PRECISION_BITS));
    return { first, weights: Int32Array.from(weights) };
  });
}

// Pillow's two constants are floats, and become doubles after that.
const [MEAN, SWING] = [Math.fround(0.54), Math.fround(0.46)];

/**
 * A sinc in a Hamming window: 1 in the middle, 0 from ±1 on, never negative.
 * @param {number} distance
 */
function hamming(distance) {
  const x = Math.abs(distance);
  if (x === 0) return 1;
  if (x >= 1) return 0;
  const angle = x * Math.PI;
  return (Math.sin(angle) / angle) * (MEAN + SWING * Math.cos(angle));
}
