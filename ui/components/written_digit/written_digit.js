// A digit writes itself on the drawing canvas, the network following, until somebody touches it. What
// is read is published as the source "paper": what is written here, or else what the canvas reads.

/** @import { Parent, Send } from "../shared/component.js" */
/** @import { Reading } from "../shared/live/live.js" */
/** @import { Sheets } from "../shared/live/st_canvas.js" */
/** @import { Written } from "./written.js" */

import { bytesOf, floatsOf, isSame } from "../shared/bytes.js";
import { paintCells } from "../shared/canvas.js";
import { mounting } from "../shared/component.js";
import { element } from "../shared/element.js";
import { networkOf, onNetwork, publish, subscribe, withdraw } from "../shared/live/live.js";
import { findCanvas } from "../shared/live/st_canvas.js";
import { penAt, secondsFor, writtenAt } from "./written.js";

const SOURCE = "paper";
const SIZE = 28;
// Milliseconds: so long the digit stands there whole until the pen writes it anew. Where the network
// comes to the browser much later than that, it stays as it is: nothing moves long after it was opened.
const REST = 700;
const PATIENCE = 30_000;

// In the canvas's own root, where no style sheet of a page or of another component reaches.
const STYLE = `
  .written {
    position: absolute;
    inset: 0;
    z-index: 10;
    overflow: hidden;
    border-radius: inherit;
    pointer-events: none;
  }
  .written canvas {
    width: 100%;
    height: 100%;
    image-rendering: pixelated;
  }
  .written span {
    position: absolute;
    width: 14px;
    height: 14px;
    margin: -7px;
    border-radius: 50%;
    background: var(--st-primary-color);
    box-shadow: 0 0 14px 3px var(--st-primary-color);
    opacity: 0;
    transition: opacity 200ms;
  }
  .written.writing span {
    opacity: 0.9;
  }
  .written p {
    position: absolute;
    right: 0;
    bottom: 0;
    left: 0;
    margin: 0;
    padding: 2rem 0 0.5rem;
    color: #fff;
    background: linear-gradient(transparent, rgb(0 0 0 / 85%) 60%);
    font: 600 15px/1.5 var(--st-font);
    text-align: center;
    opacity: 0;
    transition: opacity 500ms 300ms;
  }
  .written.done p {
    opacity: 1;
  }
`;

/**
 * @typedef {object} Data
 * @property {{ name: string, image: string, arrival: string, way: string } | null} written
 * @property {string} model
 * @property {number} edition
 */

class WrittenDigit {
  /** @type {Send} */
  send = () => {};
  /** @type {Written | null} what lies over the canvas */
  digit = null;
  /** The name of the digit whose place the visitor has taken. */
  taken = "";
  model = "";
  edition = 0;
  /** What is written: 0 nothing, 1 all of it. */
  time = 1;
  /** Whether the pen has written, or will not. */
  isDone = false;
  /** When the digit was laid on the paper, and when the pen begins, in milliseconds. */
  laid = 0;
  begins = Number.POSITIVE_INFINITY;
  frame = 0;
  /** @type {Sheets | null} */
  sheets = null;
  /** @type {Reading | null | undefined} what the canvas itself reads */
  canvasReading;
  /** @type {Reading | null} what was said last of the digit on the paper */
  said = null;
  stopWaiting = () => {};

  /** @param {Parent} _parent */
  constructor(_parent) {
    this.style = new CSSStyleSheet();
    this.style.replaceSync(STYLE);
    this.paper = element("div", "written");
    this.paper.setAttribute("aria-hidden", "true");
    this.picture = element("canvas");
    this.pen = element("span");
    this.invitation = element("p", "", "Now you: draw here");
    this.paper.append(this.picture, this.pen, this.invitation);
    this.press = this.press.bind(this);
    this.finish = this.finish.bind(this);
    this.step = this.step.bind(this);
    window.addEventListener("pointerdown", this.press, { capture: true });
    window.addEventListener("keydown", this.finish, { capture: true });
    this.leave = subscribe("canvas", (reading) => {
      this.canvasReading = reading;
      if (!this.digit) this.say();
    });
  }

