// A network with something taken from it, or added: cnn_core/findings/ablation.py and weight_noise.py
// in the browser.

/** @import { Network } from "./network.js" */

import { deviationOf, normals } from "./weight_noise.js";

/** @type {Map<string, Float32Array>} the noise of one seed, by stream and count */
const drawn = new Map();
let seedDrawn = -1;

/**
 * The network with some feature maps at 0 for every image: a filter whose weights and bias are 0 has a
 * map of 0.
 * @param {Network} network
 * @param {Record<string, number[]>} off numbers of maps, by name of their convolution
 */
export function withoutMaps(network, off) {
  return network.withWeights((name, { kernel, bias }) => {
    const silent = new Set(off[name] ?? []);
    const filters = bias.length;
    /** @param {Float32Array} values */
    const silenced = (values) =>
      values.map((value, index) => (silent.has(index % filters) ? 0 : value));
    if (!silent.size) return { kernel, bias };
    return { kernel: { ...kernel, values: silenced(kernel.values) }, bias: silenced(bias) };
  });
}

/**
 * The network with noise on the weights of one layer, or of all that have weights.
 * @param {Network} network
 * @param {number} strength times the standard deviation of the layer's own weights
 * @param {number} seed
 * @param {string} layer its name, or `all`
 */
export function withNoise(network, strength, seed, layer) {
  if (strength === 0) return network;
  let stream = -1;
  return network.withWeights((name, { kernel, bias }) => {
    stream++;
    if (layer !== "all" && layer !== name) return { kernel, bias };
    const noise = noiseOf(seed, stream, kernel.values.length);
    const deviation = Math.fround(strength * deviationOf(kernel.values));
    const values = kernel.values.map(
      (value, index) => value + Math.fround(deviation * noise[index]),
    );
    return { kernel: { ...kernel, values }, bias };
  });
}

/**
 * @param {number} seed
 * @param {number} stream
 * @param {number} count
 */
function noiseOf(seed, stream, count) {
  if (seed !== seedDrawn) drawn.clear();
  seedDrawn = seed;
  const key = `${stream} ${count}`;
  const noise = drawn.get(key) ?? normals(seed, stream, count);
  drawn.set(key, noise);
  return noise;
}
