// A black square to write on with white ink, with the mouse, a pen or a finger: the canvas of a page
// that has no server.

import { contextOf } from "../shared/canvas.js";
import { element } from "../shared/element.js";

/** Rows and columns of what is drawn, as on the canvas of the dashboard. */
export const PAPER_SIZE = 280;

/**
 * @typedef {object} Stroke
 * @property {[number, number][]} points from the left and from the top, in pixels of the paper
 * @property {number} width in pixels of the paper
 * @property {boolean} erases
 */

/**
 * A point of the screen in pixels of the paper.
 * @param {{ clientX: number, clientY: number }} event
 * @param {{ left: number, top: number, width: number, height: number }} box where the paper is
 * @returns {[number, number]}
 */
export function pointOnPaper({ clientX, clientY }, { left, top, width, height }) {
  return [((clientX - left) / width) * PAPER_SIZE, ((clientY - top) / height) * PAPER_SIZE];
}

export class Paper {
  /** @type {Stroke[]} */
  strokes = [];
  /** @type {HTMLCanvasElement | null} a digit under the strokes */
  under = null;
  width = 20;
  erases = false;

  /** @param {() => void} changed called whenever the ink is not what it was */
  constructor(changed) {
    this.changed = changed;
    this.canvas = element("canvas", "paper");
    this.canvas.width = this.canvas.height = PAPER_SIZE;
    this.canvas.setAttribute("role", "img");
    this.canvas.setAttribute("aria-label", "The paper. Draw on it, or put a test digit on it.");
    this.context = contextOf(this.canvas);
    this.context.lineCap = this.context.lineJoin = "round";
    this.listen();
    this.paint();
  }

  get isEmpty() {
    return !this.strokes.length && !this.under;
  }

  // What is on the paper: red, green, blue and opacity of each pixel, row by row.
  get pixels() {
    return this.context.getImageData(0, 0, PAPER_SIZE, PAPER_SIZE).data;
  }

  /**
   * Take everything off the paper, and put a picture on it where there is one.
   * @param {HTMLCanvasElement | null} [picture]
   */
  clear(picture = null) {
    this.strokes = [];
    this.under = picture;
    this.paint();
    this.changed();
  }

  undo() {
    if (this.strokes.length) this.strokes.pop();
    else this.under = null;
    this.paint();
    this.changed();
  }

  listen() {
    const { canvas } = this;
    /** @type {Stroke | null} */
    let stroke = null;
    canvas.onpointerdown = (event) => {
      if (!event.isPrimary || event.button !== 0) return;
      canvas.setPointerCapture(event.pointerId);
      stroke = { points: [], width: this.width, erases: this.erases };
      this.strokes.push(stroke);
      this.lead(stroke, event);
    };
    canvas.onpointermove = (event) => {
      if (!stroke || !event.isPrimary) return;
      // Between two frames a pen reports several places; a browser hands them over together.
      const places = event.getCoalescedEvents?.() ?? [];
      for (const place of places.length ? places : [event]) this.lead(stroke, place);
    };
    canvas.onpointerup = canvas.onpointercancel = () => {
      stroke = null;
    };
  }

  /**
   * Lead a stroke to where the pointer is.
   * @param {Stroke} stroke
   * @param {PointerEvent} event
   */
  lead(stroke, event) {
    stroke.points.push(pointOnPaper(event, this.canvas.getBoundingClientRect()));
    this.line(stroke, Math.max(stroke.points.length - 2, 0));
    this.changed();
  }

  paint() {
    this.context.fillStyle = "#000";
    this.context.fillRect(0, 0, PAPER_SIZE, PAPER_SIZE);
    if (this.under) {
      this.context.imageSmoothingEnabled = false;
      this.context.drawImage(this.under, 0, 0, PAPER_SIZE, PAPER_SIZE);
    }
    for (const stroke of this.strokes) this.line(stroke, 0);
  }

  /**
   * A stroke from one of its points on; a single point is a dot.
   * @param {Stroke} stroke
   * @param {number} from
   */
  line({ points, width, erases }, from) {
    const { context } = this;
    context.strokeStyle = erases ? "#000" : "#fff";
    context.lineWidth = width;
    context.beginPath();
    context.moveTo(...points[from]);
    for (const point of points.slice(from + 1)) context.lineTo(...point);
    if (from === points.length - 1) context.lineTo(...points[from]);
    context.stroke();
  }
}
