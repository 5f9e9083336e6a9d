// A window to play through, on its way over one input, place by place.

/** @import { Parent } from "../shared/component.js" */
/** @import { Look } from "./grids.js" */
/** @import { Cell, ScaleName, Scene, Sent, View } from "./view.js" */

import { colourScale } from "../shared/colour.js";
import { mounting } from "../shared/component.js";
import { element, find } from "../shared/element.js";
import { arrowStep, isCommand, stepWithin } from "../shared/focus.js";
import { format, largestOf } from "../shared/number.js";
import { Player } from "../shared/player.js";
import { buildArithmetic, showArithmetic } from "./arithmetic.js";
import {
  columnOf,
  inputAt,
  isInside,
  lastPlace,
  nearestPlace,
  placeAt,
  readersOf,
  rowOf,
  tapAt,
} from "./geometry.js";
import { drawInput, drawOutput, paintPlace, pictureOfOutput, picturesOfInput } from "./grids.js";
import { introductionRate, poseAt, SPEEDS } from "./pose.js";
import { cellEdge, fontFor, gridRoom, largestProduct, sideWidth } from "./sizes.js";
import { skeleton } from "./stage.js";
import { sentenceAt } from "./terms.js";
import { unpack } from "./view.js";

// From so many places on, normal speed would try a visitor's patience.
const MANY = 100;
// The share of the output that counts as in sight.
const MOST = 0.9;
const calm = window.matchMedia("(prefers-reduced-motion: reduce)");

/**
 * What Python asks for besides the run: where it stands at first, which place is asked for, whether
 * it starts by itself once it is in sight, and whether the page moves to it once.
 * @typedef {object} Wishes
 * @property {{ row: number, column: number } | null} start
 * @property {number | null} asked
 * @property {boolean} autoplay
 * @property {boolean} scroll
 */

class SlidingWindow extends Player {
  /** @type {Scene} */
  scene = {
    place: 0,
    from: 0,
    glide: 1,
    channel: 0,
    marked: null,
    shown: new Uint8Array(),
    hidden: -1,
    built: 0,
  };
  awaitsView = false;
  /** The speed that was chosen when it started by itself; another choice ends that. */
  introduction = "";
  /** Whether the visitor clicked on what is shown: then no pointer that passes changes it. */
  isPinned = false;
  /** Where the window stands while it shows the place under the pointer. @type {number | null} */
  rest = null;
  /** The place that the visitor put into the address, or −1. */
  linked = -1;
  sentArrays = "";
  sentPlace = "";
  /** @type {View | undefined} */
  view;
  /** @type {Look | undefined} */
  look;
  input = element("canvas");
  output = element("canvas");
  arithmetic = element("div");

  /** @param {Parent} parentElement */
  constructor(parentElement) {
    super(parentElement, "stage");
    this.resized = new ResizeObserver(() => this.fit());
    this.resized.observe(this.root);
    // Of the output only: with its arithmetic a stage may be higher than a screen.
    this.outputSeen = new IntersectionObserver(
      (entries) => this.introduce(entries[entries.length - 1]),
      { threshold: MOST },
    );
    this.root.onkeydown = (event) => {
      if (event.key === "Escape") this.free();
    };
  }

  close() {
    super.close();
    this.resized.disconnect();
    this.outputSeen.disconnect();
  }

  get position() {
    return this.scene.place;
  }

  get last() {
    return this.view ? lastPlace(this.view) : 0;
  }

  get rate() {
    const places = this.last + 1;
    return this.isIntroducing ? introductionRate(places) : SPEEDS[this.speed](places);
  }

  get isIntroducing() {
    return this.introduction === this.speed;
  }

