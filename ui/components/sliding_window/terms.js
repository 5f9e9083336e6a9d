// Everything that is said about a place, term by term: numbers and words, no DOM.

/** @import { Scene, View } from "./view.js" */

import { format, sumOf } from "../shared/number.js";
import { columnOf, rowOf, tapAt, weightsOf, windowValues } from "./geometry.js";

/**
 * A line of the equation.
 * @typedef {object} Line
 * @property {string} name
 * @property {string} text
 * @property {boolean} [isKnown] also while the value of the place is asked for
 * @property {number} [sign] positive, negative, or 0: none to be shown
 */

/**
 * The numbers of the tables, and the lines of the equation.
 * @typedef {object} Work
 * @property {number[]} values under the taps
 * @property {number[]} weights of the taps; empty for a pool
 * @property {number[]} products empty for a pool
 * @property {boolean} whole whether all taps are worked out
 * @property {Line[]} lines
 * @property {string} rounding a note where the terms as shown do not add up to the sum as shown
 */

/**
 * @param {View} view
 * @param {Pick<Scene, "place" | "channel" | "hidden" | "built">} scene
 * @returns {Work}
 */
export function workAt(view, scene) {
  const values = windowValues(view, scene.place, scene.channel);
  const whole = scene.built >= view.size ** 2;
  if (view.mode === "convolution") return convolve(view, scene, values, whole);
  const lines = view.mode === "max" ? largest(view, scene, values) : average(view, scene, values);
  return { values, weights: [], products: [], whole, lines, rounding: "" };
}

/**
 * @param {View} view
 * @param {Pick<Scene, "place" | "channel" | "hidden" | "built">} scene
 * @param {number[]} values
 * @param {boolean} whole
 * @returns {Work}
 */
function convolve(view, { place, channel, hidden, built }, values, whole) {
  const { sum, bias } = view.decimals;
  const weights = weightsOf(view, channel);
  const products = values.map((value, tap) => value * weights[tap]);
  const share = view.contributions[place * view.channels + channel];
  const soFar = sumOf(products.slice(0, built));
  const of = view.channels > 1 ? ` of channel ${channel}` : "";
  /** @type {Line[]} */
  const lines = whole
    ? [
        {
          name: `Sum of the ${products.length} products${of}`,
          text: format(share, sum),
          sign: share,
        },
      ]
    : [{ name: `Sum of the first ${built}`, text: format(soFar, sum), sign: soFar }];
  /**
   * @param {string} name
   * @param {number} value
   */
  const later = (name, value) => {
    lines.push({ name, text: whole ? format(value, sum) : "…", sign: value });
  };
  const result = view.sums[place];
  if (view.channels > 1) later(`Sum of all ${view.channels} channels`, view.totals[place]);
  lines.push({
    name: "plus the bias",
    text: format(view.bias, bias),
    sign: view.bias,
    isKnown: true,
  });
  later("gives", result);
  if (view.rectified) {
    const isTold = whole && place !== hidden;
    const what = result > 0 ? "ReLU keeps it" : "ReLU makes it 0";
    later(isTold ? what : "ReLU", view.output[place]);
  }
  const rounding = whole ? roundingNote(products, share, sum) : "";
  return { values, weights, products, whole, lines, rounding };
}

/**
 * Rounded terms need not add up to the rounded sum; where they do not, say so.
 * @param {number[]} products
 * @param {number} sum of them
 * @param {number} decimals
 */
export function roundingNote(products, sum, decimals) {
  const shown = products.map((product) => Number(product.toFixed(decimals)));
  const added = format(sumOf(shown), decimals);
  if (added === format(sum, decimals)) return "";
  return `The products as shown add up to ${added}: they are rounded to ${decimals} decimals here, but not before they are summed.`;
}

/**
 * @param {View} view
 * @param {Pick<Scene, "place" | "built">} scene
 * @param {number[]} values
 * @returns {Line[]}
 */
function average(view, { place, built }, values) {
  const { output: decimals, input } = view.decimals;
  const sum = format(sumOf(values.slice(0, built)), input);
  const whole = built >= values.length;
  return [
    { name: whole ? `Sum of the ${values.length} values` : `Sum of the first ${built}`, text: sum },
    {
      name: `divided by ${values.length}`,
      text: whole ? format(view.output[place], decimals) : "…",
    },
  ];
}

/**
 * @param {View} view
 * @param {Pick<Scene, "place" | "built">} scene
 * @param {number[]} values
 * @returns {Line[]}
 */
function largest(view, { place, built }, values) {
  const { output: decimals, input } = view.decimals;
  if (built < values.length) {
    const seen = values.slice(0, built);
    const text = seen.length ? format(Math.max(...seen), input) : "…";
    return [{ name: `Largest of the first ${built}`, text }];
  }
  const result = view.output[place];
  const [row, column] = tapAt(view, place, view.winners[place]);
  const equals = values.filter((value) => value === result).length;
  return [
    { name: `Largest of the ${values.length} values`, text: format(result, decimals) },
    {
      name: equals > 1 ? `${equals} are equal; the first wins` : "It comes from",
      text: `row ${row}, column ${column}`,
    },
  ];
}

/**
 * One sentence for screen readers and for the line under the grids.
 * @param {View} view
 * @param {Pick<Scene, "place" | "hidden" | "built">} scene
 */
export function sentenceAt(view, { place, hidden, built }) {
  const where = `Output row ${rowOf(view, place)}, column ${columnOf(view, place)}`;
  if (place === hidden) return `${where}: what will it be?`;
  if (built < view.size ** 2) return `${where}: term by term.`;
  const value = format(view.output[place], view.decimals.output);
  if (view.mode === "convolution" && view.rectified) {
    const sum = format(view.sums[place], view.decimals.sum);
    const what = view.sums[place] > 0 ? "keeps it" : `makes it ${value}`;
    return `${where}: the sum is ${sum}, ReLU ${what}.`;
  }
  return `${where}: ${value}.`;
}
