// How the map is drawn: thumbnails, dense units, and the connections of one unit.

/** @import { Box, Layout, Unit } from "./layout.js" */
/** @import { Layer, View } from "./view.js" */

import { paintCells } from "../shared/canvas.js";
import { colourScale, inkOn } from "../shared/colour.js";
import { clamp } from "../shared/number.js";
import { boxOf, frameOf } from "./layout.js";
import { trace } from "./trace.js";

/**
 * All units of a layer as one picture, one below the other; a unit that is a single number is a
 * single pixel. `colours` has those of all 256 shades.
 * @typedef {object} Sheet
 * @property {HTMLCanvasElement} picture
 * @property {number[][]} colours
 */

/**
 * Colours and font of the page, as CSS has them.
 * @typedef {object} Theme
 * @property {string} accent
 * @property {string} link
 * @property {string} text
 * @property {string} font
 */

/** @typedef {CanvasRenderingContext2D} Context draws in CSS pixels */

// Less room than this above the layers is for their names only.
const TWO_LINES = 40;

/**
 * @param {View} view
 * @param {Sheet[]} before of the same scales, painted over
 * @returns {Sheet[]} one a layer
 */
export function paintSheets({ layers, scales }, before) {
  return layers.map((layer, index) => {
    const sheet = before[index] ?? blankSheet(index === 0 ? scales.pixels : scales.activations);
    const { picture, colours } = sheet;
    paintCells(
      picture,
      layer.rows * layer.count,
      layer.columns,
      (cell) => colours[layer.shades[cell]],
    );
    return sheet;
  });
}

/**
 * @param {string[]} scale
 * @returns {Sheet}
 */
function blankSheet(scale) {
  const colourOf = colourScale(scale, 0, 255);
  const colours = Array.from({ length: 256 }, (_, shade) => colourOf(shade));
  return { picture: document.createElement("canvas"), colours };
}

/**
 * @param {Context} context
 * @param {View} view
 * @param {Layout} layout
 * @param {Sheet[]} sheets
 * @param {{ pointed: Unit | null, chosen: Unit | null }} marked
 * @param {Theme} theme
 */
export function drawMap(context, view, layout, sheets, { pointed, chosen }, theme) {
  context.clearRect(0, 0, layout.width, layout.height);
  view.layers.forEach((layer, index) => {
    drawHead(context, layer, layout, index, theme, chosen?.layer === index);
    const together = unitsTogether(layout, index);
    for (let unit = 0; unit < layer.count; unit += together) {
      const [left, top, width, height] = boxOf(layout, index, unit);
      const units = Math.min(together, layer.count - unit);
      context.drawImage(
        sheets[index].picture,
        0,
        unit * layer.rows,
        layer.columns,
        units * layer.rows,
        left,
        top,
        width,
        units * height,
      );
    }
    if (index === view.layers.length - 1) {
      drawNumerals(context, layer, layout, index, sheets[index], theme);
    }
  });
  const focus = pointed ?? chosen;
  if (focus) drawConnections(context, view, layout, focus, theme);
  if (chosen) outline(context, boxOf(layout, chosen.layer, chosen.unit), theme.accent, 3);
  if (pointed) outline(context, boxOf(layout, pointed.layer, pointed.unit), theme.text, 2);
}

/**
 * How many units are drawn at once: a line of them where they touch each other as they do in their
 * sheet. A map that is painted with each frame has hundreds.
 * @param {Layout} layout
 * @param {number} index
 */
function unitsTogether({ narrow, layers }, index) {
  const { gap, perLine } = layers[index];
  return narrow || gap > 0 ? 1 : perLine;
}

/**
 * @param {Context} context
 * @param {Layer} layer
 * @param {Layout} layout
 * @param {number} index
 * @param {Theme} theme
 * @param {boolean} isChosen
 */
function drawHead(context, layer, layout, index, theme, isChosen) {
  const [left, top, width] = frameOf(layout, index);
  context.fillStyle = isChosen ? theme.link : theme.text;
  context.font = `650 12px ${theme.font}`;
  if (layout.narrow) {
    context.textAlign = "left";
    context.fillText(layer.name, layout.margin, top - 8);
    const name = context.measureText(layer.name).width;
    context.font = `12px ${theme.font}`;
    context.fillText(`${layer.title}, ${layer.shape}`, layout.margin + name + 8, top - 8);
    return;
  }
  context.textAlign = "center";
  if (layout.head < TWO_LINES) {
    if (context.measureText(layer.name).width <= roomForName(layout, index)) {
      writeInside(context, layer.name, left + width / 2, 12, layout);
    }
    return;
  }
  const [image, maps] = splitShape(layer.shape);
  writeInside(context, layer.name, left + width / 2, 13, layout);
  context.globalAlpha = 0.75;
  context.font = `11px ${theme.font}`;
  writeInside(context, image, left + width / 2, 27, layout);
  writeInside(context, maps, left + width / 2, 40, layout);
  context.globalAlpha = 1;
}

