// All feature maps of a convolution, each a switch: pressed is on.

/** @import { Component } from "../shared/component.js" */

import { buttonItem, buttonsIn, gridOf, walkWithArrows } from "../shared/button_grid.js";
import { bytesOf } from "../shared/bytes.js";
import { coloursIn, paintCells } from "../shared/canvas.js";
import { find } from "../shared/element.js";

/**
 * @typedef {object} Maps
 * @property {string} maps base64 of uint8 (maps, rows, columns, 3)
 * @property {number[]} mapShape maps, rows, columns, 3
 * @property {number[]} off numbers of the maps that are switched off
 */

/** @param {Component<Maps>} component */
export default function ({ parentElement, data, setTriggerValue }) {
  const [count, rows, columns] = data.mapShape;
  const list = gridOf(parentElement, count, () => buttonItem("canvas", "span"));
  const maps = bytesOf(data.maps);
  buttonsIn(list).forEach((button, map) => {
    const isOff = data.off.includes(map);
    const canvas = find(button, "canvas", HTMLCanvasElement);
    paintCells(canvas, rows, columns, coloursIn(maps, map * rows * columns));
    find(button, "span", HTMLElement).textContent = isOff ? `${map} off` : String(map);
    button.setAttribute("role", "switch");
    button.setAttribute("aria-label", `Map ${map}`);
    button.setAttribute("aria-checked", String(!isOff));
    button.onclick = () => setTriggerValue("switched", map);
  });
  walkWithArrows(list);
}
