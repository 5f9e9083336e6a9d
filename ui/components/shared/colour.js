// Colours: the project's scales, and what can be read on them.

/**
 * Red, green and blue, 0 to 255.
 * @typedef {ArrayLike<number>} Rgb
 */

/**
 * @param {string} hex such as "#1f77b4"
 * @returns {number[]}
 */
export function rgbOf(hex) {
  return [1, 3, 5].map((start) => Number.parseInt(hex.slice(start, start + 2), 16));
}

/**
 * A colour of a scale, between the two stops that it lies between.
 * @param {number[][]} stops colours at equal distances, two at least
 * @param {number} share 0 for the first stop, 1 for the last; held within
 * @returns {number[]}
 */
export function mix(stops, share) {
  const position = Math.min(Math.max(share, 0), 1) * (stops.length - 1);
  const below = Math.min(Math.floor(position), stops.length - 2);
  return stops[below].map((channel, part) =>
    Math.round(channel + (position - below) * (stops[below + 1][part] - channel)),
  );
}

/**
 * @param {string[]} scale hex colours at equal distances
 * @param {number} least value of the first
 * @param {number} largest value of the last; where it is not above `least`, all have the first
 * @returns {(value: number) => number[]}
 */
export function colourScale(scale, least, largest) {
  const stops = scale.map(rgbOf);
  return (value) => mix(stops, largest > least ? (value - least) / (largest - least) : 0);
}

/** @param {Rgb} colour */
export function css(colour) {
  return `rgb(${Array.from(colour).join(" ")})`;
}

/**
 * Near black or white, whichever can be read on a colour.
 * @param {Rgb} colour
 */
export function inkOn(colour) {
  return 0.299 * colour[0] + 0.587 * colour[1] + 0.114 * colour[2] > 140 ? "#111" : "#fff";
}

/**
 * CSS for a bar that shows a scale, its first colour at the left.
 * @param {string[]} scale
 */
export function gradientOf(scale) {
  return `linear-gradient(to right, ${scale.join(", ")})`;
}
