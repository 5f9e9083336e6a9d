// What to do with a picture, said for a pointer that hovers, and for a finger. Which of the two is
// shown the style sheet decides.

import { element } from "./element.js";

/**
 * @param {string} pointing for a mouse
 * @param {string} tapping for a finger
 */
export function hint(pointing, tapping) {
  const line = element("p", "hint");
  line.append(element("span", "pointing", pointing), element("span", "tapping", tapping));
  return line;
}
