// The bar: its panels close by Escape, by a choice and by a click elsewhere, and a line shows how far a reader is. A
// link to something inside a closed box opens the box. Paper: all of the page, or its text without sources and tables.
(() => {
  const root = document.documentElement;
  const panels = [...document.querySelectorAll(".top details")];

  const close = (but) => {
    for (const panel of panels) if (panel !== but) panel.open = false;
  };
  for (const panel of panels) {
    panel.addEventListener("toggle", () => {
      if (!panel.open) return;
      close(panel);
      panel.querySelector(".current")?.scrollIntoView({ block: "nearest" });
    });
    panel.addEventListener("focusout", ({ relatedTarget }) => {
      if (relatedTarget && !panel.contains(relatedTarget)) panel.open = false;
    });
  }
  document.addEventListener("keydown", ({ key }) => {
    const open = panels.find((panel) => panel.open);
    if (key !== "Escape" || !open) return;
    open.open = false;
    open.firstElementChild.focus();
  });
  document.addEventListener("click", ({ target }) => {
    const link = target.closest("a");
    if (link || !target.closest(".top details")) close();
    if (link?.hash && link.pathname === location.pathname) setTimeout(reveal);
  });

  function reveal() {
    close();
    const target = document.querySelector(":target") ?? document.getElementById(location.hash.slice(1).split("?")[0]);
    const folds = [];
    for (let at = target; at; at = at.parentElement) if (at.localName === "details" && !at.open) folds.push(at);
    for (const fold of folds) fold.open = true;
    if (folds.length) target.scrollIntoView();
  }
  addEventListener("hashchange", reveal);
  reveal();

  const progress = document.querySelector(".progress");
  const measure = () => {
    const rest = root.scrollHeight - innerHeight;
    progress.style.transform = `scaleX(${rest > 0 ? scrollY / rest : 0})`;
  };
  progress.hidden = false;
  addEventListener("scroll", () => requestAnimationFrame(measure), { passive: true });
  measure();

  // Browsers that cannot open boxes on paper by their styles have them opened, and closed again.
  let opened = [];
  addEventListener("beforeprint", () => {
    if (CSS.supports("selector(::details-content)")) return;
    opened = [...document.querySelectorAll("main details:not([open])")];
    for (const fold of opened) fold.open = true;
  });
  addEventListener("afterprint", () => {
    for (const fold of opened) fold.open = false;
    opened = [];
    delete root.dataset.print;
  });
  // What needs a web server is not offered to those who opened the book from a disk.
  for (const part of document.querySelectorAll("[data-served]")) part.hidden = location.protocol === "file:";
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      root.dataset.print = button.dataset.print;
      print();
    });
  }
})();
