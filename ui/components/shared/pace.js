// How many steps a player goes on: arithmetic of time only, no DOM and no clock of its own.

// A longer pause between two frames than this many milliseconds is none of the player's time: in a
// hidden tab there are no frames.
const LONGEST_FRAME = 250;

export class Pace {
  /** How much of a step has passed, 0 to 1. */
  share = 0;
  /** @type {number | undefined} when the last frame was, in milliseconds */
  last = undefined;

  restart() {
    this.share = 0;
    this.last = undefined;
  }

  /**
   * @param {number} time of this frame in milliseconds
   * @param {number} rate steps a second
   * @param {boolean} counts whether the time since the last frame counts; it stands still otherwise
   * @returns {number} whole steps that are completed by now
   */
  stepsBy(time, rate, counts) {
    const since = this.last === undefined || !counts ? 0 : time - this.last;
    this.last = time;
    this.share += (Math.min(since, LONGEST_FRAME) / 1000) * rate;
    const steps = Math.floor(this.share);
    this.share -= steps;
    return steps;
  }
}
