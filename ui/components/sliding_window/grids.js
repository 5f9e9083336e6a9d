// The two grids, drawn on canvases: values at the data's own resolution, enlarged without smoothing.

const LARGEST_CELL = 52;
const LARGEST_GRID = 430;
const COMFORTABLE_GRID = 330;
const LEAST_FONT = 10;
const CELL_WITH_LINES = 7;

// A function from values to colours [red, green, blue] of one of the project's scales.
function colourScale(stops, least, largest) {
  const colours = stops.map((stop) => [1, 3, 5].map((at) => parseInt(stop.slice(at, at + 2), 16)));
  return (value) => {
    const share = largest > least ? (value - least) / (largest - least) : 0;
    const place = clamp(share, 0, 1) * (stops.length - 1);
    const below = Math.min(Math.floor(place), stops.length - 2);
    return [0, 1, 2].map((channel) =>
      Math.round(
        colours[below][channel] +
          (place - below) * (colours[below + 1][channel] - colours[below][channel]),
      ),
    );
  };
}

const css = (colour) => `rgb(${colour.join(" ")})`;

// Black or white, whichever can be read on a colour.
function inkOn([red, green, blue]) {
  return 0.299 * red + 0.587 * green + 0.114 * blue > 140 ? "#111" : "#fff";
}

// Values (rows × columns) as a small canvas, one pixel each.
function paint(rows, columns, valueAt, colourOf) {
  const canvas = document.createElement("canvas");
  canvas.width = columns;
  canvas.height = rows;
  const context = canvas.getContext("2d");
  const image = context.createImageData(columns, rows);
  for (let cell = 0; cell < rows * columns; cell++) {
    const value = valueAt(cell);
    if (value === undefined) continue;
    image.data.set([...colourOf(value), 255], 4 * cell);
  }
  context.putImageData(image, 0, 0);
  return canvas;
}

const GAP = 24;

// How wide one grid may be: half of the stage, or less where that brings the arithmetic beside
// them without making them small.
function gridRoom(view, width) {
  const beside = (width - 2 * GAP - 16 * Math.max(tablesWidth(view), 16)) / 2;
  return beside >= COMFORTABLE_GRID ? beside : (width - GAP) / 2;
}

// The edge of a cell in CSS pixels, the same for both grids, so that the window keeps its size.
function cellEdge(view, room) {
  const across = view.width + view.before[1] + view.after[1];
  const down = view.height + view.before[0] + view.after[0];
  const edge = Math.min(room, LARGEST_GRID) / Math.max(across, down, view.columns, view.rows);
  return Math.min(edge < 12 ? edge : Math.floor(edge), LARGEST_CELL);
}

// Fit a canvas to its cells and clear it; the returned context draws in CSS pixels.
function openCanvas(canvas, columns, rows, edge) {
  const ratio = window.devicePixelRatio || 1;
  const [width, height] = [Math.round(columns * edge * ratio), Math.round(rows * edge * ratio)];
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
    canvas.style.width = `${columns * edge}px`;
    canvas.style.height = `${rows * edge}px`;
  }
  const context = canvas.getContext("2d");
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, columns * edge, rows * edge);
  context.imageSmoothingEnabled = false;
  return context;
}

function drawLines(context, columns, rows, edge, colour) {
  if (edge < CELL_WITH_LINES) return;
  context.strokeStyle = colour;
  context.lineWidth = 1;
  context.beginPath();
  for (let column = 1; column < columns; column++) {
    context.moveTo(column * edge, 0);
    context.lineTo(column * edge, rows * edge);
  }
  for (let row = 1; row < rows; row++) {
    context.moveTo(0, row * edge);
    context.lineTo(columns * edge, row * edge);
  }
  context.stroke();
}

// An outline that stands out on dark and on light cells alike, and stays whole at the edge.
function outline(context, x, y, across, down, colour, thick = 2.5) {
  const { a: ratio } = context.getTransform();
  const inset = thick / 2 + 1;
  const [left, top] = [Math.max(x, inset), Math.max(y, inset)];
  const width = Math.min(x + across, context.canvas.width / ratio - inset) - left;
  const height = Math.min(y + down, context.canvas.height / ratio - inset) - top;
  context.lineJoin = "round";
  context.strokeStyle = "#fff";
  context.lineWidth = thick + 2.5;
  context.strokeRect(left, top, width, height);
  context.strokeStyle = colour;
  context.lineWidth = thick;
  context.strokeRect(left, top, width, height);
}

// The size in pixels at which the widest number fits into a cell; too small to read: none is written.
const fontFor = (edge, characters) => Math.min(edge * 0.36, (1.5 * edge) / characters, 17);

