// The ten probabilities of a prediction.

/** @import { Component } from "../shared/component.js" */

import { probabilityRows, showProbabilities } from "../shared/probability_rows.js";

/**
 * @typedef {object} Probabilities
 * @property {number[]} shares (10,), 0 to 1
 * @property {string[]} texts
 * @property {number} predicted
 */

/** @param {Component<Probabilities>} component */
export default function ({ parentElement, data }) {
  let list = parentElement.querySelector("ol");
  if (!list) {
    list = probabilityRows();
    parentElement.append(list);
  }
  showProbabilities(list, data.shares, data.texts, data.predicted);
}
