// Light or dark: the reader's choice, else the system's. Runs before the page is drawn.
(() => {
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");
  const stored = () => {
    try {
      return localStorage.getItem("theme");
    } catch {
      return null;
    } // storage can be switched off
  };
  const apply = () => {
    root.dataset.theme = stored() || (system.matches ? "dark" : "light");
  };
  apply();
  system.addEventListener("change", apply);
  document.addEventListener("DOMContentLoaded", () => {
    const button = document.querySelector(".theme-switch");
    const label = button.querySelector(".theme-switch-label");
    const name = () => {
      label.textContent = root.dataset.theme === "dark" ? button.dataset.light : button.dataset.dark;
    };
    button.hidden = false;
    button.addEventListener("click", () => {
      root.dataset.theme = root.dataset.theme === "dark" ? "light" : "dark";
      try {
        localStorage.setItem("theme", root.dataset.theme);
      } catch {
        /* the choice lasts for this page */
      }
      name();
    });
    system.addEventListener("change", name);
    name();
    // Beside the text the contents stand open; browsers that can do that in CSS need no help.
    const menu = document.querySelector(".menu-fold"); // slides have none
    if (menu && !CSS.supports("selector(::details-content)")) {
      menu.open = matchMedia("(min-width: 64rem)").matches;
    }
    // The contents are longer than most screens: the page that is open stays in sight among them.
    // No frame is drawn before the styles are there, which may be later than the text.
    requestAnimationFrame(() => {
      const contents = document.querySelector(".menu");
      const here = contents?.querySelector(".menu-pages a.current");
      if (here) contents.scrollTop = here.offsetTop + here.offsetHeight / 2 - contents.clientHeight / 2;
    });
  });
})();
