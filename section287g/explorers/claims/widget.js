// Traced claims: a list, a card for the open one, a small picture of its series; and a workshop that makes numbers from
// the lists.

import { countsOf } from "../kit/counts.js";
import { button, documentLinks, newId, node, shape } from "../kit/elements.js";
import { formatDate, formatNumber, say } from "../kit/format.js";
import { explorer } from "../kit/frame.js";
import { keepInSight, listBox, listGroup, listOption, openedOf, stepper } from "../kit/listbox.js";
import { listName, MODELS } from "../kit/lists.js";
import { countTicks, linear, marker, round, textWidth, tickText, timeTicks } from "../kit/scales.js";
import { wordSearch } from "../kit/search.js";
import { countsIn, gapAfter, knownUntil, listTimes, sumOf } from "../kit/series.js";
import settings from "./spec.json" with { type: "json" };

const FALLBACK_WIDTH = 640; // as long as the explorer stands on no page
const TWO_COLUMNS = 576; // from this width on the list stands beside the card (36rem, see widget.css)
const PICTURE_HEIGHT = 210;

const mode = (view) => view.get("mode");

// ---------------------------------------------------------------- claims shown

function shown(view) {
  const chosen = ["text", "kind", "verdict"].filter((name) => view.get(name) !== "all");
  const isSearched = wordSearch(view, (claim) => saidIn(view, claim));
  return view.data.claims.filter(
    (claim) => chosen.every((name) => claim[name] === view.get(name)) && isSearched(claim),
  );
}

function saidIn({ words, data }, claim) {
  const { id, claim: said, of, primary: document, given: value, definition, why } = claim;
  const named = [words.verdicts[claim.verdict], words.kinds[claim.kind], data.sources[claim.source]?.title];
  return [id, said, of, document, value, definition, why, ...named];
}

// ---------------------------------------------------------------- what is counted on each list

const listPlace = (view, name) => view.data.lists.key.indexOf(view.get(name) || view.data.start[name]);

// Counts on every list; `model` is "all" or one of the models, `state` a code or "all".
const countsFor = (view, state, unit, model) => countsIn(view, state, unit, model === "all" ? "total" : model);

function signedFor(view, year, model) {
  const { lists, signed } = view.data;
  return sumOf((model === "all" ? MODELS : [model]).map((one) => countsOf(signed[year][one], lists.key.length)));
}

// `part` in percent of `whole` with `decimals` decimals, half rounded away from zero: whole numbers throughout, so that
// Python gets the
// same digits (claims.rounded).
function percentOf(part, whole, decimals = 1) {
  const scale = 100 * 10 ** decimals;
  const size = Math.floor((2 * scale * Math.abs(part) + whole) / (2 * whole));
  return (part < 0 ? -size : size) / 10 ** decimals;
}

const change = (before, after, decimals) => (before ? percentOf(after - before, before, decimals) : null);
const shareOf = (part, whole, decimals) => (whole ? percentOf(part, whole, decimals) : null);

// One value for each list, or null where there is none. `asked` names the measure and what it needs.
function seriesOf(view, asked) {
  const { lists, counted, start } = view.data;
  const { measure, state = "all", unit = "agreements", model = "all", year } = asked;
  const all = (which) => countsFor(view, "all", unit, which);
  const byMeasure = {
    count: () => countsFor(view, state, unit, model),
    change: () => all(model).map((count) => change(all(model)[lists.key.indexOf(start.baseline)], count)),
    share: () => countsFor(view, state, unit, model).map((count, place) => shareOf(count, all(model)[place])),
    part: () => all(model).map((count, place) => shareOf(count, all("all")[place])),
    signed: () => signedFor(view, year, model),
    signed_part: () => signedFor(view, year, model).map((count, place) => shareOf(count, all(model)[place])),
    states: () => countsOf(counted.states, lists.key.length),
    jurisdictions: () => countsOf(counted.jurisdictions, lists.key.length),
  };
  return byMeasure[measure]();
}

