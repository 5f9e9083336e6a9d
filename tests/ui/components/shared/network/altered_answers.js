// What test_altered.py asks of altered networks: their answer to one image.

import { withNoise, withoutMaps } from "../../../../../ui/components/shared/network/altered.js";
import { Network } from "../../../../../ui/components/shared/network/network.js";

/** @import { SentNetwork } from "../../../../../ui/components/shared/network/network.js" */

/**
 * @param {SentNetwork} sent
 * @param {number[]} image
 * @param {Record<string, number[]>} off
 */
export function answerWithout(sent, image, off) {
  return withoutMaps(new Network(sent), off).predict(Uint8Array.from(image));
}

/**
 * The answer with each noise, one after the other, and then once more without any.
 * @param {SentNetwork} sent
 * @param {number[]} image
 * @param {[number, number, string][]} noises strength, seed and layer
 */
export function answersWithNoise(sent, image, noises) {
  const network = new Network(sent);
  const pixels = Uint8Array.from(image);
  const noisy = noises.map((noise) => withNoise(network, ...noise).predict(pixels));
  return [...noisy, network.predict(pixels)].map((answer) => [...answer]);
}
