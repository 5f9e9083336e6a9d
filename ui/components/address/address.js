// The address of a page that was just opened is completed in place.

/** @import { Component } from "../shared/component.js" */

import { addressCompleted, isOfPage, putInPlace } from "../shared/address.js";

/** @param {Component<{ page: string, parts: [string, string][] }>} component */
export default function ({ data }) {
  const { href } = window.location;
  // The visitor may have gone on meanwhile.
  if (isOfPage(href, data.page)) putInPlace(addressCompleted(href, Object.fromEntries(data.parts)));
}
