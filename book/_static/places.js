/* Opens the county that an address names, and all of them at once. Without it each still opens by a tap. */
(() => {
  const open = () => {
    const line = document.getElementById(location.hash.slice(1));
    const fold = line?.closest(".place-counties > li, .place-elsewhere")?.querySelector("details");
    if (!fold) return;
    fold.open = true;
    line.scrollIntoView({ behavior: "instant" });
  };
  addEventListener("hashchange", open);
  open();

  const button = document.querySelector(".place-open");
  if (!button) return;
  const folds = document.querySelectorAll(".place-counties details");
  const words = [button.textContent, button.dataset.close];
  button.hidden = false;
  button.addEventListener("click", () => {
    const all = button.textContent === words[0];
    for (const fold of folds) fold.open = all;
    button.textContent = words[all ? 1 : 0];
  });
})();
