export default function ({ parentElement, data, setTriggerValue }) {
  const [count, rows, columns] = data.mapShape;
  const list = gridOf(parentElement, count, () => buttonItem("canvas", "canvas", "span"));
  const maps = bytesOf(data.maps);
  const kernels = data.kernels && bytesOf(data.kernels);
  list.classList.toggle("paired", Boolean(kernels));

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
