// A unit's map, and beside it the digit with what the cell under the pointer can see of it.

/** @import { Parent } from "../shared/component.js" */
/** @import { Rgb } from "../shared/colour.js" */

import { bytesOf, floatsOf } from "../shared/bytes.js";
import { openCanvas, pictureOf } from "../shared/canvas.js";
import { colourScale, gradientOf, inkOn } from "../shared/colour.js";
import { mounting } from "../shared/component.js";
import { as, find } from "../shared/element.js";
import { Explorer } from "../shared/explorer.js";
import { stepWithin } from "../shared/focus.js";
import { hint } from "../shared/hint.js";
import { clamp, format } from "../shared/number.js";
import { fieldOf, isIn, SIZE, sentenceOf, shownAs } from "./sight.js";

const LEAST_CELL_FOR_TEXT = 27;

/** @typedef {[number, number]} Cell row and column of the map */

/**
 * @typedef {object} Unit
 * @property {string} pixels the digit, base64 of uint8 (28, 28)
 * @property {string} unseen pixels that no unit of the layer can see, base64 of uint8 (28, 28)
 * @property {[number, number][]} spans see fieldOf
 * @property {string} digitTitle
 * @property {string} title
 * @property {string} label of the map, for screen readers
 * @property {Cell} chosen
 * @property {string} hatch colour of what is not seen
 * @property {string | null} values base64 of float32 (rows, columns)
 * @property {number} rows
 * @property {number} columns
 * @property {number} largest value, which has the last colour of the scale
 * @property {number} decimals of the values in the cells
 * @property {string[]} scale colours from 0 to `largest`
 * @property {[string, string]} ends of the scale in words
 */

/** @extends {Explorer<Cell>} */
class UnitView extends Explorer {
  /** @type {Unit | undefined} */
  data;
  /** @type {Float32Array | null} */
  values = null;
  pixels = new Uint8Array();
  unseen = new Uint8Array();
  /** @type {Cell} */
  chosen = [0, 0];
  accent = "";
  font = "";

  /** @param {Parent} parentElement */
  constructor(parentElement) {
    super(parentElement);
    this.root.innerHTML = `
      <figure class="map"><figcaption></figcaption><canvas tabindex="0" role="application"></canvas>
        <div class="legend"><span></span><i></i><span></span></div></figure>
      <figure class="digit"><figcaption>What it can see of the digit</figcaption>
        <canvas role="img"></canvas><p></p></figure>`;
    find(this.root, ".map", HTMLElement).append(
      hint(
        "Point at a cell to see what it can see. Click it, or walk there with the arrow keys and press Enter, for its arithmetic.",
        "Tap a cell to see what it can see, and for its arithmetic.",
      ),
    );
    this.map = find(this.root, ".map canvas", HTMLCanvasElement);
    this.digit = find(this.root, ".digit canvas", HTMLCanvasElement);
    this.readout = find(this.root, ".digit p", HTMLElement);
    this.readout.setAttribute("aria-live", "polite");
    this.listen(this.map);
  }

  /** @param {Unit} data */
  show(data) {
    const { root } = this;
    this.data = data;
    this.values = data.values === null ? null : floatsOf(data.values);
    this.pixels = bytesOf(data.pixels);
    this.unseen = bytesOf(data.unseen);
    this.chosen = data.chosen;
    this.pointed = null;
    find(root, ".map figcaption", HTMLElement).textContent = data.title;
    find(root, ".digit figcaption", HTMLElement).textContent = data.digitTitle;
    root.classList.toggle("alone", !this.values);
    this.map.setAttribute(
      "aria-label",
      `${data.label}. Arrow keys move from cell to cell, Enter chooses one.`,
    );
    const [least, bar, most] = Array.from(find(root, ".legend", HTMLElement).children, (part) =>
      as(part, HTMLElement),
    );
    [least.textContent, most.textContent] = data.ends;
    bar.style.background = gradientOf(data.scale);
    this.draw();
  }

  fit() {
    this.draw();
  }

