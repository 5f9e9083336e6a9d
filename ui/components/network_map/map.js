// The whole network as one picture. Pointing, arrow keys and connections live in the browser, and so
// may the readings that it follows; the server hears only of the unit that was chosen.

/** @import { Parent } from "../shared/component.js" */
/** @import { Unit } from "./layout.js" */
/** @import { Sheet } from "./paint.js" */
/** @import { Sent, View } from "./view.js" */

import { openCanvas } from "../shared/canvas.js";
import { element } from "../shared/element.js";
import { Explorer } from "../shared/explorer.js";
import { hint } from "../shared/hint.js";
import { Follower } from "../shared/live/follower.js";
import { networkOf } from "../shared/live/live.js";
import { clamp } from "../shared/number.js";
import { answerOf } from "../shared/wording.js";
import { layOutCompact } from "./compact_layout.js";
import { layOut, neighbourOf, unitAt } from "./layout.js";
import { liveLayers, silentLayers } from "./live_layers.js";
import { drawMap, paintSheets } from "./paint.js";
import { FINGER, nearestUnit } from "./reach.js";
import { describe, unpack } from "./view.js";

// A compact map takes so much of the window's height, or of its own width where that is less.
const OF_WINDOW = 0.29;
const OF_WIDTH = 0.54;
// Narrower than this, in CSS pixels, each layer is followed back through one unit.
const FEW_LINES = 500;

/**
 * @typedef {object} Look
 * @property {Unit | null} chosen null for the answer
 * @property {boolean} compact whether the map takes its height from the window, and not from the network
 * @property {string} invitation what stands above a compact map where nothing is pointed at
 * @property {string | null} live the source of the readings that it follows
 */

/** @extends {Explorer<Unit>} */
export class NetworkMap extends Explorer {
  sent = "";
  look = { compact: false, invitation: "" };
  /** @type {View | undefined} what Python sent */
  sentView;
  /** @type {View | undefined} what is shown */
  view;
  /** Whether the sheets show another reading than `view` has. */
  isStale = false;
  frame = 0;
  live = new Follower(() => this.hear());
  /** @type {Sheet[]} */
  sheets = [];

  /** @param {Parent} parentElement */
  constructor(parentElement) {
    super(parentElement);
    const line = element("div", "readout");
    this.readout = element("p");
    this.readout.setAttribute("aria-live", "polite");
    line.append(
      this.readout,
      this.stepButton("‹", "Previous unit", -1),
      this.stepButton("›", "Next unit", 1),
    );
    this.canvas = element("canvas");
    this.canvas.tabIndex = 0;
    this.canvas.setAttribute("role", "application");
    this.root.append(
      line,
      this.canvas,
      hint(
        "Point at a unit to see what feeds it. Click it, or walk there with the arrow keys and press Enter, to take it apart below.",
        "Tap a unit to see what feeds it, and to take it apart below. The arrows lead to the ones beside it.",
      ),
    );
    this.listen(this.canvas);
    // A change of the window's height alone does not change the room for the component.
    this.resizedWindow = () => this.look.compact && this.fit();
    window.addEventListener("resize", this.resizedWindow);
  }

  /**
   * A button that a finger hits where a unit is too small for it.
   * @param {string} sign
   * @param {string} label
   * @param {number} by
   */
  stepButton(sign, label, by) {
    const button = element("button", "", sign);
    button.type = "button";
    button.setAttribute("aria-label", label);
    button.onclick = () => {
      const { view, focus } = this;
      if (view && focus) {
        const { layer, unit } = focus;
        this.choose({ layer, unit: clamp(unit + by, 0, view.layers[layer].count - 1) });
      }
    };
    return button;
  }

  /** @param {Sent & Look} data */
  show({ chosen, compact, invitation, live, ...arrays }) {
    const sent = JSON.stringify(arrays);
    if (sent !== this.sent) {
      this.sentView = unpack(arrays);
      this.canvas.setAttribute("aria-label", this.sentView.label);
      this.pointed = null;
      this.read();
    }
    this.sent = sent;
    this.chosen = chosen;
    this.look = { compact, invitation };
    this.root.classList.toggle("compact", compact);
    this.live.follow(live);
    this.fit();
  }

