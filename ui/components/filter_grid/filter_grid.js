// Filters, each a button with its feature map and, where it is one, its kernel.

/** @import { Component } from "../shared/component.js" */

import { buttonItem, buttonsIn, gridOf, walkWithArrows } from "../shared/button_grid.js";
import { bytesOf } from "../shared/bytes.js";
import { coloursIn, paintCells } from "../shared/canvas.js";
import { as, find } from "../shared/element.js";

/**
 * @typedef {object} Filters
 * @property {string} maps base64 of uint8 (filters, rows, columns, 3)
 * @property {number[]} mapShape filters, rows, columns, 3
 * @property {string | null} kernels base64 of uint8 (filters, size, size, 3)
 * @property {number} kernelSize rows and columns of a kernel
 * @property {number} chosen
 */

/** @param {Component<Filters>} component */
export default function ({ parentElement, data, setTriggerValue }) {
  const [count, rows, columns] = data.mapShape;
  const size = data.kernelSize;
  const list = gridOf(parentElement, count, () => buttonItem("canvas", "canvas", "span"));
  const maps = bytesOf(data.maps);
  const kernels = data.kernels && bytesOf(data.kernels);
  list.classList.toggle("paired", Boolean(kernels));

  buttonsIn(list).forEach((button, filter) => {
    const [kernel, map] = Array.from(button.querySelectorAll("canvas"), (canvas) =>
      as(canvas, HTMLCanvasElement),
    );
    paintCells(map, rows, columns, coloursIn(maps, filter * rows * columns));
    if (kernels) paintCells(kernel, size, size, coloursIn(kernels, filter * size * size));
    kernel.hidden = !kernels;
    find(button, "span", HTMLElement).textContent = String(filter);
    button.setAttribute("aria-label", `Filter ${filter}`);
    button.setAttribute("aria-pressed", String(filter === data.chosen));
    button.onclick = () => setTriggerValue("chosen", filter);
  });
  walkWithArrows(list, data.chosen);
}
