// What each state requires or forbids: a map of tiles, a card for the chosen state, and all rows as a table.

import { documentLinks, documentsOf, labelled, newId, node } from "../kit/elements.js";
import { formatDate, formatNumber, say, writeDates } from "../kit/format.js";
import { explorer } from "../kit/frame.js";
import { aboutState } from "../kit/places.js";
import { tileLevel, tileMap, tileSwatch } from "../kit/tiles.js";
import settings from "./spec.json" with { type: "json" };

const MAP_WIDTH = 440;
const WIDE = 700; // from here the card stands beside the map
const LIMITS = [1, 10, 25, 50, 100]; // numbers of agreements at which the shades begin
// Shade says how strong the rule is, the pattern in which direction it points: the two directions look equally strong.
const LOOKS = {
  requires: [3, ""],
  encourages: [1, ""],
  no_state_rule: [0, ""],
  restricts: [1, "lines"],
  bans: [3, "lines"],
  not_established: [0, ""],
};

// ---------------------------------------------------------------- what is shown

function fits(view, state) {
  const stance = view.get("stance");
  const confidence = view.get("confidence");
  if (stance !== "all" && state.stance !== stance) return false;
  return confidence === "all" || (confidence === "doubt" ? state.doubt : state.confidence === confidence);
}

const shown = (view) => view.data.states.filter((state) => fits(view, state));

const chosen = (view) => view.data.states.find(({ id }) => id === view.get("state"));

const showsAgreements = (view) => view.get("show") === "agreements";

const total = ({ agreements }) => agreements.reduce((sum, count) => sum + count, 0);

// ---------------------------------------------------------------- words

const why = (state, words) => state.note || words.why_unverified;

function title(view) {
  const { words, data } = view;
  return say(words.titles[view.get("show")], { date: formatDate(data.list_date, words) });
}

function sentence(view) {
  const { words, data } = view;
  const states = shown(view);
  const open = chosen(view);
  const last = open
    ? say(words.open, { name: open.name, stance: words.stances[open.stance].toLowerCase() })
    : words.choose_hint;
  if (!states.length) return `${words.none} ${last}`;
  const parts = data.stances
    .map((stance) => [stance, states.filter((state) => state.stance === stance).length])
    .filter(([, n]) => n)
    .map(([stance, n]) => say(words.parts[stance], { n }));
  const doubtful = states.filter(({ doubt }) => doubt).length;
  return [
    say(words.shown, { n: states.length, all: data.states.length, parts: parts.join(", ") }),
    doubtful ? say(words.doubtful, { n: doubtful }) : "",
    last,
  ]
    .filter(Boolean)
    .join(" ");
}

function grade(state, words) {
  const text = words.grades[state.confidence];
  return state.note ? say(words.grade_note, { grade: text, note: state.note }) : text;
}

function source(view) {
  const { words, data } = view;
  return say(words.source, { date: formatDate(data.list_date, words), checked: formatDate(data.checked, words) });
}

const notes = (view) => [node("p", { class: "states-note" }, view.words.check)];

// ---------------------------------------------------------------- map and card

function content(view) {
  const width = view.width || MAP_WIDTH;
  const wide = width >= WIDE;
  const map = tileMap(
    view.data.states.map((state) => tile(view, state)),
    {
      label: view.words.map_label,
      width: wide ? MAP_WIDTH : width,
      selected: view.get("state"),
      choose: (id) => view.set({ state: id }),
    },
  );
  for (const state of view.data.states) {
    const { classList } = map.querySelector(`[data-tile="${state.id}"]`);
    classList.toggle("states-out", !fits(view, state));
    classList.toggle("states-doubt", fits(view, state) && state.doubt && !showsAgreements(view));
  }
  return node("div", { class: wide ? "states-view states-wide" : "states-view" }, map, card(view, chosen(view)));
}

function tile(view, state) {
  const { words } = view;
  const { id, at } = state;
  if (!fits(view, state))
    return { id, at, code: id, text: "", name: say(words.tile_out, state), level: 0, pattern: "" };
  const count = total(state);
  const stance = words.stances[state.stance];
  const values = {
    name: state.name,
    count,
    stance: showsAgreements(view) ? stance : stance.toLowerCase(),
    date: writeDates(state.as_of, words),
    doubt: state.doubt ? say(words.tile_doubt, { why: why(state, words) }) : "",
  };
  if (showsAgreements(view)) {
    return {
      id,
      at,
      code: id,
      text: formatNumber(count),
      name: say(words.tile_count, values),
      level: tileLevel(count, LIMITS),
      pattern: "",
    };
  }
  const [level, pattern] = LOOKS[state.stance];
  return { id, at, code: id, text: words.letters[state.stance], name: say(words.tile_name, values), level, pattern };
}

