// What players share: their buttons, with the icons, and the choice of a speed.

const drawing = (path) => `<svg viewBox="0 0 24 24" aria-hidden="true"><path d="${path}"/></svg>`;
const ICONS = {
  start: drawing("M6 5h2.4v14H6zM19 5v14l-9.5-7z"),
  back: drawing("M16.5 5v14L7 12z"),
  play: drawing("M7 4.5v15L19.5 12z"),
  pause: drawing("M6.5 5h4v14h-4zM13.5 5h4v14h-4z"),
  forth: drawing("M7.5 5v14l9.5-7z"),
  end: drawing("M15.6 5H18v14h-2.4zM5 5v14l9.5-7z"),
  link: drawing(
    "M7 7h4v2H7a3 3 0 0 0 0 6h4v2H7A5 5 0 0 1 7 7zm6 0h4a5 5 0 0 1 0 10h-4v-2h4a3 3 0 0 0 0-6h-4zm-5 4h8v2H8z",
  ),
};
const BUTTONS = [
  ["start", "To the start"],
  ["back", "One step back"],
  ["play", "Play"],
  ["forth", "One step on"],
  ["end", "To the end"],
];

function element(name, className = "", text = "") {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

function iconButton(name, label) {
  const button = element("button", name === "play" ? "icon main" : "icon");
  button.type = "button";
  button.dataset.do = name;
  button.innerHTML = ICONS[name];
  button.setAttribute("aria-label", label);
  button.title = label;
  return button;
}

function speeds(names) {
  const set = element("fieldset", "speeds");
  set.append(element("legend", "", "Speed"));
  const group = `speed-${Math.random()}`;
  for (const name of names) {
    const label = element("label");
    const radio = element("input");
    Object.assign(radio, { type: "radio", name: group, value: name });
    label.append(radio, element("span", "", name));
    set.append(label);
  }
  return set;
}
