// Where a note stands: beside what it explains, and wholly on the screen.

// Pixels between a term and its note, and between the note and the edge of the screen.
const GAP = 6;
const EDGE = 8;

/**
 * Left and top of a note: below a term where there is room, above it where there is not.
 * @param {{ left: number, top: number, bottom: number }} term
 * @param {{ width: number, height: number }} note
 * @param {{ width: number, height: number }} screen
 * @returns {[number, number]}
 */
export function placeBeside(term, note, screen) {
  const left = Math.max(EDGE, Math.min(term.left, screen.width - note.width - EDGE));
  const below = term.bottom + GAP;
  const fits = below + note.height <= screen.height - EDGE;
  return [left, fits ? below : Math.max(EDGE, term.top - GAP - note.height)];
}