  /** @param {Data} data */
  show({ written: digit, model, edition }) {
    const isReplaced = edition !== this.edition;
    this.edition = edition;
    if (model !== this.model) this.readWith(model);
    if (!digit) {
      this.taken = "";
      this.clear();
    } else if (digit.name === this.digit?.name) {
      // It was cleared, or a stroke undone: the paper is the visitor's.
      if (isReplaced) this.take();
    } else if (digit.name !== this.taken) {
      this.begin({
        name: digit.name,
        image: bytesOf(digit.image),
        arrival: bytesOf(digit.arrival),
        way: floatsOf(digit.way),
      });
    }
  }

  close() {
    window.removeEventListener("pointerdown", this.press, { capture: true });
    window.removeEventListener("keydown", this.finish, { capture: true });
    this.stopWaiting();
    this.leave();
    this.digit = null;
    this.paper.remove();
    cancelAnimationFrame(this.frame);
    withdraw(SOURCE);
  }

  /** @param {string} model */
  readWith(model) {
    this.model = model;
    this.stopWaiting();
    this.stopWaiting = onNetwork(model, () => {
      this.begins = performance.now() + REST;
      this.say();
      this.frame ||= requestAnimationFrame(this.step);
    });
  }

  // At first the digit stands there whole, as the server has read it.
  /** @param {Written} digit */
  begin(digit) {
    this.digit = digit;
    this.said = null;
    this.taken = "";
    this.time = 1;
    this.isDone = prefersStillness() || digit.way.length === 0;
    this.laid = performance.now();
    this.begins = networkOf(this.model) ? this.laid + REST : Number.POSITIVE_INFINITY;
    this.say();
    this.frame ||= requestAnimationFrame(this.step);
  }

  // The next frame: the pen goes on, and the network reads what is written by then.
  step() {
    this.frame = 0;
    const { digit } = this;
    if (!digit) return;
    const now = performance.now();
    if (this.begins === Number.POSITIVE_INFINITY) this.isDone ||= now - this.laid > PATIENCE;
    else if (!this.isDone && now >= this.begins) {
      this.time = Math.min(1, (now - this.begins) / 1000 / secondsFor(digit));
      this.isDone = this.time === 1;
    }
    const isThere = this.draw(digit);
    this.say();
    if (!this.isDone || !isThere) this.frame = requestAnimationFrame(this.step);
  }

  /**
   * @param {Written} digit
   * @returns {boolean} whether the canvas to draw on is there yet
   */
  draw(digit) {
    const image = writtenAt(digit, this.time);
    paintCells(this.picture, SIZE, SIZE, (cell) => [image[cell], image[cell], image[cell]]);
    const [row, column] = penAt(digit, this.time) ?? [0, 0];
    this.pen.style.left = `${(100 * column) / SIZE}%`;
    this.pen.style.top = `${(100 * row) / SIZE}%`;
    this.paper.classList.toggle("writing", this.time < 1);
    this.paper.classList.toggle("done", this.isDone);
    if (!this.paper.isConnected) this.lay();
    return this.paper.isConnected;
  }

  // Over the canvas, which is mounted at its own time.
  lay() {
    this.sheets = findCanvas();
    if (!this.sheets) return;
    const { root, upper } = this.sheets;
    if (!root.adoptedStyleSheets.includes(this.style)) {
      root.adoptedStyleSheets = [...root.adoptedStyleSheets, this.style];
    }
    upper.parentElement?.append(this.paper);
  }

  // The digit stands there whole at once.
  finish() {
    if (!this.digit) return;
    this.time = 1;
    this.isDone = true;
    this.frame ||= requestAnimationFrame(this.step);
  }

  /** @param {PointerEvent} event */
  press(event) {
    if (!this.digit) return;
    if (this.sheets && event.composedPath().includes(this.sheets.upper)) this.take();
    else this.finish();
  }

  // The visitor has the paper.
  take() {
    this.taken = this.digit?.name ?? "";
    this.clear();
  }

  clear() {
    this.digit = null;
    this.paper.remove();
    this.say();
  }

  // Without a network the server's answer counts.
  say() {
    const { digit, canvasReading, model } = this;
    if (!digit) {
      if (canvasReading === undefined) withdraw(SOURCE);
      else publish(SOURCE, canvasReading);
      return;
    }
    const network = networkOf(model);
    const image = writtenAt(digit, this.time);
    if (!network) withdraw(SOURCE);
    else if (isSame(image, this.said?.image) && this.said?.modelId === model) return;
    else if (image.some((ink) => ink > 0)) {
      this.said = { modelId: model, image, outputs: network.activations(image) };
      publish(SOURCE, this.said);
    }
  }
}

const prefersStillness = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;

export default mounting(WrittenDigit);
