// The arguments for and against 287(g): what one side says beside what the other side answers.

import { button, documentLinks, documentsOf, labelled, newId, node, shape } from "../kit/elements.js";
import { say } from "../kit/format.js";
import { explorer } from "../kit/frame.js";
import { searchedFor, wordSearch } from "../kit/search.js";
import settings from "./spec.json" with { type: "json" };

const BOTH = ["supports", "opposes"];
const ANSWERING = { supports: "opposes", opposes: "supports", mixed: "mixed" };

// ---------------------------------------------------------------- what is shown

function themesShown(view) {
  const theme = view.get("theme");
  return view.data.themes.filter(({ id }) => theme === "all" || id === theme);
}

// Arguments of any theme that fit who, kind of evidence and search.
function fitting(view) {
  const who = view.get("who");
  const evidence = view.get("evidence");
  const isSearched = wordSearch(view, (argument) => saidIn(view, argument));
  return view.data.arguments.filter(
    (argument) =>
      (who === "all" || argument.whoKinds.includes(who)) &&
      (evidence === "all" || argument.kind === evidence) &&
      isSearched(argument),
  );
}

function saidIn({ words, data }, argument) {
  const { id, theme, who, argument: said, evidence, kind, reply, sources: keys, replySources } = argument;
  const names = [...keys, ...replySources].map((key) => data.documents[key][0]);
  const { title: about } = data.themes.find((one) => one.id === theme);
  return [id, about, who, said, evidence, reply, words.evidence_kinds[kind], ...names];
}

function shown(view) {
  const theme = view.get("theme");
  return fitting(view).filter((argument) => theme === "all" || argument.theme === theme);
}

// The sides of a theme in the order in which they speak.
function order(view, theme) {
  const startsSupports = (theme.first === BOTH[0]) !== view.get("swap");
  return startsSupports ? BOTH : [...BOTH].reverse();
}

const ofSide = (rows, side) => rows.filter((argument) => argument.side === side);

// In the order of the page: theme by theme, the side that speaks first, the other side, mixed positions.
function inOrder(view, theme, rows) {
  const own = rows.filter((argument) => argument.theme === theme.id);
  return [...order(view, theme), "mixed"].flatMap((side) => ofSide(own, side));
}

// ---------------------------------------------------------------- words

function title(view) {
  const { words } = view;
  return view.get("theme") === "all" ? words.title_all : say(words.title, { theme: themesShown(view)[0].title });
}

function sentence(view) {
  const { words, data } = view;
  const rows = shown(view);
  const all = data.arguments.length;
  const elsewhere = fitting(view).length - rows.length;
  const filtered = rows.length + elsewhere < all;
  return [
    rows.length
      ? say(words.shown, {
          n: rows.length,
          all,
          ...Object.fromEntries(data.sides.map((side) => [side, ofSide(rows, side).length])),
        })
      : say(words.none, { all }),
    filtered && elsewhere ? say(words.elsewhere, { n: elsewhere }) : "",
    searchedFor(view, words.searched),
    turns(view),
  ]
    .filter(Boolean)
    .join(" ");
}

function turns(view) {
  const { words } = view;
  if (view.get("theme") === "all") return words.first_turns;
  return order(view, themesShown(view)[0])[0] === BOTH[0] ? words.first_supports : words.first_opposes;
}

const source = (view) =>
  say(view.words.source, {
    n: view.data.arguments.length,
    documents: Object.keys(view.data.documents).length,
    date: view.data.newest,
  });

// ---------------------------------------------------------------- side by side

function content(view) {
  const rows = shown(view);
  const parts = themesShown(view)
    .filter((theme) => rows.some((argument) => argument.theme === theme.id))
    .map((theme) => themePart(view, theme, rows));
  return node("div", { class: "debate" }, ...(parts.length ? parts : [node("p", {}, sentence(view))]));
}

function themePart(view, theme, rows) {
  const { words } = view;
  const own = inOrder(view, theme, rows);
  const blocks = [...order(view, theme), "mixed"]
    .map((side) => [side, ofSide(own, side)])
    .filter(([, list]) => list.length);
  return node(
    "section",
    { class: "debate-theme", "data-theme-id": theme.id },
    node("h4", {}, view.get("theme") === "all" ? theme.title : theme.question),
    view.get("theme") === "all" ? node("p", { class: "debate-question" }, theme.question) : null,
    labelled(words.common_label, null, ` ${theme.common}`),
    ...blocks.flatMap(([side, list]) => [
      node("h5", {}, words.blocks[side]),
      ...list.map((argument) => pair(view, argument)),
    ]),
    node("h5", {}, words.rethink_label),
    node(
      "div",
      { class: "debate-pair" },
      ...order(view, theme).map((side) =>
        node(
          "div",
          { class: "debate-card" },
          sideLine(words.rethink_sides[side], side),
          node("p", {}, theme.rethink[side]),
        ),
      ),
    ),
    labelled(words.unknown_label, null, ` ${theme.unknown}`),
    sources(view, words.sources_label, theme.sources),
  );
}

