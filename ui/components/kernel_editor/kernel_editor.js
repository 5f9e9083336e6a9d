export default function ({ parentElement, data, setTriggerValue }) {
  let table = parentElement.querySelector(".weights");
  if (!table) {
    table = document.createElement("div");
    table.className = "weights";
    table.setAttribute("role", "group");
    table.setAttribute("aria-label", "Weights of the kernel");
    parentElement.append(table);
  }
  table.style.setProperty("--size", data.size);
  while (table.children.length > data.weights.length) table.lastChild.remove();
  while (table.children.length < data.weights.length) table.append(makeField());

  const most =
    data.weights.reduce((largest, weight) => Math.max(largest, Math.abs(weight)), 0) || 1;
  data.weights.forEach((weight, place) => {
    const field = table.children[place];
    const [row, column] = [Math.floor(place / data.size), place % data.size];
    const text = asText(weight);
    const colour = mix(data.scale, (weight / most + 1) / 2);
    field.value = text;
    field.style.background = `rgb(${colour.join(" ")})`;
    field.style.color =
      0.299 * colour[0] + 0.587 * colour[1] + 0.114 * colour[2] > 140 ? "#111" : "#fff";
    field.setAttribute("aria-label", `Weight in row ${row}, column ${column}`);
    field.setAttribute("aria-invalid", "false");
    field.onfocus = () => field.select();
    field.onkeydown = (event) => moveFocus(event, table, place, data.size);
    field.onchange = () => {
      const typed = read(field.value);
      const isWeight = Number.isFinite(typed) && Math.abs(typed) <= data.largest;
      field.setAttribute("aria-invalid", String(!isWeight));
      field.setCustomValidity(
        isWeight
          ? ""
          : `A weight is a number from −${data.largest} to ${data.largest}, like −0.5 or 1/9.`,
      );
      if (isWeight && field.value !== text) setTriggerValue("edited", [row, column, typed]);
      if (!isWeight) field.reportValidity();
    };
  });
}

function makeField() {
  const field = document.createElement("input");
  Object.assign(field, { type: "text", inputMode: "text", autocomplete: "off" });
  return field;
}

// Four decimals at most, a real minus sign.
const asText = (weight) => String(Number(weight.toFixed(4))).replace("-", "−");

// A number or a fraction, with either kind of minus sign and of decimal point.
function read(text) {
  const [above, below = "1", ...rest] = text.replaceAll("−", "-").replaceAll(",", ".").split("/");
  if (rest.length || !above.trim() || !below.trim()) return NaN;
  return Number(above) / Number(below);
}

function moveFocus(event, table, place, size) {
  if (event.key === "Enter") table.children[place].blur();
  const target = place + ({ ArrowUp: -size, ArrowDown: size }[event.key] ?? NaN);
  if (!table.children[target]) return;
  event.preventDefault();
  table.children[target].focus();
}

function mix(stops, share) {
  const colours = stops.map((stop) => [1, 3, 5].map((at) => parseInt(stop.slice(at, at + 2), 16)));
  const place = share * (stops.length - 1);
  const below = Math.min(Math.floor(place), stops.length - 2);
  return [0, 1, 2].map((channel) =>
    Math.round(
      colours[below][channel] +
        (place - below) * (colours[below + 1][channel] - colours[below][channel]),
    ),
  );
}
