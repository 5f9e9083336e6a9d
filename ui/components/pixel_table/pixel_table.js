// A digit as the table of numbers that it is; pointer or arrow keys read out a pixel.

/** @import { Component } from "../shared/component.js" */

import { bytesOf } from "../shared/bytes.js";
import { css, inkOn } from "../shared/colour.js";
import { as, element, find } from "../shared/element.js";
import { focusInstead, stepWithin } from "../shared/focus.js";
import { format } from "../shared/number.js";

const SIZE = 28;

/**
 * @typedef {object} Digit
 * @property {string} pixels base64 of uint8 (28, 28)
 * @property {string} title
 */

/** @param {Component<Digit>} component */
export default function ({ parentElement, data }) {
  if (!parentElement.querySelector("table")) parentElement.append(...build());
  const table = find(parentElement, "table", HTMLTableElement);
  const readout = find(parentElement, "p", HTMLElement);
  const pixels = bytesOf(data.pixels);
  table.setAttribute(
    "aria-label",
    `${data.title}: 28 rows of 28 pixel values, 0 is black, 255 white`,
  );
  pixels.forEach((value, index) => {
    const cell = table.rows[Math.floor(index / SIZE)].cells[index % SIZE];
    const grey = [value, value, value];
    cell.textContent = String(value);
    cell.style.background = css(grey);
    // The zeros, which are most, stand back.
    cell.style.color = value ? inkOn(grey) : "#777";
  });

  /** @param {HTMLTableCellElement} cell */
  const select = (cell) => {
    table.querySelector(".selected")?.classList.remove("selected");
    find(table, "[tabindex='0']", HTMLElement).tabIndex = -1;
    cell.classList.add("selected");
    cell.tabIndex = 0;
    const [row, column] = placeOf(cell);
    readout.textContent = sentenceOf(pixels[row * SIZE + column], row, column);
  };
  table.onpointerover = (event) => selectUnder(event.target);
  table.onpointerdown = (event) => selectUnder(event.target);
  for (const cell of table.querySelectorAll("td")) cell.onfocus = () => select(cell);
  /** @param {EventTarget | null} target */
  const selectUnder = (target) => {
    const cell = as(target, Element).closest("td");
    if (cell) select(cell);
  };
  table.onkeydown = (event) => {
    const from = as(event.target, Element).closest("td");
    const to = from && stepWithin(event.key, placeOf(from), SIZE, SIZE);
    if (to) focusInstead(event, table.rows[to[0]].cells[to[1]]);
  };
  const selected = table.querySelector(".selected");
  if (selected) select(as(selected, HTMLTableCellElement));
}

/**
 * @param {number} value 0 to 255
 * @param {number} row
 * @param {number} column
 */
export function sentenceOf(value, row, column) {
  const share = format(value / 255, 3);
  return `Row ${row}, column ${column}: ${value} of 255, for the network ${value} ÷ 255 = ${share}`;
}

function build() {
  const readout = element("p");
  readout.setAttribute("aria-live", "polite");
  readout.textContent = "Point at a pixel, or move with the arrow keys, to read its value.";
  const frame = element("div");
  const table = element("table");
  table.setAttribute("role", "grid");
  for (let row = 0; row < SIZE; row++) {
    const line = table.insertRow();
    for (let column = 0; column < SIZE; column++) {
      line.insertCell().tabIndex = row || column ? -1 : 0;
    }
  }
  frame.append(table);
  return [readout, frame];
}

/**
 * Row and column of a cell.
 * @param {HTMLTableCellElement} cell
 */
function placeOf(cell) {
  return [as(cell.parentElement, HTMLTableRowElement).rowIndex, cell.cellIndex];
}
