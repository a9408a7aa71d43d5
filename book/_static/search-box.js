// The search box of every page, and the box for a place on the start page: what fits while a reader types, with the
// answer itself. Each is a combobox with a list; without this file its form leads to search.html, or to the list of all
// places. book-page.js loads it when a reader first comes to a box.
(() => {
  const MOST = 8; // results shown; of places that bear the same name, more
  const MOST_ALIKE = 16;
  const LONGEST = 80; // letters of a question that are looked at
  const FEW_AGENCIES = 3; // that a county's answer names one by one
  const RANK = { state: 0, county: 1, city: 1, claim: 2, number: 3, term: 4, agency: 5 }; // the rest: 6
  const PLACES = ["state", "county", "city"];
  // How well something fits, the best first.
  const [SAME, BEGINS, WORDS, TEXT, NEAR] = [0, 1, 2, 3, 4];

  const root = document.documentElement.dataset.content_root;

  // ---- words and how alike they are

  /** Small letters and digits only, so that "St. John’s" is "saint johns", "1,001" is "1001" and "287(g)" is "287g". */
  const plain = (text) =>
    text
      .normalize("NFD")
      .toLowerCase()
      .replace(/(\d)[,.](?=\d{3}\b)/g, "$1")
      .replace(/(\d)\.(?=\d)/g, "$1_")
      .replace(/[\u0300-\u036f'’ʻ.]/g, "")
      .replace(/287\s*\(?g\b\)?/g, "287g")
      .replace(/[^a-z0-9_]+/g, " ")
      .replace(/\bsaint\b/g, "st")
      .trim();

  /** Whether one letter more, less, other, or exchanged with its neighbor makes one word of the other. */
  function near(one, other) {
    if (Math.abs(one.length - other.length) > 1 || Math.min(one.length, other.length) < 4) return false;
    let same = 0;
    while (same < one.length && one[same] === other[same]) same++;
    const [rest, left] = [one.slice(same), other.slice(same)];
    return (
      rest.slice(1) === left ||
      rest === left.slice(1) ||
      rest.slice(1) === left.slice(1) ||
      (rest[0] === left[1] && rest[1] === left[0] && rest.slice(2) === left.slice(2))
    );
  }

  const begun = (key, words) => words.every((word) => ` ${key}`.includes(` ${word}`));

  function nearly(key, words) {
    const own = key.split(" ");
    const odd = words.filter((word) => !own.some((mine) => mine.startsWith(word)));
    return odd.length === 1 && own.some((mine) => near(odd[0], mine));
  }

  // ---- what there is to find

  const loaded = new Map();

  /** Loads a file of the search once. */
  function load(name) {
    if (!loaded.has(name)) {
      const script = document.createElement("script");
      script.src = `${root}_static/${name}.js`;
      const done = new Promise((resolve, reject) => {
        script.addEventListener("load", resolve);
        script.addEventListener("error", reject);
      });
      loaded.set(name, done);
      document.head.append(script);
    }
    return loaded.get(name);
  }

  const found = { fixed: [], cities: new Map(), states: new Map(), said: new Map() };

  /** Everything but cities: each has kind, name, keys (as plain words), address, text(), and perhaps state and size. */
  function readIndex() {
    if (found.fixed.length) return;
    const { states, entries, said } = window.bookSearchIndex;
    for (const [code, name, page, answer, areas] of states) {
      const state = {
        kind: "state",
        name,
        keys: [plain(name), plain(code)],
        address: page,
        code,
        size: "z",
        text: () => answer,
      };
      state.areas = areas.map((area) => readArea(area, state));
      found.states.set(code.toLowerCase(), state).set(plain(name), state);
      found.fixed.push(
        state,
        ...state.areas.filter((area) => area.name),
        ...state.areas.flatMap((area) => area.agencies),
      );
    }
    const read = entries.map(([kind, name, text, address, numbers = []]) => {
      const keys = [plain(name)];
      const item = { kind, name, keys, address, numbers: numbers.map(plain), text: () => text };
      item.words = `${keys[0]} ${plain(text)}`;
      return item;
    });
    found.fixed.push(...read);
    for (const [words, at] of Object.entries(said))
      found.said.set(
        plain(words),
        at.map((place) => read[place]),
      );
  }

  function readArea([name, anchor, answer, size, agencies], state) {
    const { words } = window.bookSearchIndex;
    const address = anchor ? `${state.address}#${anchor}` : state.address;
    const kind = name.endsWith(" city") ? "city" : "county"; // some cities, most in Virginia, are in no county
    const area = { kind, name: `${name}, ${state.name}`, address, state, size, short: name };
    area.keys = [plain(name), plain(name).replace(/ (county|parish|borough|census area|municipality|city)$/, "")];
    area.agencies = agencies.map(([agency, agreements, printed = ""]) => ({
      kind: "agency",
      name: `${agency}, ${state.name}`,
      keys: [plain(agency), plain(printed)],
      address,
      state,
      text: () => agreements,
    }));
    const named = agencies.length <= FEW_AGENCIES ? agencies.map((agency) => agency[1]) : [];
    const own = answer || (anchor ? words.never : state.text());
    area.text = () => [own, ...named].join(" ");
    return area;
  }

  function readCities(letter) {
    if (found.cities.has(letter)) return;
    const { words } = window.bookSearchIndex;
    const cities = window.bookSearchCities[letter].split("|").map((city) => {
      const [name, size, code, place] = city.split(";");
      const state = found.states.get(code.toLowerCase());
      const area = state.areas[place];
      const text = () => `${words.lies_in.replace("{county}", area.short)} ${area.text()}`;
      return {
        kind: "city",
        name: `${name}, ${state.name}`,
        keys: [plain(name)],
        address: area.address,
        state,
        size,
        text,
      };
    });
    found.cities.set(letter, cities);
  }

  /** Loads what a question needs. */
  async function prepare(asked) {
    await load("search-index");
    readIndex();
    const first = withoutKind(plain(asked))[0];
    if (!first) return;
    const letter = /[a-z]/.test(first) ? first : "0";
    await load(`search-cities-${letter}`).then(
      () => readCities(letter),
      () => {},
    );
  }

  // ---- finding

  /** A question without such words as "city of" at its start. */
  function withoutKind(words) {
    const kinds = window.bookSearchIndex.words.before.split(",").map(plain);
    const kind = kinds.find((kind) => words.startsWith(`${kind} `));
    return kind ? words.slice(kind.length + 1) : words;
  }

  /** A question whose last words name a state, as what stands before and that state. */
  function inState(words) {
    for (const count of [3, 2, 1]) {
      if (words.length <= count) continue;
      const state = found.states.get(words.slice(-count).join(" "));
      if (state) return [words.slice(0, -count), state];
    }
    return null;
  }

  /** How well something fits the words; undefined if it does not. */
  function fit(item, words, joined) {
    if (item.keys.includes(joined) || item.numbers?.includes(joined)) return SAME;
    if (item.keys.some((key) => key.startsWith(joined))) return BEGINS;
    if (item.keys.some((key) => begun(key, words))) return WORDS;
    return item.words && begun(item.words, words) ? TEXT : undefined;
  }

  /** What fits best first, as {item, level}. */
  function search(asked, onlyPlaces) {
    const words = withoutKind(plain(asked.slice(0, LONGEST)))
      .split(" ")
      .filter(Boolean);
    if (words.join("").length < 2) return [];
    const cities = found.cities.get(/[a-z]/.test(words[0][0]) ? words[0][0] : "0") ?? [];
    const all = [...found.fixed, ...cities].filter(({ kind }) => !onlyPlaces || PLACES.includes(kind));
    const named = inState(words);
    const best = new Map();
    const keep = (item, level) => level < (best.get(item) ?? Infinity) && best.set(item, level);
    const look = (items, parts, how) => items.forEach((item) => keep(item, how(item, parts, parts.join(" "))));
    look(all, words, fit);
    if (named)
      look(
        all.filter((item) => item.state === named[1]),
        named[0],
        fit,
      );
    if (![...best.values()].some((level) => level < TEXT)) {
      const close = (item, parts) => (item.keys.some((key) => nearly(key, parts)) ? NEAR : undefined);
      look(all, words, close);
      if (named)
        look(
          all.filter((item) => item.state === named[1]),
          named[0],
          close,
        );
    }
    const meantBy = onlyPlaces ? [] : (found.said.get(words.join(" ")) ?? []);
    const said = meantBy.map((item) => ({ item, level: SAME, said: true }));
    const meant = new Set(said.map(({ item }) => item));
    const others = [...best].filter(([item]) => !meant.has(item)).map(([item, level]) => ({ item, level }));
    return [...said, ...others.sort(order)];
  }

  const rank = ({ kind }) => RANK[kind] ?? 6;
  const order = (one, other) =>
    one.level - other.level ||
    rank(one.item) - rank(other.item) ||
    (other.item.size ?? "").localeCompare(one.item.size ?? "") ||
    one.item.name.length - other.item.name.length;

  /** Of these, the places that bear just the name that was asked for. */
  const alike = (results) =>
    results.filter(({ item, level, said }) => !said && level === SAME && PLACES.includes(item.kind));

  /** Whether it is clear what is meant: one thing has this name or number, or a state's name is shared by counties. */
  function isSure(results) {
    if (results[0]?.said) return true;
    const same = results.filter(({ level }) => level === SAME).map(({ item }) => item);
    const meant = same[0]?.kind === "state" ? same.filter(({ kind }) => kind !== "county") : same;
    return new Set(meant.map(({ address }) => address)).size === 1;
  }

  // ---- the box

  function attach(form) {
    const input = form.querySelector("input[type=search]");
    form.querySelectorAll(".search-found, [role=status]").forEach((old) => old.remove()); // of a page saved whole
    const panel = Object.assign(document.createElement("div"), { className: "search-found", hidden: true });
    const note = Object.assign(document.createElement("p"), { className: "search-note" });
    const list = Object.assign(document.createElement("div"), { id: `${input.id}-options` });
    const status = Object.assign(document.createElement("p"), { className: "visually-hidden" });
    list.setAttribute("role", "listbox");
    status.setAttribute("role", "status");
    panel.append(note, list);
    form.append(panel, status);
    const set = (name, value) => input.setAttribute(`aria-${name}`, value);
    set("controls", list.id);
    const { all, none } = form.dataset; // of the box for a place
    const onlyPlaces = Boolean(all);

    let results = [];
    let shownFor = "";
    let marked = -1;

    function close() {
      panel.hidden = true;
      marked = -1;
      set("expanded", "false");
      input.removeAttribute("aria-activedescendant");
    }

    function option(kind, name, text, href, number) {
      const link = document.createElement("a");
      link.id = `${list.id}-${number}`;
      link.setAttribute("role", "option");
      link.setAttribute("aria-selected", "false");
      link.tabIndex = -1;
      link.href = href;
      for (const [part, words] of Object.entries({ kind, name, text })) {
        if (!words) continue;
        const span = document.createElement("span");
        span.className = `search-${part}`;
        span.textContent = words;
        link.append(span, " ");
      }
      link.addEventListener("click", close);
      return link;
    }

    /** The last option: where else to look. */
    function elsewhere(asked, number) {
      if (onlyPlaces) return option("", all, "", form.action, number);
      const { words } = window.bookSearchIndex;
      const address = `${root}search.html?${new URLSearchParams({ q: asked })}`;
      return option(
        "",
        words.all.replace("{words}", () => asked),
        "",
        address,
        number,
      );
    }

    /** What is said above the results. */
    function noteFor(asked, asks) {
      const { words } = window.bookSearchIndex;
      if (!results.length) return none ?? words.none;
      if (asks) return inState(plain(asked).split(" ")) ? words.several_there : words.several;
      return results[0].level === NEAR ? words.near : "";
    }

    function show() {
      const { kinds, words } = window.bookSearchIndex;
      const asked = input.value.trim().slice(0, LONGEST);
      if (plain(asked).length < 2) return close();
      results = search(asked, onlyPlaces);
      const same = alike(results);
      const asks = same.length > 1 && same[0] === results[0];
      const shown = results.slice(0, asks ? Math.min(Math.max(MOST, same.length), MOST_ALIKE) : MOST);
      const say = (message) => message.replace("{n}", same.length).replace("{words}", () => asked);
      note.textContent = say(noteFor(asked, asks));
      note.hidden = !note.textContent;
      list.setAttribute("aria-label", words.options);
      list.replaceChildren(
        ...shown.map(({ item }, number) =>
          option(kinds[item.kind], item.name, item.text(), root + item.address, number),
        ),
        elsewhere(asked, shown.length),
      );
      marked = -1;
      input.removeAttribute("aria-activedescendant");
      panel.hidden = false;
      list.scrollTop = 0;
      set("expanded", "true");
      if (onlyPlaces) panel.scrollIntoView({ block: "nearest" });
      status.textContent =
        note.textContent ||
        words.found
          .replace("{n}", results.length)
          .replace("{name}", () => `${shown[0].item.name}. ${shown[0].item.text()}`);
    }

    function mark(number) {
      const options = [...list.children];
      marked = (number + options.length) % options.length;
      options.forEach((link, place) => link.setAttribute("aria-selected", String(place === marked)));
      set("activedescendant", options[marked].id);
      options[marked].scrollIntoView({ block: "nearest" });
    }

    /** Loads what the question needs, and shows what fits if it is still the question. */
    async function answer() {
      const asked = input.value;
      await prepare(asked);
      if (asked !== input.value || document.activeElement !== input) return;
      shownFor = asked;
      show();
    }

    // Where a file cannot be loaded, which is no Error, the form still leads to search.html.
    const update = () =>
      answer().catch((error) => {
        if (error instanceof Error) throw error;
      });

    /** Enter opens what is marked, or what is meant if that is clear; else the reader is asked. */
    async function enter(event) {
      if (!plain(input.value)) return;
      event.preventDefault();
      if (panel.hidden || shownFor !== input.value) await update();
      if (panel.hidden || (marked < 0 && !results.length && !onlyPlaces)) form.submit();
      else if (marked >= 0 || isSure(results)) list.children[Math.max(0, marked)].click();
      else status.textContent = `${note.textContent} ${window.bookSearchIndex.words.choose}`;
    }

    const keys = {
      ArrowDown: (event) => (event.preventDefault(), panel.hidden ? update() : mark(marked + 1)),
      ArrowUp: (event) => (event.preventDefault(), panel.hidden ? update() : mark(marked < 0 ? -1 : marked - 1)),
      Enter: enter,
      Escape: (event) => panel.hidden || (event.preventDefault(), close()),
    };
    input.addEventListener("keydown", (event) => {
      if (!event.isComposing && Object.hasOwn(keys, event.key)) keys[event.key](event);
    });
    input.addEventListener("focus", update);
    input.addEventListener("input", update);
    form.addEventListener("submit", (event) => {
      if (!onlyPlaces) return;
      input.focus();
      enter(event);
    });
    panel.addEventListener("mousedown", (event) => event.preventDefault()); // the box keeps the focus
    form.addEventListener("focusout", (event) => form.contains(event.relatedTarget) || close());
    if (document.activeElement === input) update(); // what was typed before this file came
  }

  document.querySelectorAll("form:is(.place-form, .search-box)").forEach(attach);
})();
