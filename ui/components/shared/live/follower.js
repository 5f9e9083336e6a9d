// A component that follows a live reading: it shows the newest one while there is one, and else what
// the server sent.

/** @import { Reading } from "./live.js" */

import { subscribe } from "./live.js";

export class Follower {
  /** @type {Reading | null | undefined} as in live.js */
  reading;
  /** @type {string | null} */
  #source = null;
  #leave = () => {};
  #draw;

  /** @param {() => void} draw called when there is another reading */
  constructor(draw) {
    this.#draw = draw;
  }

  /** @param {string | null} source whose readings are followed from now on; null: none */
  follow(source) {
    if (source === this.#source) return;
    this.close();
    this.#source = source;
    if (source === null) return;
    this.#leave = subscribe(source, (reading) => {
      this.reading = reading;
      this.#draw();
    });
  }

  close() {
    this.#leave();
    this.#source = null;
    this.reading = undefined;
  }
}
