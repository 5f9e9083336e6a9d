// All feature maps of a convolution, each a switch: pressed is on.

export default function ({ parentElement, data, setTriggerValue }) {
  let list = parentElement.querySelector("ol");
  if (!list) {
    list = document.createElement("ol");
    parentElement.append(list);
  }
  const [count, rows, columns] = data.mapShape;
  const maps = bytesOf(data.maps);
  while (list.children.length > count) list.lastChild.remove();
  while (list.children.length < count) list.append(makeItem());
  for (let map = 0; map < count; map++) {
    const button = list.children[map].firstChild;
    paint(button.querySelector("canvas"), maps.subarray(map * rows * columns * 3), rows, columns);
    button.querySelector("span").textContent = data.off.includes(map) ? `${map} off` : map;
    button.setAttribute("role", "switch");
    button.setAttribute("aria-label", `Map ${map}`);
    button.setAttribute("aria-checked", String(!data.off.includes(map)));
    button.onclick = () => setTriggerValue("switched", map);
    button.onkeydown = (event) => moveFocus(event, list, map);
  }
}

const bytesOf = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

function makeItem() {
  const item = document.createElement("li");
  const button = document.createElement("button");
  button.type = "button";
  button.append(document.createElement("canvas"), document.createElement("span"));
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
