// What players are operated with: their buttons, with the icons, and the choice of a speed.

import { element } from "./element.js";

/** @param {string} path */
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

/** @type {[keyof typeof ICONS, string][]} */
const BUTTONS = [
  ["start", "To the start"],
  ["back", "One step back"],
  ["play", "Play"],
  ["forth", "One step on"],
  ["end", "To the end"],
];

export function playerButtons() {
  const buttons = element("div", "buttons");
  buttons.append(...BUTTONS.map(([name, label]) => iconButton(name, label)));
  return buttons;
}

/**
 * The button that puts what is shown into the address.
 * @param {string} what is shown, such as "this moment"
 */
export function linkButton(what) {
  const link = iconButton("link", `Put ${what} into the address`);
  link.title = `Put ${what} into the address, to share or to keep it`;
  return link;
}

/**
 * @param {keyof typeof ICONS} name
 * @param {string} label
 */
function iconButton(name, label) {
  const button = element("button", name === "play" ? "icon main" : "icon");
  button.type = "button";
  button.dataset.do = name;
  button.innerHTML = ICONS[name];
  button.setAttribute("aria-label", label);
  button.title = label;
  return button;
}

/**
 * Let the play button say what it does now.
 * @param {HTMLElement} button
 * @param {boolean} isPlaying
 */
export function showPlaying(button, isPlaying) {
  button.innerHTML = isPlaying ? ICONS.pause : ICONS.play;
  button.title = isPlaying ? "Pause" : "Play";
  button.setAttribute("aria-label", button.title);
}

/** @param {string[]} names */
export function speedChoice(names) {
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

/**
 * @param {string} label
 * @param {number} last position; the first is 0
 */
export function scrubBar(label, last) {
  const scrub = element("input");
  Object.assign(scrub, { type: "range", min: 0, max: last, value: 0 });
  scrub.setAttribute("aria-label", label);
  return scrub;
}

/** One sentence that is seen, and the same that is spoken where the player has come to rest. */
export function sentences() {
  const seen = element("p", "sentence");
  seen.setAttribute("aria-hidden", "true");
  const spoken = element("p", "spoken");
  spoken.setAttribute("aria-live", "polite");
  return { seen, spoken };
}
