// From a drawing to what the network was trained on: cnn_core/images/drawing.py with every stage done,
// equal to it in every pixel.

/** @import { Picture } from "./resample.js" */

import { clamp, roundHalfToEven } from "../number.js";
import { resample } from "./resample.js";

const IMAGE_SIZE = 28;
const BOX_SIZE = 20;
// Fainter than this is the soft edge of a stroke, or noise, and does not widen the ink box.
const LEAST_INK = 24;
// A dot smaller than this, in canvas pixels, is a slip of the mouse.
const SMALLEST_BOX = 3;

/**
 * Rows and columns of the ink: top, bottom, left, right; bottom and right are exclusive.
 * @typedef {[number, number, number, number]} Box
 *
 * A drawing at each stage of its way into the network, see PreparedDrawing in Python.
 * @typedef {{ box: Box, scaled: Picture, corner: [number, number], image: Uint8Array }} PreparedDrawing
 */

/**
 * The 28×28 digit in a canvas of white ink on black; null where there is no ink.
 * @param {Uint8ClampedArray} rgba (rows, columns, 4), as a canvas gives it
 * @param {number} rows
 * @param {number} columns
 */
export function digitFromCanvas(rgba, rows, columns) {
  return prepareDrawing(inkOfCanvas(rgba), rows, columns)?.image ?? null;
}

/**
 * How much white each canvas pixel shows, 0 (nothing) to 255 (full ink).
 * @param {Uint8ClampedArray} rgba
 */
export function inkOfCanvas(rgba) {
  const ink = new Uint8Array(rgba.length / 4);
  for (let pixel = 0, at = 0; pixel < ink.length; pixel++, at += 4) {
    // Never halfway between two whole numbers, so that this rounds as NumPy does.
    ink[pixel] = Math.round(((rgba[at] + rgba[at + 1] + rgba[at + 2]) * rgba[at + 3]) / (3 * 255));
  }
  return ink;
}

/**
 * Every stage; null where there is no ink, or none is left.
 * @param {Uint8Array} ink (rows, columns)
 * @param {number} rows
 * @param {number} columns
 * @returns {PreparedDrawing | null}
 */
export function prepareDrawing(ink, rows, columns) {
  const box = inkBox(ink, rows, columns);
  if (!box) return null;
  const [top, bottom, left, right] = box;
  const scale = BOX_SIZE / Math.max(bottom - top, right - left);
  const scaled = scaledBy(cropped(ink, columns, box), scale);
  if (!scaled.values.some(Boolean)) return null; // Faint specks far apart vanish at this size.
  const corner = centredCorner(scaled);
  const image = new Uint8Array(IMAGE_SIZE * IMAGE_SIZE);
  for (let row = 0; row < scaled.rows; row++) {
    const line = scaled.values.subarray(row * scaled.columns, (row + 1) * scaled.columns);
    image.set(line, (corner[0] + row) * IMAGE_SIZE + corner[1]);
  }
  return { box, scaled, corner, image };
}

/**
 * The smallest box around all ink; null where there is no ink.
 * @param {Uint8Array} ink
 * @param {number} rows
 * @param {number} columns
 * @returns {Box | null}
 */
export function inkBox(ink, rows, columns) {
  let [top, bottom, left, right] = [rows, 0, columns, 0];
  for (let row = 0, pixel = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, pixel++) {
      if (ink[pixel] < LEAST_INK) continue;
      top = Math.min(top, row);
      bottom = row + 1;
      left = Math.min(left, column);
      right = Math.max(right, column + 1);
    }
  }
  return Math.max(bottom - top, right - left) < SMALLEST_BOX ? null : [top, bottom, left, right];
}

/**
 * @param {Uint8Array} ink
 * @param {number} columns
 * @param {Box} box
 * @returns {Picture}
 */
function cropped(ink, columns, [top, bottom, left, right]) {
  const width = right - left;
  const values = new Uint8Array((bottom - top) * width);
  for (let row = top; row < bottom; row++) {
    const line = ink.subarray(row * columns + left, row * columns + right);
    values.set(line, (row - top) * width);
  }
  return { values, rows: bottom - top, columns: width };
}

/**
 * Ink at another size, smoothly.
 * @param {Picture} ink
 * @param {number} scale
 */
export function scaledBy(ink, scale) {
  const rows = Math.max(1, roundHalfToEven(ink.rows * scale));
  const columns = Math.max(1, roundHalfToEven(ink.columns * scale));
  return resample(ink, rows, columns);
}

/**
 * Row and column of the top-left at which the centre of mass falls on the middle of 28×28. A very
 * lopsided drawing is moved only as far as it stays within the image.
 * @param {Picture} scaled with some ink
 * @returns {[number, number]}
 */
export function centredCorner({ values, rows, columns }) {
  let [total, down, right] = [0, 0, 0];
  for (let row = 0, pixel = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, pixel++) {
      total += values[pixel];
      down += values[pixel] * (row + 0.5);
      right += values[pixel] * (column + 0.5);
    }
  }
  return [cornerAt(down / total, rows), cornerAt(right / total, columns)];
}

/**
 * @param {number} centre of mass along an axis
 * @param {number} length of the ink along it
 */
function cornerAt(centre, length) {
  return clamp(roundHalfToEven(IMAGE_SIZE / 2 - centre), 0, IMAGE_SIZE - length);
}