function card(view, state) {
  const { words } = view;
  if (!state) return node("div", { class: "states-card" }, node("p", {}, words.choose_hint));
  const heading = newId("explorer-state");
  return node(
    "article",
    { class: "states-card", "aria-labelledby": heading },
    node("h4", { id: heading }, `${state.name}: ${words.stances[state.stance].toLowerCase()}`),
    state.doubt ? labelled(words.doubt_label, "states-open", ": ", why(state, words)) : null,
    labelled(words.meaning_label, null, ": ", words.meanings[state.stance]),
    labelled(words.law_label, null, ": ", state.law),
    labelled(words.as_of_label, null, ": ", writeDates(state.as_of, words)),
    labelled(words.grade_label, null, ": ", grade(state, words)),
    labelled(
      say(words.agreements_label, { date: formatDate(view.data.list_date, words) }),
      null,
      ": ",
      agreements(view, state),
    ),
    labelled(words.sources_label, null, ": ", ...documentLinks(documentsOf(view, state.sources))),
    aboutState(view, state.name, state.page),
  );
}

function agreements(view, state) {
  if (!total(state)) return view.words.agreements_none;
  return say(
    view.words.agreements_text,
    Object.fromEntries(view.data.models.map((model, place) => [model, state.agreements[place]])),
  );
}

function legend(view) {
  const { words, data } = view;
  if (showsAgreements(view)) {
    const shades = LIMITS.map((from, place) => [tileSwatch(place + 1, ""), range(from, LIMITS[place + 1], words)]);
    return [[tileSwatch(0, ""), words.limits_legend.none], ...shades];
  }
  const looks = data.stances.map((stance) => [
    swatch(stance, stance === "not_established"),
    `${words.letters[stance]}: ${words.stances[stance].toLowerCase()}`,
  ]);
  return [...looks, [swatch("no_state_rule", true), words.doubt_legend]];
}

function swatch(stance, doubt) {
  const piece = tileSwatch(...LOOKS[stance]);
  piece.classList.add("states-swatch");
  piece.querySelector("g").classList.toggle("states-doubt", doubt);
  return piece;
}

function range(from, next, words) {
  return next ? say(words.limits_legend.step, { from, to: next - 1 }) : say(words.limits_legend.last, { from });
}

// ---------------------------------------------------------------- table and file

function table(view) {
  const { words, data } = view;
  const { state, law, as_of: asOf, confidence, sources, ...models } = words.columns;
  const row = (one) => ({
    current: one.id === view.get("state"),
    cells: [
      one.name,
      one.law,
      writeDates(one.as_of, words),
      grade(one, words),
      ...one.agreements,
      documentsOf(view, one.sources),
    ],
  });
  const groups = data.stances
    .map((stance) => {
      const rows = shown(view)
        .filter((one) => one.stance === stance)
        .map(row);
      return { title: say(words.group, { stance: words.stances[stance], n: rows.length }), rows };
    })
    .filter(({ rows }) => rows.length);
  return {
    columns: [state, law, asOf, confidence, ...data.models.map((model) => models[model]), sources],
    groups: groups.length ? groups : [{ title: words.none, rows: [] }],
  };
}

function file(view) {
  const { words, data } = view;
  const { start, end } = words.csv_columns;
  const rows = shown(view).map((state) => [
    state.id,
    state.name,
    state.stance,
    state.law,
    state.as_of,
    state.confidence,
    state.note,
    state.doubt,
    ...state.agreements,
    data.list_date,
    state.sources.join("; "),
    documentsOf(view, state.sources)
      .map(([, address]) => address)
      .join("; "),
  ]);
  return {
    name: `287g-state-rules-agreements-of-${data.list_date}`,
    rows: [[...start, ...data.models, ...end], ...rows],
  };
}

export default explorer({
  settings,
  hasPicture: () => true,
  title,
  content,
  legend,
  notes,
  sentence,
  table,
  source,
  file,
});
