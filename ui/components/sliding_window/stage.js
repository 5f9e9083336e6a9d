// What Python sends, unpacked, and the elements that a stage is made of.

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
  controls.append(buttons, scrubBar(view), element("span", "place"), speeds(Object.keys(SPEEDS)));
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

function scrubBar(view) {
  const scrub = element("input");
  Object.assign(scrub, { type: "range", min: 0, max: lastPlace(view), value: 0 });
  scrub.setAttribute("aria-label", "Position of the window");
  return scrub;
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