  draw() {
    const { data, digit, map, readout, values } = this;
    if (!data) return;
    const style = getComputedStyle(this.root);
    this.accent = style.getPropertyValue("--st-primary-color").trim();
    this.font = style.fontFamily;
    const cell = values && (this.pointed ?? this.chosen);
    if (values && map.clientWidth) this.drawMap(data, values);
    if (digit.clientWidth) this.drawDigit(data, cell);
    const value = values && cell ? values[cell[0] * data.columns + cell[1]] : 0;
    readout.innerHTML = sentenceOf(fieldOf(data.spans, cell), cell, value);
    digit.setAttribute("aria-label", readout.textContent ?? "");
  }

  /**
   * @param {Unit} unit
   * @param {Float32Array} values
   */
  drawMap({ rows, columns, scale, largest, decimals }, values) {
    const edge = this.map.clientWidth / columns;
    const colours = Array.from(values, colourScale(scale, 0, largest));
    const context = drawCells(this.map, rows, columns, (cell) => colours[cell]);
    if (edge >= LEAST_CELL_FOR_TEXT) {
      context.font = `${Math.min(edge / (decimals + 1.4), 15)}px ${this.font}`;
      context.textAlign = "center";
      context.textBaseline = "middle";
      values.forEach((value, cell) => {
        const [row, column] = [Math.floor(cell / columns), cell % columns];
        context.fillStyle = inkOn(colours[cell]);
        context.fillText(format(value, decimals), (column + 0.5) * edge, (row + 0.5) * edge);
      });
    }
    this.frame(context, edge, cellField(this.chosen), 3);
    if (this.pointed) this.frame(context, edge, cellField(this.pointed), 2);
  }

  /**
   * @param {Unit} unit
   * @param {Cell | null} cell
   */
  drawDigit({ spans, hatch }, cell) {
    const edge = this.digit.clientWidth / SIZE;
    const field = fieldOf(spans, cell);
    const context = drawCells(this.digit, SIZE, SIZE, (pixel) =>
      shownAs(this.pixels[pixel], isIn(field, Math.floor(pixel / SIZE), pixel % SIZE)),
    );
    // Pixels that no unit of the layer can see are struck through.
    context.strokeStyle = hatch;
    context.lineWidth = Math.max(edge / 7, 1);
    context.beginPath();
    this.unseen.forEach((isUnseen, pixel) => {
      if (!isUnseen) return;
      const [row, column] = [Math.floor(pixel / SIZE), pixel % SIZE];
      context.moveTo(column * edge, (row + 1) * edge);
      context.lineTo((column + 1) * edge, row * edge);
    });
    context.stroke();
    this.frame(context, edge, field, 3);
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {number} edge of a cell in CSS pixels
   * @param {import("./sight.js").Field} field
   * @param {number} thickness
   */
  frame(context, edge, [top, bottom, left, right], thickness) {
    const inset = thickness / 2;
    context.strokeStyle = this.accent;
    context.lineWidth = thickness;
    context.strokeRect(
      left * edge + inset,
      top * edge + inset,
      (right - left + 1) * edge - thickness,
      (bottom - top + 1) * edge - thickness,
    );
  }

  /**
   * @param {MouseEvent} event
   * @returns {Cell}
   */
  under(event) {
    const { rows = 1, columns = 1 } = this.data ?? {};
    const box = this.map.getBoundingClientRect();
    return [
      clamp(Math.floor(((event.clientY - box.top) / box.height) * rows), 0, rows - 1),
      clamp(Math.floor(((event.clientX - box.left) / box.width) * columns), 0, columns - 1),
    ];
  }

  /** @param {string} key */
  step(key) {
    const { rows = 1, columns = 1 } = this.data ?? {};
    return stepWithin(key, this.pointed ?? this.chosen, rows, columns);
  }
}

/**
 * A single cell as a field.
 * @param {Cell} cell
 * @returns {import("./sight.js").Field}
 */
function cellField([row, column]) {
  return [row, row, column, column];
}

/**
 * Cells at the resolution of the data, enlarged to the width of a canvas.
 * @param {HTMLCanvasElement} canvas
 * @param {number} rows
 * @param {number} columns
 * @param {(cell: number) => Rgb} colourOf
 */
function drawCells(canvas, rows, columns, colourOf) {
  const width = canvas.clientWidth;
  const height = (width / columns) * rows;
  const context = openCanvas(canvas, width, height);
  context.drawImage(pictureOf(rows, columns, colourOf), 0, 0, width, height);
  return context;
}

export default mounting(UnitView);
