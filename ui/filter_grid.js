export default function ({ parentElement, data, setTriggerValue }) {
  let list = parentElement.querySelector("ol");
  if (!list) {
    list = document.createElement("ol");
    parentElement.append(list);
  }
  const [count, rows, columns] = data.mapShape;
  const maps = bytesOf(data.maps);
  const kernels = data.kernels && bytesOf(data.kernels);
  list.classList.toggle("paired", Boolean(kernels));
  while (list.children.length > count) list.lastChild.remove();
  while (list.children.length < count) list.append(makeItem());

  for (let filter = 0; filter < count; filter++) {
    const button = list.children[filter].firstChild;
    const [kernel, map] = button.querySelectorAll("canvas");
    paint(map, maps.subarray(filter * rows * columns * 3), rows, columns);
    if (kernels) {
      const size = data.kernelSize;
      paint(kernel, kernels.subarray(filter * size * size * 3), size, size);
    }
    kernel.hidden = !kernels;
    button.querySelector("span").textContent = filter;
    button.setAttribute("aria-label", `Filter ${filter}`);
    button.setAttribute("aria-pressed", String(filter === data.chosen));
    button.onclick = () => setTriggerValue("chosen", filter);
    button.onkeydown = (event) => moveFocus(event, list, filter);
  }
}

const bytesOf = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

function makeItem() {
  const item = document.createElement("li");
  const button = document.createElement("button");
  button.type = "button";
  button.append(...["canvas", "canvas", "span"].map((name) => document.createElement(name)));
  item.append(button);
  return item;
}

function paint(canvas, colours, rows, columns) {
  canvas.width = columns;
  canvas.height = rows;
  const context = canvas.getContext("2d");
  const image = context.createImageData(columns, rows);
  for (let cell = 0; cell < rows * columns; cell++) {
    image.data.set([...colours.subarray(3 * cell, 3 * cell + 3), 255], 4 * cell);
  }
  context.putImageData(image, 0, 0);
}

function moveFocus(event, list, place) {
  const perRow = getComputedStyle(list).gridTemplateColumns.split(" ").length;
  const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -perRow, ArrowDown: perRow }[event.key];
  const target = step && list.children[place + step];
  if (!target) return;
  event.preventDefault();
  target.firstChild.focus();
}
