// Ten bars, one a digit, and how they are set to other probabilities.

function probabilityRows() {
  const list = document.createElement("ol");
  list.className = "probabilities";
  list.setAttribute("aria-label", "Probability of each digit");
  for (let digit = 0; digit < 10; digit++) list.append(probabilityRow(digit));
  return list;
}

function probabilityRow(digit) {
  const row = document.createElement("li");
  row.innerHTML = `
    <span class="digit">${digit}</span>
    <span class="track"><span class="bar"></span></span>
    <span class="share"></span>`;
  return row;
}

function showProbabilities(list, shares, texts, predicted) {
  shares.forEach((share, digit) => {
    const row = list.children[digit];
    row.classList.toggle("predicted", digit === predicted);
    row.querySelector(".bar").style.width = `${100 * share}%`;
    row.querySelector(".share").textContent = texts[digit];
  });
}
