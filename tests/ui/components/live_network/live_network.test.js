import assert from "node:assert/strict";
import { test } from "node:test";
import { networkIn } from "../../../../ui/components/live_network/live_network.js";
import { keepText, keptText } from "../../../../ui/components/live_network/storage.js";

/** @param {number[]} numbers */
const base64 = (numbers) => Buffer.from(new Float32Array(numbers).buffer).toString("base64");

/** One dense layer that reads every pixel. */
function sent(/** @type {number} */ pixels) {
  return {
    id: "a",
    layers: [
      { name: "rescaling", kind: "rescaling", padding: "valid", shape: [28, 28, 1] },
      { name: "flatten", kind: "flatten", padding: "valid", shape: [784] },
      { name: "output", kind: "dense", padding: "valid", shape: [10] },
    ],
    weights: {
      output: {
        kernel: base64(Array(pixels * 10).fill(0.5)),
        kernelShape: [784, 10],
        bias: base64(Array(10).fill(0)),
      },
    },
  };
}

/** Storage with room for so many characters. */
class Storage {
  #room;
  /** @type {Record<string, string>} */
  kept = {};

  /** @param {number} room */
  constructor(room) {
    this.#room = room;
    // As a browser's own, it has its keys as properties.
    // biome-ignore lint/correctness/noConstructorReturn: that is what a proxy is for
    return new Proxy(this, {
      ownKeys: (storage) => Object.keys(storage.kept),
      getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }),
      get: (storage, name) => {
        const value = Reflect.get(storage, name);
        return typeof value === "function" ? value.bind(storage) : value;
      },
    });
  }

  /** @param {string} name @param {string} text */
  setItem(name, text) {
    const others = Object.entries(this.kept).filter(([other]) => other !== name);
    const taken = others.reduce((total, [, other]) => total + other.length, 0);
    if (taken + text.length > this.#room) throw new DOMException("full", "QuotaExceededError");
    this.kept[name] = text;
  }

  /** @param {string} name */
  getItem(name) {
    return this.kept[name] ?? null;
  }

  /** @param {string} name */
  removeItem(name) {
    delete this.kept[name];
  }
}

/** @param {unknown} storage */
function browserWith(storage) {
  Object.defineProperty(globalThis, "sessionStorage", { value: storage, configurable: true });
}

test("a network that was kept is read as it was", () => {
  const output = networkIn(JSON.stringify(sent(784)), "a").predict(new Uint8Array(784));
  assert.deepEqual([...output], Array(10).fill(Math.fround(0.1)));
});

test("another network, a damaged one and none at all are refused", () => {
  assert.throws(() => networkIn(JSON.stringify(sent(784)), "b"), /kept as b, but is a/);
  const damaged = { ...sent(784) };
  damaged.weights.output.bias = base64([0]);
  assert.throws(() => networkIn(JSON.stringify(damaged), "a"));
  const without = { ...sent(784), weights: {} };
  assert.throws(() => networkIn(JSON.stringify(without), "a"));
  assert.throws(() => networkIn("null", "a"));
  assert.throws(() => networkIn("{", "a"));
});

test("a text is kept, and one that stands for nothing is kept no longer", () => {
  browserWith(new Storage(100));
  assert.equal(keptText("a", String), null);
  keepText("a", "first");
  assert.equal(keptText("a", String), "first");
  const refuse = () => {
    throw new Error("damaged");
  };
  assert.equal(keptText("a", refuse), null);
  assert.equal(keptText("a", String), null);
});

test("where there is no room, what was kept before makes it, and nothing else does", () => {
  const storage = new Storage(100);
  browserWith(storage);
  storage.setItem("of somebody else", "x".repeat(20));
  keepText("a", "a".repeat(50));
  keepText("b", "b".repeat(60));
  assert.equal(keptText("a", String), null);
  assert.equal(keptText("b", String)?.length, 60);
  assert.equal(storage.getItem("of somebody else")?.length, 20);
  keepText("c", "c".repeat(90));
  assert.equal(keptText("c", String), null);
});

test("a browser that keeps nothing is survived", () => {
  Object.defineProperty(globalThis, "sessionStorage", {
    get() {
      throw new DOMException("forbidden", "SecurityError");
    },
    configurable: true,
  });
  keepText("a", "text");
  assert.equal(keptText("a", String), null);
});
