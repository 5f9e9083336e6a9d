// One page to take home: a paper to write on, a network that reads it while the pen moves, and the
// whole of that network at work. It finds all that it needs in itself, and asks nobody for anything.

/** @import { SentNetwork } from "../shared/network/network.js" */
/** @import { Look } from "../network_map/map.js" */
/** @import { Sent } from "../network_map/view.js" */

import { NetworkMap } from "../network_map/map.js";
import { bytesOf } from "../shared/bytes.js";
import { pictureOf } from "../shared/canvas.js";
import { as, element } from "../shared/element.js";
import { keepNetwork, publish } from "../shared/live/live.js";
import { inkOfCanvas, prepareDrawing } from "../shared/network/drawing.js";
import { Network } from "../shared/network/network.js";
import { probabilityRows, showProbabilities } from "../shared/probability_rows.js";
import { answerOf, probabilityInWords, readAs } from "../shared/wording.js";
import { PAPER_SIZE, Paper } from "./paper.js";

const SOURCE = "paper";
const SIZE = 28;

/**
 * @typedef {object} Data
 * @property {SentNetwork} network
 * @property {Sent & Look} map
 * @property {string} mapStyle CSS of the map, which knows nothing of the rest of the page
 * @property {{ name: string, pixels: string }[]} digits base64 of uint8 (28, 28)
 */

class TakenHome {
  #network;
  #frame = 0;
  /** @type {Uint8Array | null} a digit on the paper that nobody has drawn on */
  #put = null;
  #verdict = element("h2");
  #rows = probabilityRows();

  /**
   * @param {Data} data
   * @param {HTMLElement} place
   */
  constructor(data, place) {
    this.#network = new Network(data.network);
    keepNetwork(data.network.id, this.#network);
    this.paper = new Paper(() => {
      this.#frame ||= requestAnimationFrame(() => this.#read());
    });
    this.#verdict.setAttribute("aria-live", "polite");
    this.#rows.classList.add("compact", "at-once");
    const reading = element("section", "reading");
    reading.append(this.#verdict, this.#rows);
    const map = element("section", "map");
    place.replaceChildren(this.paper.canvas, this.#tools(data.digits), reading, map);
    showMap(map, data);
    this.#read();
  }

  /** @param {Data["digits"]} digits */
  #tools(digits) {
    const tools = element("div", "tools");
    const pen = button("Pen", () => this.#take(pen, eraser));
    const eraser = button("Eraser", () => this.#take(eraser, pen));
    this.#take(pen, eraser);
    const width = element("input");
    Object.assign(width, { type: "range", min: "6", max: "40", step: "2", value: "20" });
    width.setAttribute("aria-label", "Brush width");
    width.oninput = () => {
      this.paper.width = Number(width.value);
    };
    const choice = element("select");
    choice.setAttribute("aria-label", "Put a test digit on the paper");
    choice.append(
      new Option("Take a test digit", ""),
      ...digits.map(({ name }) => new Option(name)),
    );
    choice.onchange = () => {
      this.#putOnPaper(bytesOf(digits[choice.selectedIndex - 1].pixels));
      choice.selectedIndex = 0;
    };
    tools.append(
      button("Undo", () => this.paper.undo()),
      button("Clear", () => this.paper.clear()),
      pen,
      eraser,
      width,
      choice,
    );
    return tools;
  }

  /**
   * @param {HTMLButtonElement} taken
   * @param {HTMLButtonElement} other
   */
  #take(taken, other) {
    this.paper.erases = taken.textContent === "Eraser";
    taken.setAttribute("aria-pressed", "true");
    other.setAttribute("aria-pressed", "false");
  }

  /** @param {Uint8Array} pixels of a test digit, which was prepared long ago */
  #putOnPaper(pixels) {
    this.#put = pixels;
    const picture = pictureOf(SIZE, SIZE, (cell) => [pixels[cell], pixels[cell], pixels[cell]]);
    this.paper.clear(picture);
  }

  /** What the network receives of what is on the paper; null where that is nothing. */
  #image() {
    if (this.#put && this.paper.under && !this.paper.strokes.length) return this.#put;
    const ink = inkOfCanvas(this.paper.pixels);
    return prepareDrawing(ink, PAPER_SIZE, PAPER_SIZE)?.image ?? null;
  }

  #read() {
    this.#frame = 0;
    const image = this.#image();
    const outputs = image && this.#network.activations(image);
    publish(SOURCE, image && outputs && { modelId: this.#network.id, image, outputs });
    const probabilities = outputs?.at(-1) ?? new Float32Array(10);
    const answer = outputs ? answerOf(probabilities) : -1;
    const verdict = outputs ? readAs(probabilities) : "Draw a digit here";
    if (this.#verdict.textContent !== verdict) this.#verdict.textContent = verdict;
    const shares = [...probabilities];
    const texts = shares.map((share) => (outputs ? probabilityInWords(share) : "\u2013"));
    showProbabilities(this.#rows, shares, texts, answer);
  }
}

/**
 * @param {HTMLElement} place
 * @param {Data} data
 */
function showMap(place, { map, mapStyle }) {
  const root = place.attachShadow({ mode: "open" });
  root.append(element("style", "", mapStyle));
  new NetworkMap(root).show(map);
}

/**
 * @param {string} label
 * @param {() => void} act
 */
function button(label, act) {
  const made = element("button", "", label);
  made.type = "button";
  made.onclick = act;
  return made;
}

/** Begin, with what the page has in it. */
export function start() {
  const data = as(document.getElementById("network"), HTMLScriptElement).textContent;
  const place = as(document.getElementById("live"), HTMLElement);
  return new TakenHome(JSON.parse(data), place);
}