  /**
   * Python sent something. Equal data: a rerun of the page or a new theme; nothing restarts.
   * @param {Sent & Wishes} data
   */
  show({ start, asked, autoplay, scroll, ...arrays }) {
    const [sentArrays, sentPlace] = [JSON.stringify(arrays), JSON.stringify([start, asked])];
    const before = this.view;
    const view = before && sentArrays === this.sentArrays ? before : unpack(arrays);
    if (view !== before) this.build(view);
    const isSameStage = before?.rows === view.rows && before?.columns === view.columns;
    this.scene.channel = Math.min(this.scene.channel, view.channels - 1);
    this.scene.hidden = asked ?? -1;
    if (!before && this.last >= MANY) this.choose("Fast");
    if (!isSameStage || sentPlace !== this.sentPlace) this.begin(view, start, asked);
    else if (view !== before) this.writeAll();
    if (!before && scroll) {
      requestAnimationFrame(() => this.root.scrollIntoView({ block: "center" }));
    }
    Object.assign(this, { sentArrays, sentPlace });
    this.fit();
    this.showPlaying();
    this.announce();
    if (!before) this.awaitsView = autoplay && !calm.matches;
  }

  /**
   * Stand at the place that is named or asked, or at the first, all of the output written.
   * @param {View} view
   * @param {Wishes["start"]} start
   * @param {number | null} asked
   */
  begin(view, start, asked) {
    this.look = undefined;
    this.scene.shown = new Uint8Array(this.last + 1);
    this.release();
    this.writeAll();
    this.goTo(asked ?? (start ? placeAt(view, start.row, start.column) : 0));
  }

  /** Show the whole output at once, as after each edit of what it comes from. */
  writeAll() {
    this.stop();
    this.scene.shown.fill(1);
  }

  /** @param {View} view */
  build(view) {
    const { root } = this;
    this.view = view;
    this.linked = -1;
    this.arithmetic = buildArithmetic(view, (channel) => {
      this.scene.channel = channel;
      this.goTo(this.position);
    });
    this.fill(view.label, ...skeleton(view, Object.keys(SPEEDS), this.arithmetic));
    this.input = find(root, "canvas.input", HTMLCanvasElement);
    this.output = find(root, "canvas.output", HTMLCanvasElement);
    this.outputSeen.disconnect();
    this.outputSeen.observe(this.output);
    root.style.setProperty("--side-width", `${sideWidth(view)}rem`);
    this.listen(view);
  }

  /** @param {View} view */
  listen(view) {
    const { input, output, scene } = this;
    output.onpointermove = (event) => this.hover(event, () => this.preview(view, event));
    output.onpointerleave = (event) => this.hover(event, () => this.endPreview());
    output.onclick = (event) => this.pinPlace(nearestPlace(view, this.cellUnder(event, output)));
    input.onpointermove = (event) =>
      this.hover(event, () => this.mark(this.inputCellUnder(view, event)));
    input.onpointerleave = (event) => this.hover(event, () => this.mark(null));
    input.onclick = (event) => this.pinInput(this.inputCellUnder(view, event));
    input.onblur = () => {
      if (!this.isPinned) this.mark(null);
    };
    output.onkeydown = (event) =>
      this.press(event, () => {
        const here = [rowOf(view, scene.place), columnOf(view, scene.place)];
        const cell = stepWithin(event.key, here, view.rows, view.columns);
        if (cell) this.visit(nearestPlace(view, cell));
      });
    input.onkeydown = (event) =>
      this.press(event, () => {
        const here = scene.marked ?? tapAt(view, scene.place, 0);
        this.mark(stepWithin(event.key, here, view.height, view.width));
      });
  }

  /** @param {string} speed */
  choose(speed) {
    this.speed = speed;
    find(this.root, `input[value=${speed}]`, HTMLInputElement).checked = true;
  }

  /**
   * @param {KeyboardEvent} event
   * @param {() => void} move where the key is an arrow
   */
  press(event, move) {
    /** @type {Record<string, () => void>} */
    const actions = {
      " ": () => this.toggle(),
      Home: () => this.visit(0),
      End: () => this.visit(this.last),
    };
    const action = arrowStep(event.key) ? move : actions[event.key];
    if (!action || isCommand(event)) return;
    event.preventDefault();
    event.stopPropagation();
    action();
  }

  /**
   * What is shown while the pointer is there: not by touch, which clicks, and not against a pin.
   * @param {PointerEvent} event
   * @param {() => void} show
   */
  hover(event, show) {
    if (event.pointerType !== "touch" && !this.isPinned) show();
  }

  /**
   * Show the place under the pointer and write nothing, so that nothing is left of it. The clock is
   * stronger than a pointer that may only be passing.
   * @param {View} view
   * @param {PointerEvent} event
   */
  preview(view, event) {
    const place = nearestPlace(view, this.cellUnder(event, this.output));
    if (this.playing || place === this.position) return;
    this.rest ??= this.position;
    this.standAt(place);
    this.announce();
  }

