export default function ({ parentElement, data, setTriggerValue }) {
  let table = parentElement.querySelector("table");
  if (!table) {
    table = build(data.counts.length);
    const frame = document.createElement("div");
    frame.append(table);
    parentElement.append(frame);
  }
  data.counts.forEach((row, truth) =>
    row.forEach((count, answer) => {
      const button = buttonAt(table, truth, answer);
      const chosen = data.chosen?.[0] === truth && data.chosen?.[1] === answer;
      button.textContent = data.texts[truth][answer];
      button.disabled = count === 0;
      button.setAttribute("aria-pressed", String(chosen));
      button.setAttribute("aria-label", `${count} times ${aDigit(truth)} was read as ${aDigit(answer)}`);
      button.title = `${count} × ${aDigit(truth)} read as ${aDigit(answer)}`;
      button.style.setProperty("--strength", `${Math.round(100 * data.strength[truth][answer])}%`);
      button.classList.toggle("right", truth === answer);
      button.classList.toggle("strong", data.strength[truth][answer] > 0.55);
      button.onclick = () => setTriggerValue("chosen", [truth, answer]);
      button.onkeydown = (event) => moveFocus(event, table, truth, answer);
    }),
  );
}

const aDigit = (digit) => `${digit === 8 ? "an" : "a"} ${digit}`;

const buttonAt = (table, truth, answer) =>
  table.tBodies[0].rows[truth]?.cells[answer + 1]?.firstChild;

function moveFocus(event, table, truth, answer) {
  const step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
  if (!step) return;
  event.preventDefault();
  // Empty cells cannot be chosen: go on in the same direction to the next that can.
  for (let i = 1; i < table.tBodies[0].rows.length; i++) {
    const target = buttonAt(table, truth + i * step[0], answer + i * step[1]);
    if (!target) return;
    if (!target.disabled) return target.focus();
  }
}

function build(size) {
  const table = document.createElement("table");
  table.innerHTML = `
    <caption>Rows: the digit that was meant. Columns: the digit that was read.</caption>
    <thead><tr><td></td></tr></thead>
    <tbody></tbody>`;
  const head = table.tHead.rows[0];
  for (let digit = 0; digit < size; digit++) {
    head.append(header(digit, "col"));
    const row = table.tBodies[0].insertRow();
    row.append(header(digit, "row"));
    for (let answer = 0; answer < size; answer++) {
      const button = document.createElement("button");
      button.type = "button";
      row.insertCell().append(button);
    }
  }
  return table;
}

function header(digit, scope) {
  const cell = document.createElement("th");
  cell.scope = scope;
  cell.textContent = digit;
  return cell;
}
