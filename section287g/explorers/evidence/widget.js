// Studies on 287(g) and near it: a grid with one mark for each study, by question and direction, and a card for the one
// that is open.

import { documentLinks, newId, node } from "../kit/elements.js";
import { say, writeDates } from "../kit/format.js";
import { explorer } from "../kit/frame.js";
import { listBox, listGroup, listOption, openedOf, stepper } from "../kit/listbox.js";
import { searchedFor, wordSearch } from "../kit/search.js";
import settings from "./spec.json" with { type: "json" };

const ANY = "any";

// ---------------------------------------------------------------- which studies

const inMenu = (study, menu) => [study[menu]].flat();

const { direction: directions, peer: peers, read: reads } = settings;

const MENUS = Object.keys(settings).filter((name) => settings[name].first);

function passing(view) {
  const chosen = MENUS.filter((menu) => view.get(menu) !== ANY);
  const isSearched = wordSearch(view, (study) => saidIn(view, study));
  return view.data.studies.filter(
    (study) => chosen.every((menu) => inMenu(study, menu).includes(view.get(menu))) && isSearched(study),
  );
}

// Rows of the grid, [topic, studies in the order of their directions]. A study of several topics stands under the
// chosen one, else
// under its main one.
function rowsOf(view) {
  const studies = passing(view);
  const chosen = view.get("topic");
  const under = (study) => (chosen === ANY ? study.topic[0] : chosen);
  return settings.topic.choices
    .map((name) => [
      name,
      directions.choices.flatMap((way) => studies.filter((study) => under(study) === name && study.direction === way)),
    ])
    .filter(([, row]) => row.length);
}

const shownOf = (rows) => rows.flatMap(([, studies]) => studies);

function saidIn({ words }, study) {
  const { authors, year, title, venue, studied, question, data, finding, limits } = study;
  const topics = study.topic.map((name) => words.topics[name]);
  return [authors, year, title, venue, studied, question, data, finding, limits, ...topics];
}

// ---------------------------------------------------------------- words

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
  if (!shown.length)
    return [say(words.none_shown, { all }), searchedFor(view, words.searched)].filter(Boolean).join(" ");
  const found = Object.fromEntries(
    directions.choices.map((way) => [way, shown.filter(({ direction }) => direction === way).length]),
  );
  return [
    say(words.shown, { n: shown.length, all, peer: shown.filter(({ peer }) => peer === "yes").length }),
    say(words.by_direction, found),
    searchedFor(view, words.searched),
    say(words.open, { study: nameOf(view, openedOf(view, "study", shown)) }),
  ]
    .filter(Boolean)
    .join(" ");
}

function source(view) {
  const { words, data } = view;
  return say(words.source, {
    n: Object.keys(data.sources).length,
    date: writeDates(data.newest, words),
    checked: writeDates(data.checked, words),
  });
}

function table(view) {
  const { words } = view;
  const open = openedOf(view, "study", shownOf(rowsOf(view)));
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

// How many studies a menu would leave stands with each of its choices.
function option({ words, data }, menu, value, text) {
  return say(words.option, { text, n: data.studies.filter((study) => inMenu(study, menu).includes(value)).length });
}

// ---------------------------------------------------------------- the view

function content(view) {
  const rows = rowsOf(view);
  const entries = shownOf(rows);
  const open = openedOf(view, "study", entries);
  const steps = { entries, open, choose: ({ id }) => view.set({ study: id }) };
  return node(
    "div",
    { class: "v-view" },
    open ? node("div", { class: "v-columns" }, grid(view, rows, steps), card(view, steps)) : null,
    (view.key ??= key(view)), // stays open or closed
  );
}

// A mark: the outline says whether it was reviewed, the fill how far it was read. Shapes mean sides and models
// elsewhere, so all marks share one.
const mark = (peer, read) => node("span", { class: `v-mark v-peer-${peer} v-read-${read}`, "aria-hidden": "true" });

function key(view) {
  const { words, data } = view;
  const line = (label, items) =>
    node("div", {}, node("dt", {}, label), ...items.map(([sample, text]) => node("dd", {}, sample, text)));
  const lines = node(
    "dl",
    { class: "v-key" },
    line(
      words.legend_shape,
      peers.choices.map((peer) => [mark(peer, "abstract"), words.peers[peer]]),
    ),
    line(
      words.legend_fill,
      reads.choices.map((read) => [mark("yes", read), words.reads[read]]),
    ),
    line(
      words.legend_direction,
      directions.choices.map((way) => [null, words.directions_long[way]]),
    ),
  );
  return node("details", {}, node("summary", {}, words.legend_folded), lines);
}

// A list of which one entry is chosen, laid out as a grid.
function grid(view, rows, steps) {
  const { words } = view;
  const heads = directions.choices.map((way) => node("span", {}, words.directions[way]));
  const groups = rows.map((row) => gridRow(view, row, steps.open));
  return node(
    "div",
    {},
    node("div", { class: "v-heads", "aria-hidden": "true" }, ...heads),
    listBox({ class: "v-grid", "aria-label": words.grid_label }, groups, { ...steps, sideways: true }),
  );
}

function gridRow(view, [topic, studies], open) {
  const cells = directions.choices.map((way) =>
    node(
      "div",
      { class: "v-cell" },
      ...studies.filter(({ direction }) => direction === way).map((study) => markOf(view, study, study === open)),
    ),
  );
  return listGroup({ class: "v-topic" }, view.words.topics[topic], node("div", { class: "v-row" }, ...cells));
}

function markOf(view, study, isOpen) {
  const { words } = view;
  const text = say(words.mark, {
    study: nameOf(view, study),
    title: study.title,
    direction: words.directions[study.direction],
    peer: words.peers[study.peer],
    read: words.reads[study.read],
  });
  return listOption(study, isOpen, { "aria-label": text, title: text }, mark(study.peer, study.read));
}

function card(view, steps) {
  const { words } = view;
  const { open } = steps;
  const { title, publisher, date, url } = view.data.sources[open.source];
  const heading = newId("explorer-study");
  const part = (name, ...about) => node("div", {}, node("dt", {}, words.parts[name]), node("dd", {}, ...about));
  return node(
    "article",
    { class: "explorer-card v-card", "aria-labelledby": heading },
    stepper(view, steps),
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
        `, ${say(words.source_of, { publisher, date })}`,
      ),
    ),
  );
}

export default explorer({
  settings,
  title: (view) => say(view.words.title, { all: view.data.studies.length }),
  option,
  content,
  sentence,
  table,
  source,
  file,
});
