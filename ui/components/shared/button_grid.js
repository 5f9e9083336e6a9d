// What grids of buttons with a picture share: their list, their items, and the arrow keys.

/** @import { Parent } from "./component.js" */

import { as, element, keep } from "./element.js";
import { arrowStep, focusInstead, oneTabStop } from "./focus.js";

/**
 * The list of a grid, with so many items.
 * @param {Parent} parentElement
 * @param {number} count
 * @param {() => HTMLLIElement} makeItem
 * @returns {HTMLOListElement}
 */
export function gridOf(parentElement, count, makeItem) {
  let list = parentElement.querySelector("ol");
  if (!list) {
    list = element("ol");
    parentElement.append(list);
  }
  keep(list, count, makeItem);
  return list;
}

/**
 * @param {...("canvas" | "span")} contents names of the elements in the button
 */
export function buttonItem(...contents) {
  const item = element("li");
  const button = element("button");
  button.type = "button";
  button.append(...contents.map((name) => element(name)));
  item.append(button);
  return item;
}

/**
 * @param {HTMLOListElement} list
 * @returns {HTMLButtonElement[]}
 */
export function buttonsIn(list) {
  return Array.from(list.children, (item) => as(item.firstElementChild, HTMLButtonElement));
}

/**
 * Make the grid one stop of the Tab key, with arrow keys that lead from button to button.
 * @param {HTMLOListElement} list
 * @param {number} [preferred] index of the button where Tab leads at first
 */
export function walkWithArrows(list, preferred = 0) {
  const buttons = buttonsIn(list);
  oneTabStop(buttons, buttons[preferred]);
  buttons.forEach((button, index) => {
    button.onkeydown = (event) => {
      const perRow = getComputedStyle(list).gridTemplateColumns.split(" ").length;
      focusInstead(event, buttons[indexAfter(event.key, index, perRow)]);
    };
  });
}

/**
 * Where an arrow key leads in a list that is broken into rows: left and right go on from row to row.
 * @param {string} key
 * @param {number} index
 * @param {number} perRow
 * @returns {number} NaN for any other key; may lie outside the list
 */
export function indexAfter(key, index, perRow) {
  const step = arrowStep(key);
  return step ? index + step[0] * perRow + step[1] : Number.NaN;
}
