// What pictures share whose parts are pointed at, with the pointer or the arrow keys, and chosen, with
// a click, Enter or Space. Pointing stays in the browser; the server hears only of what was chosen.

class Explorer {
  constructor(parentElement) {
    this.root = document.createElement("section");
    parentElement.append(this.root);
    this.pointed = null;
    this.resized = new ResizeObserver(() => this.fit());
    this.resized.observe(this.root);
  }

  close() {
    this.resized.disconnect();
    this.root.remove();
  }

  // The part that is read out: the one under the pointer, or else the one that was chosen.
  get focus() {
    return this.pointed ?? this.chosen;
  }

  listen(canvas) {
    canvas.onpointermove = (event) => this.point(this.under(event));
    canvas.onpointerleave = canvas.onblur = () => this.point(null);
    canvas.onclick = (event) => this.choose(this.under(event));
    canvas.onkeydown = (event) => this.press(event);
  }

  press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const next = this.step(event.key);
    if (next) this.point(next);
    else if (event.key === "Enter" || event.key === " ") this.choose(this.focus);
    else if (event.key === "Escape") this.point(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  point(part) {
    if (JSON.stringify(part) === JSON.stringify(this.pointed)) return;
    this.pointed = part;
    this.draw();
  }

  // Marked at once; what the server has to say about it follows.
  choose(part) {
    if (!part) return;
    this.chosen = part;
    this.draw();
    this.onChoice(this.named(part));
  }
}

// Mount a kind of explorer, or hand new data to the one that is there.
function explore(explorers, Kind, { parentElement, data, setTriggerValue }) {
  if (!explorers.has(parentElement)) explorers.set(parentElement, new Kind(parentElement));
  const explorer = explorers.get(parentElement);
  explorer.onChoice = (choice) => setTriggerValue("chosen", choice);
  explorer.show(data);
  return () => {
    explorer.close();
    explorers.delete(parentElement);
  };
}