  close() {
    cancelAnimationFrame(this.frame);
    window.removeEventListener("resize", this.resizedWindow);
    this.live.close();
    super.close();
  }

  // There is another reading: it is drawn with the next frame, however many come before.
  hear() {
    this.read();
    this.frame ||= requestAnimationFrame(() => {
      this.frame = 0;
      this.draw();
    });
  }

  // What is shown from now on: the newest reading while there is one, else what Python sent.
  read() {
    const { sentView } = this;
    if (!sentView) return;
    const { reading } = this.live;
    const network = reading && networkOf(reading.modelId);
    // Of a model that has just been exchanged, the last reading may be left.
    const isOf = network && network.layers.length === sentView.layers.length;
    this.view = {
      ...sentView,
      layers:
        reading === null
          ? silentLayers(sentView.layers)
          : reading && isOf
            ? liveLayers(sentView.layers, network, reading.outputs, sentView.connections)
            : sentView.layers,
    };
    this.isStale = true;
  }

  // Lay the layers out in the room there is, read the theme's colours, and draw.
  fit() {
    const { canvas, root, view } = this;
    const width = root.clientWidth;
    if (!view || !width) return;
    const style = getComputedStyle(root);
    /** @param {string} name */
    const value = (name) => style.getPropertyValue(name).trim();
    const layout = this.look.compact
      ? layOutCompact(
          view.layers,
          width,
          Math.round(Math.min(OF_WINDOW * window.innerHeight, OF_WIDTH * width)),
        )
      : layOut(view.layers, width);
    this.drawn = {
      context: openCanvas(canvas, width, layout.height),
      layout,
      theme: {
        accent: value("--st-primary-color"),
        link: value("--st-link-color"),
        text: value("--st-text-color"),
        font: style.fontFamily,
      },
    };
    canvas.style.height = `${layout.height}px`;
    this.draw();
  }

  draw() {
    const { pointed, view, drawn } = this;
    if (!view || !drawn) return;
    if (this.isStale) this.sheets = paintSheets(view, this.sheets);
    this.isStale = false;
    const chosen = this.marked();
    this.canvas.style.cursor = pointed ? "pointer" : "default";
    drawMap(
      drawn.context,
      // In a small map lines of more would hide it.
      drawn.layout.width < FEW_LINES ? { ...view, followed: 1 } : view,
      drawn.layout,
      this.sheets,
      { pointed, chosen },
      drawn.theme,
    );
    if (this.look.compact && !pointed) this.readout.textContent = this.look.invitation;
    else this.readout.innerHTML = this.focus ? describe(view, this.focus) : "";
  }

  get focus() {
    return this.pointed ?? this.marked();
  }

  // The unit that was chosen, or else the answer; none where there is nothing to read.
  marked() {
    if (this.chosen || this.live.reading === null) return this.chosen;
    const { layers } = /** @type {View} */ (this.view);
    const last = layers.length - 1;
    return { layer: last, unit: answerOf(layers[last].peaks) };
  }

  /** @param {MouseEvent} event */
  under(event) {
    if (!this.drawn) return null;
    const isFinger = event instanceof PointerEvent && event.pointerType === "touch";
    return isFinger
      ? nearestUnit(this.drawn.layout, event.offsetX, event.offsetY, FINGER)
      : unitAt(this.drawn.layout, event.offsetX, event.offsetY);
  }

  /** @param {string} key */
  step(key) {
    if (!this.view || !this.drawn) return null;
    const focus = this.focus ?? { layer: 0, unit: 0 };
    if (key === "Home") return { ...focus, unit: 0 };
    if (key === "End") return { ...focus, unit: this.view.layers[focus.layer].count - 1 };
    return neighbourOf(this.drawn.layout, focus, key);
  }

  /** @param {Unit} unit */
  named({ layer, unit }) {
    return { layer: this.view?.layers[layer].name, unit };
  }
}