function pair(view, argument) {
  const { words } = view;
  const { side } = argument;
  return node(
    "div",
    { class: "debate-pair", "data-argument": argument.id },
    node(
      "article",
      { class: "debate-card", "data-side": side, "aria-label": `${words.sides[side]} ${argument.id}` },
      sideLine(words.sides[side], side, argument.id),
      node("p", { class: "debate-argument" }, argument.argument),
      labelled(words.who_says, null, ` ${argument.who}`),
      labelled(say(words.best_evidence, { kind: words.evidence_kinds[argument.kind] }), null, ` ${argument.evidence}`),
      sources(view, words.own_label, [argument.own]),
      sources(
        view,
        words.sources_label,
        argument.sources.filter((key) => key !== argument.own),
      ),
    ),
    node(
      "article",
      { class: "debate-card", "data-side": ANSWERING[side], "aria-label": `${words.answers[side]} ${argument.id}` },
      sideLine(words.answers[side], ANSWERING[side]),
      node("p", {}, argument.reply),
      sources(view, words.sources_label, argument.replySources),
    ),
  );
}

const sideLine = (text, side, id) =>
  node("p", { class: "debate-side" }, mark(side), ` ${text}`, id ? node("span", { class: "debate-id" }, id) : null);

function sources(view, label, keys) {
  return keys.length
    ? node("p", { class: "debate-sources" }, `${label} `, ...documentLinks(documentsOf(view, keys)))
    : null;
}

// Three shapes of one colour and of the same area: no side is louder.
function mark(side) {
  const shapes = {
    supports: () => shape("circle", { cx: 8, cy: 8, r: 6.2, fill: "currentColor" }),
    opposes: () => shape("rect", { x: 2.5, y: 2.5, width: 11, height: 11, fill: "currentColor" }),
    mixed: () => shape("path", { d: "M8 0.2L15.8 8L8 15.8L0.2 8Z", fill: "currentColor" }),
  };
  return shape(
    "svg",
    { class: "debate-mark", width: 16, height: 16, viewBox: "0 0 16 16", "aria-hidden": "true" },
    shapes[side](),
  );
}

// ---------------------------------------------------------------- the reader's own note, and paper

// Kept only as long as the page is open. It is no setting, so nothing stores, links, syncs or sends it; the browser's
// spelling check is off because some browsers send text away for it.
function makeNote(words) {
  const id = newId("debate-note");
  const field = node("textarea", {
    id,
    rows: 2,
    autocomplete: "off",
    spellcheck: "false",
    "aria-describedby": `${id}-hint`,
  });
  window.addEventListener("pagehide", () => {
    field.value = "";
  }); // a page kept for the Back button would keep it too
  return node(
    "div",
    { class: "debate-note" },
    node("label", { for: id }, words.note_label),
    field,
    node("p", { class: "debate-hint", id: `${id}-hint` }, words.note_hint),
  );
}

// Only a page of the book has cards for paper: those of its view without scripts.
function printButton(view) {
  const still = view.anchor && document.getElementById(view.anchor).querySelector(".debate-still");
  if (!still) return null;
  const print = () => printCards(still, new Set(shown(view).map(({ id }) => id)));
  return button({ class: "debate-print", "data-focus": "print" }, print, view.words.print_cards);
}

function printCards(still, ids) {
  const cards = [...still.querySelectorAll("[data-argument]")];
  for (const card of cards) card.hidden = !ids.has(card.dataset.argument);
  for (const theme of still.querySelectorAll("section"))
    theme.hidden = !theme.querySelector("[data-argument]:not([hidden])");
  document.documentElement.dataset.print = "debate";
  window.addEventListener(
    "afterprint",
    () => {
      for (const part of still.querySelectorAll("[hidden]")) part.hidden = false;
      delete document.documentElement.dataset.print;
    },
    { once: true },
  );
  window.print();
}

const aside = (view) => node("div", { class: "debate-aside" }, printButton(view), makeNote(view.words));

// ---------------------------------------------------------------- table and file

function table(view) {
  const { words } = view;
  const rows = shown(view);
  const groups = themesShown(view).map((theme) => ({
    title: theme.title,
    rows: inOrder(view, theme, rows).map((argument) => ({
      cells: [
        argument.argument,
        words.sides[argument.side],
        argument.who,
        argument.evidence,
        words.evidence_kinds[argument.kind],
        documentsOf(view, argument.sources),
        argument.reply,
        documentsOf(view, argument.replySources),
      ],
    })),
  }));
  return { columns: words.columns, groups: groups.filter((group) => group.rows.length) };
}

function file(view) {
  const rows = shown(view);
  const addresses = (keys) =>
    documentsOf(view, keys)
      .map(([name, address]) => address || name)
      .join("; ");
  const theme = view.get("theme");
  return {
    name: `287g-arguments-${theme.replaceAll("_", "-")}`,
    rows: [
      view.words.csv_columns,
      ...themesShown(view)
        .flatMap((one) => inOrder(view, one, rows))
        .map((argument) => [
          argument.id,
          argument.theme,
          argument.side,
          argument.who,
          argument.whoKinds.join("; "),
          argument.argument,
          argument.evidence,
          argument.kind,
          argument.reply,
          addresses(argument.sources),
          addresses([argument.own]),
          addresses(argument.replySources),
        ]),
    ],
  };
}

export default explorer({
  settings,
  title,
  content,
  aside,
  sentence,
  table,
  source,
  file,
});
