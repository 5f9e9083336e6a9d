// What Python sends of a run, unpacked, and what is shown of it at a time.

import { bytesOf, floatsOf } from "../shared/bytes.js";

/** @typedef {"pixels" | "activations" | "signed"} ScaleName */

/**
 * Name, the value of its first colour, that of its last, and both in words.
 * @typedef {[ScaleName, number, number, [string, string]]} Scale
 */

/** @typedef {[number, number]} Cell row and column */

/**
 * How a window runs over an input. A place is a cell of the output, counted row by row; a tap is a
 * weight of the kernel, or a value of a pooling window, counted row by row.
 * @typedef {object} Geometry
 * @property {number} height rows of the input
 * @property {number} width columns of the input
 * @property {number} size rows and columns of taps
 * @property {number} stride
 * @property {number} dilation
 * @property {Cell} before padding above and at the left
 * @property {Cell} after padding below and at the right
 * @property {number} rows of the output
 * @property {number} columns of the output
 */

/**
 * @typedef {object} Facts
 * @property {"convolution" | "max" | "average"} mode
 * @property {number} channels of the input
 * @property {string} label
 * @property {string} note what to look for; may be empty
 * @property {string} inputTitle
 * @property {string} outputTitle
 * @property {Scale} inputScale
 * @property {Scale} outputScale
 * @property {Record<ScaleName, string[]>} scales hex colours at equal distances
 * @property {number} mostDecimals
 * @property {boolean} linkable
 */

/**
 * Arrays are base64 of float32, winners of uint8; a pool has no kernel, no bias and no sums. What is
 * the same as another is not sent: a single channel's share is the total, a sum without ReLU is the
 * output.
 * @typedef {object} SentArrays
 * @property {string} input
 * @property {string} [kernel]
 * @property {string | null} [contributions]
 * @property {string} [totals]
 * @property {string} [sums]
 * @property {string | null} output
 * @property {string | null} [winners]
 * @property {number} [bias]
 * @property {boolean} [rectified]
 * @property {{ input: number, output: number, weight?: number, bias?: number, sum?: number }} decimals
 */

/** @typedef {Geometry & Facts & SentArrays} Sent */

/**
 * Arrays that a kind of run does not have are empty.
 * @typedef {object} Arrays
 * @property {Float32Array} input (channels, height, width)
 * @property {Float32Array} kernel (channels, size, size)
 * @property {Float32Array} contributions sum of the products of each channel, (rows, columns, channels)
 * @property {Float32Array} totals of all channels, (rows, columns)
 * @property {Float32Array} sums with the bias, (rows, columns)
 * @property {Float32Array} output (rows, columns)
 * @property {Uint8Array} winners the tap that is kept, (rows, columns)
 * @property {number} bias
 * @property {boolean} rectified whether ReLU follows
 * @property {{ input: number, output: number, weight: number, bias: number, sum: number }} decimals
 */

/** @typedef {Geometry & Facts & Arrays} View */

/**
 * What is shown of a view.
 * @typedef {object} Scene
 * @property {number} place where the window is
 * @property {number} from the place where it comes from
 * @property {number} glide how far it is on its way between the two, 0 to 1
 * @property {number} channel
 * @property {Cell | null} marked a cell of the input
 * @property {Uint8Array} shown 1 for each place that is written
 * @property {number} hidden the place whose value is asked for, or −1
 * @property {number} built how many taps are worked out so far; all of them but at slow speed
 */

/**
 * @param {Sent} sent
 * @returns {View}
 */
export function unpack(sent) {
  const none = new Float32Array();
  /**
   * @param {string | null | undefined} text
   * @param {Float32Array} otherwise
   */
  const floats = (text, otherwise) => (text ? floatsOf(text) : otherwise);
  const totals = floats(sent.totals, none);
  const sums = floats(sent.sums, none);
  return {
    ...sent,
    input: floatsOf(sent.input),
    kernel: floats(sent.kernel, none),
    contributions: floats(sent.contributions, totals),
    totals,
    sums,
    output: floats(sent.output, sums),
    winners: sent.winners ? bytesOf(sent.winners) : new Uint8Array(),
    bias: sent.bias ?? 0,
    rectified: sent.rectified ?? false,
    decimals: { weight: 0, bias: 0, sum: 0, ...sent.decimals },
  };
}
