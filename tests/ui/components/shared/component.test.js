import assert from "node:assert/strict";
import { test } from "node:test";
import { mounting } from "../../../../ui/components/shared/component.js";

/** @import { Parent, Send } from "../../../../ui/components/shared/component.js" */

/** @type {string[]} */
const told = [];

class Told {
  /** @type {Send} */
  send = () => {};

  /** @param {Parent} parentElement */
  constructor(parentElement) {
    this.parent = String(parentElement);
    told.push(`made in ${this.parent}`);
  }

  /** @param {string} data */
  show(data) {
    told.push(`${this.parent} shows ${data}`);
    this.send("shown", data);
  }

  close() {
    told.push(`${this.parent} is closed`);
  }
}

/** @param {string} name */
const parent = (name) => /** @type {Parent} */ (/** @type {unknown} */ ({ toString: () => name }));

test("one object a place lives on until its component is gone", () => {
  const component = mounting(Told);
  const [here, there] = [parent("here"), parent("there")];
  /** @type {unknown[][]} */
  const sent = [];
  /** @param {Parent} parentElement @param {string} data */
  const show = (parentElement, data) =>
    component({ parentElement, data, setTriggerValue: (...message) => sent.push(message) });

  show(here, "one");
  show(there, "two");
  const close = show(here, "three");
  close();
  show(here, "four");

  assert.deepEqual(told, [
    "made in here",
    "here shows one",
    "made in there",
    "there shows two",
    "here shows three",
    "here is closed",
    "made in here",
    "here shows four",
  ]);
  assert.deepEqual(sent[0], ["shown", "one"]);
});
