// Messages to the server that are numbered. It sends the number of the last one that it has heard along
// with what it shows, so that what is older than what a visitor has done since can be told.

export class Told {
  /** @type {number | undefined} of the last message; undefined before anything has come */
  #number;

  /** The number of the next message. */
  next() {
    this.#number = (this.#number ?? 0) + 1;
    return this.#number;
  }

  /**
   * Whether what comes with such a number is older than the last message.
   * @param {number} heard
   */
  isOlder(heard) {
    this.#number ??= heard;
    return heard !== this.#number;
  }
}
