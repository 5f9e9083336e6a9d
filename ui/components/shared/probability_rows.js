// Ten bars, one a digit, and how they are set to other probabilities.

import { as, element, find } from "./element.js";

const DIGITS = 10;

export function probabilityRows() {
  const list = element("ol", "probabilities");
  list.setAttribute("aria-label", "Probability of each digit");
  for (let digit = 0; digit < DIGITS; digit++) list.append(probabilityRow(digit));
  return list;
}

/** @param {number} digit */
function probabilityRow(digit) {
  const row = element("li");
  const track = element("span", "track");
  track.append(element("span", "bar"));
  row.append(element("span", "digit", String(digit)), track, element("span", "share"));
  return row;
}

/**
 * @param {HTMLElement} list from probabilityRows
 * @param {number[]} shares (10,), 0 to 1
 * @param {string[]} texts the same as they are written
 * @param {number} predicted the digit that stands out
 */
export function showProbabilities(list, shares, texts, predicted) {
  shares.forEach((share, digit) => {
    const row = as(list.children[digit], HTMLElement);
    row.classList.toggle("predicted", digit === predicted);
    find(row, ".bar", HTMLElement).style.setProperty("--share", `${100 * share}%`);
    find(row, ".share", HTMLElement).textContent = texts[digit];
  });
}
