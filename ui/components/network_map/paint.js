// How the map is drawn: thumbnails, dense units, and the connections of one unit.

function paintSheets(layers, scales) {
  return layers.map((layer, place) => {
    const stops = place === 0 ? scales.pixels : scales.activations;
    const colours = Array.from({ length: 256 }, (_, value) => mix(stops, value / 255));
    const [count, cells] = [layer.count, layer.rows * layer.columns];
    const sheet = document.createElement("canvas");
    // One unit below the other; a unit that is a single number is a single pixel.
    sheet.width = layer.columns;
    sheet.height = layer.rows * count;
    const image = sheet.getContext("2d").createImageData(sheet.width, sheet.height);
    for (let cell = 0; cell < cells * count; cell++) {
      image.data.set([...colours[layer.shades[cell]], 255], 4 * cell);
    }
    sheet.getContext("2d").putImageData(image, 0, 0);
    return sheet;
  });
}

function mix(stops, share) {
  const position = share * (stops.length - 1);
  const [low, high] = [Math.floor(position), Math.ceil(position)];
  return stops[low].map((channel, part) =>
    Math.round(channel + (stops[high][part] - channel) * (position - low)),
  );
}

const rgbOf = (hex) => [1, 3, 5].map((start) => parseInt(hex.slice(start, start + 2), 16));

function drawMap(context, view, layout, sheets, { pointed, chosen }, theme) {
  context.clearRect(0, 0, layout.width, layout.height);
  context.imageSmoothingEnabled = false;
  view.layers.forEach((layer, place) => {
    drawHead(context, layer, layout, place, theme, chosen.layer === place);
    for (let unit = 0; unit < layer.count; unit++) {
      const [left, top, width, height] = boxOf(layout, place, unit);
      context.drawImage(
        sheets[place],
        0,
        unit * layer.rows,
        layer.columns,
        layer.rows,
        left,
        top,
        width,
        height,
      );
    }
    if (place === view.layers.length - 1) drawNumerals(context, layer, layout, place, theme);
  });
  drawConnections(context, view, layout, pointed ?? chosen, theme);
  outline(context, boxOf(layout, chosen.layer, chosen.unit), theme.accent, 3);
  if (pointed) outline(context, boxOf(layout, pointed.layer, pointed.unit), theme.text, 2);
}

function drawHead(context, layer, layout, place, theme, isChosen) {
  const [left, top, width] = frameOf(layout, place);
  context.fillStyle = isChosen ? theme.link : theme.text;
  context.font = `650 12px ${theme.font}`;
  if (layout.narrow) {
    context.textAlign = "left";
    context.fillText(layer.name, layout.margin, top - 8);
    const name = context.measureText(layer.name).width;
    context.font = `12px ${theme.font}`;
    context.fillText(`${layer.title}, ${layer.shape}`, layout.margin + name + 8, top - 8);
    return;
  }
  context.textAlign = "center";
  const [image, maps] = splitShape(layer.shape);
  writeInside(context, layer.name, left + width / 2, 13, layout);
  context.globalAlpha = 0.75;
  context.font = `11px ${theme.font}`;
  writeInside(context, image, left + width / 2, 27, layout);
  writeInside(context, maps, left + width / 2, 40, layout);
  context.globalAlpha = 1;
}

// Rows and columns above, the number of maps below: side by side they would not fit.
function splitShape(shape) {
  const sizes = shape.replaceAll(" ", "").split("\u00d7");
  return sizes.length === 3
    ? [`${sizes[0]}\u00d7${sizes[1]}`, `\u00d7${sizes[2]}`]
    : [sizes[0], ""];
}

// A text at either end must not be cut off by the edge of the picture.
function writeInside(context, text, middle, y, layout) {
  const half = context.measureText(text).width / 2;
  context.fillText(text, Math.min(Math.max(middle, half), layout.width - half), y);
}

// The ten outputs carry their digit, in black or white, whichever is read more easily.
function drawNumerals(context, layer, layout, place, theme) {
  context.font = `650 14px ${theme.font}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  for (let unit = 0; unit < layer.count; unit++) {
    const [left, top, width, height] = boxOf(layout, place, unit);
    context.fillStyle = layer.shades[unit] > 150 ? "#111" : "#fff";
    context.fillText(unit, left + width / 2, top + height / 2 + 1);
  }
  context.textBaseline = "alphabetic";
}

function drawConnections(context, view, layout, { layer, unit }, theme) {
  if (layer === 0) return;
  const target = boxOf(layout, layer, unit);
  const sources = sourcesOf(view, layer, unit);
  const largest = Math.max(...sources.map(({ share }) => Math.abs(share ?? 0)));
  // The strongest last, so that it lies on top.
  for (const { from, share } of [...sources].reverse()) {
    const box = boxOf(layout, layer - 1, from);
    const strength = share === null ? 1 : largest ? Math.abs(share) / largest : 0;
    context.strokeStyle = share === null ? theme.text : share < 0 ? theme.negative : theme.positive;
    context.globalAlpha = 0.3 + 0.7 * strength;
    context.lineWidth = 1 + 2.5 * strength;
    context.strokeRect(box[0], box[1], box[2], box[3]);
    connect(context, layout, box, target);
  }
  context.globalAlpha = 1;
}

function connect(context, layout, from, to) {
  const [start, end] = layout.narrow
    ? [
        [from[0] + from[2] / 2, from[1] + from[3]],
        [to[0] + to[2] / 2, to[1]],
      ]
    : [
        [from[0] + from[2], from[1] + from[3] / 2],
        [to[0], to[1] + to[3] / 2],
      ];
  const bend = layout.narrow ? [0, (end[1] - start[1]) / 2] : [(end[0] - start[0]) / 2, 0];
  context.beginPath();
  context.moveTo(...start);
  context.bezierCurveTo(
    start[0] + bend[0],
    start[1] + bend[1],
    end[0] - bend[0],
    end[1] - bend[1],
    ...end,
  );
  context.stroke();
}

function outline(context, [left, top, width, height], colour, thickness) {
  context.strokeStyle = colour;
  context.lineWidth = thickness;
  context.strokeRect(left - 1, top - 1, width + 2, height + 2);
}
