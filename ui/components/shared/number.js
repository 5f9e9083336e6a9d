// Numbers: how they are written, and held within bounds.

/**
 * A number as people read it: fixed decimals, a real minus sign, never “−0”.
 * @param {number} value
 * @param {number} decimals
 */
export function format(value, decimals) {
  const text = Math.abs(value).toFixed(decimals);
  return value < 0 && Number(text) !== 0 ? `\u2212${text}` : text;
}

/**
 * @param {number} share 0 to 1
 * @returns {string} per cent with one decimal
 */
export function percentOf(share) {
  return `${format(100 * share, 1)}\u00a0%`;
}

/**
 * @param {number} value
 * @param {number} least
 * @param {number} most
 */
export function clamp(value, least, most) {
  return Math.min(Math.max(value, least), most);
}

/**
 * The largest absolute value; 0 where there is none.
 * @param {Iterable<number>} numbers
 */
export function largestOf(numbers) {
  let most = 0;
  for (const number of numbers) most = Math.max(most, Math.abs(number));
  return most;
}

/**
 * @param {Iterable<number>} numbers
 */
export function sumOf(numbers) {
  let total = 0;
  for (const number of numbers) total += number;
  return total;
}

/**
 * As NumPy rounds; Math.round takes every half upwards.
 * @param {number} value
 */
export function roundHalfToEven(value) {
  const below = Math.floor(value);
  const over = value - below;
  if (over !== 0.5) return over < 0.5 ? below : below + 1;
  return below % 2 === 0 ? below : below + 1;
}
