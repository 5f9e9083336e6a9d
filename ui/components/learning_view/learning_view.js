const SIZE = 28;

export default function ({ parentElement, data }) {
  let view = parentElement.querySelector(".learning");
  if (!view) {
    view = document.createElement("div");
    view.className = "learning";
    view.innerHTML = `
      <figure class="kernels"><div role="img"></div><figcaption></figcaption></figure>
      <ol class="samples"></ol>`;
    parentElement.append(view);
  }
  showKernels(view.querySelector(".kernels"), data);
  showSamples(view.querySelector(".samples"), data);
}

function showKernels(figure, { kernels, kernelSize, kernelCount, kernelsAlt, scale }) {
  const grid = figure.firstElementChild;
  grid.setAttribute("aria-label", kernelsAlt);
  grid.style.setProperty("--columns", Math.ceil(Math.sqrt(kernelCount)));
  keep(grid, kernelCount, () => document.createElement("canvas"));
  const colours = bytesOf(kernels);
  const length = kernelSize * kernelSize * 3;
  for (let place = 0; place < kernelCount; place++)
    paint(grid.children[place], colours.subarray(place * length), kernelSize, kernelSize);
  figure.querySelector("figcaption").textContent = scale;
}

function showSamples(list, { samples, reads, shares }) {
  keep(list, reads.length, sample);
  const colours = bytesOf(samples);
  reads.forEach((read, label) => {
    const item = list.children[label];
    const right = read === label;
    const canvas = item.querySelector("canvas");
    paint(canvas, colours.subarray(label * SIZE * SIZE * 3), SIZE, SIZE);
    canvas.setAttribute("aria-label", `A held-out ${label}`);
    item.classList.toggle("right", right);
    item.querySelector(".mark").textContent = right ? "✓" : "✗";
    item.querySelector("b").textContent = read;
    item.querySelector(".share").textContent = shares[label];
  });
}

function sample() {
  const item = document.createElement("li");
  item.innerHTML = `<canvas role="img"></canvas>
    <span><span class="mark"></span> <b></b> <span class="share"></span></span>`;
  return item;
}

function keep(parent, count, make) {
  while (parent.children.length > count) parent.lastElementChild.remove();
  while (parent.children.length < count) parent.append(make());
}
