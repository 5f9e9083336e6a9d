// Whether a network keeps up with a hand: one that takes longer would make the pen stutter, and reads
// only what is finished, or is left to the server.

/** @import { Network } from "../network/network.js" */

const MOST_MILLISECONDS = 40;
// In one such run a browser may still have compiled, or had something else to do.
const SLOW_RUNS = 3;
const FIRST_RUNS = 4;

/** How many runs of a network in a row were slow. @type {WeakMap<Network, number>} */
const slow = new WeakMap();

/**
 * Every layer's output, and how long it took.
 * @param {Network} network
 * @param {Uint8Array} image
 */
export function activationsOf(network, image) {
  const start = performance.now();
  const outputs = network.activations(image);
  const isSlow = performance.now() - start > MOST_MILLISECONDS;
  slow.set(network, isSlow ? (slow.get(network) ?? 0) + 1 : 0);
  return outputs;
}

/**
 * Judged by its last runs; by a few of its own where there were none.
 * @param {Network} network
 */
export function isFast(network) {
  if (!slow.has(network))
    for (let run = 0; run < FIRST_RUNS; run++) activationsOf(network, new Uint8Array(28 * 28));
  return (slow.get(network) ?? 0) < SLOW_RUNS;
}
