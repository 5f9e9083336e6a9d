// The elements of the scrubber, and what they show of a moment.

/** @import { Confusion, Tiles, View } from "./moments.js" */

import { paintCells } from "../shared/canvas.js";
import { gradientOf } from "../shared/colour.js";
import { as, element, find } from "../shared/element.js";
import {
  linkButton,
  playerButtons,
  scrubBar,
  sentences,
  speedChoice,
} from "../shared/player_controls.js";
import { probabilityRows } from "../shared/probability_rows.js";
import { CHART_HEIGHT } from "./chart.js";
import { rightOf, strengthsOf, tileColours, total } from "./moments.js";

const DIGITS = 10;
const MANY_TILES = 32;

/**
 * @param {View} view
 * @param {string[]} speeds
 */
export function skeleton(view, speeds) {
  const controls = element("div", "controls");
  controls.append(
    playerButtons(),
    element("strong", "moment"),
    speedChoice(speeds),
    linkButton("this moment"),
  );
  const panels = element("div", "panels");
  const [left, right] = [element("div"), element("div")];
  left.append(
    tilePanel("kernels", view.kernels, view.scales.signed, "One scale for all moments"),
    panelOf("answer", "The answer", probabilityRows()),
  );
  const maps = tilePanel("maps", view.maps, view.scales.activations, "");
  maps.append(scaleSwitch());
  right.append(maps, panelOf("confusion", "", confusionTable()));
  panels.append(left, right);
  const { seen, spoken } = sentences();
  return [controls, timeline(view), seen, panels, spoken];
}

/** @param {View} view */
function timeline(view) {
  const { moments } = view;
  const time = element("div", "timeline");
  const chart = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  chart.setAttribute("role", "img");
  chart.setAttribute("height", String(CHART_HEIGHT));
  const ends = element("p", "ends");
  ends.append(
    element("span", "", moments[0]),
    element("span", "chart-title"),
    element("span", "", moments[moments.length - 1]),
  );
  time.append(chart, scrubBar("Moment of training", moments.length - 1), ends);
  return time;
}

/**
 * @param {string} name
 * @param {string} title
 * @param {...Element} contents
 */
function panelOf(name, title, ...contents) {
  const figure = element("figure", name);
  figure.append(element("figcaption", "", title), ...contents);
  return figure;
}

/**
 * @param {string} name
 * @param {Tiles} tiles
 * @param {string[]} scale
 * @param {string} note
 */
function tilePanel(name, tiles, scale, note) {
  const grid = element("div", tiles.count > MANY_TILES ? "many tiles" : "tiles");
  grid.setAttribute("role", "img");
  for (let tile = 0; tile < tiles.count; tile++) grid.append(element("canvas"));
  const legend = element("p", "legend");
  const bar = element("span", "scale");
  bar.style.background = gradientOf(scale);
  legend.append(
    element("span", "least", "0"),
    bar,
    element("span", "most"),
    element("span", "note", note),
  );
  return panelOf(name, tiles.title, grid, legend);
}

function scaleSwitch() {
  const label = element("label", "switch");
  const box = element("input");
  box.type = "checkbox";
  label.append(box, element("span", "", "One scale for all moments"));
  return label;
}

function confusionTable() {
  const table = element("table");
  table.createCaption().textContent =
    "Rows: the label. Columns: the digit that was read. " +
    "Colour: share of the row, right answers grey.";
  const head = table.createTHead().insertRow();
  const body = table.createTBody();
  head.insertCell();
  for (let digit = 0; digit < DIGITS; digit++) {
    head.append(header(digit, "col"));
    const row = body.insertRow();
    row.append(header(digit, "row"));
    for (let answer = 0; answer < DIGITS; answer++) {
      row.insertCell().className = digit === answer ? "right" : "";
    }
  }
  return table;
}

/**
 * @param {number} digit
 * @param {"col" | "row"} scope
 */
function header(digit, scope) {
  const cell = element("th", "", String(digit));
  cell.scope = scope;
  return cell;
}

/**
 * Tiles in the colours of their shades.
 * @param {HTMLElement} grid
 * @param {Tiles} tiles
 * @param {number} moment
 * @param {Uint8Array} colours of all shades, (256, 3)
 * @param {number} share of the scale that the shades are dimmed to, 0 to 1
 */
export function paintTiles(grid, tiles, moment, colours, share) {
  [...grid.children].forEach((child, tile) => {
    const colourOf = tileColours(tiles, moment, tile, colours, share);
    paintCells(as(child, HTMLCanvasElement), tiles.rows, tiles.columns, colourOf);
  });
}

/**
 * @param {HTMLElement} figure
 * @param {Confusion | undefined} counts undefined while they are being counted
 */
export function showConfusion(figure, counts) {
  const title = find(figure, "figcaption", HTMLElement);
  const table = find(figure, "table", HTMLTableElement);
  table.hidden = !counts;
  if (!counts) {
    title.textContent = "Which digit was read as which: still being counted";
    return;
  }
  const read = total(counts).toLocaleString("en");
  title.textContent = `Of the first ${read} held-out digits, ${rightOf(counts)} are read right`;
  strengthsOf(counts).forEach((strengths, digit) => {
    strengths.forEach((strength, answer) => {
      const cell = table.tBodies[0].rows[digit].cells[answer + 1];
      cell.textContent = String(counts[digit][answer] || "");
      cell.style.setProperty("--strength", `${Math.round(100 * strength)}%`);
    });
  });
}
