// What the inputs of a unit add to it: cnn_core/network/connections.py once more, under the same names,
// for the network that reads along in the browser.

/** @import { Network } from "../shared/network/network.js" */

import { pad } from "../shared/network/arithmetic.js";

/**
 * What each input adds to each unit: (inputs, units) in C order.
 * @typedef {object} Shares
 * @property {Float32Array} values
 * @property {number} inputs
 * @property {number} units
 */

/**
 * For a dense layer activation · weight; for a convolution what a whole map adds to the sums of the
 * unit's map, all places together, before bias and ReLU; null for a layer without weights, and for the
 * first.
 * @param {Network} network
 * @param {number} index of the layer
 * @param {Float32Array[]} outputs of all layers
 * @returns {Shares | null}
 */
export function contributionsTo(network, index, outputs) {
  const { kind, name, padding } = network.layers[index];
  if (index === 0 || (kind !== "convolution" && kind !== "dense")) return null;
  const { kernel } = network.weightsOf(name);
  const before = outputs[index - 1];
  if (kind === "dense") return denseShares(before, kernel.values, kernel.shape[1]);
  const [rows, columns, channels] = network.layers[index - 1].shape;
  const padded = pad({ values: before, rows, columns, channels }, kernel.shape[0], 1, padding);
  return convShares(padded, kernel);
}

/**
 * @param {Float32Array} before
 * @param {Float32Array} kernel
 * @param {number} units
 * @returns {Shares}
 */
function denseShares(before, kernel, units) {
  const values = new Float32Array(kernel.length);
  for (let input = 0; input < before.length; input++) {
    const value = before[input];
    if (value === 0) continue;
    for (let place = input * units; place < (input + 1) * units; place++)
      values[place] = value * kernel[place];
  }
  return { values, inputs: before.length, units };
}

/**
 * @param {import("../shared/network/arithmetic.js").Maps} padded
 * @param {import("../shared/network/arithmetic.js").Weights} kernel
 * @returns {Shares}
 */
function convShares({ values, rows, columns, channels }, kernel) {
  const [size, , , units] = kernel.shape;
  const shares = new Float64Array(channels * units);
  // Each weight meets one input value per place; their sum can be multiplied once.
  const met = new Float64Array(channels);
  for (let down = 0; down < size; down++) {
    for (let right = 0; right < size; right++) {
      met.fill(0);
      for (let row = down; row <= rows - size + down; row++) {
        const first = (row * columns + right) * channels;
        const end = first + (columns - size + 1) * channels;
        for (let place = first, channel = 0; place < end; place++) {
          met[channel] += values[place];
          if (++channel === channels) channel = 0;
        }
      }
      const weights = (down * size + right) * channels * units;
      for (let channel = 0; channel < channels; channel++) {
        if (met[channel] === 0) continue;
        for (let unit = 0; unit < units; unit++)
          shares[channel * units + unit] +=
            met[channel] * kernel.values[weights + channel * units + unit];
      }
    }
  }
  return { values: Float32Array.from(shares), inputs: channels, units };
}

/**
 * For every unit its inputs of largest size, in falling order: positions and what they add, both
 * (units, most) or fewer.
 * @param {Shares} shares
 * @param {number} most
 * @returns {{ inputs: Uint16Array, shares: Float32Array }}
 */
export function strongest({ values, inputs, units }, most) {
  const heard = heardOf(values, inputs, units);
  const from = heard.length < most ? Array.from({ length: inputs }, (_, input) => input) : heard;
  const each = Math.min(most, from.length);
  const positions = new Uint16Array(units * each);
  const found = new Float32Array(units * each);
  for (let unit = 0; unit < units; unit++) {
    const first = unit * each;
    let count = 0;
    for (const input of from) {
      const share = values[input * units + unit];
      const size = Math.abs(share);
      if (count === each && size <= Math.abs(found[first + each - 1])) continue;
      // Of equals the one that comes first stays in front.
      let place = Math.min(count, each - 1);
      while (place > 0 && Math.abs(found[first + place - 1]) < size) {
        found[first + place] = found[first + place - 1];
        positions[first + place] = positions[first + place - 1];
        place--;
      }
      found[first + place] = share;
      positions[first + place] = input;
      if (count < each) count++;
    }
  }
  return { inputs: positions, shares: found };
}

/**
 * The inputs that add something to any unit.
 * @param {Float32Array} values
 * @param {number} inputs
 * @param {number} units
 */
function heardOf(values, inputs, units) {
  const heard = [];
  for (let input = 0; input < inputs; input++) {
    for (let place = input * units; place < (input + 1) * units; place++) {
      if (values[place] !== 0) {
        heard.push(input);
        break;
      }
    }
  }
  return heard;
}
