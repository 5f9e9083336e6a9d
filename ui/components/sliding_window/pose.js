// How fast the window goes, and what is seen of it between two places: numbers only, no DOM.

/** @import { Geometry, Scene } from "./view.js" */

import { clamp } from "../shared/number.js";
import { rowOf } from "./geometry.js";

/** At this speed every term is worked out, one after the other. */
const SLOW = 1;
/** At this many places a second and fewer, the window is seen gliding from one to the next. */
const GLIDING = 4;
/** A whole run takes five seconds at most at top speed. */
const LONGEST_RUN = 5;

/**
 * Places a second, of a run over so many places.
 * @type {Record<string, (places: number) => number>}
 */
export const SPEEDS = {
  Slow: () => SLOW,
  Normal: () => GLIDING,
  Fast: () => 25,
  Top: (places) => Math.max(60, places / LONGEST_RUN),
};

/**
 * Places a second where it starts by itself: what it wipes then is soon there again.
 * @param {number} places
 */
export const introductionRate = (places) => Math.max(GLIDING, places / LONGEST_RUN);

/**
 * How far the window has glided to its place, and how many of its terms are worked out: at slow
 * speed it glides for a fifth of the time, then come the terms, and the last fifth is a rest.
 * @param {Geometry} view
 * @param {Pick<Scene, "place" | "from">} scene
 * @param {number} share of the time between two places that has passed, 0 to 1
 * @param {number} rate places a second
 * @param {boolean} isCalm whether nothing is to glide
 * @returns {{ glide: number, built: number }}
 */
export function poseAt(view, { place, from }, share, rate, isCalm) {
  const glides = rate <= GLIDING && !isCalm && rowOf(view, from) === rowOf(view, place);
  const way = glides ? clamp(share / (rate === SLOW ? 0.2 : 0.5), 0, 1) : 1;
  const taps = view.size ** 2;
  return {
    glide: way ** 2 * (3 - 2 * way),
    built: rate === SLOW ? clamp(Math.ceil(((share - 0.2) / 0.6) * taps), 0, taps) : taps,
  };
}
