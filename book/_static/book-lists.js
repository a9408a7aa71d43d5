// Long lists: their parts are folded, and a field above the first shows only the entries that hold all words typed.
(() => {
  const parts = [...document.querySelectorAll("details.listed")];
  const entries = parts.flatMap((part) => [...part.querySelectorAll(":is(ul, ol) > li, tbody > tr, dl > div")]);
  const words = entries.map((entry) => entry.textContent.toLowerCase());
  const { filter, shown } = parts[0].dataset;

  const field = Object.assign(document.createElement("input"), { type: "search", autocomplete: "off" });
  const label = document.createElement("label");
  const status = document.createElement("p");
  label.className = status.className = "listed-filter";
  label.append(filter, " ", field);
  status.setAttribute("role", "status");
  parts[0].before(label, status);

  field.addEventListener("input", () => {
    const asked = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    entries.forEach((entry, place) => {
      entry.hidden = !asked.every((word) => words[place].includes(word));
    });
    const fits = entries.filter((entry) => !entry.hidden);
    for (const part of parts) {
      const any = fits.some((entry) => part.contains(entry));
      part.open = asked.length > 0 && any;
      part.hidden = !any;
    }
    status.textContent = asked.length ? shown.replace("{n}", fits.length).replace("{all}", entries.length) : "";
  });

  const target = document.querySelector(":target");
  for (const part of parts) part.open = part.contains(target);
  document.documentElement.dataset.folded = "";
  target?.scrollIntoView();
})();
