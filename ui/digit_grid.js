const SIZE = 28;

export default function ({ parentElement, data, setTriggerValue }) {
  let list = parentElement.querySelector("ol");
  if (!list) {
    list = document.createElement("ol");
    parentElement.append(list);
  }
  list.style.setProperty("--columns", data.columns || "auto-fill");
  list.classList.toggle("fixed", data.columns > 0);

  const pixels = Uint8Array.from(atob(data.pixels), (letter) => letter.charCodeAt(0));
  while (list.children.length > data.names.length) list.lastChild.remove();
  while (list.children.length < data.names.length) list.append(makeItem());

  data.names.forEach((name, place) => {
    const button = list.children[place].firstChild;
    button.setAttribute("aria-label", data.labels[place]);
    button.setAttribute("aria-pressed", String(name === data.current));
    button.title = data.labels[place];
    button.querySelector("span").textContent = data.captions[place];
    button.onclick = () => setTriggerValue("chosen", name);
    button.onkeydown = (event) => moveFocus(event, list, place);
    draw(button.querySelector("canvas"), pixels.subarray(place * SIZE * SIZE));
  });
}

function makeItem() {
  const item = document.createElement("li");
  const button = document.createElement("button");
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = SIZE;
  button.append(canvas, document.createElement("span"));
  item.append(button);
  return item;
}

function draw(canvas, grey) {
  const context = canvas.getContext("2d");
  const image = context.createImageData(SIZE, SIZE);
  for (let i = 0; i < SIZE * SIZE; i++) {
    image.data.fill(grey[i], 4 * i, 4 * i + 3);
    image.data[4 * i + 3] = 255;
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
