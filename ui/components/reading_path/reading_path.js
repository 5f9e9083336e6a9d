// The pages of a part in the order of the path, the open one marked, and a button that copies the link.

/** @import { Parent, Send } from "../shared/component.js" */

import { mounting } from "../shared/component.js";
import { element, keep } from "../shared/element.js";

// Milliseconds that it is said for that the link was copied.
const SAID = 4000;

/**
 * @typedef {object} Path
 * @property {string} part
 * @property {{ title: string, address: string }[]} pages
 * @property {string} opened an address
 * @property {string} place
 */

export default mounting(
  class ReadingPath {
    /** @type {Send} */
    send = () => {};
    #line = element("div", "line");
    #path = element("nav");
    #part = element("span", "part");
    #pages = element("ol");
    #place = element("span", "place");
    #copy = element("button", "copy");
    #said = element("span", "said");
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    #timer;

    /** @param {Parent} parentElement */
    constructor(parentElement) {
      this.#copy.type = "button";
      this.#copy.title = "Copy the address of what is shown";
      this.#copy.append(chain(), element("span", "", "Copy link"));
      this.#copy.onclick = async () => {
        const { href } = window.location;
        this.#say((await copied(href)) ? "Link copied" : "Copy it from the address bar");
      };
      this.#said.setAttribute("role", "status");
      this.#path.append(this.#part, this.#pages, this.#place);
      this.#line.append(this.#path, this.#said, this.#copy);
      parentElement.append(this.#line);
    }

    /** @param {Path} data */
    show({ part, pages, opened, place }) {
      this.#path.setAttribute("aria-label", `${part}${place && `: page ${place}`}`);
      this.#part.textContent = part;
      this.#place.textContent = place;
      keep(this.#pages, pages.length, () => {
        const item = element("li");
        item.append(element("a"));
        return item;
      });
      pages.forEach(({ title, address }, number) => {
        const link = /** @type {HTMLAnchorElement} */ (
          this.#pages.children[number].firstElementChild
        );
        link.textContent = title;
        link.href = new URL(address || ".", window.location.href).pathname;
        link.onclick = (event) => goTo(event, link.href);
        if (address === opened) link.setAttribute("aria-current", "page");
        else link.removeAttribute("aria-current");
        if (address === opened) inSight(this.#pages, link);
      });
    }

    close() {
      this.#line.remove(); // Streamlit may put another in the same place.
      clearTimeout(this.#timer);
    }

    /** @param {string} words */
    #say(words) {
      this.#said.textContent = words;
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => {
        this.#said.textContent = "";
      }, SAID);
    }
  },
);

/**
 * Go to another page without loading the app anew: Streamlit opens what the address names when it is told
 * that it was changed, as by the browser's own buttons.
 * @param {MouseEvent} event
 * @param {string} address
 */
function goTo(event, address) {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  if (new URL(address).pathname === window.location.pathname) return;
  window.history.pushState({}, "", address);
  window.dispatchEvent(new PopStateEvent("popstate"));
}

/**
 * Scroll a list that is wider than its place so that an entry is in its middle; the page stays.
 * @param {HTMLElement} list
 * @param {HTMLElement} entry
 */
function inSight(list, entry) {
  list.scrollLeft = entry.offsetLeft - (list.clientWidth - entry.offsetWidth) / 2;
}

/**
 * Copy a text; returns whether it was.
 * @param {string} text
 */
async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copiedByHand(text); // Where there is no clipboard: a page that is not served safely.
  }
}

/** @param {string} text */
function copiedByHand(text) {
  const field = element("textarea");
  field.value = text;
  field.style.position = "fixed";
  field.style.opacity = "0";
  const focused = document.activeElement;
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  if (focused instanceof HTMLElement) focused.focus();
  return done;
}

/** The picture of a link. */
function chain() {
  const SVG = "http://www.w3.org/2000/svg";
  const picture = document.createElementNS(SVG, "svg");
  picture.setAttribute("viewBox", "0 0 24 24");
  picture.setAttribute("aria-hidden", "true");
  const line = document.createElementNS(SVG, "path");
  line.setAttribute(
    "d",
    "M10 14a5 5 0 0 0 7 0l3-3a5 5 0 0 0-7-7l-1.5 1.5M14 10a5 5 0 0 0-7 0l-3 3a5 5 0 0 0 7 7l1.5-1.5",
  );
  picture.append(line);
  return picture;
}
