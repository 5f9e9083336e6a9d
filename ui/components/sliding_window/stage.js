// The elements that a stage is made of.

/** @import { Scale, View } from "./view.js" */

import { gradientOf } from "../shared/colour.js";
import { element } from "../shared/element.js";
import {
  linkButton,
  playerButtons,
  scrubBar,
  sentences,
  speedChoice,
} from "../shared/player_controls.js";
import { lastPlace } from "./geometry.js";

/**
 * @param {View} view
 * @param {string[]} speeds
 * @param {Element} arithmetic
 */
export function skeleton(view, speeds, arithmetic) {
  const controls = element("div", "controls");
  controls.append(
    playerButtons(),
    scrubBar("Position of the window", lastPlace(view)),
    element("span", "place"),
    speedChoice(speeds),
  );
  if (view.linkable) controls.append(linkButton("this place"));
  const scene = element("div", "scene");
  const side = element("div", "side");
  const { seen, spoken } = sentences();
  // After the grids, so that these stand beside or right below what changes them.
  if (view.note) side.append(element("p", "note", view.note));
  side.append(seen, controls, arithmetic);
  scene.append(
    grid("input", view.inputTitle, view.inputScale, view, "Arrow keys choose an input cell"),
    grid("output", view.outputTitle, view.outputScale, view, "Arrow keys move the window"),
    side,
  );
  return [scene, spoken];
}

/**
 * @param {"input" | "output"} name
 * @param {string} title
 * @param {Scale} scale
 * @param {View} view
 * @param {string} keys
 */
function grid(name, title, [scale, , , text], view, keys) {
  const figure = element("figure", "grid");
  const canvas = element("canvas", name);
  canvas.tabIndex = 0;
  canvas.setAttribute("role", "application");
  canvas.setAttribute("aria-label", `${title}. ${keys}, Space plays or pauses.`);
  const legend = element("p", "legend");
  const bar = element("span", "bar");
  bar.style.background = gradientOf(view.scales[scale]);
  legend.append(element("span", "", text[0]), bar, element("span", "", text[1]));
  figure.append(element("figcaption", "", title), canvas, legend);
  return figure;
}
