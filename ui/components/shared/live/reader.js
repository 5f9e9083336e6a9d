// What reads changed digits in the browser, for one source of live readings.

/** @import { Network } from "../network/network.js" */
/** @import { Reading } from "./live.js" */

import { isSame } from "../bytes.js";
import { isFast } from "./fast.js";
import { onNetwork, publish, withdraw } from "./live.js";

export class Reader {
  #modelId = "";
  #source = "";
  /** @type {Network | null} */
  #network = null;
  /** @type {{ image: Uint8Array, answer: Float32Array } | null} */
  #answered = null;
  #stopWaiting = () => {};
  #onReady;

  /** @param {() => void} onReady called when the network has come, to read for the first time */
  constructor(onReady) {
    this.#onReady = onReady;
  }

  /** Whether there is a network that keeps up; without one, the server reads. */
  get isLive() {
    return this.#network !== null;
  }

  /**
   * @param {string} modelId of the network that reads
   * @param {string} source
   */
  follow(modelId, source) {
    if (modelId === this.#modelId && source === this.#source) return;
    this.close();
    [this.#modelId, this.#source] = [modelId, source];
    this.#stopWaiting = onNetwork(modelId, (network) => {
      if (!isFast(network)) return;
      this.#network = network;
      this.#onReady();
    });
  }

  close() {
    this.#stopWaiting();
    this.#network = null;
    this.#answered = null;
    if (this.#source) withdraw(this.#source);
    this.#source = this.#modelId = "";
  }

  /**
   * Publish what is read; nothing where no network is there.
   * @param {(network: Network) => Omit<Reading, "modelId">} make
   */
  read(make) {
    if (!this.#network) return;
    try {
      publish(this.#source, { modelId: this.#modelId, ...make(this.#network) });
    } catch (error) {
      console.error(error);
      this.#network = null;
      withdraw(this.#source);
    }
  }

  /**
   * The ten probabilities of an image, which is kept until another is asked for.
   * @param {Uint8Array} image
   * @returns {Float32Array}
   */
  answerTo(image) {
    if (!this.#network) throw new Error("no network reads");
    if (!this.#answered || !isSame(image, this.#answered.image))
      this.#answered = { image, answer: this.#network.predict(image) };
    return this.#answered.answer;
  }
}
