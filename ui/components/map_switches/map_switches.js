// All feature maps of a convolution, each a switch: pressed is on. The network in the browser answers at
// once without those that are off.

/** @import { Parent, Send } from "../shared/component.js" */

import { buttonItem, buttonsIn, gridOf, walkWithArrows } from "../shared/button_grid.js";
import { bytesOf } from "../shared/bytes.js";
import { coloursIn, paintCells } from "../shared/canvas.js";
import { mounting } from "../shared/component.js";
import { find } from "../shared/element.js";
import { Reader } from "../shared/live/reader.js";
import { withoutMaps } from "../shared/network/altered.js";
import { sumOf } from "../shared/number.js";
import { Told } from "../shared/told.js";
import { toldAnswer } from "../shared/wording.js";

/**
 * @typedef {object} Maps
 * @property {string} maps base64 of uint8 (maps, rows, columns, 3)
 * @property {number[]} mapShape maps, rows, columns, 3
 * @property {string} layer the convolution that they are of
 * @property {Record<string, number[]>} off numbers of the maps that are switched off, by convolution
 * @property {string} image the digit that is read, base64 of uint8 (28, 28)
 * @property {string} model which network reads, by its live id
 * @property {string} live the source of its live readings
 * @property {number} heard the number of the last message that the server has heard
 */

class MapSwitches {
  /** @type {Send} */
  send = () => {};
  /** @type {Maps | undefined} */
  #data;
  /** @type {Set<number>} those of this layer */
  #off = new Set();
  #told = new Told();
  #reader = new Reader(() => this.#read());

  /** @param {Parent} parentElement */
  constructor(parentElement) {
    this.parent = parentElement;
  }

  /** @param {Maps} data */
  show(data) {
    this.#data = data;
    if (!this.#told.isOlder(data.heard)) this.#off = new Set(data.off[data.layer] ?? []);
    this.#reader.follow(data.model, data.live);
    const [count, rows, columns] = data.mapShape;
    const list = gridOf(this.parent, count, () => buttonItem("canvas", "span"));
    const maps = bytesOf(data.maps);
    buttonsIn(list).forEach((button, map) => {
      const canvas = find(button, "canvas", HTMLCanvasElement);
      paintCells(canvas, rows, columns, coloursIn(maps, map * rows * columns));
      button.setAttribute("role", "switch");
      button.setAttribute("aria-label", `Map ${map}`);
      button.onclick = () => this.#switch(map);
    });
    walkWithArrows(list);
    this.#mark();
    this.#read();
  }

  close() {
    this.#reader.close();
  }

  /** @param {number} map */
  #switch(map) {
    if (!this.#off.delete(map)) this.#off.add(map);
    this.#mark();
    this.#read();
    this.send("switched", { off: [...this.#off], number: this.#told.next() });
  }

  /** Show which of the maps are off. */
  #mark() {
    const list = find(this.parent, "ol", HTMLOListElement);
    buttonsIn(list).forEach((button, map) => {
      const isOff = this.#off.has(map);
      find(button, "span", HTMLElement).textContent = isOff ? `${map} off` : String(map);
      button.setAttribute("aria-checked", String(!isOff));
    });
  }

  #read() {
    const data = this.#data;
    if (!data) return;
    this.#reader.read((network) => {
      const image = bytesOf(data.image);
      const off = { ...data.off, [data.layer]: [...this.#off] };
      const count = sumOf(Object.values(off).map((maps) => maps.length));
      const outputs = withoutMaps(network, off).activations(image);
      const after = outputs[outputs.length - 1];
      const words = mapsOffInWords(count);
      const said = toldAnswer(this.#reader.answerTo(image), after, count > 0, "");
      return { image, outputs, said: words + said };
    });
  }
}

/** @param {number} count */
function mapsOffInWords(count) {
  if (!count) return "**All maps are on.** ";
  return `**${count} ${count === 1 ? "map is" : "maps are"} off.** `;
}

export default mounting(MapSwitches);
