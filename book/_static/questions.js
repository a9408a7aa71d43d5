// Says whether the choice fits, and opens the explained answer when it does. Nothing is stored. Without this file the
// answers still open.
for (const question of document.querySelectorAll(".quiz[data-answer]")) {
  const verdict = question.querySelector(".quiz-verdict");
  question.addEventListener("change", (event) => {
    const fits = event.target.value === question.dataset.answer;
    verdict.textContent = fits ? question.dataset.fits : question.dataset.fitsNot;
    if (fits) question.querySelector("details").open = true;
  });
}
