// What a moment shows: tiles of kernels and maps, the answer, the confusion, and how good it was.

const SPEEDS = { Slow: 0.7, Normal: 1.5, Fast: 5 };
const DIGITS = 10;
const CHART_HEIGHT = 76;
const MANY_TILES = 32;

const percentOf = (share) => `${(100 * share).toFixed(1)}\u00a0%`;
const total = (counts) => counts.flat().reduce((sum, count) => sum + count, 0);
const rightOf = (counts) => counts.reduce((sum, row, digit) => sum + row[digit], 0);

function unpack(data) {
  const tiles = (sent) => ({ ...sent, shades: bytesOf(sent.shades) });
  return {
    ...data,
    kernels: tiles(data.kernels),
    maps: tiles(data.maps),
    colours: Object.fromEntries(
      Object.entries(data.colours).map(([name, text]) => [name, bytesOf(text)]),
    ),
    last: data.moments.length - 1,
  };
}

function skeleton(view) {
  const controls = element("div", "controls");
  const buttons = element("div", "buttons");
  buttons.append(...BUTTONS.map(([name, label]) => iconButton(name, label)));
  const link = iconButton("link", "Put this moment into the address");
  link.title = "Put this moment into the address, to share or to keep it";
  controls.append(buttons, element("strong", "moment"), speeds(Object.keys(SPEEDS)), link);
  const panels = element("div", "panels");
  const [left, right] = [element("div"), element("div")];
  left.append(
    tilePanel("kernels", view.kernels, view.scales.signed, "One scale for all moments"),
    panelOf("answer", "The answer", probabilityRows()),
  );
  right.append(
    tilePanel("maps", view.maps, view.scales.activations, ""),
    panelOf("confusion", "", confusionTable()),
  );
  panels.append(left, right);
  panels.querySelector(".maps").append(scaleSwitch());
  const sentence = element("p", "sentence");
  sentence.setAttribute("aria-hidden", "true");
  const spoken = element("p", "spoken");
  spoken.setAttribute("aria-live", "polite");
  return [controls, timeline(view), sentence, panels, spoken];
}

function timeline(view) {
  const time = element("div", "timeline");
  const chart = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  chart.setAttribute("role", "img");
  chart.setAttribute("height", CHART_HEIGHT);
  const scrub = element("input");
  Object.assign(scrub, { type: "range", min: 0, max: view.last, value: 0 });
  scrub.setAttribute("aria-label", "Moment of training");
  const ends = element("p", "ends");
  ends.append(
    element("span", "", view.moments[0]),
    element("span", "chart-title"),
    element("span", "", view.moments.at(-1)),
  );
  time.append(chart, scrub, ends);
  return time;
}

function panelOf(name, title, ...contents) {
  const figure = element("figure", name);
  figure.append(element("figcaption", "", title), ...contents);
  return figure;
}

function tilePanel(name, tiles, stops, note) {
  const grid = element("div", tiles.count > MANY_TILES ? "many tiles" : "tiles");
  grid.setAttribute("role", "img");
  for (let tile = 0; tile < tiles.count; tile++) {
    const canvas = element("canvas");
    canvas.width = tiles.columns;
    canvas.height = tiles.rows;
    grid.append(canvas);
  }
  const legend = element("p", "legend");
  const bar = element("span", "scale");
  bar.style.background = `linear-gradient(to right, ${stops.join(", ")})`;
  legend.append(
    element("span", "least", "0"),
    bar,
    element("span", "most"),
    element("span", "note", note),
  );
  return panelOf(name, tiles.title, grid, legend);
}

function scaleSwitch() {
  const label = element("label", "switch");
  const box = element("input");
  box.type = "checkbox";
  label.append(box, element("span", "", "One scale for all moments"));
  return label;
}

