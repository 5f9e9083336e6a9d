// The arithmetic of one place, term by term: tables laid out as the window is, then the equation.

function tapTable(size, caption) {
  const figure = element("figure");
  const table = element("div", "taps");
  table.style.setProperty("--size", size);
  for (let tap = 0; tap < size ** 2; tap++) table.append(element("span"));
  figure.append(element("figcaption", "", caption), table);
  return figure;
}

const CAPTIONS = {
  convolution: ["Window", "Kernel", "Products"],
  max: ["Window"],
  average: ["Window"],
};

function buildArithmetic(view, onChannel) {
  const box = element("div", "arithmetic");
  box.style.setProperty("--tap-width", `${tapWidth(view)}rem`);
  box.classList.toggle(
    "rounded",
    view.mode === "convolution" && view.decimals.sum === view.mostDecimals,
  );
  const tables = element("div", "tables");
  CAPTIONS[view.mode].forEach((caption, position) => {
    if (position) tables.append(element("span", "sign", position === 1 ? "×" : "="));
    tables.append(tapTable(view.size, caption));
  });
  const sums = element("div", "sums");
  sums.append(element("dl", "equation"), element("p", "rounding"));
  box.append(tables);
  if (view.mode === "convolution" && view.channels > 1) box.append(buildChannels(view, onChannel));
  box.append(sums);
  return box;
}

// In rem: the width of a tap that holds the widest number, and of all tables side by side.
const tapWidth = (view) => Math.max(view.size > 5 ? 1.9 : 2.1, 0.4 * longestTerm(view) + 0.4);
const tablesWidth = (view) =>
  CAPTIONS[view.mode].length * (view.size * (tapWidth(view) + 0.13) + 1.6);

// How many characters the widest number of the tables has.
function longestTerm(view) {
  const { input, weight, sum } = view.decimals;
  const most = largestOf(view.input);
  if (view.mode !== "convolution") return format(most, input).length;
  const texts = [
    [most, input],
    [-largestOf(view.kernel), weight],
    [-largestProduct(view), sum],
  ];
  return Math.max(...texts.map(([value, decimals]) => format(value, decimals).length));
}

function buildChannels(view, onChannel) {
  const section = element("div", "channels");
  section.append(element("p"));
  const list = element("div", "shares");
  for (let channel = 0; channel < view.channels; channel++) {
    const button = element("button");
    button.type = "button";
    button.append(element("small", "", String(channel)), element("b"));
    button.onclick = () => onChannel(channel);
    list.append(button);
  }
  section.append(list);
  return section;
}

// scene.built: how many taps are worked out so far; all of them but at slow speed.
function showArithmetic(box, view, scene, look) {
  const work = workAt(view, scene);
  const concealed = scene.place === scene.hidden;
  fillTable(box, 0, work.values, view.decimals.input, look.inputColour, scene.built);
  if (view.mode === "convolution") {
    fillTable(box, 1, work.weights, view.decimals.weight, look.weightColour, scene.built);
    const products = concealed ? [] : work.products.slice(0, scene.built);
    fillTable(box, 2, products, view.decimals.sum, look.productColour, scene.built);
    if (view.channels > 1)
      showChannels(box.querySelector(".channels"), view, scene, look, concealed);
  }
  const winner = view.mode === "max" && !concealed && work.whole ? view.winners[scene.place] : -1;
  box.querySelectorAll(".taps")[0].childNodes.forEach((cell, tap) => {
    cell.classList.toggle("winner", tap === winner);
  });
  showEquation(box.querySelector(".equation"), work.lines, concealed);
  box.querySelector(".rounding").textContent = concealed ? "" : work.rounding;
  return work;
}

function fillTable(box, position, numbers, decimals, colourOf, built) {
  box.querySelectorAll(".taps")[position].childNodes.forEach((cell, tap) => {
    const number = numbers[tap];
    cell.textContent = number === undefined ? "" : format(number, decimals);
    cell.classList.toggle("now", built < cell.parentNode.childNodes.length && tap === built - 1);
    const colour = number === undefined ? null : colourOf(number);
    cell.style.background = colour ? css(colour) : "";
    cell.style.color = colour ? inkOn(colour) : "";
  });
}

function showChannels(section, view, scene, look, concealed) {
  section.firstChild.textContent = `Every input channel has its own slice of the kernel and adds its own sum. Shown above: channel ${scene.channel}.`;
  section.lastChild.childNodes.forEach((button, channel) => {
    const share = view.contributions[scene.place * view.channels + channel];
    const text = concealed ? "?" : format(share, view.decimals.sum);
    const colour = concealed ? null : look.shareColour(share);
    button.lastChild.textContent = text;
    button.style.background = colour ? css(colour) : "";
    button.style.color = colour ? inkOn(colour) : "";
    button.setAttribute("aria-pressed", String(channel === scene.channel));
    button.setAttribute("aria-label", `Channel ${channel} adds ${text}; show its window`);
  });
}