/**
 * How wide the name of a layer may be, so that it stays clear of the layers beside.
 * @param {Layout} layout
 * @param {number} index
 */
function roomForName({ layers, width }, index) {
  const { along, depth } = layers[index];
  const before = index ? layers[index - 1].along + layers[index - 1].depth : 0;
  const after = index + 1 < layers.length ? layers[index + 1].along : width;
  // Half of the room to each side is theirs.
  const [left, right] = [along - before, after - (along + depth)].map((room) => room / 2 - 2);
  if (index === 0) return depth + right;
  if (index === layers.length - 1) return depth + left;
  return depth + 2 * Math.min(left, right);
}

/**
 * Rows and columns above, the number of maps below: side by side they would not fit.
 * @param {string} shape
 */
export function splitShape(shape) {
  const sizes = shape.replaceAll(" ", "").split("\u00d7");
  return sizes.length === 3
    ? [`${sizes[0]}\u00d7${sizes[1]}`, `\u00d7${sizes[2]}`]
    : [sizes[0], ""];
}

/**
 * A text at either end must not be cut off by the edge of the picture.
 * @param {Context} context
 * @param {string} text
 * @param {number} middle
 * @param {number} y
 * @param {Layout} layout
 */
function writeInside(context, text, middle, y, layout) {
  const half = context.measureText(text).width / 2;
  context.fillText(text, clamp(middle, half, layout.width - half), y);
}

/**
 * The ten outputs carry their digit.
 * @param {Context} context
 * @param {Layer} layer
 * @param {Layout} layout
 * @param {number} index
 * @param {Sheet} sheet
 * @param {Theme} theme
 */
function drawNumerals(context, layer, layout, index, sheet, theme) {
  context.font = `650 14px ${theme.font}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  for (let unit = 0; unit < layer.count; unit++) {
    const [left, top, width, height] = boxOf(layout, index, unit);
    context.fillStyle = inkOn(sheet.colours[layer.shades[unit]]);
    context.fillText(String(unit), left + width / 2, top + height / 2 + 1);
  }
  context.textBaseline = "alphabetic";
}

/**
 * The lines back to the pixels: the more one carries, the thicker and the less transparent.
 * @param {Context} context
 * @param {View} view
 * @param {Layout} layout
 * @param {Unit} focus
 * @param {Theme} theme
 */
function drawConnections(context, view, layout, focus, theme) {
  trace(view.layers, focus, view.followed).forEach((links, layer) => {
    // The strongest last, so that it lies on top.
    for (const { from, to, share, part } of links.sort((a, b) => a.part - b.part)) {
      const box = boxOf(layout, layer - 1, from);
      const strength = Math.sqrt(part);
      context.strokeStyle = share === null ? theme.text : share < 0 ? view.negative : view.positive;
      context.globalAlpha = Math.min(0.35 + 1.5 * strength, 1);
      context.lineWidth = 0.8 + 4 * strength;
      context.strokeRect(...box);
      connect(context, layout, box, boxOf(layout, layer, to));
    }
  });
  context.globalAlpha = 1;
}

/**
 * @param {Context} context
 * @param {Layout} layout
 * @param {Box} from
 * @param {Box} to
 */
function connect(context, layout, from, to) {
  const [start, end] = layout.narrow
    ? [
        [from[0] + from[2] / 2, from[1] + from[3]],
        [to[0] + to[2] / 2, to[1]],
      ]
    : [
        [from[0] + from[2], from[1] + from[3] / 2],
        [to[0], to[1] + to[3] / 2],
      ];
  const bend = layout.narrow ? [0, (end[1] - start[1]) / 2] : [(end[0] - start[0]) / 2, 0];
  context.beginPath();
  context.moveTo(start[0], start[1]);
  context.bezierCurveTo(
    start[0] + bend[0],
    start[1] + bend[1],
    end[0] - bend[0],
    end[1] - bend[1],
    end[0],
    end[1],
  );
  context.stroke();
}

/**
 * @param {Context} context
 * @param {Box} box
 * @param {string} colour
 * @param {number} thickness
 */
function outline(context, [left, top, width, height], colour, thickness) {
  context.strokeStyle = colour;
  context.lineWidth = thickness;
  context.strokeRect(left - 1, top - 1, width + 2, height + 2);
}
