// What Python sends of a network and a digit, unpacked, and what is said of a unit.

/** @import { LayerShape, Unit } from "./layout.js" */

import { bytesOf, floatsOf } from "../shared/bytes.js";
import { format } from "../shared/number.js";
import { sourcesOf } from "./trace.js";

/**
 * @typedef {object} LayerFacts
 * @property {string} name
 * @property {string} title
 * @property {string} shape in words, such as "26 × 26 × 8"
 * @property {string} unitName what one unit is called
 */

/**
 * Arrays are base64: shades uint8 (count, rows, columns), 255 the layer's largest value; peaks, the
 * largest value of every unit, float32 (count,); inputs, the units of the layer before that add most
 * to a unit, uint16 (count, each), and what they add, float32 (count, each).
 * @typedef {LayerShape & LayerFacts & { shades: string, peaks: string, inputs: string | null, shares: string | null }} SentLayer
 */

/**
 * @typedef {object} Sent
 * @property {SentLayer[]} layers
 * @property {{ activations: string[], pixels: string[] }} scales
 * @property {string} negative colour of what is subtracted
 * @property {string} positive colour of what is added
 * @property {number} connections that are sent of each unit, at most
 * @property {number} followed units of each layer that a way back goes through
 * @property {string} label
 */

/**
 * @typedef {LayerShape & LayerFacts & { shades: Uint8Array, peaks: Float32Array, inputs: Uint16Array | null, shares: Float32Array | null }} Layer
 */

/** @typedef {Omit<Sent, "layers"> & { layers: Layer[] }} View */

/**
 * @param {Sent} sent
 * @returns {View}
 */
export function unpack(sent) {
  return {
    ...sent,
    layers: sent.layers.map((layer) => ({
      ...layer,
      shades: bytesOf(layer.shades),
      peaks: floatsOf(layer.peaks),
      inputs: layer.inputs === null ? null : new Uint16Array(bytesOf(layer.inputs).buffer),
      shares: layer.shares === null ? null : floatsOf(layer.shares),
    })),
  };
}

/**
 * A unit in a sentence: its value, and where it comes from.
 * @param {View} view
 * @param {Unit} focus
 * @returns {string} HTML
 */
export function describe(view, focus) {
  const layer = view.layers[focus.layer];
  const isMap = layer.rows * layer.columns > 1;
  const peak = format(layer.peaks[focus.unit], 3);
  const what = `<b>${layer.name}, ${layer.unitName} ${focus.unit}</b>`;
  const value = isMap ? `largest value ${peak}` : `value ${peak}`;
  if (focus.layer === 0) return `<b>${layer.name}</b>: the digit, pixels divided by 255, ${value}.`;
  const before = view.layers[focus.layer - 1];
  const sources = sourcesOf(view.layers, focus);
  if (sources[0].share === null) {
    return `${what}: ${value}. It comes from ${before.unitName} ${sources[0].from} of ${before.name}.`;
  }
  const strongest = sources
    .slice(0, 3)
    .map(({ from, share }) => `${before.unitName} ${from} (${signed(share ?? 0)})`);
  const where = layer.kind === "convolution" ? " over the whole map" : "";
  return `${what}: ${value}. Strongest inputs${where}: ${strongest.join(", ")} of ${before.name}.`;
}

/** @param {number} value */
function signed(value) {
  const sign = value < 0 ? "" : "+";
  return `<span class="${value < 0 ? "negative" : "positive"}">${sign}${format(value, 2)}</span>`;
}