function showEquation(list, lines, concealed) {
  while (list.children.length > 2 * lines.length) list.lastChild.remove();
  while (list.children.length < 2 * lines.length) list.append(element("dt"), element("dd"));
  lines.forEach(([name, text, isConcealable = true, sign = 0], line) => {
    const [term, value] = [list.children[2 * line], list.children[2 * line + 1]];
    term.textContent = name;
    value.textContent = concealed && isConcealable ? "?" : text;
    value.className = concealed ? "" : sign > 0 ? "positive" : sign < 0 ? "negative" : "";
  });
}

// Everything that is said about a place: the numbers of the tables and the lines of the equation.
function workAt(view, scene) {
  const values = windowValues(view, scene.place, scene.channel);
  const whole = scene.built >= view.size ** 2;
  const work = { values, whole, rounding: "" };
  if (view.mode === "convolution") convolve(view, scene, work);
  else pool(view, scene, work);
  return work;
}

function convolve(view, scene, work) {
  const { sum, bias } = view.decimals;
  const { place, channel, built } = scene;
  work.weights = Array.from(weightsOf(view, channel));
  work.products = work.values.map((value, tap) => value * work.weights[tap]);
  const share = view.contributions[place * view.channels + channel];
  const soFar = work.products.slice(0, built).reduce((total, product) => total + product, 0);
  const of = view.channels > 1 ? ` of channel ${channel}` : "";
  work.lines = work.whole
    ? [[`Sum of the ${view.size ** 2} products${of}`, format(share, sum), true, share]]
    : [[`Sum of the first ${built}`, format(soFar, sum), true, soFar]];
  const total = view.totals[place];
  const result = view.sums[place];
  const output = view.output[place];
  const later = (number) => (work.whole ? format(number, sum) : "…");
  if (view.channels > 1) {
    work.lines.push([`Sum of all ${view.channels} channels`, later(total), true, total]);
  }
  work.lines.push(["plus the bias", format(view.bias, bias), false, view.bias]);
  work.lines.push(["gives", later(result), true, result]);
  if (view.rectified) {
    const why =
      !work.whole || scene.place === scene.hidden
        ? "ReLU"
        : result > 0
          ? "ReLU keeps it"
          : "ReLU makes it 0";
    work.lines.push([why, later(output), true, output]);
  }
  if (work.whole) work.rounding = roundingNote(work, view, share);
}

// Rounded terms need not add up to the rounded sum; where they do not, say so.
function roundingNote(work, view, share) {
  const { sum } = view.decimals;
  const shown = (number) => Number(format(number, sum).replace("−", "-"));
  const added = format(
    work.products.reduce((total, product) => total + shown(product), 0),
    sum,
  );
  if (added === format(share, sum)) return "";
  return `The products as shown add up to ${added}: they are rounded to ${sum} decimals here, but not before they are summed.`;
}

function pool(view, scene, work) {
  const { output: decimals, input } = view.decimals;
  const { place, built } = scene;
  const seen = work.values.slice(0, built);
  const result = view.output[place];
  if (view.mode === "average") {
    const sum = seen.reduce((total, value) => total + value, 0);
    work.lines = [
      [
        work.whole ? `Sum of the ${seen.length} values` : `Sum of the first ${built}`,
        format(sum, input),
      ],
      [`divided by ${view.size ** 2}`, work.whole ? format(result, decimals) : "…"],
    ];
    return;
  }
  if (!work.whole) {
    work.lines = [[`Largest of the first ${built}`, format(Math.max(...seen), input)]];
    return;
  }
  const [row, column] = tapAt(view, place, view.winners[place]);
  const equals = work.values.filter((value) => value === result).length;
  work.lines = [
    [`Largest of the ${seen.length} values`, format(result, decimals)],
    [
      equals > 1 ? `${equals} are equal; the first wins` : "It comes from",
      `row ${row}, column ${column}`,
    ],
  ];
}

// One sentence for screen readers and for the line under the grids.
function sentenceAt(view, scene) {
  const { place } = scene;
  const where = `Output row ${rowOf(view, place)}, column ${columnOf(view, place)}`;
  if (place === scene.hidden) return `${where}: what will it be?`;
  if (scene.built < view.size ** 2) return `${where}: term by term.`;
  const value = format(view.output[place], view.decimals.output);
  if (view.mode === "convolution" && view.rectified) {
    const sum = format(view.sums[place], view.decimals.sum);
    return `${where}: the sum is ${sum}, ReLU ${view.sums[place] > 0 ? "keeps it" : `makes it ${value}`}.`;
  }
  return `${where}: ${value}.`;
}
