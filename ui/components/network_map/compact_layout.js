// The whole map within a given height: layers follow each other to the right at every width, and maps
// are as large as both allow. Pooled maps, with a quarter of the values, are drawn smaller.

/** @import { Layout, LayerShape, Lines, PlacedLayer } from "./layout.js" */

import { clamp, sumOf } from "../shared/number.js";
import { hasMaps } from "./layout.js";

const HEAD = 22;
const MOST_IN_A_LINE = 32;
// Where there is room, a layer takes as much of the width as its name.
const ROOM_FOR_NAMES = 700;
const NAME = 44;
const SMALLEST_MAP = 3;
// Of the side of a convolution's map.
const POOLED = 0.72;

/**
 * @param {LayerShape[]} layers in the order of the network
 * @param {number} width that there is, in CSS pixels
 * @param {number} height that there is, in CSS pixels
 * @returns {Layout}
 */
export function layOutCompact(layers, width, height) {
  const gap = width < 600 ? 1 : 2;
  const space = clamp(width / 70, 5, 24);
  const least = width < ROOM_FOR_NAMES ? 0 : NAME;
  const room = width - (layers.length - 1) * space;
  /** @param {LayerShape} layer */
  const ownRoom = (layer) => (isMany(layer) ? 0 : Math.max(least, ownDepth(layer, width)));
  const best = largestMaps(layers, room - sumOf(layers.map(ownRoom)), height - HEAD, gap);
  const placed = layers.map((layer) => {
    const lines = linesOf(layer, best.perLine, width);
    return placedAcross(layer, lines, best, ownDepth(layer, width), gap);
  });
  // What is left of the width goes between the layers.
  const rooms = placed.map(({ depth }) => Math.max(least, depth));
  const spare = Math.max(0, room - sumOf(rooms)) / Math.max(layers.length - 1, 1);
  let along = 0;
  placed.forEach((layer, index) => {
    // The last ends where the picture does.
    const before = (rooms[index] - layer.depth) / (index === placed.length - 1 ? 1 : 2);
    layer.along = along + (index === 0 ? 0 : before);
    along += rooms[index] + space + spare;
  });
  return {
    narrow: false,
    layers: placed,
    width,
    height: HEAD + best.across + 2,
    margin: 0,
    head: HEAD,
  };
}

/**
 * How many maps stand in a line, so that they are largest.
 * @param {LayerShape[]} layers
 * @param {number} width for all maps together
 * @param {number} height
 * @param {number} gap
 */
function largestMaps(layers, width, height, gap) {
  let best = { perLine: 1, side: 0, across: height };
  const many = layers.filter(isMany);
  for (let perLine = 1; perLine <= MOST_IN_A_LINE; perLine++) {
    const lines = many.map(({ count }) => Math.ceil(count / perLine));
    const sides = sumOf(many.map((layer, index) => lines[index] * scale(layer)));
    const wide = (width - gap * sumOf(lines)) / Math.max(sides, 1);
    const side = Math.floor(Math.min(wide, height / perLine - gap));
    if (side > best.side) best = { perLine, side, across: perLine * (side + gap) - gap };
  }
  const side = Math.max(best.side, SMALLEST_MAP);
  return { perLine: best.perLine, side, across: Math.max(best.across, Math.min(height, 150)) };
}

/** @param {LayerShape} layer */
const isMany = (layer) => hasMaps(layer) && layer.count > 1;

/** @param {LayerShape} layer */
const scale = ({ kind }) => (kind === "pooling" ? POOLED : 1);

/**
 * How deep a layer is whose depth does not depend on the size of maps; 0 for one of many maps.
 * @param {LayerShape} layer
 * @param {number} width of the picture
 */
const ownDepth = (layer, width) => {
  if (isMany(layer)) return 0;
  if (hasMaps(layer)) return clamp(width / 8, 32, 160);
  if (layer.count <= 10) return clamp(width / 30, 18, 40);
  return unitLines(layer, width) * clamp(width / 170, 2, 8);
};

/**
 * @param {LayerShape} layer
 * @param {number} width of the picture
 */
const unitLines = (layer, width) => Math.ceil(layer.count / unitsPerLine(layer, width));

/**
 * @param {LayerShape} layer
 * @param {number} width of the picture
 */
const unitsPerLine = ({ count }, width) =>
  count <= 10 ? count : Math.max(width < 600 ? 96 : 64, Math.ceil(count / 12));

/**
 * @param {LayerShape} layer
 * @param {number} mapsPerLine
 * @param {number} width of the picture
 * @returns {Lines}
 */
function linesOf(layer, mapsPerLine, width) {
  const isMap = hasMaps(layer);
  const lines = isMap ? Math.ceil(layer.count / mapsPerLine) : unitLines(layer, width);
  return {
    isMap,
    isSingle: isMap && layer.count === 1,
    count: layer.count,
    // Lines of one length, as far as it goes.
    perLine: isMap ? Math.ceil(layer.count / lines) : unitsPerLine(layer, width),
    lines,
  };
}

/**
 * @param {LayerShape} layer
 * @param {Lines} lines
 * @param {{ side: number, across: number }} maps
 * @param {number} depth of a layer that has its own
 * @param {number} gap
 * @returns {PlacedLayer} but for where it begins along the axis
 */
function placedAcross(layer, lines, { side, across }, depth, gap) {
  if (lines.isSingle) {
    const edge = Math.min(depth, across);
    return {
      ...lines,
      along: 0,
      depth: edge,
      from: (across - edge) / 2,
      step: edge,
      deep: edge,
      gap: 0,
    };
  }
  if (lines.isMap) {
    const step = side * scale(layer) + gap;
    return {
      ...lines,
      along: 0,
      depth: lines.lines * step - gap,
      from: Math.max(0, (across - lines.perLine * step + gap) / 2),
      step,
      deep: step,
      gap,
    };
  }
  return {
    ...lines,
    along: 0,
    depth,
    from: 0,
    step: across / lines.perLine,
    deep: depth / lines.lines,
    gap: Math.min(across / lines.perLine, depth / lines.lines) > 8 ? 1 : 0,
  };
}
