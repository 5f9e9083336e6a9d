// The canvas of streamlit-drawable-canvas 0.13, seen from outside: the one place that knows its
// markup. It draws with Fabric, on two canvases that lie on each other: what is finished on the lower
// one, the stroke under the pen on the upper one. Both have the pixels of the picture that is sent,
// however large they are shown and however dense the screen is.

import { contextOf } from "../canvas.js";
import { find } from "../element.js";

// All by which Fabric changes what a canvas shows; it clears each before it draws it anew.
const PAINTING = /** @type {const} */ (["clearRect", "drawImage", "fill", "fillRect", "stroke"]);

// A button of its own, which may be out of sight.
const SENDS = 'button[aria-label="Update the app with this drawing"]';

/** @typedef {(how: typeof PAINTING[number]) => void} Hear */

/** @type {WeakMap<HTMLCanvasElement, Set<Hear>>} */
const watched = new WeakMap();

/**
 * @typedef {object} Sheets
 * @property {ShadowRoot} root what both lie in
 * @property {HTMLCanvasElement} lower
 * @property {HTMLCanvasElement} upper
 */

/**
 * The canvas whose key is `canvas`; null where it is not mounted, or not made as it is known here.
 * @returns {Sheets | null}
 */
export function findCanvas() {
  for (const { shadowRoot } of document.querySelectorAll(".st-key-canvas *")) {
    const lower = shadowRoot?.querySelector("canvas.dc-canvas.lower-canvas");
    const upper = shadowRoot?.querySelector("canvas.dc-canvas.upper-canvas");
    if (shadowRoot && lower instanceof HTMLCanvasElement && upper instanceof HTMLCanvasElement)
      return { root: shadowRoot, lower, upper };
  }
  return null;
}

/**
 * Call whenever something is painted on a canvas, just before it is.
 * @param {HTMLCanvasElement} canvas
 * @param {Hear} hear
 * @returns {() => void} calls no longer
 */
export function watchPainting(canvas, hear) {
  const context = contextOf(canvas);
  const own = /** @type {Record<string, unknown>} */ (/** @type {unknown} */ (context));
  const hearing = watched.get(canvas) ?? new Set();
  if (hearing.size === 0) {
    watched.set(canvas, hearing);
    for (const name of PAINTING) {
      own[name] = (/** @type {unknown[]} */ ...how) => {
        for (const each of hearing) each(name);
        Reflect.apply(CanvasRenderingContext2D.prototype[name], context, how);
      };
    }
  }
  hearing.add(hear);
  return () => {
    hearing.delete(hear);
    if (hearing.size === 0) for (const name of PAINTING) delete own[name];
  };
}

/** Both sheets as one picture, read over and over. */
export class SheetReader {
  #canvas = document.createElement("canvas");
  #context = contextOf(this.#canvas, { willReadFrequently: true });

  /**
   * @param {Sheets} sheets
   * @returns {ImageData | null} RGBA, as many rows and columns as the lower sheet has; null as long as
   *   the drawing that the canvas was handed is not painted, which it is on a background
   */
  read({ lower, upper }) {
    const { width, height } = lower;
    if (this.#canvas.width !== width) this.#canvas.width = width;
    if (this.#canvas.height !== height) this.#canvas.height = height;
    this.#context.clearRect(0, 0, width, height);
    this.#context.drawImage(lower, 0, 0);
    this.#context.drawImage(upper, 0, 0);
    const picture = this.#context.getImageData(0, 0, width, height);
    return picture.data[3] === 255 ? picture : null;
  }
}

/**
 * Whether the canvas can be told to send its drawing.
 * @param {Sheets} sheets
 */
export function canSendDrawing({ root }) {
  return root.querySelector(SENDS) !== null;
}

/**
 * Have the canvas send its drawing to the server now.
 * @param {Sheets} sheets
 */
export function sendDrawing({ root }) {
  find(root, SENDS, HTMLButtonElement).click();
}
