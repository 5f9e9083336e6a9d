// Texts that outlive a reload of the tab, as far as the browser has room for them.

const PREFIX = "digitscope-network-";

/**
 * Keep a text. Where there is no room, older ones make it; where there is none then, it is not kept.
 * @param {string} name
 * @param {string} text
 */
export function keepText(name, text) {
  try {
    sessionStorage.setItem(PREFIX + name, text);
  } catch {
    try {
      for (const key of Object.keys(sessionStorage))
        if (key.startsWith(PREFIX)) sessionStorage.removeItem(key);
      sessionStorage.setItem(PREFIX + name, text);
    } catch {
      // A browser may also forbid it altogether.
    }
  }
}

/**
 * What a text that was kept stands for; a text that stands for nothing is kept no longer.
 * @template Meaning
 * @param {string} name
 * @param {(text: string) => Meaning} read fails for a damaged text
 * @returns {Meaning | null}
 */
export function keptText(name, read) {
  try {
    const text = sessionStorage.getItem(PREFIX + name);
    if (text === null) return null;
    try {
      return read(text);
    } catch {
      sessionStorage.removeItem(PREFIX + name);
    }
  } catch {
    // As above.
  }
  return null;
}
