// A kernel whose weights can be typed in, one field a weight.

/** @import { Component } from "../shared/component.js" */

import { colourScale, css, inkOn } from "../shared/colour.js";
import { as, element, keep } from "../shared/element.js";
import { arrowStep, focusInstead } from "../shared/focus.js";
import { largestOf } from "../shared/number.js";
import { textOf, weightIn } from "./weight_text.js";

/**
 * @typedef {object} Kernel
 * @property {number[]} weights (size × size,), row by row
 * @property {number} size
 * @property {string[]} scale colours from −1 to 1 times the largest weight there is
 * @property {number} largest weight that can be typed in
 */

/** @param {Component<Kernel>} component */
export default function ({ parentElement, data, setTriggerValue }) {
  const { size, weights, largest } = data;
  let table = /** @type {HTMLElement | null} */ (parentElement.querySelector(".weights"));
  if (!table) {
    table = element("div", "weights");
    table.setAttribute("role", "group");
    table.setAttribute("aria-label", "Weights of the kernel");
    parentElement.append(table);
  }
  table.style.setProperty("--size", String(size));
  keep(table, weights.length, makeField);

  const fields = Array.from(table.children, (child) => as(child, HTMLInputElement));
  const most = largestOf(weights);
  const colourOf = colourScale(data.scale, -(most || 1), most || 1);
  fields.forEach((field, index) => {
    const [row, column] = [Math.floor(index / size), index % size];
    const text = textOf(weights[index]);
    const colour = colourOf(weights[index]);
    field.value = text;
    field.style.background = css(colour);
    field.style.color = inkOn(colour);
    field.setAttribute("aria-label", `Weight in row ${row}, column ${column}`);
    field.setAttribute("aria-invalid", "false");
    field.onfocus = () => field.select();
    // Up and down only: left and right move within the text.
    field.onkeydown = (event) => {
      if (event.key === "Enter") field.blur();
      const down = arrowStep(event.key)?.[0];
      if (down) focusInstead(event, fields[index + down * size]);
    };
    field.onchange = () => {
      const typed = weightIn(field.value);
      const isWeight = Number.isFinite(typed) && Math.abs(typed) <= largest;
      field.setAttribute("aria-invalid", String(!isWeight));
      field.setCustomValidity(
        isWeight ? "" : `A weight is a number from −${largest} to ${largest}, like −0.5 or 1/9.`,
      );
      if (isWeight && field.value !== text) setTriggerValue("edited", [row, column, typed]);
      if (!isWeight) field.reportValidity();
    };
  });
}

function makeField() {
  const field = element("input");
  Object.assign(field, { type: "text", inputMode: "text", autocomplete: "off" });
  return field;
}
