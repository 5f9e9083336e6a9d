// The arithmetic of one place on the page: tables laid out as the window is, then the equation.

/** @import { Line } from "./terms.js" */
/** @import { Scene, View } from "./view.js" */
/** @import { Look } from "./grids.js" */

import { css, inkOn } from "../shared/colour.js";
import { as, element, find, keep } from "../shared/element.js";
import { format } from "../shared/number.js";
import { CAPTIONS, narrowTapWidth, tapWidth } from "./sizes.js";
import { workAt } from "./terms.js";

/**
 * @param {View} view
 * @param {(channel: number) => void} onChannel
 */
export function buildArithmetic(view, onChannel) {
  const box = element("div", "arithmetic");
  box.style.setProperty("--tap-width", `${tapWidth(view)}rem`);
  box.style.setProperty("--narrow-tap-width", `${narrowTapWidth(view)}rem`);
  const isRounded = view.mode === "convolution" && view.decimals.sum === view.mostDecimals;
  box.classList.toggle("rounded", isRounded);
  const tables = element("div", "tables");
  CAPTIONS[view.mode].forEach((caption, position) => {
    // A sign never ends a line: it goes with what it stands before.
    const operand = element("div", "operand");
    if (position) operand.append(element("span", "sign", position === 1 ? "×" : "="));
    operand.append(tapTable(view.size, caption));
    tables.append(operand);
  });
  const sums = element("div", "sums");
  sums.append(element("dl", "equation"), element("p", "rounding"));
  box.append(tables);
  if (view.mode === "convolution" && view.channels > 1) box.append(buildChannels(view, onChannel));
  box.append(sums);
  return box;
}

/**
 * @param {number} size
 * @param {string} caption
 */
function tapTable(size, caption) {
  const figure = element("figure");
  const table = element("div", "taps");
  table.style.setProperty("--size", String(size));
  for (let tap = 0; tap < size ** 2; tap++) table.append(element("span"));
  figure.append(element("figcaption", "", caption), table);
  return figure;
}

/**
 * @param {View} view
 * @param {(channel: number) => void} onChannel
 */
function buildChannels(view, onChannel) {
  const section = element("div", "channels");
  const list = element("div", "shares");
  for (let channel = 0; channel < view.channels; channel++) {
    const button = element("button");
    button.type = "button";
    button.append(element("small", "", String(channel)), element("b"));
    button.onclick = () => onChannel(channel);
    list.append(button);
  }
  section.append(element("p"), list);
  return section;
}

/**
 * @param {HTMLElement} box from buildArithmetic
 * @param {View} view
 * @param {Scene} scene
 * @param {Look} look
 */
export function showArithmetic(box, view, scene, look) {
  const work = workAt(view, scene);
  const { built } = scene;
  const isConcealed = scene.place === scene.hidden;
  const [values, weights, products] = Array.from(box.querySelectorAll(".taps"), (table) =>
    Array.from(table.children, (cell) => as(cell, HTMLElement)),
  );
  fillTable(values, work.values, view.decimals.input, look.inputColour, built);
  if (view.mode === "convolution") {
    fillTable(weights, work.weights, view.decimals.weight, look.weightColour, built);
    const shown = isConcealed ? [] : work.products.slice(0, built);
    fillTable(products, shown, view.decimals.sum, look.productColour, built);
    if (view.channels > 1) {
      showChannels(find(box, ".channels", HTMLElement), view, scene, look, isConcealed);
    }
  }
  const winner = view.mode === "max" && !isConcealed && work.whole ? view.winners[scene.place] : -1;
  values.forEach((cell, tap) => {
    cell.classList.toggle("winner", tap === winner);
  });
  showEquation(find(box, ".equation", HTMLElement), work.lines, isConcealed);
  find(box, ".rounding", HTMLElement).textContent = isConcealed ? "" : work.rounding;
}

/**
 * @param {HTMLElement[]} cells one a tap
 * @param {number[]} numbers fewer where the rest is not known yet
 * @param {number} decimals
 * @param {(number: number) => number[]} colourOf
 * @param {number} built
 */
function fillTable(cells, numbers, decimals, colourOf, built) {
  cells.forEach((cell, tap) => {
    const number = numbers[tap];
    cell.classList.toggle("now", built < cells.length && tap === built - 1);
    cell.textContent = number === undefined ? "" : format(number, decimals);
    tint(cell, number === undefined ? null : colourOf(number));
  });
}

/**
 * @param {HTMLElement} cell
 * @param {number[] | null} colour
 */
function tint(cell, colour) {
  cell.style.background = colour ? css(colour) : "";
  cell.style.color = colour ? inkOn(colour) : "";
}

/**
 * @param {HTMLElement} section
 * @param {View} view
 * @param {Scene} scene
 * @param {Look} look
 * @param {boolean} isConcealed
 */
function showChannels(section, view, scene, look, isConcealed) {
  find(section, "p", HTMLElement).textContent =
    `Every input channel has its own slice of the kernel and adds its own sum. Shown above: channel ${scene.channel}.`;
  section.querySelectorAll("button").forEach((button, channel) => {
    const share = view.contributions[scene.place * view.channels + channel];
    const text = isConcealed ? "?" : format(share, view.decimals.sum);
    find(button, "b", HTMLElement).textContent = text;
    tint(button, isConcealed ? null : look.shareColour(share));
    button.setAttribute("aria-pressed", String(channel === scene.channel));
    button.setAttribute("aria-label", `Channel ${channel} adds ${text}; show its window`);
  });
}

/**
 * @param {HTMLElement} list
 * @param {Line[]} lines
 * @param {boolean} isConcealed
 */
function showEquation(list, lines, isConcealed) {
  let made = list.children.length;
  keep(list, 2 * lines.length, () => element(made++ % 2 ? "dd" : "dt"));
  lines.forEach(({ name, text, isKnown = false, sign = 0 }, line) => {
    const value = list.children[2 * line + 1];
    list.children[2 * line].textContent = name;
    value.textContent = isConcealed && !isKnown ? "?" : text;
    value.className = isConcealed || !sign ? "" : sign > 0 ? "positive" : "negative";
  });
}
