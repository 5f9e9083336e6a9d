// A digit to erase and paint on, pixel by pixel, with the mouse, a finger or the keyboard. Where the
// networks that read it are in the browser, they answer each step of a stroke, and the server hears of
// the whole stroke; elsewhere it hears of it, and answers, a few times a second.

/** @import { Parent, Send } from "../shared/component.js" */
/** @import { Reading } from "../shared/live/live.js" */
/** @import { Pixel } from "./brush.js" */

import { base64Of, bytesOf, isSame } from "../shared/bytes.js";
import { openCanvas, pictureOf } from "../shared/canvas.js";
import { mounting } from "../shared/component.js";
import { element } from "../shared/element.js";
import { isCommand, stepWithin } from "../shared/focus.js";
import { subscribe } from "../shared/live/live.js";
import { Reader } from "../shared/live/reader.js";
import { Told } from "../shared/told.js";
import { toldAnswer } from "../shared/wording.js";
import { apply, applyAlong, reach, SIZE, within } from "./brush.js";

// So many milliseconds lie between two messages to the server within one stroke.
const PAUSE = 120;

/**
 * @typedef {object} Editable
 * @property {string} pixels base64 of uint8 (28, 28)
 * @property {number} value what a touched pixel becomes, 0 to 255
 * @property {number} size rows and columns of the tool
 * @property {string} label
 * @property {number} version of the digit; goes back with every edit
 * @property {string | null} shaded pixels with a tint, base64 of uint8 (28, 28)
 * @property {string} before the digit as it was before anything was painted, base64 of uint8 (28, 28)
 * @property {string | null} hears the source of live readings whose image takes the digit's place
 * @property {{ model: string, source: string }[]} readers networks that read what is painted, by their
 *   live id, and the source of each one's live readings
 * @property {number} heard the number of the last message that the server has heard
 * @property {string} unchanged goes before the answer where nothing is painted
 * @property {string} same goes before it where something is, and no probability differs
 */

class PixelEditor {
  /** @type {Send} */
  send = () => {};
  /** @type {Editable | undefined} */
  data;
  /** @type {number | undefined} */
  version;
  /** @type {Uint8Array} */
  pixels = new Uint8Array(SIZE * SIZE);
  /** @type {Pixel} */
  cursor = [14, 14];
  /** @type {Pixel | null} where the stroke that is being drawn is */
  stroke = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  timer;
  told = new Told();
  /** @type {Uint8Array} */
  before = new Uint8Array(SIZE * SIZE);
  /** @type {Reading | null | undefined} that of the digit which takes the place of this one */
  other;
  /** @type {Reader[]} */
  readers = [];
  /** @type {string | null} */
  hears = null;
  leave = () => {};

  /** @param {Parent} parentElement */
  constructor(parentElement) {
    this.root = element("section");
    this.canvas = element("canvas");
    this.canvas.tabIndex = 0;
    this.canvas.setAttribute("role", "application");
    this.readout = element("p");
    this.readout.setAttribute("aria-live", "polite");
    this.root.append(this.canvas, this.readout);
    parentElement.append(this.root);
    this.resized = new ResizeObserver(() => this.draw());
    this.resized.observe(this.root);
    this.listen();
  }

  close() {
    clearTimeout(this.timer);
    this.resized.disconnect();
    this.leave();
    for (const reader of this.readers) reader.close();
    this.root.remove();
  }

  /** @param {Editable} data */
  show(data) {
    this.data = data;
    this.canvas.setAttribute(
      "aria-label",
      `${data.label}. Arrow keys move from pixel to pixel, Space ${data.value ? "paints" : "erases"}.`,
    );
    const isAnother = data.version !== this.version;
    if (isAnother) this.drop();
    this.version = data.version;
    const before = bytesOf(data.before);
    // What the server knows may be older than what is painted here, or than the digit itself.
    const isOlder = this.told.isOlder(data.heard) && !isAnother;
    const isOlderDigit = this.other && !isSame(this.other.image, before);
    if (!this.stroke && this.timer === undefined && !isOlder && !isOlderDigit) {
      this.pixels = bytesOf(data.pixels);
      this.before = before;
    }
    this.follow(data);
    this.draw();
    this.read();
  }

  /** @param {Editable} data */
  follow({ hears, readers }) {
    while (this.readers.length > readers.length) this.readers.pop()?.close();
    while (this.readers.length < readers.length) this.readers.push(new Reader(() => this.read()));
    readers.forEach(({ model, source }, index) => {
      this.readers[index].follow(model, source);
    });
    if (hears === this.hears) return;
    this.leave();
    this.hears = hears;
    this.leave = hears === null ? () => {} : subscribe(hears, (reading) => this.replace(reading));
  }

