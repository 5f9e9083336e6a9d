// Where the window stands and what it reads: index arithmetic only, no DOM.
//
// `view` is what Python sent, unpacked. A place is a cell of the output, counted row by row; a tap
// is a weight of the kernel, or a value of a pooling window, counted row by row.

const rowOf = (view, place) => Math.floor(place / view.columns);
const columnOf = (view, place) => place % view.columns;
const placeAt = (view, row, column) => row * view.columns + column;
const lastPlace = (view) => view.rows * view.columns - 1;

// Row and column of the input under the first tap; negative inside the padding.
function windowStart(view, place) {
  return [
    rowOf(view, place) * view.stride - view.before[0],
    columnOf(view, place) * view.stride - view.before[1],
  ];
}

const windowSpan = (view) => view.dilation * (view.size - 1) + 1;

// Row and column of the input under a tap.
function tapAt(view, place, tap) {
  const [row, column] = windowStart(view, place);
  return [
    row + Math.floor(tap / view.size) * view.dilation,
    column + (tap % view.size) * view.dilation,
  ];
}

const isInside = (view, row, column) =>
  row >= 0 && row < view.height && column >= 0 && column < view.width;

// The input value at a row and column; the padding around it is zero.
function inputAt(view, channel, row, column) {
  if (!isInside(view, row, column)) return 0;
  return view.input[(channel * view.height + row) * view.width + column];
}

function windowValues(view, place, channel) {
  return Array.from({ length: view.size ** 2 }, (_, tap) =>
    inputAt(view, channel, ...tapAt(view, place, tap)),
  );
}

const weightsOf = (view, channel) =>
  view.kernel.subarray(channel * view.size ** 2, (channel + 1) * view.size ** 2);

// Every place whose window has a tap on this input cell.
function readersOf(view, row, column) {
  const along = (position, before, count) =>
    Array.from({ length: count }, (_, step) => step).filter((step) => {
      const offset = position - (step * view.stride - before);
      return offset >= 0 && offset < windowSpan(view) && offset % view.dilation === 0;
    });
  const columns = along(column, view.before[1], view.columns);
  return along(row, view.before[0], view.rows).flatMap((outputRow) =>
    columns.map((outputColumn) => placeAt(view, outputRow, outputColumn)),
  );
}

// A place `down` rows and `right` columns further, held inside the output.
function neighbourOf(view, place, down, right) {
  return placeAt(
    view,
    clamp(rowOf(view, place) + down, 0, view.rows - 1),
    clamp(columnOf(view, place) + right, 0, view.columns - 1),
  );
}

const clamp = (value, least, most) => Math.min(Math.max(value, least), most);

// A number as people read it: fixed decimals, a real minus sign, never “−0”.
function format(value, decimals) {
  const text = Math.abs(value).toFixed(decimals);
  return value < 0 && Number(text) !== 0 ? `−${text}` : text;
}

const largestOf = (numbers) =>
  numbers.reduce((most, number) => Math.max(most, Math.abs(number)), 0);

// No product of an input value and a weight is larger than this.
const largestProduct = (view) => (view.kernel ? largestOf(view.input) * largestOf(view.kernel) : 0);
