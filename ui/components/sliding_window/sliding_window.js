// The player: one window on its way over one input. Everything happens in the browser; the server
// hears of it only when a visitor asks for the link to a place.

const SPEEDS = {
  Slow: () => 1,
  Normal: () => 4,
  Fast: () => 25,
  Top: (view) => Math.max(60, (lastPlace(view) + 1) / 5),
};
// From so many places on, normal speed would try a visitor's patience.
const MANY = 100;
const SLOW = 1;
// At this many places a second and fewer, the window is seen gliding from one to the next.
const GLIDING = 4;
const stages = new WeakMap();
const calm = window.matchMedia("(prefers-reduced-motion: reduce)");

export default function ({ parentElement, data, setTriggerValue }) {
  let stage = stages.get(parentElement);
  if (!stage) {
    stage = new Stage(parentElement);
    stages.set(parentElement, stage);
  }
  stage.onLink = (place) => setTriggerValue("linked", place);
  stage.show(data);
  return () => {
    stage.close();
    stages.delete(parentElement);
  };
}

class Stage {
  constructor(parentElement) {
    this.root = element("section", "stage");
    parentElement.append(this.root);
    this.playing = false;
    this.inView = false;
    this.speed = "Normal";
    this.scene = { place: 0, from: 0, glide: 1, channel: 0, marked: null, shown: [], hidden: -1 };
    this.frame = 0;
    this.resized = new ResizeObserver(() => this.view && this.fit());
    this.resized.observe(this.root);
    this.seen = new IntersectionObserver((entries) => this.lookAround(entries.at(-1)), {
      threshold: [0, 0.5],
    });
    this.seen.observe(this.root);
  }

  close() {
    cancelAnimationFrame(this.frame);
    this.playing = false;
    this.resized.disconnect();
    this.seen.disconnect();
    this.root.remove();
  }

  // Python sent something. Equal data: a rerun of the page or a new theme; nothing restarts.
  show(data) {
    const { start, asked, autoplay, scroll, ...arrays } = data;
    const [sentArrays, sentPlace] = [JSON.stringify(arrays), JSON.stringify([start, asked])];
    const before = this.view;
    const wasPlaying = this.playing;
    if (sentArrays !== this.sentArrays) {
      this.view = unpack(arrays);
      this.build();
    }
    const isSameStage =
      before && before.rows === this.view.rows && before.columns === this.view.columns;
    this.scene.channel = Math.min(this.scene.channel, this.view.channels - 1);
    this.scene.hidden = asked ?? -1;
    if (!before && lastPlace(this.view) >= MANY) this.choose("Fast");
    if (!isSameStage || sentPlace !== this.sentPlace) this.begin(start, asked);
    if (!before && scroll)
      requestAnimationFrame(() => this.root.scrollIntoView({ block: "center" }));
    Object.assign(this, { sentArrays, sentPlace });
    this.fit();
    this.showPlaying();
    this.announce();
    if (!before) this.awaitsView = autoplay && !calm.matches;
    else if (wasPlaying && !this.playing && !start && asked === null) this.play();
  }

  // Stand at the place that is named or asked, everything written, or at the first, all blank.
  begin(start, asked) {
    const { scene, view } = this;
    const isNamed = start || asked !== null;
    this.paintbox = null;
    scene.shown = new Uint8Array(lastPlace(view) + 1).fill(isNamed ? 1 : 0);
    scene.marked = null;
    this.stop();
    this.moveTo(asked ?? (start ? placeAt(view, start.row, start.column) : 0));
  }

  build() {
    const { root, view } = this;
    root.replaceChildren(...skeleton(view));
    root.setAttribute("aria-label", view.label);
    this.input = root.querySelector("canvas.input");
    this.output = root.querySelector("canvas.output");
    this.scrub = root.querySelector("input[type=range]");
    this.arithmetic = buildArithmetic(view, (channel) => this.moveTo(this.scene.place, channel));
    root.querySelector(".side").append(this.arithmetic);
    root.style.setProperty("--side-width", `${Math.max(tablesWidth(view), 16)}rem`);
    this.listen();
  }

