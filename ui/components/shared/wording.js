// An answer in words, as ui/look/wording.py and ui/look/answer_change.py say it: Markdown of which only
// **bold** is used.

import { element } from "./element.js";
import { roundHalfToEven } from "./number.js";

// The numbers next to 0 and to 1 that a computer knows.
const [LEAST, MOST] = [Number.MIN_VALUE, 1 - Number.EPSILON / 2];

/**
 * A share in per cent with one decimal, never rounded to 0 or 1 where it is short of it.
 * @param {number} share 0 to 1
 */
export function percent(share) {
  const tenths = roundHalfToEven(1000 * share);
  if (share < 1 && tenths === 1000) return ">\u00a099.9\u00a0%";
  if (share > 0 && tenths === 0) return "<\u00a00.1\u00a0%";
  return `${(tenths / 10).toFixed(1)}\u00a0%`;
}

/**
 * A probability that softmax gave, as `percent`, and never 0 or 1: it is that only when rounded.
 * @param {number} probability 0 to 1
 */
export function probabilityInWords(probability) {
  return percent(Math.min(Math.max(probability, LEAST), MOST));
}

/**
 * A digit with its article: `a 7`, `an **8**`.
 * @param {number} digit
 * @param {boolean} [isBold]
 */
export function aDigit(digit, isBold = false) {
  return `${digit === 8 ? "an" : "a"} ${isBold ? `**${digit}**` : digit}`;
}

/**
 * @param {Float32Array} probabilities (10,)
 * @returns {number} the most probable digit
 */
export function answerOf(probabilities) {
  return probabilities.indexOf(Math.max(...probabilities));
}

/**
 * A prediction in one line.
 * @param {Float32Array} probabilities (10,)
 */
export function readAs(probabilities) {
  const answer = answerOf(probabilities);
  return `Read as ${aDigit(answer)}, ${probabilityInWords(probabilities[answer])}`;
}

/**
 * How sure a prediction is, and what else it could be, in one sentence.
 * @param {Float32Array} probabilities (10,)
 */
export function answerInWords(probabilities) {
  const order = [...probabilities.keys()].sort((a, b) => probabilities[b] - probabilities[a]);
  const [first, second, third] = order;
  const [one, two, three] = order.map((digit) => probabilityInWords(probabilities[digit]));
  if (probabilities[first] >= Math.fround(0.95))
    return `The network is sure: this is ${aDigit(first, true)} (${one}).`;
  if (probabilities[first] >= Math.fround(0.6))
    return `Probably ${aDigit(first, true)} (${one}), perhaps ${aDigit(second)} (${two}).`;
  return (
    `The network is torn: ${aDigit(first, true)} (${one}), ` +
    `${aDigit(second)} (${two}) or ${aDigit(third)} (${three}).`
  );
}

/**
 * What became of the answer between two predictions.
 * @param {Float32Array} before (10,)
 * @param {Float32Array} after (10,)
 */
export function answerChange(before, after) {
  const [answer, read] = [answerOf(before), answerOf(after)];
  const [had, has] = [probabilityInWords(before[answer]), probabilityInWords(after[answer])];
  if (read === answer)
    return `The network still reads ${aDigit(read, true)}: it had ${had} and now has **${has}**.`;
  return (
    `The network changes its mind and reads ${aDigit(read, true)} with ` +
    `${probabilityInWords(after[read])}. The ${answer} had ${had} and now has **${has}**.`
  );
}

/**
 * What became of the answer once something may have been changed.
 * @param {Float32Array} before (10,)
 * @param {Float32Array} after (10,)
 * @param {boolean} isChanged whether anything was
 * @param {string} unchanged goes before the answer where nothing was
 * @param {string} [same] goes before it where something was, and all ten probabilities are the same;
 *   without it, that is a change like others
 */
export function toldAnswer(before, after, isChanged, unchanged, same = "") {
  if (!isChanged) return unchanged + answerInWords(after);
  if (same && before.every((share, digit) => share === after[digit]))
    return same + answerInWords(after);
  return answerChange(before, after);
}

/**
 * Show such a sentence.
 * @param {HTMLElement} place
 * @param {string} markdown
 */
export function showSentence(place, markdown) {
  const parts = markdown.split("**");
  place.replaceChildren(
    ...parts.map((part, index) => (index % 2 ? element("strong", "", part) : part)),
  );
}
