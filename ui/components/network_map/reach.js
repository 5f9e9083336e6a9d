// What a finger means that no unit can be thin enough for: the nearest one within its reach.

/** @import { Box, Layout, Unit } from "./layout.js" */

import { clamp } from "../shared/number.js";
import { boxOf } from "./layout.js";

/** How far from its middle a finger is felt, in CSS pixels: half of what is recommended for targets. */
export const FINGER = 22;

/**
 * The unit nearest to a point, at the most so far away; null where there is none.
 * @param {Layout} layout
 * @param {number} x
 * @param {number} y
 * @param {number} reach
 * @returns {Unit | null}
 */
export function nearestUnit(layout, x, y, reach) {
  /** @type {Unit | null} */
  let nearest = null;
  let least = reach;
  layout.layers.forEach(({ count }, layer) => {
    for (let unit = 0; unit < count; unit++) {
      const away = distanceTo(boxOf(layout, layer, unit), x, y);
      if (away > least || (nearest && away === least)) continue;
      nearest = { layer, unit };
      least = away;
    }
  });
  return nearest;
}

/**
 * 0 within the box.
 * @param {Box} box
 * @param {number} x
 * @param {number} y
 */
function distanceTo([left, top, width, height], x, y) {
  return Math.hypot(x - clamp(x, left, left + width), y - clamp(y, top, top + height));
}
