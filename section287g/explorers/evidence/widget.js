// Studies on 287(g) and near it: a grid with one mark for each study, by question and direction, and a card for the one
// that is open.

const ANY = "any";

// ---------------------------------------------------------------- which studies

const valuesOf = (study, menu) => [study[menu]].flat();

function passing(view) {
  const wanted = view.get("search").toLowerCase().split(/\s+/).filter(Boolean);
  const menus = Object.keys(view.data.menus).filter((menu) => view.get(menu) !== ANY);
  return view.data.studies.filter(
    (study) =>
      menus.every((menu) => valuesOf(study, menu).includes(view.get(menu))) &&
      wanted.every((word) => searchText(view, study).includes(word)),
  );
}

// Rows of the grid, [topic, studies in the order of their directions]. A study of several topics stands under the
// chosen one, else
// under its main one.
function rowsOf(view) {
  const studies = passing(view);
  const chosen = view.get("topic");
  const under = (study) => (chosen === ANY ? study.topic[0] : chosen);
  const { topic, direction } = view.data.menus;
  return topic
    .map((name) => [
      name,
      direction.flatMap((way) => studies.filter((study) => under(study) === name && study.direction === way)),
    ])
    .filter(([, row]) => row.length);
}

const shownOf = (rows) => rows.flatMap(([, studies]) => studies);

const searchTexts = new WeakMap();
function searchText(view, study) {
  if (!searchTexts.has(study)) {
    const { words } = view;
    const topics = study.topic.map((name) => words.topics[name]);
    const parts = [
      study.authors,
      study.year,
      study.title,
      study.venue,
      study.studied,
      study.question,
      study.data,
      study.finding,
      study.limits,
      ...topics,
    ];
    searchTexts.set(study, parts.join(" ").toLowerCase());
  }
  return searchTexts.get(study);
}

// The study whose card is open: the chosen one, or the first shown where that one is not.
const openedOf = (view, shown) => shown.find(({ id }) => id === view.get("study")) ?? shown[0];

// ---------------------------------------------------------------- words

// Dates of texts may be days, months or years, with words around them.
function written(date, words) {
  return date.replace(/\b(\d{4})-(\d\d)(-\d\d)?\b/g, (iso, year, month, day) =>
    day ? formatDate(iso, words) : `${words.months[Number(month) - 1]} ${year}`,
  );
}

const nameOf = (view, { authors, year }) => say(view.words.study, { authors: shortAuthors(authors), year });

// The first of several authors is enough to know a study by.
const shortAuthors = (authors) => authors.split("; ")[0];

function howFar(view, study) {
  const how = view.words.reads[study.read];
  return study.level === study.read ? how : say(view.words.read_detail, { how, detail: study.level });
}

function sentence(view) {
  const { words, data } = view;
  const shown = shownOf(rowsOf(view));
  const all = data.studies.length;
  const search = view.get("search").trim();
  const searched = search ? say(words.searched, { search }) : "";
  if (!shown.length) return [say(words.none_shown, { all }), searched].filter(Boolean).join(" ");
  const found = Object.fromEntries(
    data.menus.direction.map((way) => [way, shown.filter(({ direction }) => direction === way).length]),
  );
  return [
    say(words.shown, { n: shown.length, all, peer: shown.filter(({ peer }) => peer === "yes").length }),
    say(words.by_direction, found),
    searched,
    say(words.open, { study: nameOf(view, openedOf(view, shown)) }),
  ]
    .filter(Boolean)
    .join(" ");
}

function source(view) {
  const { words, data } = view;
  return say(words.source, {
    n: Object.keys(data.sources).length,
    date: written(data.newest, words),
    checked: written(data.checked, words),
  });
}

function table(view) {
  const { words } = view;
  const open = openedOf(view, shownOf(rowsOf(view)));
  return {
    columns: words.columns,
    groups: rowsOf(view).map(([topic, studies]) => ({
      title: words.topics[topic],
      rows: studies.map((study) => ({ cells: tableCells(view, study), current: study === open })),
    })),
  };
}

function tableCells(view, study) {
  const { words } = view;
  const { title, url } = view.data.sources[study.source];
  return [
    say(words.study, study),
    study.title,
    study.venue,
    study.studied,
    study.question,
    study.data,
    study.finding,
    study.limits,
    words.directions[study.direction],
    words.stances[study.stance],
    words.peers[study.peer],
    howFar(view, study),
    [[title, url]],
  ];
}

function file(view) {
  const rows = shownOf(rowsOf(view)).map((study) => {
    const { title, publisher, date, url } = view.data.sources[study.source];
    return [
      study.id,
      study.authors,
      study.year,
      study.title,
      study.venue,
      study.studied,
      study.topic.join("; "),
      study.question,
      study.data,
      study.design,
      study.finding,
      study.limits,
      study.direction,
      study.stance,
      study.peer,
      study.level,
      study.read,
      study.source,
      title,
      publisher,
      date,
      url,
    ];
  });
  return { name: `287g-studies-as-of-${view.data.newest}`, rows: [view.words.csv_columns, ...rows] };
}

function controls(view) {
  const { words, data } = view;
  const count = (menu, value) => data.studies.filter((study) => valuesOf(study, menu).includes(value)).length;
  const menu = (trait, label, texts) => ({
    kind: "select",
    trait,
    label,
    options: [
      [ANY, words.any],
      ...data.menus[trait].map((value) => [value, say(words.option, { text: texts[value], n: count(trait, value) })]),
    ],
  });
  return [
    menu("topic", words.topic_label, words.topics),
    menu("program", words.program_label, words.programs),
    menu("design", words.design_label, words.designs),
    menu("direction", words.direction_label, words.directions),
    menu("peer", words.peer_label, words.peers),
    menu("read", words.read_label, words.reads),
    { kind: "search", trait: "search", label: words.search_label },
  ];
}

