// What Python sends, unpacked, and the elements that a stage is made of.

const drawing = (path) => `<svg viewBox="0 0 24 24" aria-hidden="true"><path d="${path}"/></svg>`;
const ICONS = {
  start: drawing("M6 5h2.4v14H6zM19 5v14l-9.5-7z"),
  back: drawing("M16.5 5v14L7 12z"),
  play: drawing("M7 4.5v15L19.5 12z"),
  pause: drawing("M6.5 5h4v14h-4zM13.5 5h4v14h-4z"),
  forth: drawing("M7.5 5v14l9.5-7z"),
  end: drawing("M15.6 5H18v14h-2.4zM5 5v14l9.5-7z"),
  link: drawing("M7 7h4v2H7a3 3 0 0 0 0 6h4v2H7A5 5 0 0 1 7 7zm6 0h4a5 5 0 0 1 0 10h-4v-2h4a3 3 0 0 0 0-6h-4zm-5 4h8v2H8z"),
};
const BUTTONS = [
  ["start", "To the start"],
  ["back", "One step back"],
  ["play", "Play"],
  ["forth", "One step on"],
  ["end", "To the end"],
];

function unpack(data) {
  const floats = (text) => text && new Float32Array(bytesOf(text).buffer);
  // Sent once where two are the same: a single channel's share is the total, a sum without ReLU
  // is the output.
  const [totals, sums] = [floats(data.totals), floats(data.sums)];
  return {
    ...data,
    input: floats(data.input),
    kernel: floats(data.kernel),
    contributions: floats(data.contributions) ?? totals,
    totals,
    sums,
    output: floats(data.output) ?? sums,
    winners: data.winners && bytesOf(data.winners),
  };
}

function skeleton(view) {
  const controls = element("div", "controls");
  const buttons = element("div", "buttons");
  buttons.append(...BUTTONS.map(([name, label]) => iconButton(name, label)));
  controls.append(buttons, scrubBar(view), element("span", "place"), speeds());
  if (view.linkable) {
    const link = iconButton("link", "Put this place into the address");
    link.title = "Put this place into the address, to share or to keep it";
    controls.append(link);
  }
  const scene = element("div", "scene");
  const side = element("div", "side");
  scene.append(
    grid("input", view.inputTitle, view.inputScale, view, "Arrow keys choose an input cell"),
    grid("output", view.outputTitle, view.outputScale, view, "Arrow keys move the window"),
    side,
  );
  const spoken = element("p", "spoken");
  spoken.setAttribute("aria-live", "polite");
  const sentence = element("p", "sentence");
  sentence.setAttribute("aria-hidden", "true");
  return [controls, sentence, scene, spoken];
}

function iconButton(name, label) {
  const button = element("button", name === "play" ? "icon main" : "icon");
  button.type = "button";
  button.dataset.do = name;
  button.innerHTML = ICONS[name];
  button.setAttribute("aria-label", label);
  button.title = label;
  return button;
}

function scrubBar(view) {
  const scrub = element("input");
  Object.assign(scrub, { type: "range", min: 0, max: lastPlace(view), value: 0 });
  scrub.setAttribute("aria-label", "Position of the window");
  return scrub;
}

function speeds() {
  const set = element("fieldset", "speeds");
  set.append(element("legend", "", "Speed"));
  const group = `speed-${Math.random()}`;
  for (const name of Object.keys(SPEEDS)) {
    const label = element("label");
    const radio = element("input");
    Object.assign(radio, { type: "radio", name: group, value: name });
    label.append(radio, element("span", "", name));
    set.append(label);
  }
  return set;
}

function grid(name, title, [scale, least, most, text], view, keys) {
  const figure = element("figure", "grid");
  const canvas = element("canvas", name);
  canvas.tabIndex = 0;
  canvas.setAttribute("role", "application");
  canvas.setAttribute("aria-label", `${title}. ${keys}, Space plays or pauses.`);
  const legend = element("p", "legend");
  const bar = element("span", "bar");
  bar.style.background = `linear-gradient(to right, ${view.scales[scale].join(", ")})`;
  legend.append(element("span", "", text[0]), bar, element("span", "", text[1]));
  figure.append(element("figcaption", "", title), canvas, legend);
  return figure;
}
