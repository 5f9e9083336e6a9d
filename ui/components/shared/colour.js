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
 * How light a colour is: its relative luminance as WCAG 2 defines it, 0 for black to 1 for white.
 * @param {Rgb} colour
 */
function luminance(colour) {
  const [red, green, blue] = Array.from(colour, (channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/**
 * The contrast of two colours as WCAG 2 defines it: 1 where they are equally light, 21 at most.
 * @param {Rgb} one
 * @param {Rgb} other
 */
export function contrast(one, other) {
  const [darker, lighter] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

/**
 * Black or white, whichever is read better on a colour. No colour leaves both below 4.5 to 1, as a
 * near black would: that is why it is black.
 * @param {Rgb} colour
 */
export function inkOn(colour) {
  return contrast(colour, [0, 0, 0]) > contrast(colour, [255, 255, 255]) ? "#000" : "#fff";
}

/**
 * CSS for a bar that shows a scale, its first colour at the left.
 * @param {string[]} scale
 */
export function gradientOf(scale) {
  return `linear-gradient(to right, ${scale.join(", ")})`;
}
