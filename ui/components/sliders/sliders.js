// Sliders that are answered while they move, without the server; it hears of them at rest.

/** @import { Parent, Send } from "../shared/component.js" */
/** @import { Effect } from "./effect.js" */

import { mounting } from "../shared/component.js";
import { as, element, find, keep } from "../shared/element.js";
import { format } from "../shared/number.js";
import { Told } from "../shared/told.js";
import { EffectShown } from "./effect.js";

// So many milliseconds after the last key, or the release of the pointer, a slider is at rest.
const PAUSE = 150;

/**
 * @typedef {object} Slider
 * @property {string} label
 * @property {number} least
 * @property {number} most
 * @property {number} step
 * @property {string} unit behind a value
 * @property {number} decimals
 *
 * @typedef {object} Sliders
 * @property {Slider[]} sliders
 * @property {number[]} settings a value for each of them
 * @property {Effect} effect
 * @property {string} again what the button for other noise says; empty where there is none
 * @property {number} heard the number of the last message that the server has heard
 */

class SlidersShown {
  /** @type {Send} */
  send = () => {};
  /** @type {Slider[]} */
  #sliders = [];
  #root = element("section");
  #button = element("button");
  #effect = new EffectShown();
  #told = new Told();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #frame = 0;
  /** Whether a slider has been moved since the server was told. */
  #isMoved = false;

  /** @param {Parent} parentElement */
  constructor(parentElement) {
    this.#button.type = "button";
    this.#button.onclick = () => this.send("again", true);
    parentElement.append(this.#root);
  }

  close() {
    clearTimeout(this.#timer);
    cancelAnimationFrame(this.#frame);
    this.#effect.close();
    this.#root.remove();
  }

  /** @param {Sliders} data */
  show({ sliders, settings, effect, again, heard }) {
    this.#sliders = sliders;
    this.#button.remove();
    keep(this.#root, sliders.length, () => this.#makeSlider());
    // What the server knows may be older than where the sliders are.
    const isOlder = this.#told.isOlder(heard) || this.#isMoved;
    this.#inputs().forEach((input, index) => {
      const { least, most, step, label } = sliders[index];
      Object.assign(input, { min: String(least), max: String(most), step: String(step) });
      if (!isOlder) input.value = String(settings[index]);
      find(as(input.parentElement, HTMLElement), "span span", HTMLElement).textContent = label;
      input.setAttribute("aria-label", label);
    });
    this.#button.textContent = again;
    if (again) this.#root.append(this.#button);
    this.#effect.follow(effect);
    this.#showSettings();
  }

  #makeSlider() {
    const label = element("label");
    const input = element("input");
    const line = element("span");
    line.append(element("span"), element("span", "value"));
    input.type = "range";
    input.oninput = () => this.#move();
    input.onchange = () => this.#rest();
    label.append(line, input);
    return label;
  }

  /** @returns {HTMLInputElement[]} */
  #inputs() {
    return [...this.#root.querySelectorAll("input")];
  }

  #move() {
    this.#isMoved = true;
    clearTimeout(this.#timer);
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.#showSettings();
    });
  }

  #rest() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#tell(), PAUSE);
  }

  #tell() {
    this.#isMoved = false;
    const settings = this.#inputs().map((input) => input.valueAsNumber);
    this.send("moved", { settings, number: this.#told.next() });
  }

  /** Show where the sliders are, and what they do there. */
  #showSettings() {
    const inputs = this.#inputs();
    const settings = inputs.map((input) => input.valueAsNumber);
    inputs.forEach((input, index) => {
      const { unit, decimals } = this.#sliders[index];
      const text = `${format(settings[index], decimals)}${unit}`;
      find(as(input.parentElement, HTMLElement), ".value", HTMLElement).textContent = text;
      input.setAttribute("aria-valuetext", text);
    });
    const last = inputs.length - 1;
    this.#button.disabled = settings[last] === this.#sliders[last].least;
    this.#effect.set(settings);
  }
}

export default mounting(SlidersShown);
