// A training to play through, one moment after the other.

/** @import { Parent } from "../shared/component.js" */
/** @import { Sent, View } from "./moments.js" */

import { mounting } from "../shared/component.js";
import { find } from "../shared/element.js";
import { percentOf } from "../shared/number.js";
import { Player } from "../shared/player.js";
import { showProbabilities } from "../shared/probability_rows.js";
import { drawChart } from "./chart.js";
import { readAs, rightOf, total, unpack } from "./moments.js";
import { paintTiles, showConfusion, skeleton } from "./panels.js";

/** Moments a second. @type {Record<string, number>} */
const SPEEDS = { Slow: 0.7, Normal: 1.5, Fast: 5 };

class Scrubber extends Player {
  moment = 0;
  oneScale = false;
  sent = "";
  training = "";
  /** @type {number | undefined} */
  start;
  /** @type {View | undefined} */
  view;
  /** @type {number[] | null} share of the sample read right at each moment */
  rightShares = null;

  /** @param {Parent} parentElement */
  constructor(parentElement) {
    super(parentElement, "scrubber");
  }

  get position() {
    return this.moment;
  }

  get last() {
    return this.view ? this.view.moments.length - 1 : 0;
  }

  get rate() {
    return SPEEDS[this.speed];
  }

  /**
   * Python sent something. Equal data: a rerun of the page or a new theme; nothing restarts.
   * @param {Sent & { start: number }} data
   */
  show({ start, ...arrays }) {
    const sent = JSON.stringify(arrays);
    const isNew = sent !== this.sent;
    if (isNew) this.build(unpack(arrays));
    // The same training with another digit, or its confusion counted by now, plays on.
    const training = String(arrays.moments) + arrays.kernels.shades;
    const isSent = training !== this.training || start !== this.start;
    const isElsewhere = isSent && start !== this.moment;
    if (isElsewhere) {
      this.stop();
      this.moment = start;
    }
    Object.assign(this, { sent, start, training });
    if (!isNew && !isElsewhere) return;
    this.showPlaying();
    this.draw();
    this.announce();
  }

  /** @param {View} view */
  build(view) {
    this.view = view;
    this.rightShares = view.confusions?.map((counts) => rightOf(counts) / total(counts)) ?? null;
    this.fill(view.label, ...skeleton(view, Object.keys(SPEEDS)));
    const box = find(this.root, "input[type=checkbox]", HTMLInputElement);
    box.checked = this.oneScale;
    box.onchange = () => {
      this.oneScale = box.checked;
      this.draw();
    };
  }

  rewind() {
    this.goTo(0);
  }

  /** @param {number} moment */
  goTo(moment) {
    this.moment = moment;
    this.draw();
  }

  // The last moment is where it stops at once.
  /** @param {number} steps */
  advance(steps) {
    if (!steps) return;
    const moment = Math.min(this.moment + steps, this.last);
    if (moment === this.last) this.visit(moment);
    else this.goTo(moment);
  }

  sentence() {
    return this.view ? this.view.sentences[this.moment] : "";
  }

  positionText() {
    return this.view ? this.view.moments[this.moment] : "";
  }

  link() {
    this.visit(this.moment);
    this.send("linked", this.moment);
    const said = "The address now leads to this moment.";
    find(this.root, ".sentence", HTMLElement).textContent = said;
    this.say(said);
  }

  draw() {
    const { view, moment, oneScale, root, rightShares } = this;
    if (!view) return;
    const { kernels, maps, colours } = view;
    /** @param {string} selector */
    const at = (selector) => find(root, selector, HTMLElement);
    const brightestEver = Math.max(...maps.brightest);
    const share = oneScale ? maps.brightest[moment] / (brightestEver || 1) : 1;
    paintTiles(at(".kernels .tiles"), kernels, moment, colours.signed, 1);
    paintTiles(at(".maps .tiles"), maps, moment, colours.activations, share);
    [at(".kernels .least").textContent, at(".kernels .most").textContent] = kernels.ends;
    at(".maps .most").textContent =
      maps.ends[oneScale ? maps.brightest.indexOf(brightestEver) : moment];
    at(".maps .note").textContent = oneScale ? "Largest of all moments" : "Largest of this moment";
    const probabilities = view.probabilities[moment];
    const rows = at(".probabilities");
    showProbabilities(rows, probabilities, view.texts[moment], readAs(probabilities));
    showConfusion(at(".confusion"), view.confusions?.[moment]);
    drawChart(find(root, ".timeline svg", SVGSVGElement), rightShares, moment);
    at(".chart-title").textContent = rightShares
      ? `${percentOf(rightShares[moment])} of the sample read right`
      : "";
    at(".moment").textContent = view.moments[moment];
    at(".sentence").textContent = view.sentences[moment];
    at(".kernels .tiles").setAttribute("aria-label", `${kernels.title}, ${view.moments[moment]}`);
    at(".maps .tiles").setAttribute("aria-label", `${maps.title}, ${view.moments[moment]}`);
    this.showOnBar();
  }
}

export default mounting(Scrubber);
