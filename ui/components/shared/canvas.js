// Small arrays as pictures, and canvases as sharp as the screen.

/** @import { Rgb } from "./colour.js" */

/**
 * @param {HTMLCanvasElement} canvas
 * @param {CanvasRenderingContext2DSettings} [settings] count where it is asked for the first time
 * @returns {CanvasRenderingContext2D}
 */
export function contextOf(canvas, settings) {
  const context = canvas.getContext("2d", settings);
  if (!context) throw new Error("This browser does not draw on a canvas.");
  return context;
}

/**
 * Paint an array onto a canvas, one pixel a cell.
 * @param {HTMLCanvasElement} canvas made `columns` by `rows` pixels large
 * @param {number} rows
 * @param {number} columns
 * @param {(cell: number) => Rgb | undefined} colourOf of a cell, counted row by row; without one it
 *   stays clear
 */
export function paintCells(canvas, rows, columns, colourOf) {
  if (canvas.width !== columns) canvas.width = columns;
  if (canvas.height !== rows) canvas.height = rows;
  const context = contextOf(canvas);
  const image = context.createImageData(columns, rows);
  for (let cell = 0; cell < rows * columns; cell++) {
    const colour = colourOf(cell);
    if (!colour) continue;
    image.data[4 * cell] = colour[0];
    image.data[4 * cell + 1] = colour[1];
    image.data[4 * cell + 2] = colour[2];
    image.data[4 * cell + 3] = 255;
  }
  context.putImageData(image, 0, 0);
}

/**
 * An array as a canvas of its own, one pixel a cell.
 * @param {number} rows
 * @param {number} columns
 * @param {(cell: number) => Rgb | undefined} colourOf
 */
export function pictureOf(rows, columns, colourOf) {
  const canvas = document.createElement("canvas");
  paintCells(canvas, rows, columns, colourOf);
  return canvas;
}

/**
 * The colour of each cell of images (rows, columns, 3) that follow each other.
 * @param {Uint8Array} bytes red, green and blue of every cell, in C order
 * @param {number} [first] cell that counts as 0
 * @returns {(cell: number) => Rgb}
 */
export function coloursIn(bytes, first = 0) {
  return (cell) => bytes.subarray(3 * (first + cell), 3 * (first + cell + 1));
}

/**
 * Make a canvas as sharp as the screen and clear it; the context draws in CSS pixels.
 * @param {HTMLCanvasElement} canvas
 * @param {number} width in CSS pixels
 * @param {number} height in CSS pixels
 */
export function openCanvas(canvas, width, height) {
  const ratio = window.devicePixelRatio || 1;
  const pixels = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== pixels[0]) canvas.width = pixels[0];
  if (canvas.height !== pixels[1]) canvas.height = pixels[1];
  const context = contextOf(canvas);
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  // Cells are enlarged as they are.
  context.imageSmoothingEnabled = false;
  return context;
}
