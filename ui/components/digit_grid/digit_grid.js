// Digits, each a button with its image and a caption.

/** @import { Component } from "../shared/component.js" */

import { buttonItem, buttonsIn, gridOf, walkWithArrows } from "../shared/button_grid.js";
import { bytesOf } from "../shared/bytes.js";
import { coloursIn, paintCells } from "../shared/canvas.js";
import { find } from "../shared/element.js";

const SIZE = 28;

/**
 * @typedef {object} Digits
 * @property {string[]} names
 * @property {string[]} captions
 * @property {string[]} labels
 * @property {string} colours images, base64 of uint8 (digits, 28, 28, 3)
 * @property {number} columns side by side; 0 for as many as there is room for
 * @property {string} current name of the digit that is marked
 */

/** @param {Component<Digits>} component */
export default function ({ parentElement, data, setTriggerValue }) {
  const list = gridOf(parentElement, data.names.length, () => buttonItem("canvas", "span"));
  list.style.setProperty("--columns", data.columns ? String(data.columns) : "auto-fill");
  list.classList.toggle("fixed", data.columns > 0);
  const colours = bytesOf(data.colours);

  buttonsIn(list).forEach((button, index) => {
    const name = data.names[index];
    button.setAttribute("aria-label", data.labels[index]);
    button.setAttribute("aria-pressed", String(name === data.current));
    button.title = data.labels[index];
    find(button, "span", HTMLElement).textContent = data.captions[index];
    button.onclick = () => setTriggerValue("chosen", name);
    const canvas = find(button, "canvas", HTMLCanvasElement);
    paintCells(canvas, SIZE, SIZE, coloursIn(colours, index * SIZE * SIZE));
  });
  walkWithArrows(list, data.names.indexOf(data.current));
}
