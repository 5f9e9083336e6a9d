// The ten probabilities of a prediction.

/** @import { Parent, Send } from "../shared/component.js" */

import { mounting } from "../shared/component.js";
import { Follower } from "../shared/live/follower.js";
import { probabilityRows, showProbabilities } from "../shared/probability_rows.js";
import { answerOf, probabilityInWords } from "../shared/wording.js";

/**
 * @typedef {object} Probabilities
 * @property {number[]} shares (10,), 0 to 1
 * @property {string[]} texts
 * @property {number} predicted -1 where nothing is
 */

/** @type {Probabilities} */
const NOTHING = { shares: Array(10).fill(0), texts: Array(10).fill(""), predicted: -1 };

class ProbabilityBars {
  /** @type {Send} */
  send = () => {};
  #list = probabilityRows();
  #sent = NOTHING;
  #live = new Follower(() => this.#draw());

  /** @param {Parent} parentElement */
  constructor(parentElement) {
    parentElement.append(this.#list);
  }

  /** @param {Probabilities & { live: string | null, compact: boolean }} data */
  show({ live, compact, ...sent }) {
    this.#sent = sent;
    this.#list.classList.toggle("compact", compact);
    this.#live.follow(live);
    this.#draw();
  }

  close() {
    this.#live.close();
    this.#list.remove();
  }

  #draw() {
    const { reading } = this.#live;
    // A bar on its way from one width to the next would trail behind the pen.
    this.#list.classList.toggle("at-once", reading !== undefined);
    const { shares, texts, predicted } =
      reading === undefined ? this.#sent : reading ? probabilitiesOf(reading.outputs) : NOTHING;
    showProbabilities(this.#list, shares, texts, predicted);
  }
}

/**
 * @param {Float32Array[]} outputs of every layer
 * @returns {Probabilities}
 */
export function probabilitiesOf(outputs) {
  const probabilities = outputs[outputs.length - 1];
  const shares = Array.from(probabilities);
  return { shares, texts: shares.map(probabilityInWords), predicted: answerOf(probabilities) };
}

export default mounting(ProbabilityBars);
