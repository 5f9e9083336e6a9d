// The way back from a unit to the pixels: which units feed it, which feed those, and what part
// of it each of them carries. Numbers only, nothing is drawn here.

/** @import { Unit } from "./layout.js" */

import { sumOf } from "../shared/number.js";

/**
 * A layer as the trace needs it: of every unit the inputs that add most, `each` of them, and what
 * they add. Null where a layer only hands values on.
 * @typedef {object} Wired
 * @property {number} count units
 * @property {ArrayLike<number> | null} inputs units of the layer before, (count, each)
 * @property {ArrayLike<number> | null} shares what they add, (count, each), the largest first
 */

/**
 * A line from a unit of the layer before to one of this layer; `share` is what it adds, null where
 * a value is only handed on; `part` is what it carries of the unit that is traced, 0 to 1.
 * @typedef {object} Link
 * @property {number} from
 * @property {number} to
 * @property {number | null} share
 * @property {number} part
 */

/**
 * The units of the layer before that feed a unit, the strongest first; `share` is what each adds,
 * null where a value is only handed on.
 * @param {Wired[]} layers
 * @param {Unit} unit of any layer but the first
 * @returns {{ from: number, share: number | null }[]}
 */
export function sourcesOf(layers, { layer: index, unit }) {
  const { inputs, shares, count } = layers[index];
  if (!inputs || !shares) return [{ from: unit % layers[index - 1].count, share: null }];
  const each = inputs.length / count;
  return Array.from({ length: each }, (_, rank) => ({
    from: inputs[unit * each + rank],
    share: shares[unit * each + rank],
  }));
}

/**
 * Follow a unit back to the first layer. The unit itself counts as 1. Every unit hands what it has on
 * to its strongest inputs, in proportion to the size of what each adds, whatever its sign; a value
 * that is only handed on takes all of it along. Of each layer the `most` units that get most are
 * followed further, and what the others got is lost.
 * @param {Wired[]} layers
 * @param {Unit} focus
 * @param {number} most
 * @returns {Link[][]} by layer, the links that lead into it; none into the first layer and into those
 *   behind the unit
 */
export function trace(layers, focus, most) {
  /** @type {Link[][]} */
  const links = layers.map(() => []);
  let parts = new Map([[focus.unit, 1]]);
  for (let layer = focus.layer; layer > 0; layer--) {
    const found = [...parts].flatMap(([unit, part]) => linksInto(layers, layer, unit, part));
    parts = largest(found, most);
    links[layer] = found.filter(({ from }) => parts.has(from));
  }
  return links;
}

/**
 * @param {Wired[]} layers
 * @param {number} layer
 * @param {number} to
 * @param {number} part of that unit
 * @returns {Link[]}
 */
function linksInto(layers, layer, to, part) {
  const sources = sourcesOf(layers, { layer, unit: to });
  const total = sumOf(sources.map(({ share }) => Math.abs(share ?? 1)));
  return sources
    .filter(({ share }) => share !== 0)
    .map(({ from, share }) => ({
      from,
      to,
      share,
      part: (part * Math.abs(share ?? 1)) / total,
    }));
}

/**
 * The units where most arrives, the largest part first; of equals the one with the lower number.
 * @param {Link[]} links
 * @param {number} most
 * @returns {Map<number, number>} parts by unit
 */
function largest(links, most) {
  /** @type {Map<number, number>} */
  const arriving = new Map();
  for (const { from, part } of links) arriving.set(from, (arriving.get(from) ?? 0) + part);
  return new Map([...arriving].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, most));
}
