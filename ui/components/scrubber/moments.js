// What Python sends of a training, unpacked, and what is counted of it: no DOM.

import { bytesOf } from "../shared/bytes.js";
import { sumOf } from "../shared/number.js";

/**
 * Tiles of every moment, for shades 0 to 255 of a scale.
 * @typedef {object} SentTiles
 * @property {number} count tiles of a moment
 * @property {number} rows of a tile
 * @property {number} columns of a tile
 * @property {string} shades base64 of uint8 (moments, count, rows, columns)
 * @property {string} title
 * @property {string[]} ends of the scale in words: of the kernels the least and the largest, of the
 *   maps the largest of every moment
 */

/** @typedef {Omit<SentTiles, "shades"> & { shades: Uint8Array }} Tiles */

/**
 * Counts of a moment: rows, the label; columns, the digit that was read.
 * @typedef {number[][]} Confusion
 */

/**
 * @typedef {object} Facts
 * @property {string} label
 * @property {string[]} moments in words
 * @property {string[]} sentences
 * @property {number[][]} probabilities (moments, 10)
 * @property {string[][]} texts the same as they are written
 * @property {Confusion[] | null} confusions of every moment, null while they are being counted
 * @property {{ activations: string[], signed: string[] }} scales
 */

/**
 * @typedef {object} SentArrays
 * @property {SentTiles} kernels 0 is −largest, 255 the largest of all moments
 * @property {SentTiles & { brightest: number[] }} maps 255 is the largest value of the moment, which
 *   `brightest` tells
 * @property {{ activations: string, signed: string }} colours of all shades, base64 of uint8 (256, 3)
 */

/** @typedef {Facts & SentArrays} Sent */

/**
 * @typedef {Facts & {
 *   kernels: Tiles,
 *   maps: Tiles & { brightest: number[] },
 *   colours: { activations: Uint8Array, signed: Uint8Array },
 * }} View
 */

/**
 * @param {Sent} sent
 * @returns {View}
 */
export function unpack(sent) {
  const { kernels, maps, colours } = sent;
  return {
    ...sent,
    kernels: { ...kernels, shades: bytesOf(kernels.shades) },
    maps: { ...maps, shades: bytesOf(maps.shades) },
    colours: { activations: bytesOf(colours.activations), signed: bytesOf(colours.signed) },
  };
}

/** @param {Confusion} counts */
export function total(counts) {
  return sumOf(counts.flat());
}

/** @param {Confusion} counts */
export function rightOf(counts) {
  return sumOf(counts.map((row, digit) => row[digit]));
}

/**
 * How strongly each cell is coloured: the square root of its share of the row, which lets a single
 * mistake be told from none.
 * @param {Confusion} counts
 * @returns {number[][]} 0 to 1
 */
export function strengthsOf(counts) {
  return counts.map((row) => {
    const meant = sumOf(row) || 1;
    return row.map((count) => Math.sqrt(count / meant));
  });
}

/**
 * The colour of each cell of a tile.
 * @param {Tiles} tiles
 * @param {number} moment
 * @param {number} tile
 * @param {Uint8Array} colours of all shades, (256, 3)
 * @param {number} share of the scale that its shades are dimmed to, 0 to 1
 * @returns {(cell: number) => Uint8Array}
 */
export function tileColours(tiles, moment, tile, colours, share) {
  const first = (moment * tiles.count + tile) * tiles.rows * tiles.columns;
  return (cell) => {
    const shade = Math.round(tiles.shades[first + cell] * share);
    return colours.subarray(3 * shade, 3 * shade + 3);
  };
}

/**
 * The digit that is read.
 * @param {number[]} probabilities
 */
export function readAs(probabilities) {
  return probabilities.indexOf(Math.max(...probabilities));
}
