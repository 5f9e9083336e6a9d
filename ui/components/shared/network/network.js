// A trained network, run forward in the browser: cnn_core/network/network.py for one image at a time.

/** @import { Maps, Padding, Weights } from "./arithmetic.js" */

import { floatsOf } from "../bytes.js";
import { conv2d, dense, maxPool, relu, softmax } from "./arithmetic.js";

/**
 * A layer as sent.py describes it. Its shape is that of its output: rows, columns and channels, or
 * units.
 * @typedef {object} Layer
 * @property {string} name
 * @property {"rescaling" | "convolution" | "pooling" | "flatten" | "dropout" | "dense"} kind
 * @property {Padding} padding
 * @property {number[]} shape
 *
 * What one layer has learned.
 * @typedef {{ kernel: Weights, bias: Float32Array }} Learned
 *
 * A network as sent.py sends it: the base64 is of float32 in C order.
 * @typedef {object} SentNetwork
 * @property {string} id
 * @property {Layer[]} layers
 * @property {Record<string, { kernel: string, kernelShape: number[], bias: string }>} weights
 */

const POOL_SIZE = 2;

export class Network {
  /** @type {Map<string, Learned>} */
  #weights;

  /** @param {SentNetwork} sent */
  constructor({ id, layers, weights }) {
    this.id = id;
    this.layers = layers;
    this.#weights = new Map(
      Object.entries(weights).map(([name, { kernel, kernelShape, bias }]) => [
        name,
        { kernel: { values: floatsOf(kernel), shape: kernelShape }, bias: floatsOf(bias) },
      ]),
    );
  }

  /**
   * The same layers with other weights.
   * @param {(name: string, learned: Learned) => Learned} alter what a layer has instead
   */
  withWeights(alter) {
    const altered = new Network({ id: this.id, layers: this.layers, weights: {} });
    for (const [name, learned] of this.#weights) altered.#weights.set(name, alter(name, learned));
    return altered;
  }

  /**
   * Probabilities of the ten digits.
   * @param {Uint8Array} image 28×28
   */
  predict(image) {
    return this.activations(image)[this.layers.length - 1];
  }

  /**
   * Every layer's output, first to last, in C order.
   * @param {Uint8Array} image 28×28
   */
  activations(image) {
    /** @type {Float32Array[]} */
    const outputs = [];
    /** @type {Float32Array} */
    let values = Float32Array.from(image);
    for (const index of this.layers.keys()) {
      values = this.layerOutput(index, values);
      outputs.push(values);
    }
    return outputs;
  }

  /**
   * What one layer makes of the output of the layer before it.
   * @param {number} index of the layer
   * @param {Float32Array} values
   * @returns {Float32Array}
   */
  layerOutput(index, values) {
    const { kind } = this.layers[index];
    if (kind === "rescaling") return values.map((value) => value * Math.fround(1 / 255));
    if (kind === "pooling") return maxPool(this.#mapsInto(index, values), POOL_SIZE).values;
    if (kind === "convolution") return relu(this.sums(index, values));
    if (kind === "dense") {
      const sums = this.sums(index, values);
      return index === this.layers.length - 1 ? softmax(sums) : relu(sums);
    }
    return values; // A list of maps' values is flat already, and dropout silences only in training.
  }

  /**
   * The weighted sums of a layer with weights, before ReLU or softmax.
   * @param {number} index of the layer
   * @param {Float32Array} values the output of the layer before it
   */
  sums(index, values) {
    const { name, kind, padding } = this.layers[index];
    const weights = this.weightsOf(name);
    if (kind === "dense") return dense(values, weights.kernel, weights.bias);
    return conv2d(this.#mapsInto(index, values), weights.kernel, weights.bias, 1, padding).values;
  }

  /**
   * @param {string} name of a layer with weights
   */
  weightsOf(name) {
    const weights = this.#weights.get(name);
    if (!weights) throw new RangeError(`${name} is no layer with weights`);
    return weights;
  }

  /**
   * @param {number} index of a layer that reads maps
   * @param {Float32Array} values
   * @returns {Maps}
   */
  #mapsInto(index, values) {
    const [rows, columns, channels] = this.layers[index - 1].shape;
    return { values, rows, columns, channels };
  }
}