// What the workshop is about: the two columns that are compared, and the places of the lists.
function workshop(view) {
  const [unit, model, state, year] = ["unit", "model", "state", "year"].map(view.get);
  const start = listPlace(view, "baseline");
  const end = listPlace(view, "date");
  if (mode(view) === "growth") return { start, end, part: countsFor(view, "all", unit, model) };
  if (mode(view) === "share")
    return { end, part: countsFor(view, state, unit, model), whole: countsFor(view, "all", unit, model) };
  return { end, part: signedFor(view, year, model), whole: countsFor(view, "all", "agreements", model) };
}

// ---------------------------------------------------------------- words

const usedUnit = (view) => (mode(view) === "signed" ? "agreements" : view.get("unit"));

function what(view, unit = usedUnit(view), model = view.get("model")) {
  const { words } = view;
  const counted = words.counted[unit];
  return model === "all" ? counted : say(words.counted_model, { counted, model: words.models[model] });
}

const stateName = (view, code) => view.data.states.find(([one]) => one === code)?.[1];

function standingName(view, place) {
  const { date, until } = view.data.lists;
  const numbered = listName(view, place);
  return until[place] > date[place]
    ? say(view.words.list_until, { name: numbered, until: formatDate(until[place], view.words) })
    : numbered;
}

// A number with one decimal, as percentages are written.
const tenths = (value) => value.toLocaleString("en-US", { minimumFractionDigits: 1, maximumFractionDigits: 1 });

function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function title(view) {
  const { words, data } = view;
  if (mode(view) === "claims") return words.title;
  const dateOf = (name) => formatDate(data.lists.date[listPlace(view, name)], words);
  return capital(
    say(words.titles[mode(view)], {
      what: what(view),
      state: stateName(view, view.get("state")),
      year: view.get("year"),
      from: dateOf("baseline"),
      to: dateOf("date"),
    }),
  );
}

function sentence(view) {
  return { claims: claimsSentence, growth: growthSentence, share: shareSentence, signed: signedSentence }[mode(view)](
    view,
  );
}

function claimsSentence(view) {
  const { words, data } = view;
  const claims = shown(view);
  if (!claims.length) return words.none;
  const open = openedOf(view, "claim", claims);
  return `${say(words.shown, { n: claims.length, all: data.claims.length })} ${say(words.open, {
    id: open.id,
    claim: open.claim,
    verdict: words.verdicts[open.verdict],
  })}`;
}

function growthSentence(view) {
  const { words } = view;
  const { start, end, part } = workshop(view);
  const [before, after] = [part[start], part[end]];
  const kind = !before ? "from_none" : after > before ? "up" : after < before ? "down" : "same";
  const percent = before ? tenths(Math.abs(change(before, after))) : "";
  const whole = before ? Math.abs(change(before, after, 0)) : 0;
  return `${say(words.growth_sentence[kind], { before, after, what: what(view), percent, whole })} ${say(
    words.between,
    { from: standingName(view, start), to: standingName(view, end) },
  )}`;
}

function shareSentence(view) {
  const { words } = view;
  const { end, part, whole } = workshop(view);
  const list = standingName(view, end);
  if (!whole[end]) return capital(say(words.share_of_none, { list, what: what(view) }));
  return say(words.share_sentence, {
    list,
    state: stateName(view, view.get("state")),
    part: part[end],
    whole: whole[end],
    what: what(view),
    percent: tenths(shareOf(part[end], whole[end])),
  });
}

function signedSentence(view) {
  const { words } = view;
  const { end, part, whole } = workshop(view);
  const list = standingName(view, end);
  const year = view.get("year");
  if (!whole[end]) return capital(say(words.share_of_none, { list, what: what(view) }));
  const seen = {
    list,
    part: part[end],
    whole: whole[end],
    what: what(view),
    year,
    percent: tenths(shareOf(part[end], whole[end])),
  };
  return `${say(words.signed_sentence, seen)} ${say(words.signed_caution, { year })}`;
}

