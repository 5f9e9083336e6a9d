// Moving the focus in a grid with the arrow keys.

/** @type {Record<string, [number, number] | undefined>} */
const ARROWS = {
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
};

/**
 * Where an arrow key leads: rows down and columns to the right; undefined for any other key.
 * @param {string} key
 */
export function arrowStep(key) {
  return ARROWS[key];
}

/**
 * The cell that an arrow key leads to, held within the grid; null for any other key.
 * @param {string} key
 * @param {number[]} cell row and column
 * @param {number} rows
 * @param {number} columns
 * @returns {[number, number] | null}
 */
export function stepWithin(key, [row, column], rows, columns) {
  const step = arrowStep(key);
  if (!step) return null;
  return [
    Math.min(Math.max(row + step[0], 0), rows - 1),
    Math.min(Math.max(column + step[1], 0), columns - 1),
  ];
}

/**
 * Whether a key was pressed together with one that makes it a command of the browser.
 * @param {KeyboardEvent} event
 */
export function isCommand(event) {
  return event.ctrlKey || event.metaKey || event.altKey;
}

/**
 * Give the focus to a control, where there is one, instead of scrolling the page.
 * @param {KeyboardEvent} event
 * @param {HTMLElement | null | undefined} control
 */
export function focusInstead(event, control) {
  if (!control) return;
  event.preventDefault();
  control.focus();
}

/**
 * Make a group of controls one stop of the Tab key: the one that had the focus last, at first the
 * one that is preferred, or else the first. Arrow keys lead on from there.
 * @param {HTMLButtonElement[]} controls
 * @param {HTMLButtonElement} [preferred]
 */
export function oneTabStop(controls, preferred) {
  const enabled = controls.filter((control) => !control.disabled);
  const hadFocus = enabled.find((control) => control.getAttribute("tabindex") === "0");
  /** @param {HTMLButtonElement | undefined} stop */
  const stopAt = (stop) => {
    for (const control of controls) control.tabIndex = control === stop ? 0 : -1;
  };
  stopAt(hadFocus ?? (preferred && enabled.includes(preferred) ? preferred : enabled[0]));
  for (const control of controls) control.onfocus = () => stopAt(control);
}
