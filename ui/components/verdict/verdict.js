// The answer in one line. Under the pen it changes with each frame; it is spoken once it is at rest.

/** @import { Parent, Send } from "../shared/component.js" */

import { bytesOf, isSame } from "../shared/bytes.js";
import { mounting } from "../shared/component.js";
import { element } from "../shared/element.js";
import { Follower } from "../shared/live/follower.js";
import { readAs } from "../shared/wording.js";

const FADED = "0.35";

/**
 * @typedef {object} Sent
 * @property {string} text the server's answer
 * @property {string} nothing what stands there where nothing is read
 * @property {string | null} image base64 of the digit that the server has read
 * @property {string | null} live
 * @property {string} serverSays key of a container of Streamlit; empty where there is none
 */

class Verdict {
  /** @type {Send} */
  send = () => {};
  #heading = element("h2");
  #spoken = element("p", "spoken");
  /** @type {Sent} */
  #sent = { text: "", nothing: "", image: null, live: null, serverSays: "" };
  /** @type {Uint8Array | null} */
  #image = null;
  #live = new Follower(() => this.#draw());

  /** @param {Parent} parentElement */
  constructor(parentElement) {
    this.#spoken.setAttribute("aria-live", "polite");
    parentElement.append(this.#heading, this.#spoken);
  }

  /** @param {Sent} sent */
  show(sent) {
    this.#sent = sent;
    this.#image = sent.image === null ? null : bytesOf(sent.image);
    this.#live.follow(sent.live);
    this.#draw();
  }

  close() {
    this.#live.close();
    this.#fade(false);
    this.#heading.remove();
    this.#spoken.remove();
  }

  #draw() {
    const { reading } = this.#live;
    const { text, nothing } = this.#sent;
    const shown =
      reading === undefined
        ? text
        : reading
          ? readAs(reading.outputs[reading.outputs.length - 1])
          : nothing;
    const isNewer = reading !== undefined && !isSame(reading?.image ?? null, this.#image);
    setText(this.#heading, shown);
    if (!isNewer) setText(this.#spoken, shown);
    this.#fade(isNewer);
  }

  /** @param {boolean} isOlder whether what the server says is about an earlier drawing */
  #fade(isOlder) {
    const { serverSays } = this.#sent;
    const words = serverSays && document.querySelector(`.st-key-${serverSays}`);
    if (words instanceof HTMLElement) words.style.opacity = isOlder ? FADED : "";
  }
}

/**
 * @param {HTMLElement} place
 * @param {string} text
 */
function setText(place, text) {
  if (place.textContent !== text) place.textContent = text;
}

export default mounting(Verdict);
