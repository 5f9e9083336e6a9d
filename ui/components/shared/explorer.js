// What pictures share whose parts are pointed at, with the pointer or the arrow keys, and chosen, with
// a click, Enter or Space. Pointing stays in the browser; the server hears only of what was chosen.

/** @import { Parent, Send } from "./component.js" */

import { element } from "./element.js";
import { isCommand } from "./focus.js";

/**
 * @template Part what is pointed at: plain data, such as a row and a column
 */
export class Explorer {
  /** @type {Part | null} */
  pointed = null;
  /** @type {Part | null} */
  chosen = null;
  /** @type {Send} */
  send = () => {};

  /** @param {Parent} parentElement */
  constructor(parentElement) {
    this.root = element("section");
    parentElement.append(this.root);
    this.resized = new ResizeObserver(() => this.fit());
    this.resized.observe(this.root);
  }

  close() {
    this.resized.disconnect();
    this.root.remove();
  }

  // The part that is read out: the one under the pointer, or else the one that was chosen.
  get focus() {
    return this.pointed ?? this.chosen;
  }

  /** @param {HTMLCanvasElement} canvas */
  listen(canvas) {
    canvas.onpointermove = (event) => this.point(this.under(event));
    canvas.onpointerleave = () => this.point(null);
    canvas.onblur = () => this.point(null);
    canvas.onclick = (event) => this.choose(this.under(event));
    canvas.onkeydown = (event) => this.press(event);
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    if (isCommand(event)) return;
    const next = this.step(event.key);
    if (next) this.point(next);
    else if (event.key === "Enter" || event.key === " ") this.choose(this.focus);
    else if (event.key === "Escape") this.point(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** @param {Part | null} part */
  point(part) {
    if (JSON.stringify(part) === JSON.stringify(this.pointed)) return;
    this.pointed = part;
    this.draw();
  }

  /**
   * Marked at once; what the server has to say about it follows.
   * @param {Part | null} part
   */
  choose(part) {
    if (!part) return;
    this.chosen = part;
    this.draw();
    this.send("chosen", this.named(part));
  }

  // What follows is left to each kind of explorer.

  /** Draw for the room there is now. */
  fit() {}

  draw() {}

  /**
   * The part under the pointer.
   * @param {MouseEvent} _event
   * @returns {Part | null}
   */
  under(_event) {
    return null;
  }

  /**
   * The part that a key leads to from the one in focus; null where the key does not lead anywhere.
   * @param {string} _key
   * @returns {Part | null}
   */
  step(_key) {
    return null;
  }

  /**
   * A part as the server knows it.
   * @param {Part} part
   * @returns {unknown}
   */
  named(part) {
    return part;
  }
}
