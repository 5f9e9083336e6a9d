// The layers of a map as a network in the browser reads a digit: the same shades, peaks and connections
// as network_map.py sends, worked out anew for each reading.

/** @import { Network } from "../shared/network/network.js" */
/** @import { Layer } from "./view.js" */

import { roundHalfToEven } from "../shared/number.js";
import { contributionsTo, strongest } from "./connections.js";

/** A layer of a map for one reading; its connections are worked out when somebody asks for them. */
class LiveLayer {
  #connections;
  /** @type {{ inputs: Uint16Array, shares: Float32Array } | null | undefined} */
  #found;

  /**
   * @param {Layer} facts what does not depend on the digit
   * @param {Float32Array} values of the layer, in C order: rows, columns, units
   * @param {() => { inputs: Uint16Array, shares: Float32Array } | null} connections
   */
  constructor(facts, values, connections) {
    const { name, kind, title, shape, unitName, count, rows, columns } = facts;
    this.name = name;
    this.kind = kind;
    this.title = title;
    this.shape = shape;
    this.unitName = unitName;
    this.count = count;
    this.rows = rows;
    this.columns = columns;
    this.peaks = peaksOf(values, count);
    this.shades = shadesOf(values, count);
    this.#connections = connections;
  }

  get inputs() {
    return this.#all()?.inputs ?? null;
  }

  get shares() {
    return this.#all()?.shares ?? null;
  }

  #all() {
    if (this.#found === undefined) this.#found = this.#connections();
    return this.#found;
  }
}

/**
 * @param {Layer[]} layers as they were sent
 * @param {Network} network
 * @param {Float32Array[]} outputs of all layers
 * @param {number} most connections of each unit
 * @returns {Layer[]}
 */
export function liveLayers(layers, network, outputs, most) {
  return layers.map(
    (layer, index) =>
      new LiveLayer(layer, outputs[index], () => {
        const shares = contributionsTo(network, index, outputs);
        return shares && strongest(shares, most);
      }),
  );
}

/**
 * The layers where there is nothing to read: every value is 0, and nothing is connected.
 * @param {Layer[]} layers
 * @returns {Layer[]}
 */
export function silentLayers(layers) {
  return layers.map(
    (layer) =>
      new LiveLayer(layer, new Float32Array(layer.count * layer.rows * layer.columns), () =>
        layer.inputs && layer.shares
          ? { inputs: layer.inputs, shares: new Float32Array(layer.shares.length) }
          : null,
      ),
  );
}

/**
 * The largest value of every unit.
 * @param {Float32Array} values
 * @param {number} count units
 */
export function peaksOf(values, count) {
  const peaks = values.slice(0, count);
  for (let place = count, unit = 0; place < values.length; place++) {
    if (values[place] > peaks[unit]) peaks[unit] = values[place];
    if (++unit === count) unit = 0;
  }
  return peaks;
}

/**
 * Unit by unit, 255 for the layer's largest value, as network_map.py reckons: in float32, a half
 * rounded to the even number beside it.
 * @param {Float32Array} values in C order: rows, columns, units
 * @param {number} count units
 */
export function shadesOf(values, count) {
  const places = values.length / count;
  const shades = new Uint8Array(values.length);
  let largest = values[0];
  for (const value of values) if (value > largest) largest = value;
  largest ||= 1;
  for (let place = 0, from = 0; place < places; place++) {
    for (let unit = 0; unit < count; unit++, from++) {
      if (values[from] === 0) continue; // As most are after a ReLU.
      const share = Math.fround(values[from] / largest);
      shades[unit * places + place] = roundHalfToEven(Math.fround(share * 255));
    }
  }
  return shades;
}
