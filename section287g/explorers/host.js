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

  // Every text of the view without scripts, and the address of every document, in their order, as in shown.py. Marks of
  // a quotation's language are put in later and part no text.
  function textsOf(still) {
    const copy = still.cloneNode(true);
    for (const mark of copy.querySelectorAll("span[lang]")) mark.replaceWith(...mark.childNodes);
    copy.normalize();
    const walker = document.createTreeWalker(copy, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    const texts = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const text = node.rel === "noreferrer" ? node.getAttribute("href") : node.nodeValue?.trim();
      if (text) texts.push(text);
    }
    return texts;
  }

  // What the view without scripts holds is not sent again: { $: its place there }.
  function valuesOf(section) {
    const texts = textsOf(section.querySelector(":scope > .explorer-still"));
    const fill = (_, value) => (value?.$ === undefined ? value : texts[value.$]);
    return JSON.parse(section.querySelector("script.explorer-data").textContent, fill);
  }

  function bringToLife(section) {
    const values = valuesOf(section);
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
