// Kernels, and ten digits with what they are read as, repainted in place as a network learns.

/** @import { Component } from "../shared/component.js" */

import { bytesOf } from "../shared/bytes.js";
import { coloursIn, paintCells } from "../shared/canvas.js";
import { as, element, find, keep } from "../shared/element.js";

const SIZE = 28;

/**
 * @typedef {object} Learning
 * @property {string} kernels base64 of uint8 (kernels, size, size, 3)
 * @property {number} kernelSize
 * @property {number} kernelCount
 * @property {string} kernelsAlt
 * @property {string} scale what the colours of the kernels mean
 * @property {string} samples one of each digit, base64 of uint8 (10, 28, 28, 3)
 * @property {number[]} reads what each is read as
 * @property {string[]} shares the probability of that
 */

/** @param {Component<Learning>} component */
export default function ({ parentElement, data }) {
  let view = parentElement.querySelector(".learning");
  if (!view) {
    view = element("div", "learning");
    view.innerHTML = `
      <figure class="kernels"><div role="img"></div><figcaption></figcaption></figure>
      <ol class="samples"></ol>`;
    parentElement.append(view);
  }
  showKernels(find(view, ".kernels", HTMLElement), data);
  showSamples(find(view, ".samples", HTMLElement), data);
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
  keep(list, reads.length, sample);
  const colours = bytesOf(samples);
  reads.forEach((read, label) => {
    const item = list.children[label];
    const isRight = read === label;
    const canvas = find(item, "canvas", HTMLCanvasElement);
    paintCells(canvas, SIZE, SIZE, coloursIn(colours, label * SIZE * SIZE));
    canvas.setAttribute("aria-label", `A held-out ${label}`);
    item.classList.toggle("right", isRight);
    find(item, ".mark", HTMLElement).textContent = isRight ? "✓" : "✗";
    find(item, "b", HTMLElement).textContent = String(read);
    find(item, ".share", HTMLElement).textContent = shares[label];
  });
}

function sample() {
  const item = element("li");
  item.innerHTML = `<canvas role="img"></canvas>
    <span><span class="mark"></span> <b></b> <span class="share"></span></span>`;
  return item;
}
