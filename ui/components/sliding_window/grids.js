// The two grids, drawn on canvases: values at the data's own resolution, enlarged without smoothing.

/** @import { Scene, View } from "./view.js" */

import { contextOf, openCanvas, pictureOf } from "../shared/canvas.js";
import { css, inkOn } from "../shared/colour.js";
import { format } from "../shared/number.js";
import {
  columnOf,
  inputAt,
  isInside,
  lastPlace,
  readersOf,
  rowOf,
  tapAt,
  tapOffset,
  windowSpan,
  windowStart,
} from "./geometry.js";
import { LEAST_FONT } from "./sizes.js";

const CELL_WITH_LINES = 7;
const LINES = "rgb(128 128 128 / 0.28)";

/** @typedef {(value: number) => number[]} ColourOf */

/**
 * How a view looks in the room there is: sizes in CSS pixels, colours as CSS has them.
 * @typedef {object} Look
 * @property {number} edge of a cell
 * @property {number} inputFont
 * @property {number} outputFont
 * @property {ColourOf} inputColour
 * @property {ColourOf} outputColour
 * @property {ColourOf} weightColour
 * @property {ColourOf} productColour
 * @property {ColourOf} shareColour
 * @property {string} accent
 * @property {string} text
 * @property {string} panel
 * @property {string} faint
 * @property {string} font
 * @property {HTMLCanvasElement[]} inputPictures one a channel, a pixel a cell
 * @property {HTMLCanvasElement} outputPicture a pixel a place, clear where nothing is written
 */

/** @typedef {CanvasRenderingContext2D} Context draws in CSS pixels */

/**
 * @param {View} view
 * @param {ColourOf} colourOf
 * @returns {HTMLCanvasElement[]} one a channel
 */
export function picturesOfInput(view, colourOf) {
  const cells = view.height * view.width;
  return Array.from({ length: view.channels }, (_, channel) =>
    pictureOf(view.height, view.width, (cell) => colourOf(view.input[channel * cells + cell])),
  );
}

/**
 * @param {View} view
 * @param {Scene} scene
 * @param {ColourOf} colourOf
 */
export function pictureOfOutput(view, { shown, hidden }, colourOf) {
  return pictureOf(view.rows, view.columns, (place) =>
    shown[place] && place !== hidden ? colourOf(view.output[place]) : undefined,
  );
}

/**
 * A canvas for a grid of cells, as large as they are together.
 * @param {HTMLCanvasElement} canvas
 * @param {number} columns
 * @param {number} rows
 * @param {number} edge
 */
function openGrid(canvas, columns, rows, edge) {
  canvas.style.width = `${columns * edge}px`;
  canvas.style.height = `${rows * edge}px`;
  return openCanvas(canvas, columns * edge, rows * edge);
}

/**
 * @param {Context} context
 * @param {number} columns
 * @param {number} rows
 * @param {number} edge
 */
function drawLines(context, columns, rows, edge) {
  if (edge < CELL_WITH_LINES) return;
  context.strokeStyle = LINES;
  context.lineWidth = 1;
  context.beginPath();
  for (let column = 1; column < columns; column++) {
    context.moveTo(column * edge, 0);
    context.lineTo(column * edge, rows * edge);
  }
  for (let row = 1; row < rows; row++) {
    context.moveTo(0, row * edge);
    context.lineTo(columns * edge, row * edge);
  }
  context.stroke();
}

/**
 * An outline that stands out on dark and on light cells alike, and stays whole at the edge.
 * @param {Context} context
 * @param {number} x
 * @param {number} y
 * @param {number} across
 * @param {number} down
 * @param {string} colour
 * @param {number} [thick]
 */
