// Normal noise for weights, number by number as cnn_core/findings/weight_noise.py makes it.

/**
 * Numbers of a normal distribution with mean 0 and standard deviation 1.
 * @param {number} seed 0 to 2**32 - 1
 * @param {number} stream 0 to 2**32 - 1; other numbers for another seed and for another stream
 * @param {number} count
 */
export function normals(seed, stream, count) {
  const key = scrambled(scrambled(seed) + stream);
  const numbers = new Float32Array(count);
  for (let index = 0; index < count; index += 2) {
    // Box and Muller (1958): of every two random shares a length and a direction.
    const length = Math.sqrt(-2 * Math.log(share(index, key)));
    const direction = 2 * Math.PI * share(index + 1, key);
    numbers[index] = length * Math.cos(direction);
    numbers[index + 1] = length * Math.sin(direction); // Beyond the end nothing is kept.
  }
  return numbers;
}

/**
 * A number's own random share, never 0 and never 1.
 * @param {number} number
 * @param {number} key
 */
function share(number, key) {
  return (scrambled(scrambled(number) + key) + 0.5) / 2 ** 32;
}

/**
 * A number's 32 bits so mixed that neighbours have nothing in common (lowbias32, C. Wellons).
 * @param {number} number of whose bits the last 32 count
 * @returns {number} 0 to 2**32 - 1
 */
function scrambled(number) {
  let mixed = number ^ (number >>> 16);
  mixed = Math.imul(mixed, 0x7feb352d);
  mixed ^= mixed >>> 15;
  mixed = Math.imul(mixed, 0x846ca68b);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

/**
 * The standard deviation of numbers, with NumPy's `std`.
 * @param {Float32Array} numbers
 */
export function deviationOf(numbers) {
  const mean = numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
  const squares = numbers.reduce((sum, number) => sum + (number - mean) ** 2, 0);
  return Math.sqrt(squares / numbers.length);
}
