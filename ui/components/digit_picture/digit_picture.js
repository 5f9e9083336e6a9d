// A digit as the network receives it.

/** @import { Parent, Send } from "../shared/component.js" */

import { bytesOf } from "../shared/bytes.js";
import { paintCells } from "../shared/canvas.js";
import { colourScale } from "../shared/colour.js";
import { mounting } from "../shared/component.js";
import { element } from "../shared/element.js";
import { Follower } from "../shared/live/follower.js";

const SIZE = 28;
const BLANK = new Uint8Array(SIZE * SIZE);

class DigitPicture {
  /** @type {Send} */
  send = () => {};
  #figure = element("figure");
  #canvas = element("canvas");
  #caption = element("figcaption");
  #image = BLANK;
  /** @type {number[][]} of each value of a pixel */
  #colours = [];
  #live = new Follower(() => this.#draw());

  /** @param {Parent} parentElement */
  constructor(parentElement) {
    this.#canvas.setAttribute("role", "img");
    this.#figure.append(this.#canvas, this.#caption);
    parentElement.append(this.#figure);
  }

  /** @param {{ image: string, scale: string[], caption: string, live: string | null }} data */
  show({ image, scale, caption, live }) {
    this.#image = bytesOf(image);
    const colourOf = colourScale(scale, 0, 255);
    this.#colours = Array.from({ length: 256 }, (_, value) => colourOf(value));
    this.#caption.textContent = caption;
    this.#canvas.setAttribute("aria-label", caption);
    this.#live.follow(live);
    this.#draw();
  }

  close() {
    this.#live.close();
    this.#figure.remove();
  }

  #draw() {
    const { reading } = this.#live;
    const image = reading === undefined ? this.#image : (reading?.image ?? BLANK);
    paintCells(this.#canvas, SIZE, SIZE, (pixel) => this.#colours[image[pixel]]);
  }
}

export default mounting(DigitPicture);
