// What a term means, beside the term, for every link to the glossary in the page's text.

/** @import { Parent, Send } from "../shared/component.js" */

import { mounting } from "../shared/component.js";
import { element } from "../shared/element.js";
import { placeBeside } from "./place.js";

const TERM = 'a[href^="glossary?term="]';
// Milliseconds: a pointer on its way across the text opens nothing, and has time to enter what is open.
const BEFORE_SHOWN = 120;
const BEFORE_HIDDEN = 250;

export default mounting(
  class Glosses {
    /** @type {Send} */
    send = () => {};
    #note = element("div");
    #meaning = element("p");
    #more = element("a", "", "In the glossary");
    /** @type {HTMLAnchorElement | null} */
    #shown = null;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    #timer;
    #listening = new AbortController();

    /** @param {Parent} parentElement */
    constructor(parentElement) {
      this.#note.popover = "manual";
      this.#note.setAttribute("role", "tooltip");
      this.#more.target = "_blank";
      this.#note.append(this.#meaning, this.#more);
      parentElement.append(this.#note);
      this.#listen();
    }

    show() {
      if (!this.#shown?.isConnected) this.#hide();
    }

    close() {
      this.#hide();
      this.#listening.abort();
    }

    #listen() {
      /**
       * @template {keyof DocumentEventMap} Name
       * @param {Name} name
       * @param {(event: DocumentEventMap[Name]) => void} act
       */
      const on = (name, act) =>
        document.addEventListener(name, act, { signal: this.#listening.signal, capture: true });
      on("pointerover", (event) => {
        if (event.pointerType === "touch") return;
        const term = termAt(event);
        if (term && term !== this.#shown) this.#soon(BEFORE_SHOWN, () => this.#open(term, true));
        else if (term || this.#isInside(event)) clearTimeout(this.#timer);
        else if (!this.#shown?.matches(":focus-visible"))
          this.#soon(BEFORE_HIDDEN, () => this.#hide());
      });
      on("focusin", (event) => {
        const term = termAt(event);
        // A link that is tapped or clicked has the focus too, without being shown as focused.
        if (term?.matches(":focus-visible")) this.#open(term);
        else if (!this.#isInside(event)) this.#hide();
      });
      on("focusout", (event) => {
        if (event.target === this.#shown) this.#hide();
      });
      on("click", (event) => {
        const term = termAt(event);
        if (!term) return;
        followDigitAndModel(term);
        if (!(event instanceof PointerEvent) || event.pointerType !== "touch") return;
        event.preventDefault(); // A finger cannot hover: the note has a link that leads on.
        if (this.#shown === term) this.#hide();
        else this.#open(term);
      });
      on("pointerdown", (event) => {
        if (!termAt(event) && !this.#isInside(event)) this.#hide();
      });
      on("keydown", (event) => {
        if (event.key === "Escape" && this.#shown) {
          event.stopPropagation();
          this.#hide();
        }
      });
      on("scroll", () => this.#place());
    }

    /**
     * @param {number} milliseconds
     * @param {() => void} act
     */
    #soon(milliseconds, act) {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(act, milliseconds);
    }

    /**
     * @param {HTMLAnchorElement} term
     * @param {boolean} [isHovered]
     */
    #open(term, isHovered = false) {
      this.#hide();
      if (!term.isConnected) return;
      this.#shown = term;
      this.#meaning.textContent = term.title;
      // A screen reader says the title; over a pointer the browser would show it a second time.
      if (isHovered) term.title = "";
      followDigitAndModel(term);
      this.#more.href = term.href;
      this.#note.showPopover();
      this.#place();
    }

    #hide() {
      clearTimeout(this.#timer);
      if (!this.#shown) return;
      this.#shown.title = this.#meaning.textContent;
      this.#shown = null;
      this.#note.hidePopover();
    }

    #place() {
      if (!this.#shown) return;
      const [left, top] = placeBeside(
        this.#shown.getBoundingClientRect(),
        this.#note.getBoundingClientRect(),
        { width: document.documentElement.clientWidth, height: innerHeight },
      );
      this.#note.style.left = `${left}px`;
      this.#note.style.top = `${top}px`;
    }

    /** @param {Event} event */
    #isInside(event) {
      return event.composedPath().includes(this.#note);
    }
  },
);

/**
 * The term that an event is about.
 * @param {Event} event
 * @returns {HTMLAnchorElement | null}
 */
function termAt(event) {
  return event.target instanceof Element ? event.target.closest(TERM) : null;
}

/**
 * The glossary opens with the digit and the model that are current here.
 * @param {HTMLAnchorElement} term
 */
function followDigitAndModel(term) {
  const here = new URLSearchParams(location.search);
  const [path, query] = term.getAttribute("href")?.split("?") ?? [];
  const there = new URLSearchParams(query);
  for (const name of ["digit", "model"]) {
    const value = here.get(name);
    if (value) there.set(name, value);
  }
  term.setAttribute("href", `${path}?${there}`);
}