function confusionTable() {
  const table = element("table");
  table.innerHTML = `
    <caption>Rows: the digit that was meant. Columns: the digit that was read. Colour: share of the
    row, right answers grey.</caption><thead><tr><td></td></tr></thead><tbody></tbody>`;
  const header = (digit, scope) => {
    const cell = element("th", "", String(digit));
    cell.scope = scope;
    return cell;
  };
  for (let digit = 0; digit < DIGITS; digit++) {
    table.tHead.rows[0].append(header(digit, "col"));
    const row = table.tBodies[0].insertRow();
    row.append(header(digit, "row"));
    for (let answer = 0; answer < DIGITS; answer++) {
      row.insertCell().className = digit === answer ? "right" : "";
    }
  }
  return table;
}

// Tiles in the colours of their shades, which may be dimmed to a share of the scale.
function paintTiles(grid, tiles, moment, colours, share) {
  const cells = tiles.rows * tiles.columns;
  [...grid.children].forEach((canvas, tile) => {
    const context = canvas.getContext("2d");
    const image = context.createImageData(tiles.columns, tiles.rows);
    const first = (moment * tiles.count + tile) * cells;
    for (let cell = 0; cell < cells; cell++) {
      const shade = Math.round(tiles.shades[first + cell] * share);
      image.data.set([...colours.subarray(3 * shade, 3 * shade + 3), 255], 4 * cell);
    }
    context.putImageData(image, 0, 0);
  });
}

function showConfusion(figure, counts) {
  const title = figure.querySelector("figcaption");
  figure.querySelector("table").hidden = !counts;
  if (!counts) {
    title.textContent = "Which digit was read as which: still being counted";
    return;
  }
  const read = total(counts).toLocaleString("en");
  title.textContent = `Of the first ${read} test digits, ${rightOf(counts)} are read right`;
  counts.forEach((row, digit) => {
    const meant = row.reduce((sum, count) => sum + count, 0) || 1;
    row.forEach((count, answer) => {
      const cell = figure.querySelector("tbody").rows[digit].cells[answer + 1];
      // The square root lets a single mistake be told from none.
      const strength = Math.sqrt(count / meant);
      cell.textContent = count || "";
      cell.style.setProperty("--strength", `${Math.round(100 * strength)}%`);
      cell.classList.toggle("strong", strength > 0.55);
    });
  });
}

// The share of the sample read right at each moment, from 0 at the bottom to all of it at the top.
function drawChart(chart, confusions, moment) {
  if (!confusions) {
    chart.replaceChildren();
    return;
  }
  const shares = confusions.map((counts) => rightOf(counts) / total(counts));
  const left = (place) => `${(100 * place) / Math.max(shares.length - 1, 1)}%`;
  const top = (share) => 12 + (1 - share) * (CHART_HEIGHT - 20);
  const shape = (name, values, className = "") => {
    const made = document.createElementNS("http://www.w3.org/2000/svg", name);
    Object.entries(values).forEach(([key, value]) => made.setAttribute(key, value));
    if (className) made.setAttribute("class", className);
    return made;
  };
  const level = (share) =>
    shape("line", { x1: 0, x2: "100%", y1: top(share), y2: top(share) }, "level");
  const legs = shares
    .slice(1)
    .map((share, place) =>
      shape(
        "line",
        { x1: left(place), y1: top(shares[place]), x2: left(place + 1), y2: top(share) },
        "leg",
      ),
    );
  const dots = shares.map((share, place) =>
    shape(
      "circle",
      { cx: left(place), cy: top(share), r: place === moment ? 6 : 3 },
      place === moment ? "now" : "dot",
    ),
  );
  const label = (text, values) => {
    const made = shape("text", values);
    made.textContent = text;
    return made;
  };
  const labels = [
    label("100\u00a0%", { x: 0, y: top(1) + 14 }),
    label("0\u00a0%", { x: "100%", y: top(0) - 4, "text-anchor": "end" }),
  ];
  const marker = shape(
    "line",
    { x1: left(moment), x2: left(moment), y1: top(1), y2: CHART_HEIGHT },
    "marker",
  );
  chart.replaceChildren(level(1), level(0.5), level(0), ...labels, marker, ...legs, ...dots);
  chart.setAttribute(
    "aria-label",
    `Share of the sample read right at ${shares.length} moments, from ${percentOf(shares[0])} to ${percentOf(shares.at(-1))}`,
  );
}
