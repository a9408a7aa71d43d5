// Every agreement ever listed: search as you type with an answer in one line, folded filters, and cards that say in
// words what an agreement allows.

import { button, documentLinks, newId, node } from "../kit/elements.js";
import { DAY, dayOf, formatDate, say } from "../kit/format.js";
import { explorer } from "../kit/frame.js";
import { aboutState, bookLink, placePath } from "../kit/places.js";
import { unpackRows } from "../kit/rows.js";
import settings from "./spec.json" with { type: "json" };

const FILTERS = ["state", "model", "status", "kind", "year"];
const TABLE_BATCH = 50; // rows of the table for each batch of cards
const FEW = 3; // agencies that the answer for a county names one by one
const MOST_COUNTIES = 12; // of one name, that a reader chooses from

// ---------------------------------------------------------------- search

// Capitals and accents make no difference; all other marks become an apostrophe, all white space a space.
function fold(text) {
  if (/^[\x20-\x7e]*$/.test(text)) return text.toLowerCase(); // nearly every text, and much faster
  return text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/\s/g, " ")
    .replace(/[^\p{L}\p{N} ]/gu, "'")
    .toLowerCase();
}

// Punctuation is read in two ways, so that "sheriff's" is found as "sheriffs" and "Miami-Dade" as "miami dade".
const joined = (folded) => folded.replace(/[\x21-\x2f\x3a-\x60\x7b-\x7e]+/g, "");
const spaced = (folded) => folded.replace(/[\x20-\x2f\x3a-\x60\x7b-\x7e]+/g, " ").trim();

// Each word of the result has a space before it and one behind. `forms` are pairs of such texts.
function searchText(written, forms) {
  const folded = fold(written);
  let text = ` ${spaced(folded)} ${joined(folded)} `;
  for (const [short, long] of forms) {
    if (text.includes(long)) text += short;
    else if (text.includes(short)) text += long;
  }
  return text;
}

// Every word typed must begin a word of the text; a word with punctuation inside may also be found in its pieces.
function wordsTyped(search) {
  return fold(search)
    .split(/\s+/)
    .map((word) => ({
      typed: word,
      whole: ` ${joined(word)}`,
      pieces: spaced(word)
        .split(" ")
        .map((piece) => ` ${piece}`),
    }))
    .filter(({ whole }) => whole !== " ");
}

const hasWord = (text, { whole, pieces }) => text.includes(whole) || pieces.every((piece) => text.includes(piece));
const hasWholeWord = (text, { whole, pieces }) =>
  text.includes(`${whole} `) || pieces.every((piece) => text.includes(`${piece} `));

// ---------------------------------------------------------------- which agreements

// Made once for the data: the rows in each order, with what is searched.
const prepared = new WeakMap();
function all(view) {
  const { data } = view;
  if (!prepared.has(data)) {
    const rows = unpackRows(data.agreements);
    const newest = data.lists.at(-1)[0];
    const forms = Object.entries(data.short_forms).map((pair) => pair.map((form) => ` ${form} `));
    for (const row of rows) {
      row.names = [row.agency, row.agency_meant].filter(Boolean).join(" "); // as printed, and as meant
      row.county_placed = row.placed ?? row.county_meant ?? row.county;
      row.text = searchText(
        [row.names, row.county, row.county_meant, row.placed, data.states[row.state], row.state]
          .filter(Boolean)
          .join(" "),
        forms,
      );
      row.kind = row.agency_kind ?? "not_stated";
      row.year = row.signed?.slice(0, 4);
      row.place = `${row.state} ${row.agency}`;
      row.onWorkbook = row.first_listed <= data.workbook && row.last_listed >= data.workbook;
    }
    const newestFirst = (column) =>
      [...rows].sort((a, b) =>
        (a[column] ?? "") < (b[column] ?? "") ? 1 : (a[column] ?? "") > (b[column] ?? "") ? -1 : 0,
      );
    prepared.set(data, {
      newest,
      forms,
      ...placesByName(data.places),
      name: rows,
      signed: newestFirst("signed"),
      first_listed: newestFirst("first_listed"),
      vocabulary: null,
    });
  }
  return prepared.get(data);
}

const isListed = ({ status }) => status === "listed";

const tests = {
  state: (row, wanted) => row.state === wanted,
  model: (row, wanted) => row.model === wanted,
  kind: (row, wanted) => row.kind === wanted,
  year: (row, wanted) => row.year === wanted,
  status: (row, wanted) => (wanted === "workbook" ? row.onWorkbook : row.status === wanted),
};

