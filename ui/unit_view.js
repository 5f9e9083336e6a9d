// A unit's map, and beside it the digit with what the cell under the pointer can see of it.

const SIZE = 28;
const LEAST_CELL_FOR_TEXT = 27;
const views = new WeakMap();

export default function ({ parentElement, data, setTriggerValue }) {
  let view = views.get(parentElement);
  if (!view) {
    view = new UnitView(parentElement);
    views.set(parentElement, view);
  }
  view.onChoice = (cell) => setTriggerValue("chosen", cell);
  view.show(data);
  return () => {
    view.close();
    views.delete(parentElement);
  };
}

class UnitView {
  constructor(parentElement) {
    this.root = document.createElement("section");
    parentElement.append(this.root);
    this.root.innerHTML = `
      <figure class="map"><figcaption></figcaption><canvas tabindex="0" role="application"></canvas>
        <div class="legend"><span></span><i></i><span></span></div></figure>
      <figure class="digit"><figcaption>What it can see of the digit</figcaption>
        <canvas role="img"></canvas><p></p></figure>`;
    [this.map, this.digit] = this.root.querySelectorAll("canvas");
    this.readout = this.root.querySelector("p");
    this.readout.setAttribute("aria-live", "polite");
    this.resized = new ResizeObserver(() => this.data && this.draw());
    this.resized.observe(this.root);
    this.listen();
  }

  close() {
    this.resized.disconnect();
    this.root.remove();
  }

  show(data) {
    this.data = data;
    this.values = data.values && new Float32Array(bytesOf(data.values).buffer);
    this.pixels = bytesOf(data.pixels);
    this.unseen = bytesOf(data.unseen);
    this.chosen = data.chosen;
    this.pointed = null;
    const [caption, digitCaption] = this.root.querySelectorAll("figcaption");
    caption.textContent = data.title;
    digitCaption.textContent = data.digitTitle;
    this.root.classList.toggle("alone", !this.values);
    this.map.setAttribute("aria-label", `${data.title}. Arrow keys move from cell to cell, Enter chooses one.`);
    const [least, bar, most] = this.root.querySelector(".legend").children;
    [least.textContent, most.textContent] = data.ends;
    bar.style.background = `linear-gradient(to right, ${data.scale.join(", ")})`;
    this.draw();
  }

  get cell() {
    return this.pointed ?? this.chosen;
  }

  draw() {
    const style = getComputedStyle(this.root);
    this.accent = style.getPropertyValue("--st-primary-color").trim();
    this.font = style.fontFamily;
    if (this.values) this.drawMap();
    this.drawDigit();
    this.readout.innerHTML = this.sentence();
    this.digit.setAttribute("aria-label", this.readout.textContent);
  }

  drawMap() {
    const { rows, columns, scale, largest } = this.data;
    const { context, edge } = prepare(this.map, rows, columns);
    const stops = scale.map(rgbOf);
    const colours = Array.from(this.values, (value) => mix(stops, largest ? value / largest : 0));
    paint(context, rows, columns, edge, (cell) => colours[cell]);
    if (edge >= LEAST_CELL_FOR_TEXT) this.writeValues(context, columns, edge, colours);
    if (this.chosen) frame(context, edge, ...this.chosen, 1, 1, this.accent, 3);
    if (this.pointed) frame(context, edge, ...this.pointed, 1, 1, this.accent, 2);
  }

  writeValues(context, columns, edge, colours) {
    const { decimals } = this.data;
    context.font = `${Math.min(edge / (decimals + 1.4), 15)}px ${this.font}`;
    context.textAlign = "center";
    context.textBaseline = "middle";
    this.values.forEach((value, cell) => {
      const [red, green, blue] = colours[cell];
      context.fillStyle = 0.3 * red + 0.59 * green + 0.11 * blue > 140 ? "#111" : "#fff";
      const [row, column] = [Math.floor(cell / columns), cell % columns];
      context.fillText(format(value, decimals), (column + 0.5) * edge, (row + 0.5) * edge);
    });
  }

  drawDigit() {
    const { context, edge } = prepare(this.digit, SIZE, SIZE);
    const [top, bottom, left, right] = this.field();
    paint(context, SIZE, SIZE, edge, (cell) => {
      const [row, column] = [Math.floor(cell / SIZE), cell % SIZE];
      if (row >= top && row <= bottom && column >= left && column <= right) {
        return [this.pixels[cell], this.pixels[cell], this.pixels[cell]];
      }
      // Outside the field the digit is dimmed, and tinted, so that black there differs from ink.
      const dimmed = 38 + 0.36 * this.pixels[cell];
      return [dimmed, dimmed, dimmed + 14];
    });
    this.hatch(context, edge);
    frame(context, edge, top, left, bottom - top + 1, right - left + 1, this.accent, 3);
  }

