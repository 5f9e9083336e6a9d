// A table of counts, each a button that opens onto what was counted.

export default function ({ parentElement, data, setTriggerValue }) {
  const { rows, columns } = data;
  const sizes = `${rows.length} by ${columns.length}`;
  let table = parentElement.querySelector("table");
  if (table?.dataset.sizes !== sizes) {
    table?.parentElement.remove();
    table = build(rows.length, columns.length);
    table.dataset.sizes = sizes;
    const frame = document.createElement("div");
    frame.append(table);
    parentElement.append(frame);
  }
  table.classList.toggle("wide", columns.length > 4);
  table.caption.textContent = data.caption;
  columns.forEach((name, column) => (table.tHead.rows[0].cells[column + 1].textContent = name));
  rows.forEach((name, row) => {
    table.tBodies[0].rows[row].cells[0].textContent = name;
    columns.forEach((_, column) => {
      const button = buttonAt(table, row, column);
      const strength = data.strength[row][column];
      const label = data.labels[row][column];
      button.textContent = data.texts[row][column];
      button.disabled = data.counts[row][column] === 0;
      button.setAttribute(
        "aria-pressed",
        String(data.chosen?.[0] === row && data.chosen?.[1] === column),
      );
      button.setAttribute("aria-label", label);
      button.title = label;
      button.style.setProperty("--strength", `${Math.round(100 * strength)}%`);
      button.classList.toggle("quiet", data.quiet[row][column]);
      button.classList.toggle("strong", strength > 0.55);
      button.onclick = () => setTriggerValue("chosen", [row, column]);
      button.onkeydown = (event) => moveFocus(event, table, row, column);
    });
  });
}

const buttonAt = (table, row, column) => table.tBodies[0].rows[row]?.cells[column + 1]?.firstChild;

function moveFocus(event, table, row, column) {
  const step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[
    event.key
  ];
  if (!step) return;
  event.preventDefault();
  // Empty cells cannot be chosen: go on in the same direction to the next that can.
  for (let i = 1; ; i++) {
    const target = buttonAt(table, row + i * step[0], column + i * step[1]);
    if (!target) return;
    if (!target.disabled) return target.focus();
  }
}

function build(rows, columns) {
  const table = document.createElement("table");
  table.innerHTML = "<caption></caption><thead><tr><td></td></tr></thead><tbody></tbody>";
  for (let column = 0; column < columns; column++) table.tHead.rows[0].append(header("col"));
  for (let row = 0; row < rows; row++) {
    const line = table.tBodies[0].insertRow();
    line.append(header("row"));
    for (let column = 0; column < columns; column++) {
      const button = document.createElement("button");
      button.type = "button";
      line.insertCell().append(button);
    }
  }
  return table;
}

function header(scope) {
  const cell = document.createElement("th");
  cell.scope = scope;
  return cell;
}