function writeNumber(context, text, row, column, edge, size, ink) {
  context.fillStyle = ink;
  context.font = `600 ${size}px ${context.fontOfPage}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillText(text, (column + 0.5) * edge, (row + 0.52) * edge);
}

// scene: place (of the window), from (where it comes from) and glide (0 there, 1 here), channel,
// marked (an input cell, or null), shown (which places are written), hidden (the place asked).
function drawInput(canvas, view, scene, look) {
  const { edge } = look;
  const [top, left] = view.before;
  const columns = view.width + left + view.after[1];
  const rows = view.height + top + view.after[0];
  const context = openCanvas(canvas, columns, rows, edge);
  context.fontOfPage = look.font;
  if (columns > view.width || rows > view.height) drawPadding(context, view, columns, rows, look);
  const picture = look.inputPictures[scene.channel];
  context.drawImage(picture, left * edge, top * edge, view.width * edge, view.height * edge);
  drawLines(context, columns, rows, edge, "rgb(128 128 128 / 0.28)");
  if (look.inputFont >= LEAST_FONT) {
    for (let row = -top; row < view.height + view.after[0]; row++) {
      for (let column = -left; column < view.width + view.after[1]; column++) {
        const value = inputAt(view, scene.channel, row, column);
        const ink = isInside(view, row, column) ? inkOn(look.inputColour(value)) : look.text;
        writeNumber(
          context,
          format(value, view.decimals.input),
          row + top,
          column + left,
          edge,
          look.inputFont,
          ink,
        );
      }
    }
  }
  if (view.mode === "max") drawWinners(context, view, scene, look);
  drawWindow(context, view, scene, look);
  if (scene.marked) {
    const [row, column] = scene.marked;
    outline(context, (column + left) * edge, (row + top) * edge, edge, edge, look.accent, 2);
  }
}

function drawPadding(context, view, columns, rows, look) {
  const { edge } = look;
  context.fillStyle = look.panel;
  context.fillRect(0, 0, columns * edge, rows * edge);
  context.strokeStyle = look.faint;
  context.lineWidth = 1;
  context.beginPath();
  for (let start = -rows * edge; start < columns * edge; start += 6) {
    context.moveTo(start, rows * edge);
    context.lineTo(start + rows * edge, 0);
  }
  context.stroke();
}

// A dot on every value that the windows shown so far have kept.
function drawWinners(context, view, scene, look) {
  const { edge } = look;
  for (let place = 0; place <= lastPlace(view); place++) {
    if (!scene.shown[place] || place === scene.hidden) continue;
    const [row, column] = tapAt(view, place, view.winners[place]);
    // In a corner where the cell carries its value, so that the dot does not cover it.
    const [x, y, radius] = look.inputFont >= LEAST_FONT ? [0.82, 0.18, 0.1] : [0.5, 0.5, 0.24];
    context.beginPath();
    context.arc(
      (column + x) * edge,
      (row + y) * edge,
      Math.max(radius * edge, 1.3),
      0,
      2 * Math.PI,
    );
    context.fillStyle = look.accent;
    context.fill();
    context.lineWidth = 1;
    context.strokeStyle = "#fff";
    context.stroke();
  }
}

function drawWindow(context, view, scene, look) {
  const { edge } = look;
  const here = windowStart(view, scene.place);
  const there = windowStart(view, scene.from);
  const [row, column] = [0, 1].map(
    (axis) => there[axis] + (here[axis] - there[axis]) * scene.glide + view.before[axis],
  );
  if (view.dilation > 1) {
    for (let tap = 0; tap < view.size ** 2; tap++) {
      const down = Math.floor(tap / view.size) * view.dilation;
      const right = (tap % view.size) * view.dilation;
      outline(context, (column + right) * edge, (row + down) * edge, edge, edge, look.accent, 1.5);
    }
  }
  const span = windowSpan(view) * edge;
  outline(context, column * edge, row * edge, span, span, look.accent);
}

function drawOutput(canvas, view, scene, look) {
  const { edge } = look;
  const context = openCanvas(canvas, view.columns, view.rows, edge);
  context.fontOfPage = look.font;
  context.fillStyle = look.panel;
  context.fillRect(0, 0, view.columns * edge, view.rows * edge);
  context.drawImage(look.outputPicture, 0, 0, view.columns * edge, view.rows * edge);
  drawLines(context, view.columns, view.rows, edge, "rgb(128 128 128 / 0.28)");
  if (look.outputFont >= LEAST_FONT) {
    for (let place = 0; place <= lastPlace(view); place++) {
      const value = view.output[place];
      const [row, column] = [rowOf(view, place), columnOf(view, place)];
      if (place === scene.hidden)
        writeNumber(context, "?", row, column, edge, look.outputFont, look.text);
      else if (scene.shown[place]) {
        const text = format(value, view.decimals.output);
        writeNumber(
          context,
          text,
          row,
          column,
          edge,
          look.outputFont,
          inkOn(look.outputColour(value)),
        );
      }
    }
  }
  if (scene.marked) {
    for (const place of readersOf(view, ...scene.marked)) {
      const [row, column] = [rowOf(view, place), columnOf(view, place)];
      outline(context, column * edge, row * edge, edge, edge, look.accent, 1.5);
    }
  } else {
    const [row, column] = [rowOf(view, scene.place), columnOf(view, scene.place)];
    outline(context, column * edge, row * edge, edge, edge, look.accent);
  }
}

// Write one place into the small picture of the output, or wipe it.
function paintPlace(view, look, place, isShown) {
  const context = look.outputPicture.getContext("2d");
  const [row, column] = [rowOf(view, place), columnOf(view, place)];
  context.clearRect(column, row, 1, 1);
  if (!isShown) return;
  context.fillStyle = css(look.outputColour(view.output[place]));
  context.fillRect(column, row, 1, 1);
}
