// Brings the explorers of a book page to life without a kernel: gives each module a model made from the data in the
// page.
// A classic script, because module scripts do not load from a page opened from disk.
(() => {
  function makeModel(values) {
    const listeners = new Map();
    return {
      get: (name) => values[name],
      set(name, value) {
        if (values[name] === value) return;
        values[name] = value;
        for (const call of listeners.get(`change:${name}`) ?? []) call();
      },
      on: (event, call) => listeners.set(event, [...(listeners.get(event) ?? []), call]),
      off: (event, call) =>
        listeners.set(
          event,
          (listeners.get(event) ?? []).filter((other) => other !== call),
        ),
      save_changes() {},
    };
  }

  function bringToLife(section) {
    const values = JSON.parse(section.querySelector("script.explorer-data").textContent);
    section.querySelector(":scope > .explorer-live")?.remove(); // in a page that was saved while it was alive
    const place = document.createElement("div");
    place.className = "explorer-live";
    section.append(place);
    window.section287gExplorers[section.dataset.explorer].render({ model: makeModel(values), el: place });
    section.dataset.ready = "";
  }

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("section.explorer[data-explorer]").forEach(bringToLife);
  });
})();
