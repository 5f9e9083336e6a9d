// The whole network as one picture. Pointing, arrow keys and connections live in the browser; the
// server hears only of the unit that was chosen.

/** @import { Parent } from "../shared/component.js" */
/** @import { Unit } from "./layout.js" */
/** @import { Sheet } from "./paint.js" */
/** @import { Sent, View } from "./view.js" */

import { openCanvas } from "../shared/canvas.js";
import { mounting } from "../shared/component.js";
import { element } from "../shared/element.js";
import { Explorer } from "../shared/explorer.js";
import { hint } from "../shared/hint.js";
import { clamp } from "../shared/number.js";
import { layOut, neighbourOf, unitAt } from "./layout.js";
import { drawMap, paintSheets } from "./paint.js";
import { FINGER, nearestUnit } from "./reach.js";
import { describe, unpack } from "./view.js";

/** @extends {Explorer<Unit>} */
class NetworkMap extends Explorer {
  sent = "";
  /** @type {View | undefined} */
  view;
  /** @type {Sheet[]} */
  sheets = [];
  /** @type {Unit} */
  chosen = { layer: 0, unit: 0 };

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
      const { layer, unit } = this.chosen;
      if (this.view) {
        this.choose({ layer, unit: clamp(unit + by, 0, this.view.layers[layer].count - 1) });
      }
    };
    return button;
  }

  /** @param {Sent & { chosen: Unit }} data */
  show({ chosen, ...arrays }) {
    const sent = JSON.stringify(arrays);
    if (sent !== this.sent) {
      this.view = unpack(arrays);
      this.sheets = paintSheets(this.view);
      this.canvas.setAttribute("aria-label", this.view.label);
      this.pointed = null;
    }
    this.sent = sent;
    this.chosen = chosen;
    this.fit();
  }

  // Lay the layers out in the room there is, read the theme's colours, and draw.
  fit() {
    const { canvas, root, view } = this;
    const width = root.clientWidth;
    if (!view || !width) return;
    const style = getComputedStyle(root);
    /** @param {string} name */
    const value = (name) => style.getPropertyValue(name).trim();
    const layout = layOut(view.layers, width);
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
    const { pointed, chosen, view, drawn } = this;
    if (!view || !drawn) return;
    this.canvas.style.cursor = pointed ? "pointer" : "default";
    drawMap(drawn.context, view, drawn.layout, this.sheets, { pointed, chosen }, drawn.theme);
    this.readout.innerHTML = describe(view, pointed ?? chosen);
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
    const focus = this.pointed ?? this.chosen;
    if (!this.view || !this.drawn) return null;
    if (key === "Home") return { ...focus, unit: 0 };
    if (key === "End") return { ...focus, unit: this.view.layers[focus.layer].count - 1 };
    return neighbourOf(this.drawn.layout, focus, key);
  }

  /** @param {Unit} unit */
  named({ layer, unit }) {
    return { layer: this.view?.layers[layer].name, unit };
  }
}

export default mounting(NetworkMap);
