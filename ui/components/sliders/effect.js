// What sliders do, answered by the network in the browser with each frame.

/** @import { Network } from "../shared/network/network.js" */

import { bytesOf, doublesOf, isSame } from "../shared/bytes.js";
import { subscribe } from "../shared/live/live.js";
import { Reader } from "../shared/live/reader.js";
import { withNoise } from "../shared/network/altered.js";
import { changed, moved } from "../shared/network/changes.js";
import { toldAnswer } from "../shared/wording.js";

/**
 * @typedef {object} Effect
 * @property {"change" | "move" | "weights"} kind
 *   `change`: the settings of a Change, by `names`; `move`: pixels down and as many to the right;
 *   `weights`: strength of the noise on the weights of `layer`
 * @property {string} model which network reads, by its live id
 * @property {string} source of the live readings that come of it
 * @property {string} image the digit as it is, base64 of uint8 (28, 28)
 * @property {string | null} hears the source of the images that are changed; without it, the digit
 * @property {string[]} names of the settings of a Change
 * @property {string} field noise for pixels, base64 of float64 (28, 28)
 * @property {string} layer
 * @property {number} seed of the noise on weights
 * @property {string} unchanged goes before the answer where nothing is changed
 */

export class EffectShown {
  /** @type {Effect | undefined} */
  #effect;
  /** @type {number[]} */
  #settings = [];
  #digit = new Uint8Array();
  /** @type {Float64Array} */
  #field = new Float64Array();
  /** @type {string | null} */
  #hears = null;
  /** @type {Uint8Array | undefined} */
  #heard;
  #leave = () => {};
  #reader = new Reader(() => this.#publish());

  /** @param {Effect} effect */
  follow(effect) {
    this.#effect = effect;
    this.#digit = bytesOf(effect.image);
    this.#field = doublesOf(effect.field);
    if (effect.hears !== this.#hears) this.#listenTo(effect.hears);
    this.#reader.follow(effect.model, effect.source);
  }

  /** @param {number[]} settings a value for each slider */
  set(settings) {
    this.#settings = settings;
    this.#publish();
  }

  close() {
    this.#leave();
    this.#reader.close();
  }

  /** @param {string | null} source */
  #listenTo(source) {
    this.#leave();
    this.#hears = source;
    this.#heard = undefined;
    this.#leave = source
      ? subscribe(source, (reading) => {
          this.#heard = reading?.image;
          this.#publish();
        })
      : () => {};
  }

  #publish() {
    const effect = this.#effect;
    if (!effect || !this.#settings.length) return;
    this.#reader.read((network) => {
      const before = this.#reader.answerTo(this.#digit);
      const image = this.#changedImage(effect);
      const outputs = this.#network(effect, network).activations(image);
      const isChanged =
        effect.kind === "weights" ? this.#settings[0] > 0 : !isSame(image, this.#digit);
      const after = outputs[outputs.length - 1];
      return { image, outputs, said: toldAnswer(before, after, isChanged, effect.unchanged) };
    });
  }

  /** @param {Effect} effect */
  #changedImage({ kind, names }) {
    const image = this.#heard ?? this.#digit;
    if (kind === "weights") return image;
    if (kind === "move") return moved(image, this.#settings[0], this.#settings[0]);
    const change = { thicken: 0, rotate: 0, down: 0, right: 0, noise: 0 };
    const set = Object.fromEntries(names.map((name, index) => [name, this.#settings[index]]));
    return changed(image, Object.assign(change, set), this.#field);
  }

  /**
   * @param {Effect} effect
   * @param {Network} network
   */
  #network({ kind, layer, seed }, network) {
    return kind === "weights" ? withNoise(network, this.#settings[0], seed, layer) : network;
  }
}