function source(view) {
  const { words, data } = view;
  const { ice_workbook: publisher, transcript } = data.list_sources;
  if (mode(view) !== "claims") {
    const date = formatDate(data.lists.date[listPlace(view, "date")], words);
    return say(words.source_lists, { unit: words.unit_names[usedUnit(view)], date, publisher, transcript });
  }
  const date = formatDate(data.lists.date[data.lists.kind.lastIndexOf("ice_workbook")], words);
  return say(words.source, { n: Object.keys(data.sources).length, date, publisher });
}

// ---------------------------------------------------------------- controls

const ofList = (name) => (view) => {
  const place = listPlace(view, name);
  return { index: place, text: standingName(view, place) };
};

const controls = { mode: () => ({ changes: opening }), baseline: ofList("baseline"), date: ofList("date") };

// How many claims there are of each text, kind and verdict.
function option({ words, data }, trait, value, text) {
  if (!["text", "kind", "verdict"].includes(trait)) return null;
  const label = { text: textName(words, data, value), verdict: `${words.marks[value]} ${text}` }[trait] ?? text;
  return say(words.option, { label, n: data.claims.filter((claim) => claim[trait] === value).length });
}

const textName = (words, data, text) => say(words.text_option, { number: text, title: data.texts[text]?.title });

// Florida's share is asked of the Task Force Model first, because that is the share that texts name.
const opening = (value) => ({ mode: value, model: value === "share" ? "task_force" : "all" });

// ---------------------------------------------------------------- the view

function content(view) {
  return mode(view) === "claims" ? claimsView(view) : workshopView(view);
}

function claimsView(view) {
  const claims = shown(view);
  const open = openedOf(view, "claim", claims);
  const steps = { entries: claims, open, choose: ({ id }) => view.set({ claim: id }) };
  return node(
    "div",
    { class: "c-view" },
    open ? node("div", { class: "c-columns" }, keepInSight(claimList(view, steps)), card(view, steps)) : null,
  );
}

function claimList(view, steps) {
  const { words, data } = view;
  const entry = (claim) =>
    listOption(
      claim,
      claim === steps.open,
      {},
      mark(view, claim.verdict),
      node("span", { class: "c-id" }, claim.id),
      " ",
      claim.claim,
      node("span", { class: "c-hidden" }, ` (${words.verdicts[claim.verdict]})`),
    );
  const groups = byText(view, steps.entries).map(([text, claims]) =>
    listGroup({ class: "explorer-group" }, textName(words, data, text), ...claims.map(entry)),
  );
  const attributes = { class: "explorer-list c-list", "aria-label": words.list_label, "data-scroll": "list" };
  return listBox(attributes, groups, steps);
}

const byText = (view, claims) =>
  Object.keys(view.data.texts)
    .sort()
    .map((text) => [text, claims.filter((claim) => claim.text === text)])
    .filter(([, own]) => own.length);

const mark = (view, verdict) => node("span", { class: "c-mark", "aria-hidden": "true" }, view.words.marks[verdict]);

function card(view, steps) {
  const { words, data } = view;
  const { open } = steps;
  const heading = newId("explorer-claim");
  const text = data.texts[open.text];
  return node(
    "article",
    { class: "explorer-card c-card", "aria-labelledby": heading },
    stepper(view, steps),
    node("h4", { id: heading }, node("span", { class: "c-id" }, open.id), " ", open.claim),
    node(
      "p",
      { class: "c-about" },
      `${words.said_in} `,
      ...documentLinks([[text.title, text.url]]),
      ` (${text.short}). ${say(words.speaks_of, { date: open.of })}`,
      ` ${say(words.of_kind, { kind: words.kinds[open.kind] })}`,
    ),
    node(
      "p",
      { class: "c-verdict" },
      mark(view, open.verdict),
      node("strong", {}, words.verdicts[open.verdict]),
      `. ${words.verdict_meanings[open.verdict]}`,
    ),
    node(
      "dl",
      { class: "c-fields" },
      ...field(words.fields.why, open.why),
      ...field(words.fields.primary, ...primary(view, open)),
      ...field(open.from_lists ? words.fields.given : words.fields.worked_out, ...given(view, open)),
    ),
    ...claimPicture(view, open),
  );
}

