import assert from "node:assert/strict";
import { test } from "node:test";
import {
  columnOf,
  inputAt,
  isInside,
  lastPlace,
  nearestPlace,
  placeAt,
  readersOf,
  rowOf,
  tapAt,
  tapOffset,
  weightsOf,
  windowSpan,
  windowStart,
  windowValues,
} from "../../../../ui/components/sliding_window/geometry.js";
import { viewWith } from "./views.js";

// Windows of several kinds over an input that is not square, padded differently on each side.
const VIEWS = [
  viewWith(),
  viewWith({ size: 3, stride: 1, rows: 3, columns: 5 }),
  viewWith({ size: 2, stride: 1, dilation: 2, rows: 3, columns: 5 }),
  viewWith({ size: 3, stride: 2, before: [2, 1], after: [1, 3], rows: 3, columns: 4 }),
];

test("places are counted row by row", () => {
  const view = viewWith();
  assert.deepEqual([rowOf(view, 4), columnOf(view, 4)], [1, 1]);
  assert.deepEqual([rowOf(view, 2), columnOf(view, 2)], [0, 2]);
  assert.equal(placeAt(view, 1, 2), 5);
  assert.equal(lastPlace(view), 5);
});

test("a window starts a stride further for each place, inside the padding at first", () => {
  const view = viewWith({ before: [1, 3] });
  assert.deepEqual(windowStart(view, 0), [-1, -3]);
  assert.deepEqual(windowStart(view, 5), [1, 1]);
});

test("taps are a dilation apart, counted row by row", () => {
  const view = viewWith({ size: 3, dilation: 2 });
  assert.equal(windowSpan(view), 5);
  assert.deepEqual(tapOffset(view, 5), [2, 4]);
  assert.deepEqual(tapOffset(view, 6), [4, 0]);
  assert.deepEqual(tapAt(view, 1, 5), [1, 6]);
});

test("what a window reads is what lies under its taps in a padded copy of the input", () => {
  for (const view of VIEWS) {
    const [above, left] = view.before;
    const padded = Array.from({ length: view.channels }, (_, channel) =>
      Array.from({ length: view.height + above + view.after[0] + 9 }, (_, row) =>
        Array.from({ length: view.width + left + view.after[1] + 9 }, (_, column) => {
          const [y, x] = [row - above, column - left];
          const isPadding = y < 0 || x < 0 || y >= view.height || x >= view.width;
          return isPadding ? 0 : 1 + channel * view.height * view.width + y * view.width + x;
        }),
      ),
    );
    for (let place = 0; place <= lastPlace(view); place++) {
      for (let channel = 0; channel < view.channels; channel++) {
        const expected = [];
        const top = Math.floor(place / view.columns) * view.stride;
        const start = (place % view.columns) * view.stride;
        for (let down = 0; down < view.size; down++) {
          for (let right = 0; right < view.size; right++) {
            expected.push(
              padded[channel][top + down * view.dilation][start + right * view.dilation],
            );
          }
        }
        assert.deepEqual(windowValues(view, place, channel), expected);
      }
    }
  }
});

test("the input ends at its edges, and beyond them is zero", () => {
  const view = viewWith();
  assert.equal(isInside(view, 0, 0), true);
  assert.equal(isInside(view, 3, 4), true);
  assert.equal(isInside(view, 4, 3), false);
  assert.equal(isInside(view, 3, 5), false);
  assert.equal(isInside(view, -1, 0), false);
  assert.equal(isInside(view, 0, -1), false);
  assert.equal(inputAt(view, 0, 1, 0), 6);
  assert.equal(inputAt(view, 1, 0, 1), 22);
  assert.equal(inputAt(view, 1, 4, 1), 0);
});

test("each channel has its own slice of the kernel", () => {
  assert.deepEqual(weightsOf(viewWith(), 0), [0.5, -1, 2, 3]);
  assert.deepEqual(weightsOf(viewWith(), 1), [10, 20, 30, 40]);
});

test("a cell is read by exactly the places whose taps lie on it", () => {
  for (const view of VIEWS) {
    for (let row = 0; row < view.height; row++) {
      for (let column = 0; column < view.width; column++) {
        const expected = [];
        for (let place = 0; place <= lastPlace(view); place++) {
          for (let tap = 0; tap < view.size ** 2; tap++) {
            const [y, x] = tapAt(view, place, tap);
            if (y === row && x === column) expected.push(place);
          }
        }
        assert.deepEqual(readersOf(view, row, column), expected);
      }
    }
  }
});

test("outside the output the nearest place counts", () => {
  const view = viewWith();
  assert.equal(nearestPlace(view, [1, 2]), 5);
  assert.equal(nearestPlace(view, [9, 1]), 4);
  assert.equal(nearestPlace(view, [0, 9]), 2);
  assert.equal(nearestPlace(view, [-1, -1]), 0);
});