// ---------------------------------------------------------------- the view

function content(view) {
  const rows = rowsOf(view);
  const shown = shownOf(rows);
  const open = openedOf(view, shown);
  return node(
    "div",
    { class: "v-view" },
    key(view),
    open ? node("div", { class: "v-columns" }, grid(view, rows, shown, open), card(view, shown, open)) : null,
  );
}

// A mark: the outline says whether it was reviewed, the fill how far it was read. Shapes mean sides and models
// elsewhere, so all marks share one.
const mark = (peer, read) => node("span", { class: `v-mark v-peer-${peer} v-read-${read}`, "aria-hidden": "true" });

function key(view) {
  const { words, data } = view;
  const line = (label, items) =>
    node("div", {}, node("dt", {}, label), ...items.map(([sample, text]) => node("dd", {}, sample, text)));
  return node(
    "dl",
    { class: "v-key" },
    line(
      words.legend_shape,
      data.menus.peer.map((peer) => [mark(peer, "abstract"), words.peers[peer]]),
    ),
    line(
      words.legend_fill,
      data.menus.read.map((read) => [mark("yes", read), words.reads[read]]),
    ),
    line(
      words.legend_direction,
      data.menus.direction.map((way) => [null, words.directions_long[way]]),
    ),
  );
}

function choose(view, study) {
  if (study) view.set({ study: study.id });
}

// A list of which one entry is chosen, laid out as a grid: arrow keys move the choice.
function grid(view, rows, shown, open) {
  const { words, data } = view;
  const heads = data.menus.direction.map((way) => node("span", {}, words.directions[way]));
  const list = node(
    "div",
    { class: "v-grid", role: "listbox", "aria-label": words.grid_label },
    ...rows.map((row) => gridRow(view, row, open)),
  );
  list.addEventListener("click", ({ target }) => {
    const option = target.closest("[role=option]");
    if (!option) return;
    option.dataset.focus = "chosen"; // keeps the focus that the click gave it, so that arrow keys go on from here
    choose(
      view,
      shown.find(({ id }) => id === option.dataset.id),
    );
  });
  list.addEventListener("keydown", (event) => {
    const place = shown.indexOf(open);
    const next = {
      ArrowUp: place - 1,
      ArrowLeft: place - 1,
      ArrowDown: place + 1,
      ArrowRight: place + 1,
      Home: 0,
      End: shown.length - 1,
    }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    choose(view, shown[next]);
  });
  return node("div", {}, node("div", { class: "v-heads", "aria-hidden": "true" }, ...heads), list);
}

function gridRow(view, [topic, studies], open) {
  const heading = newId("explorer-topic");
  const cells = view.data.menus.direction.map((way) =>
    node(
      "div",
      { class: "v-cell" },
      ...studies.filter(({ direction }) => direction === way).map((study) => option(view, study, study === open)),
    ),
  );
  return node(
    "div",
    { role: "group", "aria-labelledby": heading },
    node("div", { class: "v-topic", id: heading, role: "presentation" }, view.words.topics[topic]),
    node("div", { class: "v-row" }, ...cells),
  );
}

function option(view, study, isOpen) {
  const { words } = view;
  const text = say(words.mark, {
    study: nameOf(view, study),
    title: study.title,
    direction: words.directions[study.direction],
    peer: words.peers[study.peer],
    read: words.reads[study.read],
  });
  return node(
    "div",
    {
      role: "option",
      "data-id": study.id,
      "aria-selected": String(isOpen),
      tabindex: isOpen ? "0" : "-1",
      "data-focus": isOpen ? "chosen" : null,
      "aria-label": text,
      title: text,
    },
    mark(study.peer, study.read),
  );
}

function card(view, shown, open) {
  const { words } = view;
  const { title, publisher, date, url } = view.data.sources[open.source];
  const place = shown.indexOf(open);
  const step = (text, by, name) => {
    const button = node(
      "button",
      { type: "button", "data-focus": name, "aria-disabled": shown[place + by] ? null : "true" },
      text,
    );
    button.addEventListener("click", () => choose(view, shown[place + by]));
    return button;
  };
  const heading = newId("explorer-study");
  const part = (name, ...about) => node("div", {}, node("dt", {}, words.parts[name]), node("dd", {}, ...about));
  return node(
    "article",
    { class: "v-card", "aria-labelledby": heading },
    node(
      "div",
      { class: "v-steps" },
      step(words.previous, -1, "previous"),
      node("span", {}, say(words.place, { number: place + 1, n: shown.length })),
      step(words.next, 1, "next"),
    ),
    node("h4", { id: heading }, open.title),
    node("p", { class: "v-about" }, say(words.published, open)),
    node(
      "dl",
      {},
      part("question", open.question),
      part("finding", open.finding),
      part("limits", open.limits),
      part("data", open.data),
      part("program", open.studied),
      part("design", words.designs[open.design]),
      part("direction", words.directions_long[open.direction]),
      part("stance", words.stances[open.stance]),
      part("peer", mark(open.peer, open.read), words.peers[open.peer]),
      part("read", howFar(view, open)),
      part(
        "source",
        ...documentLinks([[title, url]]),
        `, ${say(words.source_of, { publisher, date: written(date, words) })}`,
      ),
    ),
  );
}

export default explorer({
  traits: ["topic", "program", "design", "direction", "peer", "read", "search", "study", "view"],
  title: (view) => view.words.title,
  values: (name, view) => view.data.studies.map(({ id }) => id),
  controls,
  content,
  sentence,
  table,
  source,
  file,
});
