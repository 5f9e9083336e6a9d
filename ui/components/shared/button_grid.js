// What grids of buttons with a picture share: their list, their pictures, and the arrow keys.

function gridOf(parentElement, count, makeItem) {
  let list = parentElement.querySelector("ol");
  if (!list) {
    list = document.createElement("ol");
    parentElement.append(list);
  }
  while (list.children.length > count) list.lastChild.remove();
  while (list.children.length < count) list.append(makeItem());
  return list;
}

function buttonItem(...contents) {
  const item = document.createElement("li");
  const button = document.createElement("button");
  button.type = "button";
  button.append(...contents.map((name) => document.createElement(name)));
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
