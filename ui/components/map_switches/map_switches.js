// All feature maps of a convolution, each a switch: pressed is on.

export default function ({ parentElement, data, setTriggerValue }) {
  const [count, rows, columns] = data.mapShape;
  const list = gridOf(parentElement, count, () => buttonItem("canvas", "span"));
  const maps = bytesOf(data.maps);
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
