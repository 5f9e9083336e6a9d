// Where every layer and every unit of the map lies: numbers only, nothing is drawn here.
//
// Layers follow each other along one axis, the units of a layer lie across it in lines: columns
// from top to bottom on a wide page, rows from left to right on a narrow one.

/**
 * @typedef {object} LayerShape
 * @property {string} kind
 * @property {number} count units
 * @property {number} rows of a map; 1 for a single number
 * @property {number} columns of a map; 1 for a single number
 */

/**
 * @typedef {object} Lines
 * @property {boolean} isMap
 * @property {boolean} isSingle
 * @property {number} count units
 * @property {number} perLine units in a line
 * @property {number} lines
 */

/**
 * Along the axis of layers: where it begins, how deep it is, how deep a line is. Across: where the
 * first unit lies, and how far it is to the next. All in CSS pixels.
 * @typedef {Lines & { along: number, depth: number, deep: number, from: number, step: number, gap: number }} PlacedLayer
 */

/**
 * @typedef {object} Layout
 * @property {boolean} narrow whether layers follow each other downwards
 * @property {PlacedLayer[]} layers
 * @property {number} width of the picture
 * @property {number} height of the picture
 * @property {number} margin at the left
 * @property {number} head room above the layers, for their names; on a narrow page each has its own
 */

/**
 * @typedef {object} Unit
 * @property {number} layer index of the layer
 * @property {number} unit index in the layer
 */

/**
 * Left, top, width and height.
 * @typedef {[number, number, number, number]} Box
 */

import { arrowStep } from "../shared/focus.js";
import { clamp, sumOf } from "../shared/number.js";

const NARROW = 640;
const MAPS_PER_LINE = 16;
const UNITS_PER_LINE = 64;
const MOST_LINES = 12;
const GAP = 2;
// Room for a layer's name and shape, in front of its units.
const HEAD = 50;
const HEAD_NARROW = 26;
const LARGEST_CELL = 36;

/**
 * @param {LayerShape[]} layers in the order of the network
 * @param {number} width that there is, in CSS pixels
 * @returns {Layout}
 */
export function layOut(layers, width) {
  const narrow = width < NARROW;
  const shape = layers.map(linesOf);
  const mapLines = sumOf(
    shape.map(({ isMap, isSingle, lines }) => (isMap && !isSingle ? lines : 0)),
  );
  const unitLines = shape.map(({ isMap, lines }) => (isMap ? 0 : unitDepth(lines)));
  const room = narrow ? 0 : Math.min(Math.max((width - 300) / 26, 20), 46);
  const between = narrow ? 30 + HEAD_NARROW : room;
  const widest = Math.max(
    ...shape.map(({ isMap, isSingle, perLine }) => (isMap && !isSingle ? perLine : 1)),
    10,
  );
  const cell = narrow
    ? Math.floor((width - 2 * GAP) / widest) - GAP
    : Math.floor(
        Math.min(
          LARGEST_CELL,
          (width -
            2 * GAP -
            sumOf(unitLines) -
            (layers.length - 1) * between -
            singles(shape) * 64) /
            Math.max(mapLines, 1) -
            GAP,
        ),
      );
  const side = Math.max(cell, 6);
  const across = widest * (side + GAP) - GAP;
  let along = narrow ? HEAD_NARROW : GAP;
  const placed = shape.map((lines, index) => {
    const layer = placeLayer(lines, along, across, side, unitLines[index]);
    along += layer.depth + between;
    return layer;
  });
  const depth = along - between + GAP;
  // What is left of the width goes between the layers.
  const spare = narrow ? 0 : Math.max(0, width - depth) / Math.max(layers.length - 1, 1);
  placed.forEach((layer, index) => {
    layer.along += Math.floor(index * Math.min(spare, 24));
  });
  const extent = placed[placed.length - 1].along + placed[placed.length - 1].depth + GAP;
  return {
    narrow,
    layers: placed,
    width,
    height: narrow ? extent : across + HEAD + GAP,
    head: narrow ? 0 : HEAD,
    // On a wide page the picture stands in the middle of its width.
    margin: narrow ? Math.max(0, (width - across) / 2) : Math.max(0, (width - extent) / 2),
  };
}

/**
 * @param {LayerShape} layer
 * @returns {Lines}
 */
function linesOf(layer) {
  const isMap = hasMaps(layer);
  const isSingle = isMap && layer.count === 1;
  if (isSingle) return { isMap, isSingle, count: 1, perLine: 1, lines: 1 };
  const usual = isMap ? MAPS_PER_LINE : layer.count <= 10 ? layer.count : UNITS_PER_LINE;
  const perLine = Math.max(usual, Math.ceil(layer.count / MOST_LINES));
  return { isMap, isSingle, count: layer.count, perLine, lines: Math.ceil(layer.count / perLine) };
}

