// What the components of one page share in a browser: the networks, and what they read right now.
// Each component is a bundle with a scope of its own, so this hangs at the window.

/** @import { Network } from "../network/network.js" */

/**
 * What a network makes of a digit, as it is being drawn or changed.
 * @typedef {object} Reading
 * @property {string} modelId
 * @property {Uint8Array} image (28, 28) in C order
 * @property {Float32Array[]} outputs one a layer, in the order of the network
 * @property {string} [said] what whoever reads says of the answer: a sentence with **bold** words
 */

/**
 * `null` says that there is nothing to read, such as a blank canvas; `undefined` that nobody reads
 * in this browser, and that the server's answer counts.
 * @typedef {(reading: Reading | null | undefined) => void} Hear
 */

/**
 * @typedef {object} Bus
 * @property {Map<string, Network>} networks by the id of their model
 * @property {Map<string, Set<(network: Network) => void>>} waiting by the id of a model
 * @property {Map<string, Reading | null>} readings by the name of their source
 * @property {Map<string, Set<Hear>>} hearing by the name of a source
 */

const PLACE = Symbol.for("digitscope");

/** @returns {Bus} */
function bus() {
  const place = /** @type {Record<symbol, Bus | undefined>} */ (
    /** @type {unknown} */ (globalThis)
  );
  place[PLACE] ??= {
    networks: new Map(),
    waiting: new Map(),
    readings: new Map(),
    hearing: new Map(),
  };
  return place[PLACE];
}

/**
 * @template Member
 * @param {Map<string, Set<Member>>} sets
 * @param {string} name
 * @param {Member} member
 * @returns {() => void} takes it out again
 */
function addTo(sets, name, member) {
  const set = sets.get(name) ?? new Set();
  sets.set(name, set.add(member));
  return () => set.delete(member);
}

/**
 * @param {string} modelId
 * @returns {Network | undefined} undefined where it has not come yet
 */
export function networkOf(modelId) {
  return bus().networks.get(modelId);
}

/**
 * Have a network at hand for every component of the page.
 * @param {string} modelId
 * @param {Network} network
 */
export function keepNetwork(modelId, network) {
  const { networks, waiting } = bus();
  networks.set(modelId, network);
  const then = waiting.get(modelId) ?? [];
  waiting.delete(modelId);
  for (const act of then) act(network);
}

/**
 * Call with a network: at once where it is there, or once it comes.
 * @param {string} modelId
 * @param {(network: Network) => void} then
 * @returns {() => void} waits no longer
 */
export function onNetwork(modelId, then) {
  const network = networkOf(modelId);
  if (!network) return addTo(bus().waiting, modelId, then);
  then(network);
  return () => {};
}

/**
 * Say what is read now, to all who follow a source.
 * @param {string} source such as "canvas"
 * @param {Reading | null} reading
 */
export function publish(source, reading) {
  bus().readings.set(source, reading);
  tell(source, reading);
}

/**
 * Say that nobody reads here any more.
 * @param {string} source
 */
export function withdraw(source) {
  if (bus().readings.delete(source)) tell(source, undefined);
}

/**
 * Follow what is read: once at once where something is, then with each change.
 * @param {string} source
 * @param {Hear} hear
 * @returns {() => void} follows no longer
 */
export function subscribe(source, hear) {
  const { hearing, readings } = bus();
  const leave = addTo(hearing, source, hear);
  if (readings.has(source)) hear(readings.get(source));
  return leave;
}

/**
 * One that fails must not keep the others from hearing.
 * @param {string} source
 * @param {Reading | null | undefined} reading
 */
function tell(source, reading) {
  for (const hear of bus().hearing.get(source) ?? []) {
    try {
      hear(reading);
    } catch (error) {
      console.error(error);
    }
  }
}
