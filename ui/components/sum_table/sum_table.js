// A sum, term by term, as a table: what was multiplied, the product, and a bar for its size.

export default function ({ parentElement, data }) {
  let table = parentElement.querySelector("table");
  if (!table) {
    const frame = document.createElement("div");
    table = document.createElement("table");
    frame.append(table);
    parentElement.append(frame);
  }
  table.replaceChildren(caption(data), head(data), body(data), foot(data));
}

function caption({ label }) {
  const text = document.createElement("caption");
  text.textContent = label;
  return text;
}

function head({ heads }) {
  const part = document.createElement("thead");
  const line = part.insertRow();
  for (const text of [...heads, ""]) {
    const cell = document.createElement("th");
    cell.scope = "col";
    cell.textContent = text;
    line.append(cell);
  }
  return part;
}

function body({ terms, largest }) {
  const part = document.createElement("tbody");
  for (const term of terms) {
    const line = part.insertRow();
    const name = document.createElement("th");
    name.scope = "row";
    name.textContent = term.name;
    line.append(name);
    for (const factor of term.factors) {
      const cell = line.insertCell();
      if (typeof factor === "string") write(cell, factor);
      else cell.append(picture(factor));
    }
    write(line.insertCell(), term.text);
    line.insertCell().append(bar(term.value, largest));
    line.classList.toggle("marked", Boolean(term.marked));
  }
  return part;
}

function foot({ sums, heads }) {
  const part = document.createElement("tfoot");
  sums.forEach(({ name, text, strong }) => {
    const line = part.insertRow();
    const cell = document.createElement("th");
    cell.scope = "row";
    cell.colSpan = heads.length - 1;
    cell.textContent = name;
    line.append(cell);
    write(line.insertCell(), text);
    line.insertCell();
    line.classList.toggle("strong", Boolean(strong));
  });
  return part;
}

// A number, coloured by its sign where it has one.
function write(cell, text) {
  cell.textContent = text;
  cell.className = text.startsWith("\u2212") ? "negative" : text.startsWith("+") ? "positive" : "";
}

function bar(value, largest) {
  const track = document.createElement("span");
  track.className = "track";
  const share = largest ? Math.abs(value) / largest : 0;
  const fill = document.createElement("span");
  fill.className = value < 0 ? "bar below" : "bar above";
  fill.style.width = `${50 * share}%`;
  track.append(fill);
  return track;
}

// A few values as squares of colour: the window of one channel, or a slice of a kernel.
function picture({ rgb, rows, columns, label }) {
  const canvas = document.createElement("canvas");
  canvas.width = columns;
  canvas.height = rows;
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", label);
  canvas.title = label;
  const context = canvas.getContext("2d");
  const colours = bytesOf(rgb);
  const image = context.createImageData(columns, rows);
  for (let cell = 0; cell < rows * columns; cell++) {
    image.data.set([...colours.subarray(3 * cell, 3 * cell + 3), 255], 4 * cell);
  }
  context.putImageData(image, 0, 0);
  return canvas;
}