  endPreview() {
    if (this.rest === null) return;
    this.standAt(this.rest);
    this.rest = null;
    this.announce();
  }

  /**
   * Keep a place until Escape or another click; one on the same place frees it.
   * @param {number} place
   */
  pinPlace(place) {
    const isPinnedThere = this.isPinned && !this.scene.marked && place === this.position;
    this.visit(place);
    this.pin(!isPinnedThere);
  }

  /**
   * Keep an input cell and its readers until Escape or another click; one on the same frees it.
   * @param {Cell | null} cell null on the padding, which frees too
   */
  pinInput(cell) {
    const isPinnedThere = this.isPinned && String(cell) === String(this.scene.marked);
    this.stop();
    this.mark(isPinnedThere ? null : cell);
    this.pin(cell !== null && !isPinnedThere);
  }

  /** @param {boolean} isPinned */
  pin(isPinned) {
    this.isPinned = isPinned;
    this.draw();
    this.announce();
  }

  free() {
    this.mark(null);
    this.pin(false);
  }

  /**
   * @param {View} view
   * @param {MouseEvent} event
   * @returns {Cell | null}
   */
  inputCellUnder(view, event) {
    const [row, column] = this.cellUnder(event, this.input);
    /** @type {Cell} */
    const cell = [row - view.before[0], column - view.before[1]];
    return isInside(view, ...cell) ? cell : null;
  }

  /**
   * @param {MouseEvent} event
   * @param {HTMLCanvasElement} canvas
   * @returns {Cell}
   */
  cellUnder(event, canvas) {
    const { edge } = this.look ?? { edge: 1 };
    const box = canvas.getBoundingClientRect();
    return [
      Math.floor((event.clientY - box.top) / edge),
      Math.floor((event.clientX - box.left) / edge),
    ];
  }

  /**
   * Mark an input cell and every output cell that reads it.
   * @param {Cell | null} cell
   */
  mark(cell) {
    if (String(cell) === String(this.scene.marked)) return;
    this.scene.marked = cell;
    this.draw();
    this.announce();
  }

  /** In slow motion what is already there: what comes after the place is wiped and written again. */
  play() {
    this.endPreview();
    this.release();
    this.awaitsView = false;
    this.writeUpTo(this.position);
    super.play();
  }

  stop() {
    super.stop();
    this.awaitsView = false;
    this.introduction = "";
    this.scene.glide = 1;
    this.scene.built = this.view ? this.view.size ** 2 : 0;
  }

  /** @param {number} place */
  visit(place) {
    this.release();
    super.visit(place);
  }

  /** Before the window is moved on purpose: nothing is pinned, marked or come back to. */
  release() {
    this.scene.marked = null;
    this.isPinned = false;
    this.rest = null;
  }

  /**
   * Shown up to there, blank after.
   * @param {number} place
   */
  scrubTo(place) {
    this.writeUpTo(place);
    this.visit(place);
  }

  /** @param {number} place */
  writeUpTo(place) {
    const { look, scene, view } = this;
    scene.shown.fill(0);
    scene.shown.fill(1, 0, place + 1);
    if (look && view) look.outputPicture = pictureOfOutput(view, scene, look.outputColour);
  }

  /** @param {number} place */
  goTo(place) {
    this.write(place, true);
    this.standAt(place);
  }

  /**
   * Stand at a place, all of it worked out, and write nothing.
   * @param {number} place
   */
  standAt(place) {
    const { scene, view } = this;
    Object.assign(scene, { place, from: place, glide: 1, built: view ? view.size ** 2 : 0 });
    this.draw();
  }

  /**
   * Leave as many places behind as have been played since the last frame.
   * @param {number} steps
   */
  advance(steps) {
    const { scene } = this;
    for (let step = 0; step < steps; step++) {
      if (scene.place === this.last) {
        this.stop();
        this.draw();
        this.announce();
        return;
      }
      scene.from = scene.place;
      scene.place += 1;
      this.write(scene.place, this.isIntroducing || this.speed !== "Slow");
    }
    if (!this.view) return;
    const { glide, built } = poseAt(this.view, scene, this.pace.share, this.rate, calm.matches);
    Object.assign(scene, { glide, built });
    if (built === this.view.size ** 2 && !scene.shown[scene.place]) this.write(scene.place, true);
    this.draw();
  }