const field = (name, ...said) => [node("dt", {}, name), node("dd", {}, ...said)];

function primary(view, open) {
  const { words, data } = view;
  const document = data.sources[open.source];
  const said = open.primary || (document ? "" : words.no_primary);
  if (!document) return [said];
  return [
    said,
    node(
      "span",
      { class: "c-about" },
      `${words.source_label} `,
      ...documentLinks([[document.title, document.url]]),
      ` (${document.short})`,
    ),
  ];
}

function given(view, open) {
  const { words } = view;
  if (!open.given) return [words.not_given];
  const how = [
    open.definition && say(words.how_given, { definition: open.definition }),
    open.list && say(words.given_list, { list: open.list }),
  ];
  return [node("strong", {}, open.given), node("span", { class: "c-about" }, how.filter(Boolean).join(" "))];
}

// ---------------------------------------------------------------- the picture of a claim

function claimPicture(view, open) {
  const { words, data } = view;
  const asked = data.pictures[open.id];
  if (!asked) return [];
  const values = seriesOf(view, asked);
  const place = data.lists.key.indexOf(asked.on);
  const about = aboutPicture(view, asked);
  const marks = [
    ...(asked.claimed === undefined ? [] : [{ place, value: asked.claimed, kind: "claimed" }]),
    { place, value: values[place], kind: "list" },
  ];
  const find = () => view.set({ unit: "agreements", model: "all", baseline: "", date: "", ...asked.find });
  const drawn = chart(view, values, marks, inPercent(asked), about, cardRoom(view));
  return [
    node("figure", { class: "c-figure" }, drawn, legendOf(view, marks), node("figcaption", {}, about)),
    asked.find ? button({ "data-focus": "find" }, find, words.find) : null,
  ];
}

const inPercent = ({ measure }) => !["count", "signed", "states", "jurisdictions"].includes(measure);

function aboutPicture(view, asked) {
  const { words, data } = view;
  const place = data.lists.key.indexOf(asked.on);
  const percent = inPercent(asked);
  const value = written(seriesOf(view, asked)[place], percent, words);
  const seen = say(words.picture_about, {
    measure: capital(measureName(view, asked)),
    list: capital(standingName(view, place)),
    value,
  });
  if (asked.claimed === undefined) return seen;
  const claimed = percent ? say(words.percent, { number: asked.claimed }) : asked.claimed;
  return `${seen} ${say(words.picture_claimed, { claimed })}`;
}

const openedClaim = (view) => openedOf(view, "claim", shown(view));
const hasPicture = (view) => mode(view) !== "claims" || Boolean(view.data.pictures[openedClaim(view)?.id]);

// What stands above and below a saved picture: in a file of its own the marks are explained in words.
function caption(view) {
  const { words, data } = view;
  const key = `${words.picture_marks[mode(view)]} ${words.picture_lines}`;
  if (mode(view) !== "claims") return { title: title(view), footer: `${sentence(view)} ${key} ${source(view)}` };
  const { id, claim, verdict } = openedClaim(view);
  const judged = `${words.verdict_label}: ${words.verdicts[verdict]}.`;
  return {
    title: `${id} ${claim}`,
    footer: `${aboutPicture(view, data.pictures[id])} ${judged} ${key} ${source(view)}`,
  };
}

// Pixels that a picture in the card has: all of the width, or three fifths beside the list, less the card's edges.
function cardRoom(view) {
  const width = view.width || FALLBACK_WIDTH;
  return Math.min(width < TWO_COLUMNS ? width - 32 : 0.6 * (width - 16) - 32, 480);
}

