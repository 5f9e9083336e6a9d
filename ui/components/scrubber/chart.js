// The share of the sample read right at each moment, from 0 at the bottom to all of it at the top.

import { percentOf } from "../shared/number.js";

export const CHART_HEIGHT = 76;

/**
 * How far a moment lies from the left.
 * @param {number} moment
 * @param {number} moments how many there are
 */
export function leftOf(moment, moments) {
  return `${(100 * moment) / Math.max(moments - 1, 1)}%`;
}

/**
 * How far a share lies below the top, in pixels.
 * @param {number} share 0 to 1
 */
export function topOf(share) {
  return 12 + (1 - share) * (CHART_HEIGHT - 20);
}

/**
 * @param {SVGSVGElement} chart
 * @param {number[] | null} shares of every moment, 0 to 1; null while they are being counted
 * @param {number} moment that is marked
 */
export function drawChart(chart, shares, moment) {
  if (!shares) {
    chart.replaceChildren();
    return;
  }
  const points = shares.map((share, index) => ({
    x: leftOf(index, shares.length),
    y: topOf(share),
  }));
  const levels = [1, 0.5, 0].map((share) =>
    line({ x: 0, y: topOf(share) }, { x: "100%", y: topOf(share) }, "level"),
  );
  const legs = points.slice(1).map((point, index) => line(points[index], point, "leg"));
  const dots = points.map(({ x, y }, index) => {
    const isNow = index === moment;
    return shape("circle", { cx: x, cy: y, r: isNow ? 6 : 3 }, isNow ? "now" : "dot");
  });
  const labels = [
    text("100\u00a0%", { x: 0, y: topOf(1) + 14 }),
    text("0\u00a0%", { x: "100%", y: topOf(0) - 4, "text-anchor": "end" }),
  ];
  const { x } = points[moment];
  const marker = line({ x, y: topOf(1) }, { x, y: CHART_HEIGHT }, "marker");
  // Labels lie over the marker, which would cross them.
  chart.replaceChildren(...levels, marker, ...labels, ...legs, ...dots);
  const [first, last] = [shares[0], shares[shares.length - 1]].map(percentOf);
  chart.setAttribute(
    "aria-label",
    `Share of the sample read right at ${shares.length} moments, from ${first} to ${last}`,
  );
}

/** @typedef {{ x: number | string, y: number }} Point */

/**
 * @param {Point} from
 * @param {Point} to
 * @param {string} className
 */
function line(from, to, className) {
  return shape("line", { x1: from.x, y1: from.y, x2: to.x, y2: to.y }, className);
}

/**
 * @param {string} content
 * @param {Record<string, number | string>} values
 */
function text(content, values) {
  const made = shape("text", values);
  made.textContent = content;
  return made;
}

/**
 * @param {string} name
 * @param {Record<string, number | string>} values its attributes
 * @param {string} [className]
 */
function shape(name, values, className = "") {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(values)) made.setAttribute(key, String(value));
  if (className) made.setAttribute("class", className);
  return made;
}
