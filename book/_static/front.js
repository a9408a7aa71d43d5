/* The box for a place on the start page: its names are loaded when it is first used. Nothing typed leaves the page. */
(() => {
  const form = document.querySelector(".place-form");
  const input = form.querySelector("input");
  const found = form.querySelector(".place-found");
  const options = form.querySelector("datalist");
  const MOST = 10;
  let entries;

  // "St. Louis" and "Saint Louis", "Doña" and "Dona" are one.
  const plain = (text) =>
    text
      .normalize("NFKD")
      .replace(/\p{M}/gu, "")
      .toLowerCase()
      .replace(/\bsaint\b/g, "st")
      .replace(/[.']/g, "")
      .replace(/[^a-z0-9]+/g, " ")
      .trim();

  // { name, short, address, county }: states first, then counties, then cities, larger ones first.
  function listEntries(places) {
    const entry = ([state, page], short, anchor, county) => ({
      name: short === state && !anchor ? state : `${short}, ${state}`,
      short,
      county,
      address: `${form.dataset.places}${page}.html${anchor ? `#${anchor}` : ""}`,
    });
    const states = places.states.map((state) => entry(state, state[0]));
    const counties = places.states.flatMap((state) => state[2].map(([name, anchor]) => entry(state, name, anchor)));
    const cities = places.cities.map(([name, place, inside]) => {
      const state = places.states[place];
      const [county, anchor] = state[2][inside];
      return entry(state, name, anchor, county);
    });
    return [...states, ...counties, ...cities].map((entry) => ({
      ...entry,
      plainName: plain(entry.name),
      plainShort: plain(entry.short),
    }));
  }

  const ready = new Promise((resolve) => {
    const load = () => {
      const script = document.createElement("script");
      script.src = form.dataset.names;
      script.addEventListener("load", () => {
        entries = listEntries(window.section287gPlaces);
        resolve();
      });
      document.head.append(script);
    };
    input.addEventListener("focus", load, { once: true });
  });

  // Every typed word begins a word of the name.
  function fitting(typed) {
    const words = plain(typed).split(" ");
    if (!words[0]) return [];
    return entries.filter(({ plainName }) => words.every((word) => ` ${plainName}`.includes(` ${word}`)));
  }

  const exact = (typed) =>
    entries.filter(({ plainName, plainShort }) => [plainName, plainShort].includes(plain(typed)));

  const link = ({ name, address, county }) => {
    const made = document.createElement("a");
    made.href = address;
    made.textContent = county ? form.dataset.city.replace("{city}", name).replace("{county}", county) : name;
    return made;
  };

  function answer(typed) {
    const same = exact(typed);
    const fit = same.length ? same : fitting(typed);
    if (fit.length === 1) {
      location.href = fit[0].address;
      return;
    }
    const list = document.createElement("ul");
    for (const entry of fit.slice(0, MOST)) {
      const item = document.createElement("li");
      item.append(link(entry));
      list.append(item);
    }
    const all = document.createElement("a");
    all.href = form.action;
    all.textContent = form.dataset.all;
    if (fit.length) found.replaceChildren(form.dataset.several, list);
    else found.replaceChildren(`${form.dataset.none} `, all, ".");
  }

  input.addEventListener("input", () => {
    if (!entries) return;
    const fit = fitting(input.value).slice(0, MOST);
    options.replaceChildren(...fit.map(({ name }) => new Option(name, name)));
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!input.value.trim()) return;
    await ready;
    answer(input.value);
  });
})();