  listen() {
    const { root, view } = this;
    const actions = {
      start: () => this.rewind(),
      back: () => this.step(-1),
      play: () => this.toggle(),
      forth: () => this.step(1),
      end: () => this.finish(),
      link: () => this.onLink([rowOf(view, this.scene.place), columnOf(view, this.scene.place)]),
    };
    root.querySelectorAll("button[data-do]").forEach((button) => {
      button.onclick = actions[button.dataset.do];
    });
    root.querySelectorAll("input[type=radio]").forEach((radio) => {
      radio.checked = radio.value === this.speed;
      radio.onchange = () => {
        this.speed = radio.value;
      };
    });
    this.scrub.oninput = () => this.scrubTo(Number(this.scrub.value));
    this.output.onpointermove = this.output.onpointerdown = (event) => this.pointAtOutput(event);
    this.input.onpointermove = this.input.onpointerdown = (event) => this.pointAtInput(event);
    this.input.onpointerleave = this.input.onblur = () => this.mark(null);
    this.output.onkeydown = (event) =>
      this.press(event, (down, right) =>
        this.visit(neighbourOf(view, this.scene.place, down, right)),
      );
    this.input.onkeydown = (event) =>
      this.press(event, (down, right) => {
        const [row, column] = this.scene.marked ?? tapAt(view, this.scene.place, 0);
        this.mark([
          clamp(row + down, 0, view.height - 1),
          clamp(column + right, 0, view.width - 1),
        ]);
      });
  }

  choose(speed) {
    this.speed = speed;
    this.root.querySelector(`input[value=${speed}]`).checked = true;
  }

