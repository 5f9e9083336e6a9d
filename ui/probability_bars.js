export default function ({ parentElement, data }) {
  let list = parentElement.querySelector("ol");
  if (!list) {
    list = document.createElement("ol");
    list.setAttribute("aria-label", "Probability of each digit");
    list.append(...data.shares.map(makeRow));
    parentElement.append(list);
  }
  data.shares.forEach((share, digit) => {
    const row = list.children[digit];
    row.classList.toggle("predicted", digit === data.predicted);
    row.querySelector(".bar").style.width = `${100 * share}%`;
    row.querySelector(".share").textContent = data.texts[digit];
  });
}

function makeRow(_share, digit) {
  const row = document.createElement("li");
  row.innerHTML = `
    <span class="digit">${digit}</span>
    <span class="track"><span class="bar"></span></span>
    <span class="share"></span>`;
  return row;
}
