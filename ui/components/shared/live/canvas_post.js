// When a drawing is sent to the server: once the pen has come to rest, or where something else is about
// to be done; never while the pen is down. By itself the canvas sends each stroke after 200 ms, whatever
// the pen does meanwhile. So Python tells it to send nothing, as soon as it has heard that this here will.

/** @import { Sheets } from "./st_canvas.js" */

import { sendDrawing, watchPainting } from "./st_canvas.js";

// Milliseconds. Mostly the next stroke of the same digit has begun by then.
const REST = 700;
// What Python puts on the canvas is there once nothing was painted for so long, or not at all.
const STILL = 150;
const UNPAINTED = 400;

export class CanvasPost {
  #sheets;
  #isPenDown = false;
  /** Whether the canvas is not what it was when the page was opened, which the server knows. */
  #isChanged = false;
  /** How long the canvas has to be left alone before it is sent; 0 where the server has seen it. */
  #wait = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #listening = new AbortController();
  #stopWatching;

  /** @param {Sheets} sheets */
  constructor(sheets) {
    this.#sheets = sheets;
    this.#stopWatching = watchPainting(sheets.lower, () => this.#painted());
    /**
     * @param {EventTarget} target
     * @param {string} names
     * @param {(event: Event) => void} act
     */
    const on = (target, names, act) => {
      const { signal } = this.#listening;
      for (const name of names.split(" "))
        target.addEventListener(name, act, { signal, capture: true });
    };
    on(window, "pointerdown", (event) => {
      if (event.composedPath().includes(sheets.upper)) this.#takePen();
      else this.#send();
    });
    on(window, "pointerup pointercancel", () => this.#liftPen());
    // Whoever moves away is about to do something else. A finger is away after each stroke.
    on(sheets.upper, "pointerleave", (event) => {
      if (event instanceof PointerEvent && event.pointerType !== "touch") this.#send();
    });
    // What a key does may need the drawing, and whoever goes elsewhere may not come back.
    on(window, "keydown blur pagehide", () => this.#send());
    on(document, "visibilitychange", () => this.#send());
  }

  /** The server has put something on the canvas that it can see only here. */
  ask() {
    this.#isChanged = true;
    this.#wait ||= UNPAINTED;
    this.#restart();
  }

  close() {
    clearTimeout(this.#timer);
    this.#listening.abort();
    this.#stopWatching();
  }

  #painted() {
    if (!this.#isChanged || this.#isPenDown) return;
    if (this.#wait !== REST) this.#wait = STILL;
    this.#restart();
  }

  #takePen() {
    this.#isPenDown = true;
    clearTimeout(this.#timer);
  }

  #liftPen() {
    if (!this.#isPenDown) return;
    this.#isPenDown = false;
    this.#isChanged = true;
    this.#wait = REST;
    this.#restart();
  }

  #restart() {
    clearTimeout(this.#timer);
    if (this.#wait && !this.#isPenDown) this.#timer = setTimeout(() => this.#send(), this.#wait);
  }

  #send() {
    clearTimeout(this.#timer);
    if (!this.#wait || this.#isPenDown) return;
    this.#wait = 0;
    sendDrawing(this.#sheets);
  }
}
