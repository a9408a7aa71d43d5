// Runs before the page is drawn: that there are scripts; the font of titles; light or dark, which is the reader's
// choice, else the system's.
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
  const forced = matchMedia("(forced-colors: active)"); // there the system's colors are the reader's choice
  const apply = () => {
    root.dataset.theme = (!forced.matches && stored()) || (system.matches ? "dark" : "light");
  };
  apply();
  root.dataset.scripts = "";
  if (location.protocol !== "file:") {
    // the font of titles, early; from disk it is there at once, and browsers refuse to ask for it twice
    const font = new URL("fonts/newsreader.woff2", document.currentScript.src).href;
    document.head.append(
      Object.assign(document.createElement("link"), {
        rel: "preload",
        as: "font",
        type: "font/woff2",
        crossOrigin: "",
        href: font,
      }),
    );
  }
  system.addEventListener("change", apply);
  forced.addEventListener("change", apply);
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
  });
})();
