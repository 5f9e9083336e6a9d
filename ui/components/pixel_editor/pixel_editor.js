// A digit to erase and paint on, pixel by pixel, with the mouse, a finger or the keyboard.

const SIZE = 28;
// So many milliseconds lie between two messages to the server within one stroke.
const PAUSE = 120;
const editors = new WeakMap();

export default function ({ parentElement, data, setTriggerValue }) {
  let editor = editors.get(parentElement);
  if (!editor) {
    editor = new PixelEditor(parentElement);
    editors.set(parentElement, editor);
  }
  editor.send = (pixels) => setTriggerValue("edited", pixels);
  editor.show(data);
  return () => {
    editor.close();
    editors.delete(parentElement);
  };
}

class PixelEditor {
  constructor(parentElement) {
    this.root = document.createElement("section");
    this.canvas = document.createElement("canvas");
    this.canvas.tabIndex = 0;
    this.canvas.setAttribute("role", "application");
    this.readout = document.createElement("p");
    this.readout.setAttribute("aria-live", "polite");
    this.root.append(this.canvas, this.readout);
    parentElement.append(this.root);
    this.cursor = [14, 14];
    this.stroke = null;
    this.resized = new ResizeObserver(() => this.pixels && this.draw());
    this.resized.observe(this.root);
    this.listen();
  }

  close() {
    clearTimeout(this.timer);
    this.resized.disconnect();
    this.root.remove();
  }

  show(data) {
    this.data = data;
    this.canvas.setAttribute(
      "aria-label",
      `${data.label}. Arrow keys move from pixel to pixel, Space ${data.value ? "paints" : "erases"}.`,
    );
    if (data.version !== this.version) this.drop();
    this.version = data.version;
    // What the server knows is older than the stroke that is being drawn.
    if (!this.stroke && !this.timer) this.pixels = bytesOf(data.pixels);
    this.draw();
  }

  draw() {
    const { canvas } = this;
    const ratio = window.devicePixelRatio || 1;
    const edge = canvas.clientWidth / SIZE;
    if (!edge) return;
    canvas.width = canvas.height = Math.round(canvas.clientWidth * ratio);
    const context = canvas.getContext("2d");
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    const small = document.createElement("canvas");
    small.width = small.height = SIZE;
    const image = small.getContext("2d").createImageData(SIZE, SIZE);
    this.pixels.forEach((grey, cell) => image.data.set([grey, grey, grey, 255], 4 * cell));
    small.getContext("2d").putImageData(image, 0, 0);
    context.imageSmoothingEnabled = false;
    context.drawImage(small, 0, 0, SIZE * edge, SIZE * edge);
    if (this.data.shaded) this.shade(context, edge);
    const [top, bottom, left, right] = this.reach(...this.cursor);
    context.strokeStyle = getComputedStyle(this.root).getPropertyValue("--st-primary-color");
    context.lineWidth = 2;
    context.strokeRect(
      left * edge,
      top * edge,
      (right - left + 1) * edge,
      (bottom - top + 1) * edge,
    );
    const [row, column] = this.cursor;
    this.readout.textContent = `Row ${row}, column ${column}: ${this.pixels[row * SIZE + column]} of 255`;
  }

  // A tint over pixels that the page speaks of; what is painted there stays visible.
  shade(context, edge) {
    context.fillStyle = getComputedStyle(this.root).getPropertyValue("--st-primary-color");
    context.globalAlpha = 0.35;
    bytesOf(this.data.shaded).forEach((marked, cell) => {
      if (marked)
        context.fillRect((cell % SIZE) * edge, Math.floor(cell / SIZE) * edge, edge, edge);
    });
    context.globalAlpha = 1;
  }

  // What the tool covers at a pixel: first and last row, first and last column.
  reach(row, column) {
    const before = Math.floor((this.data.size - 1) / 2);
    const after = this.data.size - 1 - before;
    return [row - before, row + after, column - before, column + after].map((place) =>
      clamp(place),
    );
  }

  apply(row, column) {
    const [top, bottom, left, right] = this.reach(row, column);
    for (let line = top; line <= bottom; line++) {
      this.pixels.fill(this.data.value, line * SIZE + left, line * SIZE + right + 1);
    }
  }

  // A quick stroke skips pixels between two events; they are filled in.
  applyAlong([fromRow, fromColumn], [row, column]) {
    const steps = Math.max(Math.abs(row - fromRow), Math.abs(column - fromColumn), 1);
    for (let step = 0; step <= steps; step++) {
      const share = step / steps;
      this.apply(
        Math.round(fromRow + (row - fromRow) * share),
        Math.round(fromColumn + (column - fromColumn) * share),
      );
    }
  }

  listen() {
    const { canvas } = this;
    const under = (event) => {
      const box = canvas.getBoundingClientRect();
      const place = (at, length) => clamp(Math.floor((at / length) * SIZE));
      return [
        place(event.clientY - box.top, box.height),
        place(event.clientX - box.left, box.width),
      ];
    };
    canvas.onpointerdown = (event) => {
      canvas.setPointerCapture(event.pointerId);
      this.stroke = this.cursor = under(event);
      this.apply(...this.stroke);
      this.draw();
      this.tell();
    };
    canvas.onpointermove = (event) => {
      this.cursor = under(event);
      if (this.stroke) {
        this.applyAlong(this.stroke, this.cursor);
        this.stroke = this.cursor;
        this.tell();
      }
      this.draw();
    };
    canvas.onpointerup = canvas.onpointercancel = () => {
      this.stroke = null;
      if (this.timer) this.tellNow();
    };
    canvas.onkeydown = (event) => this.press(event);
  }

  press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[
      event.key
    ];
    if (step) this.cursor = [clamp(this.cursor[0] + step[0]), clamp(this.cursor[1] + step[1])];
    else if (event.key === " " || event.key === "Enter") {
      this.apply(...this.cursor);
      this.tell();
    } else return;
    event.preventDefault();
    event.stopPropagation();
    this.draw();
  }

  // Within a stroke the server hears a few times a second; the last state always arrives.
  tell() {
    if (this.timer) return;
    this.timer = setTimeout(() => this.tellNow(), PAUSE);
  }

  tellNow() {
    this.drop(this.stroke);
    this.send({ pixels: btoa(String.fromCharCode(...this.pixels)), version: this.version });
  }

  // Tell nothing of what is not told yet.
  drop(stroke = null) {
    clearTimeout(this.timer);
    this.timer = null;
    this.stroke = stroke;
  }
}

const clamp = (place) => Math.min(Math.max(place, 0), SIZE - 1);
