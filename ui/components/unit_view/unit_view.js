// A unit's map, and beside it the digit with what the cell under the pointer can see of it.

const SIZE = 28;
const LEAST_CELL_FOR_TEXT = 27;
const views = new WeakMap();

export default (component) => explore(views, UnitView, component);

class UnitView extends Explorer {
  constructor(parentElement) {
    super(parentElement);
    this.root.innerHTML = `
      <figure class="map"><figcaption></figcaption><canvas tabindex="0" role="application"></canvas>
        <div class="legend"><span></span><i></i><span></span></div></figure>
      <figure class="digit"><figcaption>What it can see of the digit</figcaption>
        <canvas role="img"></canvas><p></p></figure>`;
    [this.map, this.digit] = this.root.querySelectorAll("canvas");
    this.readout = this.root.querySelector("p");
    this.readout.setAttribute("aria-live", "polite");
    this.listen(this.map);
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
    this.map.setAttribute(
      "aria-label",
      `${data.title}. Arrow keys move from cell to cell, Enter chooses one.`,
    );
    const [least, bar, most] = this.root.querySelector(".legend").children;
    [least.textContent, most.textContent] = data.ends;
    bar.style.background = `linear-gradient(to right, ${data.scale.join(", ")})`;
    this.draw();
  }

  fit() {
    if (this.data) this.draw();
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
    const [row, column] = this.focus;
    return [...spans[row], ...spans[column]];
  }

  sentence() {
    const [top, bottom, left, right] = this.field();
    const [high, wide] = [bottom - top + 1, right - left + 1];
    const rectangle = `rows ${top} to ${bottom}, columns ${left} to ${right} of the image: ${high}×${wide} = ${high * wide} of 784 pixels`;
    if (!this.values) return `It can see ${rectangle}.`;
    const [row, column] = this.focus;
    const value = format(this.values[row * this.data.columns + column], 4);
    return `<b>Row ${row}, column ${column}: ${value}.</b> This cell can see ${rectangle}.`;
  }

  under(event) {
    const { rows, columns } = this.data;
    const box = this.map.getBoundingClientRect();
    const place = (at, length, count) =>
      Math.min(Math.max(Math.floor((at / length) * count), 0), count - 1);
    return [
      place(event.clientY - box.top, box.height, rows),
      place(event.clientX - box.left, box.width, columns),
    ];
  }

  step(key) {
    const step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[
      key
    ];
    if (!step) return null;
    const { rows, columns } = this.data;
    const [row, column] = this.focus;
    return [
      Math.min(Math.max(row + step[0], 0), rows - 1),
      Math.min(Math.max(column + step[1], 0), columns - 1),
    ];
  }

  named(cell) {
    return cell;
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
  for (let cell = 0; cell < rows * columns; cell++)
    image.data.set([...colourOf(cell), 255], 4 * cell);
  small.getContext("2d").putImageData(image, 0, 0);
  context.imageSmoothingEnabled = false;
  context.drawImage(small, 0, 0, columns * edge, rows * edge);
}

function frame(context, edge, row, column, high, wide, colour, thickness) {
  const inset = thickness / 2;
  context.strokeStyle = colour;
  context.lineWidth = thickness;
  context.strokeRect(
    column * edge + inset,
    row * edge + inset,
    wide * edge - thickness,
    high * edge - thickness,
  );
}

function mix(stops, share) {
  const position = Math.min(Math.max(share, 0), 1) * (stops.length - 1);
  const [low, high] = [Math.floor(position), Math.ceil(position)];
  return stops[low].map((channel, part) =>
    Math.round(channel + (stops[high][part] - channel) * (position - low)),
  );
}

const rgbOf = (hex) => [1, 3, 5].map((start) => parseInt(hex.slice(start, start + 2), 16));
const format = (value, decimals) => value.toFixed(decimals).replace("-", "\u2212");
