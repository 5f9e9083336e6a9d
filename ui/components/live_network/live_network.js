// Brings a network's weights to the browser, once a session and model; it shows nothing. The server
// first says only which network it is: who has it already, in memory or kept since before a reload,
// asks for nothing.

/** @import { Send } from "../shared/component.js" */
/** @import { SentNetwork } from "../shared/network/network.js" */

import { floatsOf } from "../shared/bytes.js";
import { mounting } from "../shared/component.js";
import { keepNetwork, networkOf } from "../shared/live/live.js";
import { Network } from "../shared/network/network.js";
import { sumOf } from "../shared/number.js";
import { keepText, keptText } from "./storage.js";

// An answer may be lost where two parts of a page are to be run at once; so one asks again, but not for ever.
const MOST_QUESTIONS = 5;
const MILLISECONDS_TO_ANSWER = 2000;

class LiveNetwork {
  /** @type {Send} */
  send = () => {};
  #wanted = "";
  #asked = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** @param {{ id: string, sent: SentNetwork | null }} data */
  show({ id, sent }) {
    if (id !== this.#wanted) this.#asked = 0;
    this.#wanted = id;
    if (networkOf(id)) return;
    if (sent?.id === id) {
      keepNetwork(id, new Network(sent));
      keepText(id, JSON.stringify(sent));
      return;
    }
    const kept = keptText(id, (text) => networkIn(text, id));
    if (kept) keepNetwork(id, kept);
    else this.#ask();
  }

  close() {
    clearTimeout(this.#timer);
  }

  #ask() {
    clearTimeout(this.#timer);
    if (networkOf(this.#wanted) || this.#asked === MOST_QUESTIONS) return;
    this.#asked++;
    this.send("wanted", this.#wanted);
    this.#timer = setTimeout(() => this.#ask(), this.#asked * MILLISECONDS_TO_ANSWER);
  }
}

/**
 * A network as it was kept; an error where it is none, another, or a damaged one.
 * @param {string} text
 * @param {string} id
 */
export function networkIn(text, id) {
  /** @type {SentNetwork} */
  const sent = JSON.parse(text);
  if (sent.id !== id) throw new Error(`kept as ${id}, but is ${sent.id}`);
  for (const { kernel, kernelShape, bias } of Object.values(sent.weights)) {
    const weights = kernelShape.reduce((product, size) => product * size);
    const filters = kernelShape[kernelShape.length - 1];
    if (floatsOf(kernel).length !== weights || floatsOf(bias).length !== filters)
      throw new Error(`${id} is damaged`);
  }
  const network = new Network(sent);
  const total = sumOf(network.predict(new Uint8Array(28 * 28)));
  // Written so that it fails for no number, too.
  if (!(Math.abs(total - 1) < 1e-3)) throw new Error(`${id} gives no probabilities`);
  return network;
}

export default mounting(LiveNetwork);
