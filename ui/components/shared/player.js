// A player: positions from 0 to the last one, shown one after the other. Everything happens in the
// browser; the server hears of it only when a visitor asks for the link to what is shown.

/** @import { Parent, Send } from "./component.js" */

import { as, element, find } from "./element.js";
import { clamp } from "./number.js";
import { Pace } from "./pace.js";
import { showPlaying } from "./player_controls.js";

/** What the buttons do; `this` is the player. @type {Record<string, (player: Player) => void>} */
const ACTIONS = {
  start: (player) => player.scrubTo(0),
  back: (player) => player.visit(player.position - 1),
  play: (player) => player.toggle(),
  forth: (player) => player.visit(player.position + 1),
  end: (player) => player.scrubTo(player.last),
  link: (player) => player.link(),
};

export class Player {
  playing = false;
  inView = false;
  speed = "Normal";
  frame = 0;
  pace = new Pace();
  /** @type {Send} */
  send = () => {};

  /**
   * @param {Parent} parentElement
   * @param {string} className
   */
  constructor(parentElement, className) {
    this.root = element("section", className);
    this.scrub = element("input");
    parentElement.append(this.root);
    this.seen = new IntersectionObserver(
      (entries) => this.lookAround(entries[entries.length - 1]),
      {
        threshold: [0, 0.5],
      },
    );
    this.seen.observe(this.root);
  }

  close() {
    cancelAnimationFrame(this.frame);
    this.playing = false;
    this.seen.disconnect();
    this.root.remove();
  }

  /**
   * Put the parts of a player into its place and connect its buttons, speeds and scrub bar.
   * @param {string} label for screen readers
   * @param {...Element} parts
   */
  fill(label, ...parts) {
    const { root } = this;
    root.replaceChildren(...parts);
    root.setAttribute("aria-label", label);
    for (const button of root.querySelectorAll("button[data-do]")) {
      const { dataset } = as(button, HTMLElement);
      as(button, HTMLElement).onclick = () => ACTIONS[dataset.do ?? ""](this);
    }
    for (const input of root.querySelectorAll(".speeds input")) {
      const radio = as(input, HTMLInputElement);
      radio.checked = radio.value === this.speed;
      radio.onchange = () => {
        this.speed = radio.value;
      };
    }
    this.scrub = find(root, "input[type=range]", HTMLInputElement);
    this.scrub.oninput = () => this.scrubTo(Number(this.scrub.value));
    this.scrub.onkeydown = (event) => {
      if (event.key !== " ") return;
      event.preventDefault();
      this.toggle();
    };
  }

  /** Let the scrub bar show the position; its style fills it that far. */
  showOnBar() {
    this.scrub.value = String(this.position);
    this.scrub.style.setProperty("--share", `${(100 * this.position) / (this.last || 1)}%`);
  }

  toggle() {
    if (this.playing) this.visit(this.position);
    else this.play();
  }

  play() {
    if (this.position === this.last) this.rewind();
    this.playing = true;
    this.pace.restart();
    this.showPlaying();
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame((time) => this.tick(time));
  }

  stop() {
    cancelAnimationFrame(this.frame);
    this.playing = false;
    this.showPlaying();
  }

  /** @param {number} time in milliseconds */
  tick(time) {
    if (!this.playing) return;
    // Out of sight or in a hidden tab, time stands still.
    this.advance(this.pace.stepsBy(time, this.rate, this.inView));
    if (!this.playing) return;
    this.frame = requestAnimationFrame((next) => this.tick(next));
  }

  /**
   * Stop, go to a position and show it.
   * @param {number} position held within
   */
  visit(position) {
    this.stop();
    this.goTo(clamp(position, 0, this.last));
    this.announce();
  }

  /**
   * As if it had been played up to a position.
   * @param {number} position
   */
  scrubTo(position) {
    this.visit(position);
  }

  // Speak only where the visitor has come to rest: a running commentary would be noise.
  announce() {
    if (this.playing) return;
    this.say(this.sentence());
    this.scrub.setAttribute("aria-valuetext", this.positionText());
  }

  /** @param {string} text */
  say(text) {
    find(this.root, ".spoken", HTMLElement).textContent = text;
  }

  showPlaying() {
    showPlaying(find(this.root, "[data-do=play]", HTMLElement), this.playing);
    this.root.dataset.playing = String(this.playing);
  }

  /** @param {IntersectionObserverEntry} entry */
  lookAround(entry) {
    this.inView = entry.isIntersecting;
  }

  // What follows is left to each kind of player.

  /** Where it is, from 0 to `last`. */
  get position() {
    return 0;
  }

  get last() {
    return 0;
  }

  /** Steps a second at the speed that was chosen. */
  get rate() {
    return 1;
  }

  /** Before it plays from the start again. */
  rewind() {
    this.scrubTo(0);
  }

  /**
   * Show a position.
   * @param {number} _position
   */
  goTo(_position) {}

  /**
   * Play on by whole steps, 0 in most frames, and show it.
   * @param {number} _steps
   */
  advance(_steps) {}

  /** What is said of the position, or of what is marked there. */
  sentence() {
    return "";
  }

  /** The position in words. */
  positionText() {
    return "";
  }

  link() {}
}
