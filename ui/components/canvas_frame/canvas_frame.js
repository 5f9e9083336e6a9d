// The drawing canvas as large as its column and the window allow, its digit in the address, read by
// the network while it is drawn, and sent to the server when the pen is at rest.

/** @import { Parent, Send } from "../shared/component.js" */
/** @import { Sheets } from "../shared/live/st_canvas.js" */

import { addressWith, putInPlace } from "../shared/address.js";
import { bytesOf } from "../shared/bytes.js";
import { mounting } from "../shared/component.js";
import { CanvasPost } from "../shared/live/canvas_post.js";
import { CanvasReader } from "../shared/live/canvas_reader.js";
import { canSendDrawing, findCanvas } from "../shared/live/st_canvas.js";

// However low the window is.
const SMALLEST = 280;

/**
 * The side of the square canvas, in CSS pixels.
 * @param {number} columnWidth
 * @param {number} windowHeight
 * @param {number} highest of the window's height, 0 to 1
 */
export function canvasSide(columnWidth, windowHeight, highest) {
  return Math.floor(Math.min(columnWidth, Math.max(SMALLEST, highest * windowHeight)));
}

// A message may be lost where a run is cut short.
const MOST_OFFERS = 3;

/**
 * @typedef {object} Sent
 * @property {string} digit name of the current digit
 * @property {string} model id of the network that reads
 * @property {string | null} put base64 of the digit that is all there is on the canvas
 * @property {number} edition how often Python has replaced what is on it
 * @property {number} highest of the window's height that it may take, 0 to 1
 * @property {boolean} isHeld whether the canvas sends nothing by itself
 */

class CanvasFrame {
  /** @type {Send} */
  send = () => {};
  /** @type {Sheets | null} */
  sheets = null;
  /** @type {CanvasPost | null} */
  post = null;
  /** @type {Sent | null} */
  sent = null;
  offers = 0;

  /** @param {Parent} parent */
  constructor(parent) {
    this.ruler = document.createElement("div");
    parent.append(this.ruler);
    this.reader = new CanvasReader();
    this.sheet = new CSSStyleSheet();
    this.fit = this.fit.bind(this);
    this.observer = new ResizeObserver(this.fit);
    this.observer.observe(this.ruler);
    window.addEventListener("resize", this.fit);
    this.adopted = requestAnimationFrame(() => this.adopt());
  }

  /** @param {Sent} sent */
  show(sent) {
    // Python has replaced what is on the canvas, and has not seen it.
    if (this.sent && sent.edition !== this.sent.edition) this.post?.ask();
    const isOtherSize = sent.highest !== this.sent?.highest;
    this.sent = sent;
    if (isOtherSize) this.fit();
    putInPlace(addressWith(window.location.href, { digit: sent.digit }));
    this.reader.follow(sent.model, sent.put === null ? null : bytesOf(sent.put), sent.edition);
    this.holdBack();
  }

  close() {
    this.observer.disconnect();
    window.removeEventListener("resize", this.fit);
    cancelAnimationFrame(this.adopted);
    this.reader.close();
    this.post?.close();
  }

  /** Look for the canvas, which is mounted at its own time, dress it and read it. */
  adopt() {
    this.sheets = findCanvas();
    if (!this.sheets) {
      this.adopted = requestAnimationFrame(() => this.adopt());
      return;
    }
    const { root } = this.sheets;
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, this.sheet];
    this.reader.attach(this.sheets);
    this.holdBack();
  }

  /** Offer to say when the drawing is sent, and once that is heard, do so. */
  holdBack() {
    const { sent, sheets } = this;
    if (!sent || !sheets || !canSendDrawing(sheets)) return;
    if (sent.isHeld) this.post ??= new CanvasPost(sheets);
    else if (this.offers++ < MOST_OFFERS) this.send("held", true);
  }

  fit() {
    if (!this.sent) return;
    const side = canvasSide(this.ruler.clientWidth, window.innerHeight, this.sent.highest);
    // What is drawn stays 280 by 280: the canvas reckons a pointer's place by its size on the screen.
    // Its own buttons say twice what stands below it.
    this.sheet.replaceSync(`
      .dc-container, .dc-container :is(canvas, .canvas-container) {
        width: ${side}px !important; height: ${side}px !important; border-radius: 0.6rem;
      }
      .dc-toolbar { display: none !important; }
    `);
  }
}

export default mounting(CanvasFrame);
