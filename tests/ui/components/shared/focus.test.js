import assert from "node:assert/strict";
import { test } from "node:test";
import { indexAfter } from "../../../../ui/components/shared/button_grid.js";
import {
  arrowStep,
  isCommand,
  oneTabStop,
  stepWithin,
} from "../../../../ui/components/shared/focus.js";

test("arrow keys lead down and to the right, or back", () => {
  assert.deepEqual(arrowStep("ArrowUp"), [-1, 0]);
  assert.deepEqual(arrowStep("ArrowDown"), [1, 0]);
  assert.deepEqual(arrowStep("ArrowLeft"), [0, -1]);
  assert.deepEqual(arrowStep("ArrowRight"), [0, 1]);
  assert.equal(arrowStep("Enter"), undefined);
});

test("a step stays within the grid, along both axes", () => {
  assert.deepEqual(stepWithin("ArrowDown", [1, 2], 4, 5), [2, 2]);
  assert.deepEqual(stepWithin("ArrowRight", [1, 2], 4, 5), [1, 3]);
  assert.deepEqual(stepWithin("ArrowDown", [3, 2], 4, 5), [3, 2]);
  assert.deepEqual(stepWithin("ArrowRight", [3, 4], 4, 5), [3, 4]);
  assert.deepEqual(stepWithin("ArrowUp", [0, 2], 4, 5), [0, 2]);
  assert.deepEqual(stepWithin("ArrowLeft", [1, 0], 4, 5), [1, 0]);
  assert.deepEqual(stepWithin("ArrowRight", [-2, -1], 4, 5), [0, 0]);
  assert.equal(stepWithin("Home", [1, 2], 4, 5), null);
});

test("in a list of rows, down is one row on", () => {
  assert.equal(indexAfter("ArrowDown", 3, 5), 8);
  assert.equal(indexAfter("ArrowUp", 8, 5), 3);
  assert.equal(indexAfter("ArrowRight", 4, 5), 5);
  assert.equal(indexAfter("ArrowLeft", 5, 5), 4);
  assert.ok(Number.isNaN(indexAfter("a", 3, 5)));
});

test("keys pressed with Control, Meta or Alt are the browser's", () => {
  const none = { ctrlKey: false, metaKey: false, altKey: false };
  /** @param {Partial<typeof none>} held */
  const event = (held) => /** @type {KeyboardEvent} */ ({ ...none, ...held });
  assert.equal(isCommand(event({})), false);
  for (const held of Object.keys(none)) assert.equal(isCommand(event({ [held]: true })), true);
});

/** @param {boolean[]} disabled */
function controls(...disabled) {
  return disabled.map((isDisabled) => ({
    disabled: isDisabled,
    tabIndex: 0,
    touched: false,
    onfocus: () => {},
    /** @returns {string | null} */
    getAttribute() {
      return this.touched ? String(this.tabIndex) : null;
    },
  }));
}

/**
 * @param {ReturnType<typeof controls>} group
 * @param {number} [preferred]
 */
function stops(group, preferred) {
  const buttons = /** @type {HTMLButtonElement[]} */ (/** @type {unknown} */ (group));
  oneTabStop(buttons, preferred === undefined ? undefined : buttons[preferred]);
  for (const control of group) control.touched = true;
  return group.map(({ tabIndex }) => tabIndex);
}

test("a group is one stop of the Tab key: the preferred control, or the first that is enabled", () => {
  assert.deepEqual(stops(controls(false, false, false), 1), [-1, 0, -1]);
  assert.deepEqual(stops(controls(true, false, false)), [-1, 0, -1]);
  assert.deepEqual(stops(controls(false, true, false), 1), [0, -1, -1]);
});

test("the stop goes with the focus and stays there when new data comes", () => {
  const group = controls(false, false, false);
  stops(group, 0);
  group[2].onfocus();
  assert.deepEqual(stops(group, 0), [-1, -1, 0]);
  group[2].disabled = true;
  assert.deepEqual(stops(group, 1), [-1, 0, -1]);
});
