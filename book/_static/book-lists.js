// Long lists: their parts are folded, and the field above the first shows only the entries that hold all words typed.
(() => {
  const parts = [...document.querySelectorAll("details.listed")];
  const entries = parts.flatMap((part) => [...part.querySelectorAll(":is(ul, ol) > li, tbody > tr, dl > div")]);
  const words = entries.map((entry) => entry.textContent.toLowerCase());
  const field = document.getElementById("list-filter");
  const status = document.querySelector(".listed-filter [role=status]");

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
    status.textContent = asked.length
      ? status.dataset.shown.replace("{n}", fits.length).replace("{all}", entries.length)
      : "";
  });

  const target = document.querySelector(":target");
  for (const part of parts) part.open = part.contains(target);
  document.documentElement.dataset.folded = "";
  target?.scrollIntoView();
})();
