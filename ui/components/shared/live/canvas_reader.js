// The network reads the drawing canvas while the pen moves: at most once a frame, only where
// something was painted, and nothing of it leaves the browser. In a hidden tab no frame comes.

/** @import { Network } from "../network/network.js" */
/** @import { Sheets } from "./st_canvas.js" */

import { isSame } from "../bytes.js";
import { digitFromCanvas } from "../network/drawing.js";
import { activationsOf, isFast } from "./fast.js";
import { onNetwork, publish, withdraw } from "./live.js";
import { SheetReader, watchPainting } from "./st_canvas.js";

const SOURCE = "canvas";

export class CanvasReader {
  #modelId = "";
  /** @type {Network | null} */
  #network = null;
  /** @type {Uint8Array | null} a digit that was put on the canvas, which is read as it is */
  #put = null;
  #edition = -1;
  /** Whether the pen was on the canvas since what is on it was put there. */
  #isDrawnOn = false;
  /** Whether a stroke has just left the upper sheet, and is about to be painted on the lower one. */
  #isBetween = false;
  /** @type {Uint8Array | null | undefined} what was read last */
  #read;
  /** @type {Sheets | null} */
  #sheets = null;
  #reader = new SheetReader();
  #frame = 0;
  #stopWaiting = () => {};
  /** @type {(() => void)[]} */
  #stopWatching = [];

  /** @param {Sheets} sheets */
  attach(sheets) {
    this.#sheets = sheets;
    this.#stopWatching = [
      watchPainting(sheets.lower, () => {
        this.#isBetween = false;
        this.#soon();
      }),
      watchPainting(sheets.upper, (how) => {
        this.#isBetween = how === "clearRect";
        if (this.#isBetween) return;
        this.#isDrawnOn = true;
        if (this.#network && isFast(this.#network)) this.#soon();
      }),
    ];
    this.#soon();
  }

  /**
   * @param {string} modelId
   * @param {Uint8Array | null} put the digit that was put on the canvas, (28, 28), where that is all
   *   that is on it
   * @param {number} edition another one for each time that the server has replaced what is on it
   */
  follow(modelId, put, edition) {
    if (edition !== this.#edition) this.#isDrawnOn = false;
    this.#edition = edition;
    this.#put = put;
    if (modelId !== this.#modelId) this.#readWith(modelId);
    this.#soon();
  }

  close() {
    cancelAnimationFrame(this.#frame);
    this.#stopWaiting();
    for (const stop of this.#stopWatching) stop();
    withdraw(SOURCE);
  }

  /** @param {string} modelId */
  #readWith(modelId) {
    this.#stopWaiting();
    this.#modelId = modelId;
    this.#network = null;
    this.#read = undefined;
    withdraw(SOURCE);
    this.#stopWaiting = onNetwork(modelId, (network) => {
      isFast(network); // Which runs it for the first times before somebody draws.
      this.#network = network;
      this.#soon();
    });
  }

  #soon() {
    if (this.#network && this.#sheets) this.#frame ||= requestAnimationFrame(() => this.#look());
  }

  #look() {
    this.#frame = 0;
    if (this.#isBetween) return;
    try {
      this.#say(this.#put && !this.#isDrawnOn ? this.#put : this.#drawn());
    } catch (error) {
      console.error(error);
      this.#network = null;
      withdraw(SOURCE);
    }
  }

  /** What is drawn, as the network receives it; undefined where the canvas is not there yet. */
  #drawn() {
    const picture = this.#sheets && this.#reader.read(this.#sheets);
    return picture ? digitFromCanvas(picture.data, picture.height, picture.width) : undefined;
  }

  /** @param {Uint8Array | null | undefined} image */
  #say(image) {
    if (!this.#network || image === undefined || isSame(image, this.#read)) return;
    this.#read = image;
    publish(
      SOURCE,
      image && { modelId: this.#modelId, image, outputs: activationsOf(this.#network, image) },
    );
  }
}
