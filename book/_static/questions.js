// Says whether the choice fits, opens the explained answer when it does, and counts first choices where the page keeps
// a score. Nothing is stored. Without this file the answers still open.
const questions = [...document.querySelectorAll(".quiz[data-answer]")];
const score = document.querySelector(".quiz-score");
const first = new Map(); // question -> whether its first choice was right

for (const question of questions) {
  const verdict = question.querySelector(".quiz-verdict");
  question.addEventListener("change", (event) => {
    const fits = event.target.value === question.dataset.answer;
    verdict.textContent = fits ? question.dataset.fits : question.dataset.fitsNot;
    if (fits) question.querySelector("details").open = true;
    if (!first.has(question)) first.set(question, fits);
    if (score) showScore();
  });
}

function showScore() {
  const words = {
    answered: first.size,
    all: questions.length,
    right: [...first.values()].filter(Boolean).length,
  };
  score.querySelector("[role=status]").textContent = score.dataset.words.replace(
    /\{(\w+)\}/g,
    (_, name) => words[name],
  );
}

if (score) {
  score.hidden = false;
  score.querySelector("button").addEventListener("click", () => {
    for (const question of questions) {
      for (const choice of question.querySelectorAll("input")) choice.checked = false;
      question.querySelector(".quiz-verdict").textContent = "";
      question.querySelector("details").open = false;
    }
    first.clear();
    showScore();
  });
  showScore();
}