function measureName(view, { measure, state, unit = "agreements", model = "all", year }) {
  const { words, data } = view;
  const counted = what(view, unit, model);
  const name = stateName(view, state);
  return say(words.measures[measure], {
    counted: name && measure === "count" ? say(words.counted_in, { counted, state: name }) : counted,
    state: name,
    model: words.models[model],
    year,
    date: formatDate(data.lists.date[data.lists.key.indexOf(data.start.baseline)], words),
  });
}

const written = (value, percent, words) =>
  percent ? say(words.percent, { number: tenths(value) }) : formatNumber(value);

function legendOf(view, marks) {
  const { words } = view;
  const swatch = (drawn, text) =>
    node("li", {}, shape("svg", { width: 24, height: 20, "aria-hidden": "true" }, drawn), text);
  return node(
    "ul",
    { class: "c-legend" },
    ...marks.map(({ kind }) => swatch(chartMark(kind, 12, 10), words.legend[kind])),
    swatch(shape("path", { class: "c-unknown", d: "M1 15L23 5" }), words.legend.unknown),
    swatch(marker("o", 12, 10, 8, { class: "c-copy" }), words.legend.copy),
  );
}

const MARKS = { list: ["o", 9], claimed: ["D", 14], start: ["s", 9] };

function chartMark(kind, x, y) {
  const [form, size] = MARKS[kind];
  return marker(form, x, y, size, { class: `c-at c-at-${kind}` });
}

// A small picture of one value for each list: steps at the lists, dotted where no list was saved, a hollow mark for a
// list of others.
function chart(view, values, marks, percent, label, width) {
  const { lists } = view.data;
  const times = listTimes(view);
  const first =
    Math.min(...marks.map(({ place }) => place)) < lists.key.indexOf(view.data.start.baseline)
      ? 0
      : lists.key.indexOf(view.data.start.baseline);
  const top = 12;
  const bottom = PICTURE_HEIGHT - 40;
  const highest = Math.max(...values.slice(first).map((value) => value ?? 0), ...marks.map(({ value }) => value ?? 0));
  const ticks = countTicks(highest, 3);
  const tickLabel = (tick) => (percent ? say(view.words.percent, { number: tick }) : formatNumber(tick));
  const left = 8 + textWidth(tickLabel(ticks.at(-1)), 13);
  const right = width - 12;
  const x = linear([times[first], times.at(-1)], [left, right]);
  const y = linear([0, ticks.at(-1)], [bottom, top]);
  const time = timeTicks(times[first], times.at(-1), right - left, 46);
  return shape(
    "svg",
    {
      class: "c-chart",
      width,
      height: PICTURE_HEIGHT,
      viewBox: `0 0 ${width} ${PICTURE_HEIGHT}`,
      role: "img",
      "aria-label": label,
    },
    ...ticks.flatMap((tick) => [
      shape("line", { class: "c-grid", x1: left, x2: right, y1: round(y(tick)), y2: round(y(tick)) }),
      shape("text", { x: left - 5, y: round(y(tick)) + 4, "text-anchor": "end" }, tickLabel(tick)),
    ]),
    ...time.ticks.flatMap((tick, place) =>
      tickText(tick, time.step, view.words, place === 0).map((text, line) =>
        shape("text", { x: round(x(tick)), y: bottom + 17 + line * 15, "text-anchor": "middle" }, text),
      ),
    ),
    ...chartLine(view, values, first, x, y),
    ...marks
      .filter(({ value }) => value != null)
      .map(({ place, value, kind }) => chartMark(kind, x(times[place]), y(value))),
  );
}

