import assert from "node:assert/strict";
import { test } from "node:test";
import {
  keepNetwork,
  networkOf,
  onNetwork,
  publish,
  subscribe,
  withdraw,
} from "../../../../../ui/components/shared/live/live.js";

/** @import { Reading } from "../../../../../ui/components/shared/live/live.js" */
/** @import { Network } from "../../../../../ui/components/shared/network/network.js" */

const network = /** @type {Network} */ (/** @type {unknown} */ ({ layers: [] }));
/** @type {Reading} */
const reading = { modelId: "a", image: new Uint8Array(784), outputs: [new Float32Array(10)] };

test("whoever waits for a network is called once, when it comes or where it is there", () => {
  /** @type {string[]} */
  const called = [];
  onNetwork("late", () => called.push("first"));
  const leave = onNetwork("late", () => called.push("has left"));
  leave();
  assert.equal(networkOf("late"), undefined);

  keepNetwork("other", network);
  assert.equal(called.length, 0);
  keepNetwork("late", network);
  onNetwork("late", (found) => called.push(found === network ? "at once" : "another"));
  keepNetwork("late", network);

  assert.deepEqual(called, ["first", "at once"]);
  assert.equal(networkOf("late"), network);
});

test("a source is heard from its newest reading on, until it is withdrawn or one leaves", () => {
  /** @type {unknown[]} */
  const heard = [];
  /** @type {unknown[]} */
  const late = [];
  const leave = subscribe("canvas", (what) => heard.push(what));
  publish("canvas", reading);
  publish("editor", null);
  subscribe("canvas", (what) => late.push(what));
  publish("canvas", null);
  leave();
  withdraw("canvas");
  withdraw("canvas");

  assert.deepEqual(heard, [reading, null]);
  assert.deepEqual(late, [reading, null, undefined]);
});

test("one who fails keeps nobody else from hearing", (context) => {
  const told = context.mock.method(console, "error", () => {});
  /** @type {unknown[]} */
  const heard = [];
  subscribe("faulty", () => {
    throw new Error("cannot draw");
  });
  subscribe("faulty", (what) => heard.push(what));
  publish("faulty", reading);
  assert.deepEqual(heard, [reading]);
  assert.equal(told.mock.callCount(), 1);
});
