const SIZE = 28;

export default function ({ parentElement, data }) {
  let table = parentElement.querySelector("table");
  if (!table) {
    parentElement.append(...build());
    table = parentElement.querySelector("table");
  }
  const readout = parentElement.querySelector("p");
  const pixels = bytesOf(data.pixels);
  table.setAttribute(
    "aria-label",
    `${data.title}: 28 rows of 28 pixel values, 0 is black, 255 white`,
  );

  pixels.forEach((value, place) => {
    const cell = cellAt(table, Math.floor(place / SIZE), place % SIZE);
    cell.textContent = value;
    cell.style.background = `rgb(${value} ${value} ${value})`;
    cell.style.color = value > 127 ? "#111" : value ? "#eee" : "#777";
  });

  const select = (cell) => {
    table.querySelector(".selected")?.classList.remove("selected");
    table.querySelector("[tabindex='0']").tabIndex = -1;
    cell.classList.add("selected");
    cell.tabIndex = 0;
    const [row, column] = placeOf(cell);
    const value = pixels[row * SIZE + column];
    const share = (value / 255).toFixed(3);
    readout.textContent = `Row ${row}, column ${column}: ${value} of 255, for the network ${value} ÷ 255 = ${share}`;
  };
  table.onpointerover = table.onpointerdown = (event) => {
    const cell = event.target.closest("td");
    if (cell) select(cell);
  };
  table.onkeydown = (event) => {
    const step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[
      event.key
    ];
    const from = event.target.closest("td");
    if (!step || !from) return;
    event.preventDefault();
    const [row, column] = placeOf(from);
    const to = cellAt(table, clamp(row + step[0]), clamp(column + step[1]));
    select(to);
    to.focus();
  };
  const selected = table.querySelector(".selected");
  if (selected) select(selected);
}

function build() {
  const readout = document.createElement("p");
  readout.setAttribute("aria-live", "polite");
  readout.textContent = "Point at a pixel, or move with the arrow keys, to read its value.";
  const frame = document.createElement("div");
  const table = document.createElement("table");
  table.setAttribute("role", "grid");
  table.addEventListener("focusin", (event) => table.onpointerover(event));
  for (let row = 0; row < SIZE; row++) {
    const line = table.insertRow();
    for (let column = 0; column < SIZE; column++)
      line.insertCell().tabIndex = row || column ? -1 : 0;
  }
  frame.append(table);
  return [readout, frame];
}

const cellAt = (table, row, column) => table.rows[row].cells[column];
const placeOf = (cell) => [cell.parentElement.rowIndex, cell.cellIndex];
const clamp = (place) => Math.min(Math.max(place, 0), SIZE - 1);
