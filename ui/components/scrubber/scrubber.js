// The player: one moment after the other. Everything happens in the browser; the server hears of it
// only when a visitor asks for the link to a moment.

const players = new WeakMap();

export default function ({ parentElement, data, setTriggerValue }) {
  let player = players.get(parentElement);
  if (!player) {
    player = new Player(parentElement);
    players.set(parentElement, player);
  }
  player.onLink = (moment) => setTriggerValue("linked", moment);
  player.show(data);
  return () => {
    player.close();
    players.delete(parentElement);
  };
}

class Player {
  constructor(parentElement) {
    this.root = element("section", "scrubber");
    parentElement.append(this.root);
    this.moment = 0;
    this.playing = false;
    this.oneScale = false;
    this.speed = "Normal";
  }

  close() {
    this.stop();
    this.root.remove();
  }

  // Python sent something. Equal data: a rerun of the page or a new theme; nothing restarts.
  show({ start, ...arrays }) {
    const sent = JSON.stringify(arrays);
    const isNew = sent !== this.sent;
    if (isNew) {
      this.view = unpack(arrays);
      this.build();
    }
    // The same training with another digit, or its confusion counted by now, plays on.
    const training = String(arrays.moments) + arrays.kernels.shades;
    const isSent = training !== this.training || start !== this.start;
    const isElsewhere = isSent && start !== this.moment;
    if (isElsewhere) {
      this.stop();
      this.moment = start;
    }
    Object.assign(this, { sent, start, training });
    if (!isNew && !isElsewhere) return;
    this.showPlaying();
    this.draw();
    this.announce();
  }

  build() {
    const { root, view } = this;
    root.replaceChildren(...skeleton(view));
    root.setAttribute("aria-label", view.label);
    this.scrub = root.querySelector("input[type=range]");
    const actions = {
      start: () => this.visit(0),
      back: () => this.visit(this.moment - 1),
      play: () => this.toggle(),
      forth: () => this.visit(this.moment + 1),
      end: () => this.visit(view.last),
      link: () => this.link(),
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
    const box = root.querySelector("input[type=checkbox]");
    box.checked = this.oneScale;
    box.onchange = () => {
      this.oneScale = box.checked;
      this.draw();
    };
    this.scrub.oninput = () => this.visit(Number(this.scrub.value));
    this.scrub.onkeydown = (event) => {
      if (event.key !== " ") return;
      event.preventDefault();
      this.toggle();
    };
  }

  toggle() {
    if (this.playing) this.visit(this.moment);
    else this.play();
  }

  play() {
    if (this.moment === this.view.last) this.moment = 0;
    this.playing = true;
    this.last = undefined;
    this.waited = 0;
    this.draw();
    this.showPlaying();
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame((time) => this.tick(time));
  }

  stop() {
    cancelAnimationFrame(this.frame);
    this.playing = false;
  }

  tick(time) {
    if (!this.playing) return;
    // In a hidden tab time stands still.
    this.waited += this.last === undefined ? 0 : Math.min(time - this.last, 250);
    this.last = time;
    if (this.waited >= 1000 / SPEEDS[this.speed]) {
      this.waited = 0;
      this.moment += 1;
      this.draw();
      if (this.moment === this.view.last) {
        this.visit(this.moment);
        return;
      }
    }
    this.frame = requestAnimationFrame((next) => this.tick(next));
  }

  // Stop, and show a moment.
  visit(moment) {
    this.stop();
    this.showPlaying();
    this.moment = Math.min(Math.max(moment, 0), this.view.last);
    this.draw();
    this.announce();
  }

  link() {
    this.visit(this.moment);
    this.onLink(this.moment);
    const said = "The address now leads to this moment.";
    this.root.querySelector(".sentence").textContent = said;
    this.say(said);
  }

  draw() {
    const { root, view, moment } = this;
    const find = (selector) => root.querySelector(selector);
    const brightestEver = Math.max(...view.maps.brightest);
    const share = this.oneScale ? view.maps.brightest[moment] / (brightestEver || 1) : 1;
    paintTiles(find(".kernels .tiles"), view.kernels, moment, view.colours.signed, 1);
    paintTiles(find(".maps .tiles"), view.maps, moment, view.colours.activations, share);
    find(".kernels .least").textContent = view.kernels.ends[0];
    find(".kernels .most").textContent = view.kernels.ends[1];
    const brightest = this.oneScale ? view.maps.brightest.indexOf(brightestEver) : moment;
    find(".maps .most").textContent = view.maps.ends[brightest];
    find(".maps .note").textContent = this.oneScale
      ? "Largest of all moments"
      : "Largest of this moment";
    const predicted = view.probabilities[moment].indexOf(Math.max(...view.probabilities[moment]));
    showProbabilities(
      find(".probabilities"),
      view.probabilities[moment],
      view.texts[moment],
      predicted,
    );
    const counts = view.confusions?.[moment];
    showConfusion(find(".confusion"), counts);
    drawChart(find(".timeline svg"), view.confusions, moment);
    find(".chart-title").textContent = counts
      ? `${percentOf(rightOf(counts) / total(counts))} of the sample read right`
      : "";
    find(".moment").textContent = view.moments[moment];
    find(".sentence").textContent = view.sentences[moment];
    find(".kernels .tiles").setAttribute(
      "aria-label",
      `${view.kernels.title}, ${view.moments[moment]}`,
    );
    find(".maps .tiles").setAttribute("aria-label", `${view.maps.title}, ${view.moments[moment]}`);
    this.scrub.value = moment;
  }

  // Speak only where the visitor has come to rest: a running commentary would be noise.
  announce() {
    if (this.playing) return;
    this.say(this.view.sentences[this.moment]);
    this.scrub.setAttribute("aria-valuetext", this.view.moments[this.moment]);
  }

  say(text) {
    this.root.querySelector(".spoken").textContent = text;
  }

  showPlaying() {
    const button = this.root.querySelector("[data-do=play]");
    button.innerHTML = this.playing ? ICONS.pause : ICONS.play;
    button.title = this.playing ? "Pause" : "Play";
    button.setAttribute("aria-label", button.title);
    this.root.dataset.playing = String(this.playing);
  }
}
