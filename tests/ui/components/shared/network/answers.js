// What test_network.py asks of the network in JavaScript: run by Node, with a request on its standard
// input, as JSON; arrays travel as base64 of their bytes.

import { readFileSync } from "node:fs";
import { inflateSync } from "node:zlib";
import { bytesOf, floatsOf } from "../../../../../ui/components/shared/bytes.js";
import {
  conv2d,
  maxPool,
  outputSize,
  paddingWidths,
} from "../../../../../ui/components/shared/network/arithmetic.js";

import {
  digitFromCanvas,
  inkOfCanvas,
  prepareDrawing,
} from "../../../../../ui/components/shared/network/drawing.js";
import { Network } from "../../../../../ui/components/shared/network/network.js";

/** @import { Maps, Padding } from "../../../../../ui/components/shared/network/arithmetic.js" */
/** @import { SentNetwork } from "../../../../../ui/components/shared/network/network.js" */

/**
 * A picture whose bytes are compressed.
 * @typedef {{ values: string, rows: number, columns: number }} Packed
 */

const PIXELS = 28 * 28;

/** @param {Float32Array | Uint8Array} values */
const sent = (values) =>
  Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString("base64");

/** @param {string} images */
function* imagesOf(images) {
  const bytes = bytesOf(images);
  for (let at = 0; at < bytes.length; at += PIXELS) yield bytes.subarray(at, at + PIXELS);
}

/** What each kind of request is answered with. */
const ANSWERS = {
  /** @param {{ network: SentNetwork, images: string }[]} asked */
  activations: (asked) =>
    asked.map(({ network, images }) => {
      const reader = new Network(network);
      return [...imagesOf(images)].map((image) => reader.activations(image).map(sent));
    }),

  /** @param {{ network: SentNetwork, images: string }} asked */
  probabilities({ network, images }) {
    const reader = new Network(network);
    return sent(
      Float32Array.from([...imagesOf(images)].flatMap((image) => [...reader.predict(image)])),
    );
  },

  /** @param {[number, number, number, Padding, number][]} asked */
  sizes: (asked) =>
    asked.map((of) => {
      try {
        return [...paddingWidths(...of), outputSize(...of)];
      } catch (error) {
        return String(error);
      }
    }),

  /**
   * @typedef {{ values: string, shape: [number, number, number] }} SentMaps
   * @param {{ maps: SentMaps, kernels: { values: string, shape: number[] }, bias: string,
   *   stride: number, padding: Padding, dilation: number }[]} asked
   */
  conv2d: (asked) =>
    asked.map(({ maps, kernels, bias, stride, padding, dilation }) =>
      answered(
        conv2d(
          mapsOf(maps),
          { values: floatsOf(kernels.values), shape: kernels.shape },
          floatsOf(bias),
          stride,
          padding,
          dilation,
        ),
      ),
    ),

  /** @param {{ maps: SentMaps, size: number, stride: number }[]} asked */
  maxPool: (asked) =>
    asked.map(({ maps, size, stride }) => answered(maxPool(mapsOf(maps), size, stride))),

  /** @param {string} rgba */
  ink: (rgba) => sent(inkOfCanvas(new Uint8ClampedArray(bytesOf(rgba)))),

  /** @param {Packed[]} asked */
  prepareDrawing: (asked) =>
    asked.map(({ values, rows, columns }) => {
      const prepared = prepareDrawing(inflateSync(bytesOf(values)), rows, columns);
      if (!prepared) return null;
      const { box, scaled, corner, image } = prepared;
      const size = [scaled.rows, scaled.columns];
      return { box, scaled: sent(scaled.values), size, corner, image: sent(image) };
    }),

  /** @param {Packed[]} asked */
  digitFromCanvas: (asked) =>
    asked.map(({ values, rows, columns }) => {
      const rgba = new Uint8ClampedArray(inflateSync(bytesOf(values)));
      const image = digitFromCanvas(rgba, rows, columns);
      return image && sent(image);
    }),
};

/** @param {SentMaps} maps */
function mapsOf({ values, shape: [rows, columns, channels] }) {
  return { values: floatsOf(values), rows, columns, channels };
}

/** @param {Maps} maps */
const answered = ({ values, rows, columns, channels }) => ({
  values: sent(values),
  shape: [rows, columns, channels],
});

const request = JSON.parse(readFileSync(0, "utf8"));
/** @type {Record<string, (asked: any) => unknown>} */
const answers = ANSWERS;
console.log(JSON.stringify(answers[request.kind](request.asked)));
