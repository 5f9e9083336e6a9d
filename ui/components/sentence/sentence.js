// What became of an answer, in one sentence that follows live readings, with the digit that was read
// beside it where it is wanted. It is spoken once it is at rest.

/** @import { Parent, Send } from "../shared/component.js" */

import { bytesOf } from "../shared/bytes.js";
import { paintCells } from "../shared/canvas.js";
import { mounting } from "../shared/component.js";
import { element } from "../shared/element.js";
import { Follower } from "../shared/live/follower.js";
import { showSentence } from "../shared/wording.js";

const SIZE = 28;
// So many milliseconds without another sentence, and this one is spoken.
const PAUSE = 700;

/**
 * @typedef {object} Said
 * @property {string} said
 * @property {string | null} live
 * @property {string | null} image base64 of uint8 (28, 28)
 * @property {string} alt what the image shows
 */

class Sentence {
  /** @type {Send} */
  send = () => {};
  #root = element("section");
  #canvas = element("canvas");
  #line = element("p");
  #spoken = element("p", "spoken");
  /** @type {Said} */
  #sent = { said: "", live: null, image: null, alt: "" };
  #text = "";
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #live = new Follower(() => this.#draw());

  /** @param {Parent} parentElement */
  constructor(parentElement) {
    this.#canvas.setAttribute("role", "img");
    this.#line.setAttribute("aria-hidden", "true");
    this.#spoken.setAttribute("aria-live", "polite");
    this.#root.append(this.#canvas, this.#line, this.#spoken);
    parentElement.append(this.#root);
  }

  /** @param {Said} sent */
  show(sent) {
    this.#sent = sent;
    this.#canvas.hidden = sent.image === null;
    this.#canvas.setAttribute("aria-label", sent.alt);
    this.#live.follow(sent.live);
    this.#draw();
  }

  close() {
    clearTimeout(this.#timer);
    this.#live.close();
    this.#root.remove();
  }

  #draw() {
    const { reading } = this.#live;
    const { image, said } = this.#sent;
    this.#say(reading?.said ?? said);
    if (image === null) return;
    const pixels = reading?.image ?? bytesOf(image);
    paintCells(this.#canvas, SIZE, SIZE, (cell) => [pixels[cell], pixels[cell], pixels[cell]]);
  }

  /** @param {string} text */
  #say(text) {
    if (text === this.#text) return;
    this.#text = text;
    showSentence(this.#line, text);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => showSentence(this.#spoken, text), PAUSE);
  }
}

export default mounting(Sentence);