  // Pixels that no unit of the layer can see, struck through.
  hatch(context, edge) {
    context.strokeStyle = this.data.hatch;
    context.lineWidth = Math.max(edge / 7, 1);
    context.beginPath();
    this.unseen.forEach((isUnseen, cell) => {
      if (!isUnseen) return;
      const [row, column] = [Math.floor(cell / SIZE), cell % SIZE];
      context.moveTo(column * edge, (row + 1) * edge);
      context.lineTo((column + 1) * edge, row * edge);
    });
    context.stroke();
  }

  field() {
    const { spans } = this.data;
    if (!this.values) return [...spans[0], ...spans.at(-1)];
    const [row, column] = this.cell;
    return [...spans[row], ...spans[column]];
  }

  sentence() {
    const [top, bottom, left, right] = this.field();
    const [high, wide] = [bottom - top + 1, right - left + 1];
    const rectangle = `rows ${top} to ${bottom}, columns ${left} to ${right} of the image: ${high}×${wide} = ${high * wide} of 784 pixels`;
    if (!this.values) return `It can see ${rectangle}.`;
    const [row, column] = this.cell;
    const value = format(this.values[row * this.data.columns + column], 4);
    return `<b>Row ${row}, column ${column}: ${value}.</b> This cell can see ${rectangle}.`;
  }

  listen() {
    const { map } = this;
    const under = (event) => {
      const { rows, columns } = this.data;
      const box = map.getBoundingClientRect();
      const place = (at, length, count) => Math.min(Math.max(Math.floor((at / length) * count), 0), count - 1);
      return [place(event.clientY - box.top, box.height, rows), place(event.clientX - box.left, box.width, columns)];
    };
    map.onpointermove = (event) => this.point(under(event));
    map.onpointerleave = map.onblur = () => this.point(null);
    map.onclick = (event) => this.choose(under(event));
    map.onkeydown = (event) => this.press(event);
  }

  press(event) {
    const step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (step) {
      const { rows, columns } = this.data;
      const [row, column] = this.cell;
      this.point([
        Math.min(Math.max(row + step[0], 0), rows - 1),
        Math.min(Math.max(column + step[1], 0), columns - 1),
      ]);
    } else if (event.key === "Enter" || event.key === " ") this.choose(this.cell);
    else if (event.key === "Escape") this.point(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  point(cell) {
    if (String(cell) === String(this.pointed)) return;
    this.pointed = cell;
    this.draw();
  }

  choose(cell) {
    this.chosen = cell;
    this.draw();
    this.onChoice(cell);
  }
}

// Make a canvas as sharp as the screen; `edge` is the size of a cell in CSS pixels.
function prepare(canvas, rows, columns) {
  const ratio = window.devicePixelRatio || 1;
  const edge = canvas.clientWidth / columns;
  canvas.width = Math.round(canvas.clientWidth * ratio);
  canvas.height = Math.round(edge * rows * ratio);
  const context = canvas.getContext("2d");
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  return { context, edge };
}

// Cells at the resolution of the data, enlarged without smoothing.
function paint(context, rows, columns, edge, colourOf) {
  const small = document.createElement("canvas");
  [small.width, small.height] = [columns, rows];
  const image = small.getContext("2d").createImageData(columns, rows);
  for (let cell = 0; cell < rows * columns; cell++) image.data.set([...colourOf(cell), 255], 4 * cell);
  small.getContext("2d").putImageData(image, 0, 0);
  context.imageSmoothingEnabled = false;
  context.drawImage(small, 0, 0, columns * edge, rows * edge);
}

function frame(context, edge, row, column, high, wide, colour, thickness) {
  const inset = thickness / 2;
  context.strokeStyle = colour;
  context.lineWidth = thickness;
  context.strokeRect(column * edge + inset, row * edge + inset, wide * edge - thickness, high * edge - thickness);
}

function mix(stops, share) {
  const position = Math.min(Math.max(share, 0), 1) * (stops.length - 1);
  const [low, high] = [Math.floor(position), Math.ceil(position)];
  return stops[low].map((channel, part) => Math.round(channel + (stops[high][part] - channel) * (position - low)));
}

const rgbOf = (hex) => [1, 3, 5].map((start) => parseInt(hex.slice(start, start + 2), 16));
const format = (value, decimals) => value.toFixed(decimals).replace("-", "\u2212");
