// Ten digits with what they are read as, and kernels, repainted in place as a network learns.

/** @import { Component } from "../shared/component.js" */

import { bytesOf } from "../shared/bytes.js";
import { coloursIn, paintCells } from "../shared/canvas.js";
import { as, element, find, keep } from "../shared/element.js";

const SIZE = 28;
const DIGITS = 10;

/**
 * @typedef {object} Learning
 * @property {string} kernels base64 of uint8 (kernels, size, size, 3)
 * @property {number} kernelSize
 * @property {number} kernelCount
 * @property {string} kernelsAlt
 * @property {string} scale what the colours of the kernels mean
 * @property {string} samples one of each digit, base64 of uint8 (10, 28, 28, 3)
 * @property {number[] | null} reads what each is read as; null before the first of them is read
 * @property {string[]} shares the probability of that
 */

/** @param {Component<Learning>} component */
export default function ({ parentElement, data }) {
  let view = parentElement.querySelector(".learning");
  if (!view) {
    view = element("div", "learning");
    view.innerHTML = `
      <ol class="samples"></ol>
      <figure class="kernels"><div role="img"></div><figcaption></figcaption></figure>`;
    parentElement.append(view);
  }
  showSamples(find(view, ".samples", HTMLElement), data);
  const figure = find(view, ".kernels", HTMLElement);
  figure.hidden = data.kernelCount === 0;
  showKernels(figure, data);
}

/**
 * @param {HTMLElement} figure
 * @param {Learning} learning
 */
function showKernels(figure, { kernels, kernelSize, kernelCount, kernelsAlt, scale }) {
  const grid = find(figure, "div", HTMLElement);
  grid.setAttribute("aria-label", kernelsAlt);
  grid.style.setProperty("--columns", String(Math.ceil(Math.sqrt(kernelCount))));
  keep(grid, kernelCount, () => element("canvas"));
  const colours = bytesOf(kernels);
  [...grid.children].forEach((child, kernel) => {
    const first = kernel * kernelSize * kernelSize;
    const canvas = as(child, HTMLCanvasElement);
    paintCells(canvas, kernelSize, kernelSize, coloursIn(colours, first));
  });
  find(figure, "figcaption", HTMLElement).textContent = scale;
}

/**
 * @param {HTMLElement} list
 * @param {Learning} learning
 */
function showSamples(list, { samples, reads, shares }) {
  keep(list, DIGITS, sample);
  const colours = bytesOf(samples);
  [...list.children].forEach((item, label) => {
    const canvas = find(item, "canvas", HTMLCanvasElement);
    paintCells(canvas, SIZE, SIZE, coloursIn(colours, label * SIZE * SIZE));
    canvas.setAttribute("aria-label", `A held-out ${label}`);
    const isRight = reads?.[label] === label;
    item.classList.toggle("right", isRight);
    find(item, ".mark", HTMLElement).textContent = reads ? (isRight ? "✓" : "✗") : "";
    find(item, "b", HTMLElement).textContent = reads ? String(reads[label]) : "?";
    find(item, ".share", HTMLElement).textContent = reads ? shares[label] : "";
  });
}

function sample() {
  const item = element("li");
  item.innerHTML = `<canvas role="img"></canvas>
    <span><span class="mark"></span> <b></b> <span class="share"></span></span>`;
  return item;
}