function chartLine(view, values, first, x, y) {
  const { lists } = view.data;
  const times = listTimes(view);
  const parts = { known: "", unknown: "" };
  const copies = [];
  for (let place = first; place < values.length; place++) {
    if (values[place] == null) continue;
    const at = `${round(x(times[place]))} ${round(y(values[place]))}`;
    if (lists.kind[place] === "transcript") {
      copies.push(marker("o", x(times[place]), y(values[place]), 8, { class: "c-copy" }));
      continue;
    }
    parts.known += `M${at}`;
    const next = place + 1;
    if (next === values.length) break;
    const until = knownUntil(view, place);
    const gap = gapAfter(view, place);
    parts.known += `H${round(x(gap ? until : times[next]))}`;
    if (lists.kind[next] === "transcript" || values[next] == null) continue;
    if (gap)
      parts.unknown +=
        `M${round(x(until))} ${round(y(values[place]))}` + `L${round(x(times[next]))} ${round(y(values[next]))}`;
    else parts.known += `V${round(y(values[next]))}`;
  }
  return [
    shape("path", { class: "c-unknown", d: parts.unknown }),
    shape("path", { class: "c-line", d: parts.known }),
    ...copies,
  ];
}

// ---------------------------------------------------------------- the workshop

function workshopView(view) {
  const { words } = view;
  const numbers = workshop(view);
  const { start, end, part, whole } = numbers;
  const percents = whole ? part.map((count, place) => shareOf(count, whole[place])) : null;
  const isShare = mode(view) === "share";
  const values = isShare ? percents : part;
  const marks = [
    ...(start === undefined ? [] : [{ place: start, value: values[start], kind: "start" }]),
    { place: end, value: values[end], kind: "list" },
  ];
  const width = Math.min(view.width || FALLBACK_WIDTH, 760);
  return node(
    "div",
    { class: "c-view" },
    node("div", { class: "c-numbers" }, ...numberCards(view, numbers)),
    node(
      "figure",
      { class: "c-figure" },
      chart(view, values, marks, isShare, title(view), width),
      legendOf(view, marks),
    ),
    ...statedByOthers(view, numbers),
    node("h4", { class: "c-try" }, words.examples_title),
    node(
      "div",
      { class: "c-examples" },
      ...view.data.examples[mode(view)].map((changes, place) => example(view, changes, place)),
    ),
  );
}

function example(view, changes, place) {
  const choose = () => view.set({ unit: "agreements", model: "all", ...changes });
  return button({ "data-focus": `example-${place}` }, choose, view.words.examples[mode(view)][place]);
}

function numberCards(view, { start, end, part, whole }) {
  const { words, data } = view;
  const dateOf = (place) => formatDate(data.lists.date[place], words, true);
  const box = (name, number, about) =>
    node("div", { class: "c-number" }, node("span", {}, name), node("strong", {}, number), node("span", {}, about));
  if (whole) {
    const name = say(words.part_card[mode(view)], {
      state: stateName(view, view.get("state")),
      year: view.get("year"),
    });
    const percent = shareOf(part[end], whole[end]);
    return [
      box(name, formatNumber(part[end]), dateOf(end)),
      box(words.whole_card, formatNumber(whole[end]), dateOf(end)),
      box(words.share_card, percent === null ? "–" : say(words.percent, { number: tenths(percent) }), dateOf(end)),
    ];
  }
  const percent = change(part[start], part[end]);
  const sign = percent > 0 ? "+" : "";
  return [
    box(words.start_card, formatNumber(part[start]), dateOf(start)),
    box(words.end_card, formatNumber(part[end]), dateOf(end)),
    box(
      words.change_card,
      percent === null ? "–" : `${sign}${say(words.percent, { number: tenths(percent) })}`,
      percent === null
        ? ""
        : say(words.whole_percent, { number: `${sign}${formatNumber(change(part[start], part[end], 0))}` }),
    ),
  ];
}

