// The notes of a section, with its links to sources and into explorers, are one stop of the Tab key; so are entries of
// a list that names in data-one-stop which they are. The arrow keys go from one to the next, and a line at the edge of
// the screen says so. Without this file each is a stop.
(() => {
  const AMONG = '.noted > .noted-text, .cited, a[href*="#explorer-"], a[href^="#source-"]';
  const main = document.querySelector("body:not(.deck) main");
  if (!main) return;
  const named = document.getElementById(location.hash.slice(1)); // by the address
  const isSeen = (stop) => stop.getClientRects().length > 0;

  function joinStops(stops) {
    const stopAt = (one) => stops.forEach((stop) => (stop.tabIndex = stop === one ? 0 : -1));
    stopAt(stops.find((stop) => named?.contains(stop)) ?? stops.find(isSeen) ?? stops[0]);
    for (const stop of stops) {
      stop.setAttribute("aria-describedby", hint.id);
      stop.addEventListener("focus", () => {
        stopAt(stop);
        hint.hidden = !stop.matches(":focus-visible");
      });
      stop.addEventListener("blur", () => (hint.hidden = true));
      stop.addEventListener("keydown", (event) => {
        const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
        const seen = stops.filter(isSeen);
        const next = step && seen[seen.indexOf(stop) + step];
        if (!next) return;
        event.preventDefault();
        next.focus();
      });
    }
  }

  const hint = Object.assign(document.createElement("p"), {
    id: "arrows-hint",
    className: "arrows-hint",
    hidden: true,
  });
  hint.textContent = main.dataset.arrows;
  document.getElementById(hint.id)?.remove(); // of a page saved whole
  main.append(hint);

  const groups = [...main.querySelectorAll("[data-one-stop]")].map((list) => [
    ...list.querySelectorAll(list.dataset.oneStop),
  ]);
  const sections = new Map();
  for (const stop of main.querySelectorAll(AMONG)) {
    if (stop.closest(".note-box, details, .explorer, [data-one-stop]")) continue;
    const section = stop.closest("article > section > section") ?? stop.closest("section");
    sections.set(section, [...(sections.get(section) ?? []), stop]);
  }
  for (const stops of [...groups, ...sections.values()]) if (stops.length > 1) joinStops(stops);
})();
