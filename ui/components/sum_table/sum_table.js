// A sum, term by term, as a table: what was multiplied, the product, and a bar for its size.

/** @import { Component } from "../shared/component.js" */

import { bytesOf } from "../shared/bytes.js";
import { coloursIn, pictureOf } from "../shared/canvas.js";
import { element } from "../shared/element.js";

/**
 * A few values as squares of colour: the window of one channel, or a slice of a kernel.
 * @typedef {object} Picture
 * @property {string} rgb base64 of uint8 (rows, columns, 3)
 * @property {number} rows
 * @property {number} columns
 * @property {string} label
 */

/**
 * @typedef {object} Term
 * @property {string} name
 * @property {(string | Picture)[]} factors
 * @property {string} text the value as it is written
 * @property {number} value
 * @property {boolean} marked
 */

/**
 * @typedef {object} Sum
 * @property {string} label
 * @property {string[]} heads
 * @property {Term[]} terms
 * @property {number} largest absolute value of the terms
 * @property {{ name: string, text: string, strong: boolean }[]} sums
 */

/** @param {Component<Sum>} component */
export default function ({ parentElement, data }) {
  let table = parentElement.querySelector("table");
  if (!table) {
    const frame = element("div");
    table = element("table");
    frame.append(table);
    parentElement.append(frame);
  }
  table.replaceChildren(element("caption", "", data.label), head(data), body(data), foot(data));
}

/** @param {Sum} sum */
function head({ heads }) {
  const part = element("thead");
  const line = part.insertRow();
  for (const text of [...heads, ""]) line.append(header("col", text));
  return part;
}

/** @param {Sum} sum */
function body({ terms, largest }) {
  const part = element("tbody");
  for (const term of terms) {
    const line = part.insertRow();
    line.append(header("row", term.name));
    for (const factor of term.factors) {
      const cell = line.insertCell();
      if (typeof factor === "string") write(cell, factor);
      else cell.append(drawn(factor));
    }
    write(line.insertCell(), term.text);
    line.insertCell().append(bar(term.value, largest));
    line.classList.toggle("marked", term.marked);
  }
  return part;
}

/** @param {Sum} sum */
function foot({ sums, heads }) {
  const part = element("tfoot");
  for (const { name, text, strong } of sums) {
    const line = part.insertRow();
    const cell = header("row", name);
    cell.colSpan = heads.length - 1;
    line.append(cell);
    write(line.insertCell(), text);
    line.insertCell();
    line.classList.toggle("strong", strong);
  }
  return part;
}

/**
 * @param {"col" | "row"} scope
 * @param {string} text
 */
function header(scope, text) {
  if (!text) return element("td"); // What has no name heads nothing.
  const cell = element("th", "", text);
  cell.scope = scope;
  return cell;
}

/**
 * A number, coloured by its sign where it has one.
 * @param {HTMLTableCellElement} cell
 * @param {string} text
 */
function write(cell, text) {
  cell.textContent = text;
  cell.className = signOf(text);
}

/**
 * The class of a number as it is written: none without a sign.
 * @param {string} text
 */
export function signOf(text) {
  return text.startsWith("\u2212") ? "negative" : text.startsWith("+") ? "positive" : "";
}

/**
 * @param {number} value
 * @param {number} largest absolute value of all
 */
function bar(value, largest) {
  const track = element("span", "track");
  const fill = element("span", value < 0 ? "bar below" : "bar above");
  fill.style.width = `${largest ? (50 * Math.abs(value)) / largest : 0}%`;
  track.append(fill);
  return track;
}

/** @param {Picture} picture */
function drawn({ rgb, rows, columns, label }) {
  const canvas = pictureOf(rows, columns, coloursIn(bytesOf(rgb)));
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", label);
  canvas.title = label;
  return canvas;
}
