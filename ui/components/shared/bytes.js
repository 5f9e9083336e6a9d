// Arrays as Python sends them (base64_bytes in register.py): base64 of their bytes in C order.

/**
 * @param {string} text base64
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function bytesOf(text) {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}

/**
 * @param {string} text base64 of float32, little-endian
 * @returns {Float32Array}
 */
export function floatsOf(text) {
  return new Float32Array(bytesOf(text).buffer);
}

/**
 * @param {string} text base64 of float64, little-endian
 * @returns {Float64Array}
 */
export function doublesOf(text) {
  return new Float64Array(bytesOf(text).buffer);
}

/**
 * @param {Uint8Array} bytes
 * @returns {string} base64
 */
export function base64Of(bytes) {
  return btoa(String.fromCharCode(...bytes));
}

/**
 * @param {Uint8Array | null | undefined} bytes
 * @param {Uint8Array | null | undefined} others
 */
export function isSame(bytes, others) {
  if (!bytes || !others) return bytes === others;
  return bytes.length === others.length && bytes.every((value, index) => value === others[index]);
}
