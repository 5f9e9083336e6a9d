const SIZE = 28;

export default function ({ parentElement, data, setTriggerValue }) {
  const list = gridOf(parentElement, data.names.length, () => buttonItem("canvas", "span"));
  list.style.setProperty("--columns", data.columns || "auto-fill");
  list.classList.toggle("fixed", data.columns > 0);
  const colours = bytesOf(data.colours);

  data.names.forEach((name, place) => {
    const button = list.children[place].firstChild;
    button.setAttribute("aria-label", data.labels[place]);
    button.setAttribute("aria-pressed", String(name === data.current));
    button.title = data.labels[place];
    button.querySelector("span").textContent = data.captions[place];
    button.onclick = () => setTriggerValue("chosen", name);
    button.onkeydown = (event) => moveFocus(event, list, place);
    paint(button.querySelector("canvas"), colours.subarray(place * SIZE * SIZE * 3), SIZE, SIZE);
  });
}
