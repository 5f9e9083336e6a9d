// The drawing canvas as large as its column and the window allow, and its digit in the address.

/** @import { Parent, Send } from "../shared/component.js" */

import { addressWith, putInPlace } from "../shared/address.js";
import { mounting } from "../shared/component.js";

// Of the window's height, so that the answer over the canvas is seen with it.
const HIGHEST = 0.55;
const SMALLEST = 280;

/**
 * The side of the square canvas, in CSS pixels.
 * @param {number} columnWidth
 * @param {number} windowHeight
 */
export function canvasSide(columnWidth, windowHeight) {
  return Math.floor(Math.min(columnWidth, Math.max(SMALLEST, HIGHEST * windowHeight)));
}

class CanvasFrame {
  /** @type {Send} */
  send = () => {};

  /** @param {Parent} parent */
  constructor(parent) {
    this.ruler = document.createElement("div");
    parent.append(this.ruler);
    this.sheet = new CSSStyleSheet();
    this.fit = this.fit.bind(this);
    this.observer = new ResizeObserver(this.fit);
    this.observer.observe(this.ruler);
    window.addEventListener("resize", this.fit);
    this.adopted = requestAnimationFrame(() => this.adopt());
  }

  /** @param {{ digit: string }} data */
  show({ digit }) {
    putInPlace(addressWith(window.location.href, { digit }));
  }

  close() {
    this.observer.disconnect();
    window.removeEventListener("resize", this.fit);
    cancelAnimationFrame(this.adopted);
  }

  /** Look for the canvas, which is mounted at its own time, and dress it. */
  adopt() {
    const around = document.querySelectorAll(".st-key-canvas *");
    const root = [...around].find((each) => each.shadowRoot?.querySelector("canvas"))?.shadowRoot;
    if (root) root.adoptedStyleSheets = [...root.adoptedStyleSheets, this.sheet];
    else this.adopted = requestAnimationFrame(() => this.adopt());
  }

  fit() {
    const side = canvasSide(this.ruler.clientWidth, window.innerHeight);
    // What is drawn stays 280 by 280: the canvas reckons a pointer's place by its size on the screen.
    // Its own buttons say twice what stands below it.
    this.sheet.replaceSync(`
      .dc-container, .dc-container :is(canvas, .canvas-container) {
        width: ${side}px !important; height: ${side}px !important;
      }
      .dc-toolbar { display: none !important; }
    `);
  }
}

export default mounting(CanvasFrame);
