// A table of counts, each a button that opens onto what was counted.

/** @import { Component } from "../shared/component.js" */

import { as, element } from "../shared/element.js";
import { arrowStep, focusInstead, oneTabStop } from "../shared/focus.js";

/**
 * @typedef {object} Counts
 * @property {string[]} rows names
 * @property {string[]} columns names
 * @property {string} caption
 * @property {number[][]} counts (rows, columns); where there are none, nothing can be chosen
 * @property {string[][]} texts
 * @property {string[][]} labels
 * @property {number[][]} strength of the colour, 0 to 1
 * @property {boolean[][]} quiet whether it is grey
 * @property {[number, number] | null} chosen row and column
 */

/** @param {Component<Counts>} component */
export default function ({ parentElement, data, setTriggerValue }) {
  const { rows, columns, chosen } = data;
  const sizes = `${rows.length} by ${columns.length}`;
  let table = parentElement.querySelector("table");
  if (table?.dataset.sizes !== sizes) {
    table?.parentElement?.remove();
    table = build(rows.length, columns.length);
    table.dataset.sizes = sizes;
    const frame = element("div");
    frame.append(table);
    parentElement.append(frame);
  }
  table.classList.toggle("wide", columns.length > 4);
  as(table.caption, HTMLElement).textContent = data.caption;
  columns.forEach((name, column) => {
    as(table.tHead, HTMLTableSectionElement).rows[0].cells[column + 1].textContent = name;
  });
  const buttons = rows.map((name, row) => {
    const { cells } = table.tBodies[0].rows[row];
    cells[0].textContent = name;
    return columns.map((_, column) => as(cells[column + 1].firstElementChild, HTMLButtonElement));
  });
  buttons.forEach((line, row) => {
    line.forEach((button, column) => {
      const strength = data.strength[row][column];
      const label = data.labels[row][column];
      button.textContent = data.texts[row][column];
      button.disabled = data.counts[row][column] === 0;
      button.setAttribute("aria-pressed", String(chosen?.[0] === row && chosen?.[1] === column));
      button.setAttribute("aria-label", label);
      button.title = label;
      button.style.setProperty("--strength", `${Math.round(100 * strength)}%`);
      button.classList.toggle("quiet", data.quiet[row][column]);
      button.onclick = () => setTriggerValue("chosen", [row, column]);
      button.onkeydown = (event) => {
        focusInstead(event, nextEnabled(buttons, row, column, event.key));
      };
    });
  });
  oneTabStop(buttons.flat(), chosen ? buttons[chosen[0]]?.[chosen[1]] : undefined);
}

/**
 * The next cell that can be chosen in the direction of an arrow key; empty ones are skipped.
 * @template {{ disabled: boolean }} Cell
 * @param {Cell[][]} cells
 * @param {number} row
 * @param {number} column
 * @param {string} key
 * @returns {Cell | undefined}
 */
export function nextEnabled(cells, row, column, key) {
  const step = arrowStep(key);
  if (!step) return undefined;
  for (let times = 1; ; times++) {
    const cell = cells[row + times * step[0]]?.[column + times * step[1]];
    if (!cell?.disabled) return cell;
  }
}

/**
 * @param {number} rows
 * @param {number} columns
 */
function build(rows, columns) {
  const table = element("table");
  table.createCaption();
  const head = table.createTHead().insertRow();
  const body = table.createTBody();
  head.insertCell();
  for (let column = 0; column < columns; column++) head.append(header("col"));
  for (let row = 0; row < rows; row++) {
    const line = body.insertRow();
    line.append(header("row"));
    for (let column = 0; column < columns; column++) {
      const button = element("button");
      button.type = "button";
      line.insertCell().append(button);
    }
  }
  return table;
}

/** @param {"col" | "row"} scope */
function header(scope) {
  const cell = element("th");
  cell.scope = scope;
  return cell;
}