function fitting(rows, typed, filters) {
  return rows.filter(
    (row) =>
      filters.every(([name, wanted]) => tests[name](row, wanted)) && typed.every((word) => hasWord(row.text, word)),
  );
}

// Those in force before those that left. Of both, first those with every word typed, as a whole, in the agency's name;
// then those with them in county or state; then those where a word typed only begins a longer one.
function bestFirst(rows, typed, forms) {
  const ranks = [[], [], []];
  for (const row of rows) {
    row.ownText ??= searchText(row.names, forms);
    const isIn = (text) => typed.every((word) => hasWholeWord(text, word));
    ranks[isIn(row.ownText) ? 0 : isIn(row.text) ? 1 : 2].push(row);
  }
  const inOrder = ranks.flat();
  return [...inOrder.filter(isListed), ...inOrder.filter((row) => !isListed(row))];
}

const filtersOf = (view) => FILTERS.map((name) => [name, view.get(name)]).filter(([, wanted]) => wanted !== "all");

// ---------------------------------------------------------------- which county

// "St. John's County" and "saint johns county" are one.
const plain = (text) =>
  fold(text)
    .replace(/['.]/g, "")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .replace(/\bsaint\b/g, "st")
    .trim();

const KIND = / (county|parish|borough|census area|municipality|city)$/; // what a county is called after its name

// Codes of states by name and by code, and counties by name, with and without what they are called after it. `city` is
// 2 if a city elsewhere in the state bears its bare name, 1 if one in another state does.
function placesByName(places) {
  const [states, counties] = [new Map(), new Map()];
  const add = (name, county) => counties.set(name, [...(counties.get(name) ?? []), county]);
  for (const [state, [name, , , inside]] of Object.entries(places)) {
    states.set(plain(name), state).set(state.toLowerCase(), state);
    for (const [county, city] of Object.entries(inside)) {
      const whole = plain(county);
      const bare = whole.replace(KIND, "");
      add(whole, { state, county, city: 0 });
      if (bare !== whole) add(bare, { state, county, city });
    }
  }
  return { states, counties };
}

// The counties that bear the name typed, in the state that is typed behind it or chosen; that state; and whether
// nothing but its name is typed.
function placesTyped(view) {
  const { states, counties } = all(view);
  const typed = plain(view.get("search"));
  const parts = typed.split(" ");
  const chosen = view.get("state") === "all" ? undefined : view.get("state");
  if (states.has(typed) && typed.length > 2)
    return { named: among(counties, parts), state: states.get(typed), alone: true };
  for (const last of [3, 2, 1]) {
    const state = parts.length > last && states.get(parts.slice(-last).join(" "));
    if (state) return { named: among(counties, parts.slice(0, -last), state), state };
  }
  return { named: among(counties, parts, chosen), state: chosen };
}

const among = (counties, parts, state) =>
  (counties.get(parts.join(" ")) ?? []).filter((county) => !state || county.state === state);

const isNarrowed = (view) => filtersOf(view).some(([name]) => name !== "state");

// The one county that is meant, undefined where it may be another one or a city elsewhere, or where filters are set.
function countyAsked(view) {
  const { named, state, alone } = placesTyped(view);
  const isOne = named.length === 1 && named[0].city < (state ? 2 : 1);
  return isOne && !alone && !isNarrowed(view) ? named[0] : undefined;
}

// The state whose name is all that is typed.
function stateAsked(view) {
  const { state, alone } = placesTyped(view);
  return alone && ["all", state].includes(view.get("state")) && !isNarrowed(view) ? { state } : undefined;
}

const placeAsked = (view) => countyAsked(view) ?? stateAsked(view);

const isOf = ({ state, county }, row) => row.state === state && (!county || row.county_placed === county);

const nameOf = (view, { state, county }) =>
  say(view.words.county_in_state, { county, state: view.data.places[state][0] });

// The same settings are asked for several times in one drawing.
const lastFound = new WeakMap();
function found(view) {
  const asked = [...FILTERS, "search", "sort"].map((name) => view.get(name)).join("\n");
  if (lastFound.get(view)?.asked !== asked) {
    const typed = wordsTyped(view.get("search"));
    const place = placeAsked(view);
    const { forms, ...orders } = all(view);
    const sort = view.get("sort");
    const inOrder = orders[sort] ?? orders.name;
    const fit = place ? inOrder.filter((row) => isOf(place, row)) : fitting(inOrder, typed, filtersOf(view));
    const rows = sort === "fit" ? bestFirst(fit, typed, forms) : fit;
    lastFound.set(view, { asked, rows, reason: rows.length ? null : reasonForNone(view) });
  }
  return lastFound.get(view).rows;
}

const batchSize = (view) => (view.get("view") === "table" ? TABLE_BATCH : view.data.batch);
const shown = (view) => found(view).slice(0, Number(view.get("batches")) * batchSize(view));

// Nothing is asked yet: no results, only examples.
const isStart = (view) =>
  !view.get("search").trim() && !filtersOf(view).length && view.get("sort") === "fit" && view.get("batches") === "1";

const agenciesOf = (rows) => new Set(rows.map(({ place }) => place)).size;

// ---------------------------------------------------------------- nothing found

// Words of the lists and how often each occurs.
function vocabulary(view) {
  const known = all(view);
  if (!known.vocabulary) {
    known.vocabulary = new Map();
    for (const { text } of known.name)
      for (const word of text.split(" ")) if (word) known.vocabulary.set(word, (known.vocabulary.get(word) ?? 0) + 1);
    for (const name of known.counties.keys())
      for (const word of name.split(" ")) known.vocabulary.set(word, known.vocabulary.get(word) ?? 0);
  }
  return known.vocabulary;
}

// The word of the lists that needs the fewest changed letters, at most two (one in a short word); of several the most
// frequent.
function nearest(view, typed) {
  const most = typed.length > 4 ? 2 : 1;
  let best = null;
  for (const [word, times] of vocabulary(view)) {
    if (Math.abs(word.length - typed.length) > most) continue;
    const far = distance(typed, word);
    if (far <= most && (!best || far < best.far || (far === best.far && times > best.times)))
      best = { word, far, times };
  }
  return best?.word;
}

// Letters changed, left out, added or exchanged with their neighbor.
function distance(from, to) {
  let [older, old] = [[], Array.from({ length: to.length + 1 }, (_, column) => column)];
  for (let row = 1; row <= from.length; row++) {
    const line = [row];
    for (let column = 1; column <= to.length; column++) {
      const change = from[row - 1] === to[column - 1] ? 0 : 1;
      line[column] = Math.min(old[column] + 1, line[column - 1] + 1, old[column - 1] + change);
      if (row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1]) {
        line[column] = Math.min(line[column], older[column - 2] + 1);
      }
    }
    [older, old] = [old, line];
  }
  return old[to.length];
}

// Why nothing fits: a word that no agreement has, filters, or words that never occur together.
function reasonForNone(view) {
  const typed = wordsTyped(view.get("search"));
  const rows = all(view).name;
  const unknown = typed.filter((word) => !rows.some(({ text }) => hasWord(text, word)));
  if (unknown.length) {
    const better = unknown.map(({ whole }) => nearest(view, whole.trim()));
    const search = typed.map((word) => (unknown.includes(word) ? better[unknown.indexOf(word)] : word.typed)).join(" ");
    return { unknown: unknown[0].typed, search: better.every(Boolean) ? search : "" };
  }
  return { withoutFilters: fitting(rows, typed, []).length };
}

const reason = (view) => found(view) && lastFound.get(view).reason;

// ---------------------------------------------------------------- words

function title(view) {
  const { words } = view;
  const n = found(view).length;
  const part = shown(view).length;
  if (isStart(view)) return view.get("guess") ? words.title_start : words.title_waiting;
  if (!n) return words.title_none;
  return part < n ? say(words.title_part, { shown: part, n }) : say(words.title, { n });
}

const counted = (words, rows) => ({
  agreements: say(words.agreements, { n: rows.length }),
  agencies: say(words.agencies, { n: agenciesOf(rows) }),
});

function sentence(view) {
  const { words, data } = view;
  const county = countyAsked(view);
  if (county) return answer(view, county);
  const rows = found(view);
  const asked = stateAsked(view);
  if (asked) return [data.places[asked.state][1], ...inCopy(view, rows)].join(" ");
  const search = view.get("search").trim();
  if (!rows.length) return [say(search ? words.none_search : words.none, { search }), reasonInWords(view)].join(" ");
  const narrowed = search || filtersOf(view).length;
  const template = search ? words.found_search : narrowed ? words.found : words.everything;
  const listed = rows.filter(isListed);
  const date = formatDate(all(view).newest, words);
  const left = rows.length - listed.length;
  return [
    say(template, { search, ...counted(words, rows) }),
    listed.length
      ? say(words.of_these, { date, listed: counted(words, listed).agreements, holders: agenciesOf(listed) })
      : say(words.none_listed, { date }),
    left ? say(words.have_left, { n: left }) : "",
  ]
    .filter(Boolean)
    .join(" ");
}

// What the lists have in a county: ICE's newest own list first, then another project's copy where it differs.
function answer(view, county) {
  const { words, data } = view;
  const rows = all(view).name.filter((row) => isOf(county, row));
  const own = rows.filter(({ onWorkbook }) => onWorkbook);
  const listed = rows.filter(isListed);
  const newest = formatDate(all(view).newest, words);
  const values = { place: nameOf(view, county), date: formatDate(data.workbook, words), newest };
  if (own.length) {
    const yes = say(words.county_yes, { ...values, held: held(view, county, own), rest: rest(view, own) });
    return [yes, ...inCopy(view, rows)].join(" ");
  }
  if (listed.length) return say(words.county_only_copy, { ...values, date: newest, held: held(view, county, listed) });
  const last = rows
    .map((row) => row.last_listed)
    .sort()
    .at(-1);
  if (last) return say(words.county_left, { ...values, last: formatDate(last, words) });
  return say(words.county_never, { ...values, first: formatDate(data.lists[0][0], words) });
}

// Who holds these agreements, one by one where they are few. An agency's name does not repeat that of its county.
function held(view, { county }, rows) {
  const { words } = view;
  const nameOfAgency = (row) => row.agency_meant ?? row.agency;
  const agencies = [...new Set(rows.map(nameOfAgency))];
  if (agencies.length > FEW) return say(words.held_by_many, counted(words, rows));
  return agencies
    .map((name) => {
      const agency = name.startsWith(`${county} `) ? name.slice(county.length + 1) : name;
      const models = rows.filter((row) => nameOfAgency(row) === name).map((row) => modelAndDate(view, row));
      return say(words.held, { agency, models: models.join(", ") });
    })
    .join("; ");
}

const modelAndDate = ({ words }, row) =>
  say(words.held_model, { model: words.model_short[row.model], date: dated(row.signed, words) });

// The models that none of these agreements follows.
function rest({ words }, rows) {
  const missing = Object.keys(words.model_short).filter((model) => !rows.some((row) => row.model === model));
  const models = missing.map((model) => words.model_short[model]).join(words.or);
  return missing.length ? say(words.rest_none, { models }) : words.rest_all;
}

// How many of these another project's newer copy of the list has, where it differs from ICE's own.
function inCopy(view, rows) {
  const { words } = view;
  const n = rows.filter(isListed).length;
  if (n === rows.filter(({ onWorkbook }) => onWorkbook).length) return [];
  const agreements = n ? say(words.agreements, { n }) : words.no_agreement;
  return [say(words.in_copy, { date: formatDate(all(view).newest, words), agreements })];
}

function reasonInWords(view) {
  const { words } = view;
  const { unknown, withoutFilters } = reason(view);
  if (unknown) return say(words.none_spelling, { word: unknown });
  return withoutFilters ? say(words.none_filters, { n: withoutFilters }) : words.none_together;
}

function source(view) {
  const { words, data } = view;
  const [newest, kind] = data.lists.at(-1);
  return [
    say(words.source, { first: formatDate(data.lists[0][0], words), last: formatDate(data.workbook, words) }),
    ...(kind === "transcript" ? [say(words.source_copy, { date: formatDate(newest, words) })] : []),
    say(words.source_rules, { date: formatDate(data.rules_checked, words) }),
    words.source_limits,
  ].join(" ");
}

// What ICE's list prints, and what it means where that is another name.
const withMeaning = (words, printed, meant) => (meant ? say(words.printed_and_meant, { printed, meant }) : printed);

const dated = (iso, words) => (iso ? formatDate(iso, words) : words.not_stated);

function standing(view, row) {
  const { words, data } = view;
  if (row.status === "listed") return say(words.is_listed, { date: formatDate(all(view).newest, words) });
  // or a later list of the same day
  const [next] = data.lists.find(([date]) => date > row.last_listed) ?? data.lists.at(-1);
  return say(words.has_left, { last: formatDate(row.last_listed, words), next: formatDate(next, words) });
}

function lastSeen(view, row) {
  const { words, data } = view;
  const [, kind] = data.lists.find(([date]) => date === row.last_listed);
  return say(words.seen_on[kind], { date: formatDate(row.last_listed, words) });
}

// Listed before the day of signing, or long after it although earlier lists are known.
function datesDoNotFit(row, oldest) {
  if (!row.signed || row.first_listed === oldest) return false;
  const days = (dayOf(row.first_listed) - dayOf(row.signed)) / DAY;
  return days < 0 || days > 300;
}

// ---------------------------------------------------------------- table and file

function table(view) {
  const { words, data } = view;
  const rows = shown(view).map((row) => ({
    cells: [
      withMeaning(words, row.agency, row.agency_meant),
      data.states[row.state],
      withMeaning(words, row.county, row.county_meant),
      words.model_names[row.model],
      words.kinds[row.kind],
      dated(row.signed, words),
      dated(row.first_listed, words),
      lastSeen(view, row),
      standing(view, row),
      row.document_url ? [[words.document_short, row.document_url]] : "",
    ],
  }));
  return { columns: words.columns, groups: rows.length ? [{ rows }] : [] };
}

function file(view) {
  const rows = found(view).map((row) => view.words.csv_columns.map((column) => row[column]));
  return { name: `287g-agreements-as-of-${all(view).newest}`, rows: [view.words.csv_columns, ...rows] };
}

// ---------------------------------------------------------------- controls

const FROM_THE_TOP = { batches: "1" };

// Whether an agreement is listed depends on the day of the list.
function option({ words, data }, trait, value) {
  if (trait !== "status") return null;
  const date = value === "workbook" ? data.workbook : data.lists.at(-1)[0];
  return say(words.status_options[value], { date: formatDate(date, words) });
}

// ---------------------------------------------------------------- results

function content(view) {
  if (isStart(view)) return examples(view);
  const rows = shown(view);
  return node(
    "div",
    {},
    stateAsked(view) && rows.length ? aboutOf(view, stateAsked(view).state) : null,
    countyAsked(view) ? null : whichCounty(view),
    rows.length
      ? node(
          "ol",
          { class: "f-list", "aria-label": view.words.list_label },
          ...rows.map((row) => node("li", {}, card(view, row))),
        )
      : nothingFound(view),
  );
}

// A button that asks for something else. The search has the focus afterwards, because the button is gone.
const offer = (view, text, changes) =>
  button(
    {},
    ({ target }) => {
      target.closest(".explorer-frame").querySelector("[data-trait=search]").focus();
      view.set({ ...changes, ...FROM_THE_TOP });
    },
    text,
  );

const examples = (view) =>
  node("div", { class: "explorer-actions" }, ...view.words.examples.map((name) => offer(view, name, { search: name })));

// Where a name may be that of several counties, the reader is asked.
function whichCounty(view) {
  const { words } = view;
  const { named } = placesTyped(view);
  const n = named.length;
  if (!n) return null;
  const choices = n > MOST_COUNTIES ? [] : named.map((county) => nameOf(view, county));
  return node(
    "div",
    { class: "f-which" },
    node("p", {}, say(choices.length ? words.which : words.which_of_many, { n })),
    named.some(({ city }) => city) ? node("p", { class: "f-aside" }, words.which_city) : null,
    node("div", { class: "explorer-actions" }, ...choices.map((name) => offer(view, name, { search: name }))),
  );
}

function card(view, row) {
  const { words, data } = view;
  const heading = newId("explorer-agreement");
  const kind = words.kinds[row.kind];
  const oldest = data.lists[0][0];
  const first = formatDate(row.first_listed, words);
  return node(
    "article",
    { class: `f-card f-${row.model}`, "aria-labelledby": `${heading} ${heading}-model` },
    node(
      "div",
      {},
      node(
        "h4",
        { id: heading, tabindex: "-1" },
        say(words.place, { agency: withMeaning(words, row.agency, row.agency_meant), state: data.states[row.state] }),
      ),
      node("p", { class: `f-standing f-${row.status}` }, standing(view, row)),
      node(
        "p",
        { class: "f-kind" },
        kindAndCounty(view, row, kind),
        ...after(" · ", placeLink(view, row.state, row.county_placed)),
      ),
      node(
        "p",
        {},
        node("strong", { id: `${heading}-model` }, `${words.model_names[row.model]}.`),
        ` ${words.allows[row.model]} `,
        modelLink(view, row),
      ),
    ),
    node(
      "div",
      {},
      node(
        "dl",
        { class: "f-dates" },
        ...term(words.signed, dated(row.signed, words)),
        ...term(words.first, row.first_listed === oldest ? say(words.oldest, { date: first }) : first),
        ...term(words.last, lastSeen(view, row)),
      ),
      datesDoNotFit(row, oldest) ? node("p", { class: "f-aside" }, words.dates_do_not_fit) : null,
      node(
        "p",
        { class: "f-aside" },
        ...(row.document_url
          ? documentLinks([[say(words.document, { host: hostOf(row.document_url) }), row.document_url]])
          : [words.no_document]),
      ),
    ),
  );
}

// Not every document is at ICE: a link says where it leads.
function hostOf(address) {
  try {
    return new URL(address).hostname.replace(/^www\./, "");
  } catch {
    return address;
  }
}

const term = (name, value) => [node("dt", {}, name), node("dd", {}, value)];

const after = (mark, link) => (link ? [mark, link] : []);

function kindAndCounty({ words }, row, kind) {
  if (row.county) return say(words.kind_in_county, { kind, county: withMeaning(words, row.county, row.county_meant) });
  return row.county_placed ? say(words.kind_by_name, { kind, county: row.county_placed }) : kind;
}

function modelLink(view, row) {
  const { words } = view;
  const hidden = node("span", { class: "f-hidden" }, `: ${words.model_names[row.model]}`);
  return bookLink(view, view.data.model_pages[row.model], words.more_about, hidden);
}

// To the county on the page of its state, or to that page.
function placeLink(view, state, county) {
  const [name, , , inside, page] = view.data.places[state];
  const known = Object.hasOwn(inside, county ?? "");
  const place = known ? nameOf(view, { state, county }) : name;
  return bookLink(view, placePath(page, known ? county : ""), say(view.words.about_place, { place }));
}

function aboutOf(view, state) {
  const [name, , , , page] = view.data.places[state];
  return aboutState(view, name, page);
}

// The answer for the state, unless the sentence has it, and its rule.
function knownOfState(view, { state, county }, isSaid) {
  const [, ofState, rule] = view.data.places[state];
  return [...(isSaid ? [] : [ofState, " "]), rule, ...after(" ", placeLink(view, state, county))];
}

// What is known where nothing fits, and what a reader can do.
function nothingFound(view) {
  const { words, data } = view;
  const { withoutFilters, search } = reason(view);
  const { state, alone } = placesTyped(view);
  const place = placeAsked(view) ?? { state };
  const noFilters = Object.fromEntries(FILTERS.map((name) => [name, "all"]));
  return node(
    "div",
    { class: "f-none" },
    place.state ? node("p", {}, ...knownOfState(view, place, alone)) : null,
    node(
      "p",
      {},
      say(words.none_means, {
        first: formatDate(data.lists[0][0], words),
        last: formatDate(all(view).newest, words),
      }),
      placeAsked(view) ? "" : ` ${words.none_city}`,
    ),
    node(
      "div",
      { class: "explorer-actions" },
      search && !placeAsked(view) ? offer(view, say(words.try_spelling, { search }), { search }) : null,
      withoutFilters ? offer(view, words.remove_filters, noFilters) : null,
      view.get("search") ? offer(view, words.clear_search, { search: "" }) : null,
    ),
  );
}

function notes(view) {
  const more = found(view).length - shown(view).length;
  if (!more || (isStart(view) && view.get("view") === "picture")) return [];
  const text = say(view.words.show_more, { n: Math.min(more, batchSize(view)) });
  const press = ({ target }) => showMore(view, target.closest(".explorer-frame"));
  return [node("div", { class: "explorer-actions f-more" }, button({}, press, text))];
}

// The reader goes on at the first result that is new.
function showMore(view, frame) {
  const before = shown(view).length;
  view.set({ batches: String(Number(view.get("batches")) + 1) });
  if (view.get("view") === "picture") frame.querySelectorAll(".f-card h4")[before].focus();
  else frame.querySelector(".explorer-scroll").focus();
}

export default explorer({
  settings,
  sentenceFirst: true,
  title,
  option,
  content,
  notes,
  sentence,
  table,
  source,
  file,
});