// Totals that others stated for a day on which the list at the end stood.
function statedByOthers(view, { start, end, part }) {
  const { words, data } = view;
  if (mode(view) !== "growth" || usedUnit(view) !== "agreements" || view.get("model") !== "all") return [];
  const { date, until } = data.lists;
  const stated = data.published.filter((total) => total.date >= date[end] && total.date <= (until[end] || date[end]));
  if (!stated.length) return [];
  return [
    node("h4", { class: "c-try" }, words.stated_title),
    node(
      "ul",
      { class: "c-stated" },
      ...stated.map((total) =>
        node(
          "li",
          {},
          say(part[start] ? words.stated : words.stated_total, {
            source: total.source,
            n: total.total,
            date: formatDate(total.date, words),
            percent: part[start] ? tenths(change(part[start], total.total)) : "",
          }),
        ),
      ),
    ),
  ];
}

// ---------------------------------------------------------------- table and file

function table(view) {
  return mode(view) === "claims" ? claimsTable(view) : listsTable(view);
}

function claimsTable(view) {
  const { words, data } = view;
  const groups = byText(view, shown(view)).map(([text, claims]) => ({
    title: say(words.text_name, { number: text, title: data.texts[text].title, source: data.texts[text].short }),
    rows: claims.map((claim) => ({ cells: claimCells(view, claim), current: claim.id === view.get("claim") })),
  }));
  const names = ["claim", "said", "kind", "of", "verdict", "why", "primary", "given", "definition", "list", "source"];
  return { columns: names.map((name) => words.columns[name]), groups };
}

function claimCells(view, claim) {
  const { words, data } = view;
  const document = data.sources[claim.source];
  return [
    claim.id,
    claim.claim,
    words.kinds[claim.kind],
    claim.of,
    words.verdicts[claim.verdict],
    claim.why,
    claim.primary,
    claim.given,
    claim.definition,
    claim.list,
    document ? [[document.title, document.url]] : "",
  ];
}

function listColumns(view) {
  const { words } = view;
  const end = words.list_columns;
  if (mode(view) === "growth") return [capital(what(view)), end.from_start];
  const part = say(words.part_card[mode(view)], { state: stateName(view, view.get("state")), year: view.get("year") });
  return [part, end.all, end.share];
}

function listCells(view, { start, part, whole }, place) {
  if (!whole) return [part[place], change(part[start], part[place])];
  return [part[place], whole[place], shareOf(part[place], whole[place])];
}

function listsTable(view) {
  const { words, data } = view;
  const numbers = workshop(view);
  const rows = data.lists.key
    .map((_, place) => {
      const cells = listCells(view, numbers, place);
      const percent = cells.pop();
      return {
        current: place === numbers.end || place === numbers.start,
        cells: [listName(view, place, words.list_short), ...cells, percent === null ? "" : tenths(percent)],
      };
    })
    .reverse();
  return { columns: [words.list_columns.list, ...listColumns(view)], groups: [{ title: "", rows }] };
}

function file(view) {
  const { words, data } = view;
  if (mode(view) === "claims") {
    const rows = shown(view).map((claim) => {
      const document = data.sources[claim.source];
      return [
        claim.id,
        claim.text,
        claim.claim,
        claim.kind,
        claim.of,
        claim.primary,
        claim.given,
        claim.definition,
        claim.list,
        claim.verdict,
        claim.why,
        claim.source,
        document?.title ?? "",
        document?.url ?? "",
      ];
    });
    return { name: "287g-claims", rows: [words.csv_columns, ...rows] };
  }
  const numbers = workshop(view);
  const { key, date, kind } = data.lists;
  const rows = key.map((list, place) => [list, date[place], kind[place], ...listCells(view, numbers, place)]);
  return {
    name: `287g-${mode(view)}-${date[numbers.end]}`,
    rows: [[...words.csv_list_columns, ...listColumns(view)], ...rows],
  };
}

export default explorer({
  settings,
  title,
  controls,
  option,
  content,
  sentence,
  table,
  source,
  file,
  hasPicture,
  caption,
});
