// The bar: its panels close by Escape, by a choice and by a click elsewhere, and a line shows how far a reader is. A
// link to something inside a closed box opens the box. Boxes for a search come alive when a reader comes to one, by "/"
// too. Paper: all of the page, or its text without sources and tables.
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

  let search; // a promise while it is on its way, null when it is there
  function loadSearch() {
    if (search !== undefined) return search;
    const script = document.createElement("script");
    script.src = `${root.dataset.content_root}_static/search-box.js`;
    search = new Promise((resolve, reject) => {
      script.addEventListener("load", () => resolve((search = null)));
      script.addEventListener("error", reject);
    });
    search.catch(() => {}); // the form still leads to search.html
    document.head.append(script);
    return search;
  }
  for (const box of document.querySelectorAll("form:is(.search-box, .place-form) input[type=search]")) {
    box.setAttribute("role", "combobox");
    box.setAttribute("aria-autocomplete", "list");
    box.setAttribute("aria-expanded", "false");
    box.addEventListener("focus", loadSearch);
    // A reader who is faster than the file is answered when it is there.
    box.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.isComposing || !loadSearch()) return;
      event.preventDefault();
      const again = new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true });
      loadSearch().then(
        () => box.dispatchEvent(again) && box.form.requestSubmit(),
        () => box.form.submit(),
      );
    });
  }
  /** The reader may switch the key off, see slash-key.js. */
  function isSlashOff() {
    try {
      return localStorage.getItem("slash") === "off";
    } catch {
      return false; // storage can be switched off
    }
  }
  const searchBox = document.querySelector(".search-box input");
  if (!isSlashOff()) searchBox.setAttribute("aria-keyshortcuts", "/");
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || isSlashOff() || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    event.preventDefault();
    searchBox.focus();
  });

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