  press(event, move) {
    const moves = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
    const actions = {
      " ": () => this.toggle(),
      Home: () => this.visit(0),
      End: () => this.visit(lastPlace(this.view)),
      Escape: () => this.mark(null),
    };
    const action = moves[event.key] ? () => move(...moves[event.key]) : actions[event.key];
    if (!action || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    action();
  }

  pointAtOutput(event) {
    const cell = this.cellUnder(event, this.output);
    if (!cell) return;
    const place = placeAt(
      this.view,
      clamp(cell[0], 0, this.view.rows - 1),
      clamp(cell[1], 0, this.view.columns - 1),
    );
    if (place !== this.scene.place || this.playing) this.visit(place);
  }

  pointAtInput(event) {
    const [row, column] = this.cellUnder(event, this.input);
    const cell = [row - this.view.before[0], column - this.view.before[1]];
    this.mark(isInside(this.view, ...cell) ? cell : null);
  }

  cellUnder(event, canvas) {
    const box = canvas.getBoundingClientRect();
    return [event.clientY - box.top, event.clientX - box.left].map((distance) =>
      Math.floor(distance / this.paintbox.edge),
    );
  }

  // Mark an input cell and every output cell that reads it.
  mark(cell) {
    if (String(cell) === String(this.scene.marked)) return;
    this.scene.marked = cell;
    this.draw();
    this.announce();
  }

  toggle() {
    if (this.playing) this.visit(this.scene.place);
    else this.play();
  }

  play() {
    if (this.scene.place === lastPlace(this.view)) this.rewind();
    this.scene.marked = null;
    this.playing = true;
    this.awaitsView = false;
    this.progress = 0;
    this.last = undefined;
    this.showPlaying();
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame((time) => this.tick(time));
  }

  stop() {
    cancelAnimationFrame(this.frame);
    this.playing = false;
    this.awaitsView = false;
    this.scene.glide = 1;
    this.scene.built = this.view.size ** 2;
    this.showPlaying();
  }

  // Stop, go to a place and show its result.
  visit(place) {
    this.stop();
    this.scene.marked = null;
    this.moveTo(place);
    this.announce();
  }

  step(step) {
    this.visit(clamp(this.scene.place + step, 0, lastPlace(this.view)));
  }

  rewind() {
    this.scrubTo(0);
  }

  finish() {
    this.scrubTo(lastPlace(this.view));
  }

  // As if it had been played up to a place: shown up to there, blank after.
  scrubTo(place) {
    this.scene.shown.fill(0);
    this.scene.shown.fill(1, 0, place + 1);
    this.repaintOutput();
    this.visit(place);
  }

  moveTo(place, channel = this.scene.channel) {
    const { scene, view } = this;
    Object.assign(scene, { place, channel, from: place, glide: 1, built: view.size ** 2 });
    scene.shown[place] = 1;
    if (this.paintbox) paintPlace(view, this.paintbox, place, place !== scene.hidden);
    this.draw();
  }

  tick(time) {
    if (!this.playing) return;
    // Out of sight or in a hidden tab, time stands still.
    const passed = this.last === undefined || !this.inView ? 0 : Math.min(time - this.last, 250);
    this.last = time;
    const rate = SPEEDS[this.speed](this.view);
    this.progress += (passed / 1000) * rate;
    this.advance(Math.floor(this.progress));
    if (!this.playing) return;
    this.progress %= 1;
    this.pose(rate);
    this.draw();
    this.frame = requestAnimationFrame((next) => this.tick(next));
  }

  // Leave as many places behind as have been played since the last frame.
  advance(steps) {
    const { scene, view } = this;
    for (let step = 0; step < steps && this.playing; step++) {
      if (scene.place === lastPlace(view)) {
        this.stop();
        this.draw();
        this.announce();
        return;
      }
      scene.from = scene.place;
      scene.place += 1;
      scene.shown[scene.place] = 0;
      this.write(scene.place, this.speed !== "Slow");
    }
  }

  write(place, isShown) {
    this.scene.shown[place] = isShown ? 1 : 0;
    paintPlace(this.view, this.paintbox, place, isShown && place !== this.scene.hidden);
  }

  // Where within one step the window is, and how much of its arithmetic is worked out.
  pose(rate) {
    const { scene, view } = this;
    const isSameRow = rowOf(view, scene.from) === rowOf(view, scene.place);
    const share =
      rate > GLIDING || calm.matches || !isSameRow
        ? 1
        : this.progress / (rate === SLOW ? 0.2 : 0.5);
    scene.glide = clamp(share, 0, 1) ** 2 * (3 - 2 * clamp(share, 0, 1));
    if (rate !== SLOW) {
      scene.built = view.size ** 2;
      return;
    }
    scene.built = clamp(
      Math.ceil(((this.progress - 0.2) / 0.6) * view.size ** 2),
      0,
      view.size ** 2,
    );
    if (scene.built === view.size ** 2 && !scene.shown[scene.place]) this.write(scene.place, true);
  }

  lookAround(entry) {
    this.inView = entry.isIntersecting;
    if (this.awaitsView && entry.intersectionRatio >= 0.5) this.play();
  }

  // Measure the room there is, read the theme's colours, and draw.
  fit() {
    const { root, view } = this;
    const style = getComputedStyle(root);
    const room = gridRoom(view, root.clientWidth - 6);
    if (room <= 0) return;
    const colour = (scale, least, most) => colourScale(view.scales[scale], least, most);
    const [kernel, share, product] = [
      largestOf(view.kernel ?? []),
      largestOf(view.contributions ?? []),
      largestProduct(view),
    ];
    const inputColour = colour(...view.inputScale);
    const outputColour = colour(...view.outputScale);
    const edge = cellEdge(view, room);
    this.paintbox = {
      edge,
      inputFont: fontFor(edge, format(largestOf(view.input), view.decimals.input).length),
      outputFont: fontFor(edge, format(-largestOf(view.output), view.decimals.output).length),
      inputColour,
      outputColour,
      weightColour: colour("signed", -kernel, kernel),
      productColour: colour("signed", -product, product),
      shareColour: colour("signed", -share, share),
      accent: style.getPropertyValue("--st-primary-color"),
      text: style.getPropertyValue("--st-text-color"),
      panel: style.getPropertyValue("--st-secondary-background-color"),
      faint: style.getPropertyValue("--st-border-color"),
      font: style.fontFamily,
      inputPictures: Array.from({ length: view.channels }, (_, channel) =>
        paint(
          view.height,
          view.width,
          (cell) => view.input[channel * view.height * view.width + cell],
          inputColour,
        ),
      ),
    };
    this.repaintOutput();
    this.draw();
  }

  repaintOutput() {
    const { view, scene, paintbox } = this;
    paintbox.outputPicture = paint(
      view.rows,
      view.columns,
      (place) => (scene.shown[place] && place !== scene.hidden ? view.output[place] : undefined),
      paintbox.outputColour,
    );
  }

  draw() {
    const { scene, view, paintbox } = this;
    if (!paintbox) return;
    drawInput(this.input, view, scene, paintbox);
    drawOutput(this.output, view, scene, paintbox);
    showArithmetic(this.arithmetic, view, scene, paintbox);
    this.scrub.value = scene.place;
    if (view.channels > 1) {
      this.root.querySelector("figcaption").textContent =
        `${view.inputTitle}, channel ${scene.channel}`;
    }
    this.root.querySelector(".place").textContent = `${scene.place + 1} of ${lastPlace(view) + 1}`;
    this.root.querySelector(".sentence").textContent = this.sentence();
  }

  sentence() {
    const { scene, view } = this;
    if (!scene.marked) return sentenceAt(view, scene);
    const [row, column] = scene.marked;
    const readers = readersOf(view, row, column).length;
    const value = format(inputAt(view, scene.channel, row, column), view.decimals.input);
    const cells = readers === 1 ? "1 output cell" : `${readers} output cells`;
    return `Input row ${row}, column ${column}: ${value}. It is read by ${cells}.`;
  }

  // Speak only where the visitor has come to rest: a running commentary would be noise.
  announce() {
    if (this.playing) return;
    this.root.querySelector(".spoken").textContent = this.sentence();
    this.scrub.setAttribute("aria-valuetext", sentenceAt(this.view, this.scene));
  }

  showPlaying() {
    const button = this.root.querySelector("[data-do=play]");
    button.innerHTML = this.playing ? ICONS.pause : ICONS.play;
    button.title = this.playing ? "Pause" : "Play";
    button.setAttribute("aria-label", button.title);
    this.root.dataset.playing = String(this.playing);
  }
}
