export default function ({ parentElement, data }) {
  let list = parentElement.querySelector("ol");
  if (!list) {
    list = probabilityRows();
    parentElement.append(list);
  }
  showProbabilities(list, data.shares, data.texts, data.predicted);
}