  /** @param {Reading | null | undefined} reading of the digit that takes the place of this one */
  replace(reading) {
    this.other = reading;
    if (!reading || isSame(reading.image, this.before)) return;
    this.drop();
    this.before = reading.image;
    this.pixels = reading.image.slice();
    this.draw();
    this.read();
  }

  read() {
    const { before, data, pixels } = this;
    if (!data) return;
    for (const reader of this.readers) {
      reader.read((network) => {
        const outputs = network.activations(pixels);
        const after = outputs[outputs.length - 1];
        const isPainted = !isSame(pixels, before);
        const { unchanged, same } = data;
        const said = toldAnswer(reader.answerTo(before), after, isPainted, unchanged, same);
        return { image: pixels.slice(), outputs, said };
      });
    }
  }

  get isLive() {
    return this.readers.length > 0 && this.readers.every((reader) => reader.isLive);
  }

  draw() {
    const { canvas, cursor, data, pixels } = this;
    const width = canvas.clientWidth;
    if (!data || !width) return;
    const edge = width / SIZE;
    const accent = getComputedStyle(this.root).getPropertyValue("--st-primary-color");
    const context = openCanvas(canvas, width, width);
    const picture = pictureOf(SIZE, SIZE, (cell) => [pixels[cell], pixels[cell], pixels[cell]]);
    context.drawImage(picture, 0, 0, width, width);
    if (data.shaded) shade(context, bytesOf(data.shaded), edge, accent);
    const [top, bottom, left, right] = reach(data.size, cursor);
    context.strokeStyle = accent;
    context.lineWidth = 2;
    context.strokeRect(
      left * edge,
      top * edge,
      (right - left + 1) * edge,
      (bottom - top + 1) * edge,
    );
    const [row, column] = cursor;
    this.readout.textContent = `Row ${row}, column ${column}: ${pixels[row * SIZE + column]} of 255`;
  }

  listen() {
    const { canvas } = this;
    /**
     * @param {PointerEvent} event
     * @returns {Pixel}
     */
    const under = (event) => {
      const box = canvas.getBoundingClientRect();
      return [
        within(Math.floor(((event.clientY - box.top) / box.height) * SIZE)),
        within(Math.floor(((event.clientX - box.left) / box.width) * SIZE)),
      ];
    };
    canvas.onpointerdown = (event) => {
      canvas.setPointerCapture(event.pointerId);
      this.cursor = under(event);
      this.strokeOn(this.cursor);
      this.draw();
    };
    canvas.onpointermove = (event) => {
      this.cursor = under(event);
      if (this.stroke) this.strokeOn(this.stroke);
      this.draw();
    };
    canvas.onpointerup = () => this.endStroke();
    canvas.onpointercancel = () => this.endStroke();
    canvas.onkeydown = (event) => this.press(event);
  }

  /**
   * Go on with the stroke, to the cursor.
   * @param {Pixel} from
   */
  strokeOn(from) {
    if (!this.data) return;
    applyAlong(this.pixels, this.data.value, this.data.size, from, this.cursor);
    this.stroke = this.cursor;
    this.read();
    if (!this.isLive) this.tell();
  }

  endStroke() {
    const wasStroke = this.stroke !== null;
    this.stroke = null;
    if (this.timer !== undefined || (wasStroke && this.isLive)) this.tellNow();
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    if (isCommand(event) || !this.data) return;
    const next = stepWithin(event.key, this.cursor, SIZE, SIZE);
    if (next) this.cursor = next;
    else if (event.key === " " || event.key === "Enter") {
      apply(this.pixels, this.data.value, this.data.size, this.cursor);
      this.read();
      this.tell();
    } else return;
    event.preventDefault();
    event.stopPropagation();
    this.draw();
  }

  // Within a stroke the server hears a few times a second; the last state always arrives.
  tell() {
    this.timer ??= setTimeout(() => this.tellNow(), PAUSE);
  }

  tellNow() {
    this.drop(this.stroke);
    const number = this.told.next();
    this.send("edited", { pixels: base64Of(this.pixels), version: this.version, number });
  }

  /**
   * Tell nothing of what is not told yet.
   * @param {Pixel | null} [stroke] that goes on
   */
  drop(stroke = null) {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.stroke = stroke;
  }
}

/**
 * A tint over pixels that the page speaks of; what is painted there stays visible.
 * @param {CanvasRenderingContext2D} context
 * @param {Uint8Array} shaded (28, 28)
 * @param {number} edge of a pixel in CSS pixels
 * @param {string} colour
 */
function shade(context, shaded, edge, colour) {
  context.fillStyle = colour;
  context.globalAlpha = 0.35;
  shaded.forEach((marked, cell) => {
    if (marked) context.fillRect((cell % SIZE) * edge, Math.floor(cell / SIZE) * edge, edge, edge);
  });
  context.globalAlpha = 1;
}

export default mounting(PixelEditor);