  /**
   * Write a place of the output, or wipe it.
   * @param {number} place
   * @param {boolean} isShown
   */
  write(place, isShown) {
    const { look, scene, view } = this;
    scene.shown[place] = isShown ? 1 : 0;
    if (look && view) paintPlace(view, look, place, isShown && place !== scene.hidden);
  }

  /**
   * Start by itself once the output is in sight, where that is wished.
   * @param {IntersectionObserverEntry} entry
   */
  introduce(entry) {
    if (!this.awaitsView || entry.intersectionRatio < MOST) return;
    this.play();
    this.introduction = this.speed;
  }

  // Measure the room there is, read the theme's colours, and draw.
  fit() {
    const { root, scene, view } = this;
    if (!view) return;
    const style = getComputedStyle(root);
    const room = gridRoom(view, root.clientWidth - 6);
    if (room <= 0) return;
    /**
     * @param {ScaleName} scale
     * @param {number} least
     * @param {number} largest
     */
    const colour = (scale, least, largest) => colourScale(view.scales[scale], least, largest);
    /** @param {number} largest */
    const signed = (largest) => colour("signed", -largest, largest);
    const [inputScale, least, largest] = view.inputScale;
    const inputColour = colour(inputScale, least, largest);
    const [outputScale, outputLeast, outputLargest] = view.outputScale;
    const outputColour = colour(outputScale, outputLeast, outputLargest);
    const edge = cellEdge(view, room);
    this.look = {
      edge,
      inputFont: fontFor(edge, format(largestOf(view.input), view.decimals.input)),
      outputFont: fontFor(edge, format(-largestOf(view.output), view.decimals.output)),
      inputColour,
      outputColour,
      weightColour: signed(largestOf(view.kernel)),
      productColour: signed(largestProduct(view)),
      shareColour: signed(largestOf(view.contributions)),
      accent: style.getPropertyValue("--st-primary-color"),
      text: style.getPropertyValue("--st-text-color"),
      panel: style.getPropertyValue("--st-secondary-background-color"),
      faint: style.getPropertyValue("--st-border-color"),
      font: style.fontFamily,
      inputPictures: picturesOfInput(view, inputColour),
      outputPicture: pictureOfOutput(view, scene, outputColour),
    };
    this.draw();
  }

  draw() {
    const { look, root, scene, view } = this;
    if (!look || !view) return;
    drawInput(this.input, view, scene, look);
    drawOutput(this.output, view, scene, look);
    showArithmetic(this.arithmetic, view, scene, look);
    this.showOnBar();
    if (view.channels > 1) {
      find(root, "figcaption", HTMLElement).textContent =
        `${view.inputTitle}, channel ${scene.channel}`;
    }
    find(root, ".place", HTMLElement).textContent = `${scene.place + 1} of ${this.last + 1}`;
    find(root, ".sentence", HTMLElement).textContent = this.sentence();
  }

  sentence() {
    const pin = this.isPinned ? " Pinned until Escape or another click." : "";
    const isLinked = this.position === this.linked && !this.playing;
    const link = isLinked ? " The address now leads here." : "";
    return (this.markText() || this.positionText() + link) + pin;
  }

  /** What is said of a marked input cell; empty where none is. */
  markText() {
    const { scene, view } = this;
    if (!view || !scene.marked) return "";
    const [row, column] = scene.marked;
    const readers = readersOf(view, row, column).length;
    const value = format(inputAt(view, scene.channel, row, column), view.decimals.input);
    const cells = readers === 1 ? "1 output cell" : `${readers} output cells`;
    return `Input row ${row}, column ${column}: ${value}. It is read by ${cells}.`;
  }

  positionText() {
    return this.view ? sentenceAt(this.view, this.scene) : "";
  }

  link() {
    if (!this.view) return;
    this.linked = this.position;
    this.send("linked", [rowOf(this.view, this.position), columnOf(this.view, this.position)]);
    this.draw();
    this.announce();
  }
}

export default mounting(SlidingWindow);
