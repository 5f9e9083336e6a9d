// The whole network as one picture. Pointing, arrow keys and connections live in the browser; the
// server hears only of the unit that was chosen.

const maps = new WeakMap();

export default (component) => explore(maps, NetworkMap, component);

class NetworkMap extends Explorer {
  constructor(parentElement) {
    super(parentElement);
    this.readout = document.createElement("p");
    this.readout.setAttribute("aria-live", "polite");
    this.canvas = document.createElement("canvas");
    this.canvas.tabIndex = 0;
    this.canvas.setAttribute("role", "application");
    this.root.append(this.readout, this.canvas);
    this.listen(this.canvas);
  }

  show(data) {
    const { chosen, ...arrays } = data;
    const sent = JSON.stringify(arrays);
    if (sent !== this.sent) {
      this.view = unpack(arrays);
      this.sheets = paintSheets(this.view.layers, this.view.scales);
      this.canvas.setAttribute("aria-label", this.view.label);
      this.pointed = null;
    }
    this.sent = sent;
    this.chosen = chosen;
    this.fit();
  }

  fit() {
    const { canvas, root, view } = this;
    const width = root.clientWidth;
    if (!view || !width) return;
    const style = getComputedStyle(root);
    const value = (name) => style.getPropertyValue(name).trim();
    this.theme = {
      accent: value("--st-primary-color"),
      link: value("--st-link-color"),
      text: value("--st-text-color"),
      font: style.fontFamily,
      negative: view.negative,
      positive: view.positive,
    };
    this.layout = layOut(view.layers, width);
    const ratio = window.devicePixelRatio || 1;
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(this.layout.height * ratio);
    canvas.style.height = `${this.layout.height}px`;
    this.context = canvas.getContext("2d");
    this.context.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.draw();
  }

  draw() {
    const { pointed, chosen } = this;
    this.canvas.style.cursor = pointed ? "pointer" : "default";
    drawMap(this.context, this.view, this.layout, this.sheets, { pointed, chosen }, this.theme);
    this.readout.innerHTML = describe(this.view, this.focus);
  }

  under(event) {
    return unitAt(this.layout, event.offsetX, event.offsetY);
  }

  step(key) {
    const { layer } = this.focus;
    if (key === "Home") return { layer, unit: 0 };
    if (key === "End") return { layer, unit: this.view.layers[layer].count - 1 };
    return neighbourOf(this.layout, this.focus, key);
  }

  named({ layer, unit }) {
    return { layer: this.view.layers[layer].name, unit };
  }
}

function unpack(data) {
  const colours = ([name, scale]) => [name, scale.map(rgbOf)];
  return {
    ...data,
    scales: Object.fromEntries(Object.entries(data.scales).map(colours)),
    layers: data.layers.map((layer) => ({
      ...layer,
      shades: bytesOf(layer.shades),
      peaks: new Float32Array(bytesOf(layer.peaks).buffer),
      inputs: layer.inputs && new Uint16Array(bytesOf(layer.inputs).buffer),
      shares: layer.shares && new Float32Array(bytesOf(layer.shares).buffer),
    })),
  };
}

// The units of the layer before that feed a unit, the strongest first; `share` is what each adds,
// null where a value is only handed on.
function sourcesOf(view, place, unit) {
  const layer = view.layers[place];
  if (layer.inputs) {
    const each = layer.inputs.length / layer.count;
    return Array.from({ length: each }, (_, rank) => ({
      from: layer.inputs[unit * each + rank],
      share: layer.shares[unit * each + rank],
    }));
  }
  return [{ from: unit % view.layers[place - 1].count, share: null }];
}

function describe(view, { layer: place, unit }) {
  const layer = view.layers[place];
  const isMap = layer.rows * layer.columns > 1;
  const peak = format(layer.peaks[unit], 3);
  const what = `<b>${layer.name}, ${layer.unitName} ${unit}</b>`;
  const value = isMap ? `largest value ${peak}` : `value ${peak}`;
  if (place === 0) return `${what}: the digit, pixels divided by 255, ${value}.`;
  const before = view.layers[place - 1];
  const sources = sourcesOf(view, place, unit);
  if (sources[0].share === null) {
    return `${what}: ${value}. It comes from ${before.unitName} ${sources[0].from} of ${before.name}.`;
  }
  const strongest = sources
    .slice(0, 3)
    .map(({ from, share }) => `${before.unitName} ${from} (${signed(share)})`);
  const where = layer.kind === "convolution" ? " over the whole map" : "";
  return `${what}: ${value}. Strongest inputs${where}: ${strongest.join(", ")} of ${before.name}.`;
}

const format = (value, decimals) => value.toFixed(decimals).replace("-", "\u2212");
const signed = (value) =>
  `<span class="${value < 0 ? "negative" : "positive"}">${value < 0 ? "" : "+"}${format(value, 2)}</span>`;