/** @param {LayerShape} layer */
export const hasMaps = ({ kind, rows, columns }) =>
  rows > 1 || columns > 1 || kind === "convolution" || kind === "pooling";

// How deep the lines of a dense layer are together; the ten outputs are as wide as a number needs.
/** @param {number} lines */
const unitDepth = (lines) => Math.max(lines * 6, 30);

/** @param {Lines[]} shape */
const singles = (shape) => shape.filter(({ isSingle }) => isSingle).length;

/**
 * @param {Lines} lines
 * @param {number} along where it begins
 * @param {number} across how much room there is
 * @param {number} side of a map
 * @param {number} unitLine how deep the lines of a dense layer are together
 * @returns {PlacedLayer}
 */
function placeLayer(lines, along, across, side, unitLine) {
  if (lines.isSingle) {
    const edge = Math.min(64, across);
    return {
      ...lines,
      along,
      depth: edge,
      from: (across - edge) / 2,
      step: edge,
      deep: edge,
      gap: 0,
    };
  }
  if (lines.isMap) {
    return {
      ...lines,
      along,
      depth: lines.lines * (side + GAP) - GAP,
      from: 0,
      step: side + GAP,
      deep: side + GAP,
      gap: GAP,
    };
  }
  return {
    ...lines,
    along,
    depth: unitLine,
    from: 0,
    step: across / lines.perLine,
    deep: unitLine / lines.lines,
    // A gap between units too small for it would be all that one sees.
    gap: Math.min(across / lines.perLine, unitLine / lines.lines) > 8 ? 1 : 0,
  };
}

/**
 * The rectangle of a unit.
 * @param {Layout} layout
 * @param {number} layerPlace
 * @param {number} unit
 * @returns {Box}
 */
export function boxOf(layout, layerPlace, unit) {
  const layer = layout.layers[layerPlace];
  const line = Math.floor(unit / layer.perLine);
  const across = layer.from + (unit % layer.perLine) * layer.step;
  const along = layer.along + line * layer.deep;
  const [wide, deep] = [layer.step - layer.gap, layer.deep - layer.gap];
  return layout.narrow
    ? [layout.margin + across, along, wide, deep]
    : [layout.margin + along, layout.head + across, deep, wide];
}

/**
 * The rectangle of a whole layer.
 * @param {Layout} layout
 * @param {number} layerPlace
 * @returns {Box}
 */
export function frameOf(layout, layerPlace) {
  const { along, depth, from, step, perLine, count } = layout.layers[layerPlace];
  const across = Math.min(perLine, count) * step;
  return layout.narrow
    ? [layout.margin + from, along, across, depth]
    : [layout.margin + along, layout.head + from, depth, across];
}

/**
 * The unit under a point, or null between the layers.
 * @param {Layout} layout
 * @param {number} x
 * @param {number} y
 * @returns {Unit | null}
 */
export function unitAt(layout, x, y) {
  const [alongPoint, acrossPoint] = layout.narrow
    ? [y, x - layout.margin]
    : [x - layout.margin, y - layout.head];
  for (let index = 0; index < layout.layers.length; index++) {
    const layer = layout.layers[index];
    const line = Math.floor((alongPoint - layer.along) / layer.deep);
    const position = Math.floor((acrossPoint - layer.from) / layer.step);
    if (line < 0 || line >= layer.lines || position < 0 || position >= layer.perLine) continue;
    const unit = line * layer.perLine + position;
    return unit < layer.count ? { layer: index, unit } : null;
  }
  return null;
}

/**
 * Where an arrow key leads: to the unit beside in the layer, or to the nearest of the next one.
 * @param {Layout} layout
 * @param {Unit} focus
 * @param {string} key
 * @returns {Unit | null} null for any other key
 */
export function neighbourOf(layout, focus, key) {
  const step = arrowStep(key);
  if (!step) return null;
  const [along, beside] = layout.narrow ? step : [step[1], step[0]];
  const layer = layout.layers[focus.layer];
  /** @param {number} unit @param {number} count */
  const within = (unit, count) => clamp(unit, 0, count - 1);
  if (beside) return { layer: focus.layer, unit: within(focus.unit + beside, layer.count) };
  const line = Math.floor(focus.unit / layer.perLine) + along;
  if (line >= 0 && line < layer.lines) {
    return { layer: focus.layer, unit: within(focus.unit + along * layer.perLine, layer.count) };
  }
  const to = focus.layer + along;
  if (to < 0 || to >= layout.layers.length) return focus;
  const next = layout.layers[to];
  const share = ((focus.unit % layer.perLine) + 0.5) / Math.min(layer.perLine, layer.count);
  const position = Math.floor(share * Math.min(next.perLine, next.count));
  const entry = along > 0 ? 0 : (next.lines - 1) * next.perLine;
  return { layer: to, unit: within(entry + position, next.count) };
}
