// Weights as they are written, and read again.

/**
 * Four decimals at most, with a real minus sign.
 * @param {number} weight
 */
export function textOf(weight) {
  return String(Number(weight.toFixed(4))).replace("-", "\u2212");
}

/**
 * A number or a fraction, with either kind of minus sign and of decimal point.
 * @param {string} text such as "−0,5" or "1/9"
 * @returns {number} NaN where it is neither
 */
export function weightIn(text) {
  const parts = text.replaceAll("\u2212", "-").replaceAll(",", ".").split("/");
  const [above, below = "1"] = parts;
  if (parts.length > 2 || !above.trim() || !below.trim()) return Number.NaN;
  return Number(above) / Number(below);
}
