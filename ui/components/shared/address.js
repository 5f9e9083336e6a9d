// The address of the page, changed in place: Streamlit itself adds an entry to the history each time.

/** @typedef {Record<string, string>} Parts texts by their names, as in `?name=text` */

/**
 * An address with other texts in some of its parts, all else as it was.
 * @param {string} address
 * @param {Parts} parts
 */
export function addressWith(address, parts) {
  const url = new URL(address);
  for (const [name, text] of Object.entries(parts)) url.searchParams.set(name, text);
  return url.href;
}

/**
 * An address with the parts that it lacks; what it says it goes on saying.
 * @param {string} address
 * @param {Parts} parts
 */
export function addressCompleted(address, parts) {
  const { searchParams } = new URL(address);
  const lacking = Object.entries(parts).filter(([name]) => !searchParams.has(name));
  return addressWith(address, Object.fromEntries(lacking));
}

/**
 * Whether an address is that of a page, wherever the app is served.
 * @param {string} address
 * @param {string} page its last part; empty for the first page
 */
export function isOfPage(address, page) {
  return new URL(address).pathname.split("/").at(-1) === page;
}

/**
 * Put an address in the place of the one that is shown.
 * @param {string} address
 */
export function putInPlace(address) {
  if (address !== window.location.href) {
    window.history.replaceState(window.history.state, "", address);
  }
}