function outline(context, x, y, across, down, colour, thick = 2.5) {
  const { a: ratio } = context.getTransform();
  const inset = thick / 2 + 1;
  const [left, top] = [Math.max(x, inset), Math.max(y, inset)];
  const width = Math.min(x + across, context.canvas.width / ratio - inset) - left;
  const height = Math.min(y + down, context.canvas.height / ratio - inset) - top;
  context.lineJoin = "round";
  context.strokeStyle = "#fff";
  context.lineWidth = thick + 2.5;
  context.strokeRect(left, top, width, height);
  context.strokeStyle = colour;
  context.lineWidth = thick;
  context.strokeRect(left, top, width, height);
}

/**
 * @param {Context} context
 * @param {string} text
 * @param {number} row
 * @param {number} column
 * @param {number} edge
 * @param {string} ink
 */
function writeNumber(context, text, row, column, edge, ink) {
  context.fillStyle = ink;
  context.fillText(text, (column + 0.5) * edge, (row + 0.52) * edge);
}

/**
 * @param {Context} context
 * @param {number} size in pixels
 * @param {string} font
 */
function setFont(context, size, font) {
  context.font = `600 ${size}px ${font}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {View} view
 * @param {Scene} scene
 * @param {Look} look
 */
export function drawInput(canvas, view, scene, look) {
  const { edge } = look;
  const [top, left] = view.before;
  const columns = view.width + left + view.after[1];
  const rows = view.height + top + view.after[0];
  const context = openGrid(canvas, columns, rows, edge);
  if (columns > view.width || rows > view.height) drawPadding(context, columns, rows, look);
  const picture = look.inputPictures[scene.channel];
  context.drawImage(picture, left * edge, top * edge, view.width * edge, view.height * edge);
  drawLines(context, columns, rows, edge);
  if (look.inputFont >= LEAST_FONT) {
    setFont(context, look.inputFont, look.font);
    for (let row = -top; row < view.height + view.after[0]; row++) {
      for (let column = -left; column < view.width + view.after[1]; column++) {
        const value = inputAt(view, scene.channel, row, column);
        const ink = isInside(view, row, column) ? inkOn(look.inputColour(value)) : look.text;
        const text = format(value, view.decimals.input);
        writeNumber(context, text, row + top, column + left, edge, ink);
      }
    }
  }
  if (view.mode === "max") drawWinners(context, view, scene, look);
  drawWindow(context, view, scene, look);
  if (scene.marked) {
    const [row, column] = scene.marked;
    outline(context, (column + left) * edge, (row + top) * edge, edge, edge, look.accent, 2);
  }
}

/**
 * @param {Context} context
 * @param {number} columns
 * @param {number} rows
 * @param {Look} look
 */
function drawPadding(context, columns, rows, look) {
  const { edge } = look;
  context.fillStyle = look.panel;
  context.fillRect(0, 0, columns * edge, rows * edge);
  hatch(context, columns * edge, rows * edge, look.faint, rows * edge, 0);
}

/**
 * Diagonal lines from a height at their left to another at their right.
 * @param {Context} context
 * @param {number} width
 * @param {number} height
 * @param {string} colour
 * @param {number} from
 * @param {number} to
 */
function hatch(context, width, height, colour, from, to) {
  context.strokeStyle = colour;
  context.lineWidth = 1;
  context.beginPath();
  for (let start = -height; start < width; start += 6) {
    context.moveTo(start, from);
    context.lineTo(start + height, to);
  }
  context.stroke();
}

/**
 * A dot on every value that the windows shown so far have kept.
 * @param {Context} context
 * @param {View} view
 * @param {Scene} scene
 * @param {Look} look
 */
function drawWinners(context, view, scene, look) {
  const { edge } = look;
  for (let place = 0; place <= lastPlace(view); place++) {
    if (!scene.shown[place] || place === scene.hidden) continue;
    const [row, column] = tapAt(view, place, view.winners[place]);
    // In a corner where the cell carries its value, so that the dot does not cover it.
    const [x, y, radius] = look.inputFont >= LEAST_FONT ? [0.82, 0.18, 0.1] : [0.5, 0.5, 0.24];
    context.beginPath();
    context.arc(
      (column + x) * edge,
      (row + y) * edge,
      Math.max(radius * edge, 1.3),
      0,
      2 * Math.PI,
    );
    context.fillStyle = look.accent;
    context.fill();
    context.lineWidth = 1;
    context.strokeStyle = "#fff";
    context.stroke();
  }
}

/**
 * @param {Context} context
 * @param {View} view
 * @param {Scene} scene
 * @param {Look} look
 */
function drawWindow(context, view, scene, look) {
  const { edge } = look;
  const here = windowStart(view, scene.place);
  const there = windowStart(view, scene.from);
  const [row, column] = [0, 1].map(
    (axis) => there[axis] + (here[axis] - there[axis]) * scene.glide + view.before[axis],
  );
  if (view.dilation > 1) {
    for (let tap = 0; tap < view.size ** 2; tap++) {
      const [down, right] = tapOffset(view, tap);
      outline(context, (column + right) * edge, (row + down) * edge, edge, edge, look.accent, 1.5);
    }
  }
  const span = windowSpan(view) * edge;
  outline(context, column * edge, row * edge, span, span, look.accent);
}

/**
 * Whether the value of a place may be seen: it is written, or the window is there, all worked out.
 * @param {View} view
 * @param {Scene} scene
 * @param {number} place
 */
function isRead(view, scene, place) {
  if (place === scene.hidden) return false;
  return scene.shown[place] === 1 || (place === scene.place && scene.built === view.size ** 2);
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {View} view
 * @param {Scene} scene
 * @param {Look} look
 */
export function drawOutput(canvas, view, scene, look) {
  const { edge } = look;
  const context = openGrid(canvas, view.columns, view.rows, edge);
  // What is not computed yet has no colour, which every number has, and leans the other way than the
  // padding, which is 0.
  hatch(context, view.columns * edge, view.rows * edge, look.faint, 0, view.rows * edge);
  context.drawImage(look.outputPicture, 0, 0, view.columns * edge, view.rows * edge);
  if (isRead(view, scene, scene.place)) {
    const [row, column] = [rowOf(view, scene.place), columnOf(view, scene.place)];
    context.fillStyle = css(look.outputColour(view.output[scene.place]));
    context.fillRect(column * edge, row * edge, edge, edge);
  }
  drawLines(context, view.columns, view.rows, edge);
  if (look.outputFont >= LEAST_FONT) {
    setFont(context, look.outputFont, look.font);
    for (let place = 0; place <= lastPlace(view); place++) {
      const value = view.output[place];
      const [row, column] = [rowOf(view, place), columnOf(view, place)];
      if (place === scene.hidden) {
        writeNumber(context, "?", row, column, edge, look.text);
      } else if (isRead(view, scene, place)) {
        const text = format(value, view.decimals.output);
        writeNumber(context, text, row, column, edge, inkOn(look.outputColour(value)));
      }
    }
  }
  if (scene.marked) {
    for (const place of readersOf(view, ...scene.marked)) {
      const [row, column] = [rowOf(view, place), columnOf(view, place)];
      outline(context, column * edge, row * edge, edge, edge, look.accent, 1.5);
    }
  } else {
    const [row, column] = [rowOf(view, scene.place), columnOf(view, scene.place)];
    outline(context, column * edge, row * edge, edge, edge, look.accent);
  }
}

/**
 * Write one place into the small picture of the output, or wipe it.
 * @param {View} view
 * @param {Look} look
 * @param {number} place
 * @param {boolean} isShown
 */
export function paintPlace(view, look, place, isShown) {
  const context = contextOf(look.outputPicture);
  const [row, column] = [rowOf(view, place), columnOf(view, place)];
  context.clearRect(column, row, 1, 1);
  if (!isShown) return;
  context.fillStyle = css(look.outputColour(view.output[place]));
  context.fillRect(column, row, 1, 1);
}
