// Dated events in the history of 287(g): a strip with one dot for each event, a list, and a card for the event that is
// open.

import { documentLinks, newId, node, shape } from "../kit/elements.js";
import { say, writeDates } from "../kit/format.js";
import { explorer } from "../kit/frame.js";
import { keepInSight, listBox, listGroup, listOption, openedOf, stepper } from "../kit/listbox.js";
import { linear, round, textWidth } from "../kit/scales.js";
import { searchedFor, wordSearch } from "../kit/search.js";
import settings from "./spec.json" with { type: "json" };

const STRIP_WIDTH = 640; // as long as the explorer stands on no page

// ---------------------------------------------------------------- which events

function shown(view) {
  const kinds = view.get("kinds").split(",");
  const isSearched = wordSearch(view, (event) => saidIn(view, event));
  return view.data.events.filter((event) => kinds.includes(event.kind) && isSearched(event));
}

function saidIn({ words, data }, event) {
  const { title, publisher } = data.sources[event.source];
  return [writeDates(event.date, words), event.title, event.text, words.kinds[event.kind], title, publisher];
}

// ---------------------------------------------------------------- words

function sentence(view) {
  const { words, data } = view;
  const events = shown(view);
  if (!events.length)
    return [say(words.none, { all: data.events.length }), searchedFor(view, words.searched)].filter(Boolean).join(" ");
  const open = openedOf(view, "event", events);
  return [
    say(words.shown, {
      n: events.length,
      all: data.events.length,
      from: writeDates(events[0].date, words),
      to: writeDates(events.at(-1).date, words),
    }),
    searchedFor(view, words.searched),
    say(words.open, { date: writeDates(open.date, words), title: open.title }),
  ]
    .filter(Boolean)
    .join(" ");
}

function source(view) {
  const { words, data } = view;
  return say(words.source, { n: Object.keys(data.sources).length, date: writeDates(data.events.at(-1).date, words) });
}

function table(view) {
  const { words, data } = view;
  const events = shown(view);
  const groups = data.administrations.map(([name]) => ({
    title: words.administrations[name],
    rows: events.filter((event) => event.administration === name).map((event) => ({ cells: tableCells(view, event) })),
  }));
  return { columns: words.columns, groups: groups.filter(({ rows }) => rows.length) };
}

function tableCells(view, event) {
  const { words } = view;
  const { title, publisher, date, url } = view.data.sources[event.source];
  const published = say(words.published, { publisher, date });
  return [
    writeDates(event.date, words),
    event.title,
    event.text,
    words.kinds[event.kind],
    words.grades[event.confidence],
    [[title, url]],
    published,
  ];
}

function file(view) {
  const rows = shown(view).map((event) => {
    const { title, publisher, date, url } = view.data.sources[event.source];
    return [
      event.id,
      event.date,
      event.title,
      event.text,
      event.kind,
      event.confidence,
      event.administration,
      event.source,
      title,
      publisher,
      date,
      url,
    ];
  });
  return { name: `287g-timeline-as-of-${view.data.events.at(-1).date}`, rows: [view.words.csv_columns, ...rows] };
}

// How many events there are of each kind.
function option({ words, data }, trait, value, kind) {
  return say(words.kind_option, { kind, n: data.events.filter((event) => event.kind === value).length });
}

// ---------------------------------------------------------------- the view

function content(view) {
  const events = shown(view);
  const open = openedOf(view, "event", events);
  const steps = { entries: events, open, choose: ({ id }) => choose(view, id) };
  return node(
    "div",
    { class: "t-view" },
    strip(view, events, open),
    open ? node("div", { class: "t-columns" }, card(view, steps), keepInSight(eventList(view, steps))) : null,
  );
}

function choose(view, id) {
  view.set({ event: id });
}

function card(view, steps) {
  const { words } = view;
  const { open } = steps;
  const { title, publisher, date, url } = view.data.sources[open.source];
  const heading = newId("explorer-event");
  return node(
    "article",
    { class: "explorer-card t-card", "aria-labelledby": heading },
    stepper(view, steps),
    node("h4", { id: heading }, node("span", { class: "t-date" }, writeDates(open.date, words)), " ", open.title),
    node("p", {}, open.text),
    node(
      "p",
      { class: "t-about" },
      say(words.kind_and_grade, { kind: words.kinds[open.kind], grade: words.grades[open.confidence] }),
    ),
    node(
      "p",
      { class: "t-about" },
      `${words.source_label} `,
      ...documentLinks([[title, url]]),
      `, ${say(words.published, { publisher, date })}`,
    ),
    node("p", { class: "t-about" }, words.administrations[open.administration]),
  );
}

function eventList(view, steps) {
  const { words, data } = view;
  const entry = (event) =>
    listOption(
      event,
      event === steps.open,
      {},
      node("span", { class: "t-date" }, writeDates(event.date, words)),
      " ",
      event.title,
    );
  const groups = data.administrations
    .map(([name]) => [words.administrations[name], steps.entries.filter((event) => event.administration === name)])
    .filter(([, events]) => events.length)
    .map(([title, events]) => listGroup({ class: "explorer-group" }, title, ...events.map(entry)));
  return listBox(
    { class: "explorer-list t-list", "aria-label": view.words.list_label, "data-scroll": "list" },
    groups,
    steps,
  );
}

// ---------------------------------------------------------------- the strip

function strip(view, events, open) {
  const { words, data } = view;
  const width = view.width || STRIP_WIDTH;
  const years = data.events.map(({ date }) => Number(date.slice(0, 4)));
  const first = Math.min(...years);
  const last = Math.max(...years) + 1;
  const column = width / (last - first);
  const x = linear([first, last], [0, width]);
  const size = Math.min(column - 2, 10);
  const abreast = Math.floor(column / (size + 1.5)) || 1; // dots beside each other
  const highest = Math.max(...years.map((year) => years.filter((other) => other === year).length));
  const top = 2 * 16 + 8;
  const bottom = top + Math.ceil(highest / abreast) * (size + 1.5) + 4;
  const picture = shape(
    "svg",
    {
      class: "t-strip",
      width,
      height: bottom + 20,
      viewBox: `0 0 ${width} ${bottom + 20}`,
      role: "img",
      "aria-label": words.strip_label,
    },
    ...bands(view, x, last, bottom),
    ...yearLabels(x, first, last, bottom, column),
    dots(view, events, open, { x, column, size, abreast, bottom }),
  );
  picture.addEventListener("click", ({ target }) => target.dataset.id && choose(view, target.dataset.id));
  return picture;
}

// Every second administration on a gray ground; names take turns in two rows, so that they fit a narrow screen.
function bands(view, x, last, bottom) {
  const { administrations } = view.data;
  return administrations.flatMap(([name, start], place) => {
    const left = Math.max(0, x(yearOf(start)));
    const right = Math.min(
      x(last),
      x(place + 1 < administrations.length ? yearOf(administrations[place + 1][1]) : last),
    );
    const band = shape("rect", {
      class: place % 2 ? "t-band" : "t-band t-other",
      x: round(left),
      y: 0,
      width: round(right - left),
      height: round(bottom),
    });
    return [band, label(view.words.administrations_short[name], (left + right) / 2, 12 + (place % 2) * 16, x(last))];
  });
}

// Text around a place, moved so that it stays inside the picture.
function label(text, place, y, width) {
  const half = textWidth(text, 13) / 2 + 2;
  return shape(
    "text",
    { x: round(Math.min(Math.max(place, half), width - half)), y: round(y), "text-anchor": "middle" },
    text,
  );
}

const yearOf = (iso) =>
  Number(iso.slice(0, 4)) + (Number(iso.slice(5, 7)) - 1) / 12 + (Number(iso.slice(8, 10)) - 1) / 365;

function yearLabels(x, first, last, bottom, column) {
  const step = column * 5 < 40 ? 10 : 5;
  const years = Array.from({ length: last - first }, (_, place) => first + place).filter((year) => year % step === 0);
  return [
    shape("line", { class: "t-axis", x1: 0, x2: round(x(last)), y1: round(bottom), y2: round(bottom) }),
    ...years.map((year) => label(`${year}`, x(year) + column / 2, bottom + 15, x(last))),
  ];
}

function dots(view, events, open, { x, column, size, abreast, bottom }) {
  const height = {};
  const marks = view.data.events.map((event) => {
    const year = Number(event.date.slice(0, 4));
    const before = height[year] ?? 0;
    height[year] = before + 1;
    const level = Math.floor(before / abreast) + 1;
    const aside = ((before % abreast) - (abreast - 1) / 2) * (size + 1.5);
    const kind = event === open ? "t-dot t-open" : events.includes(event) ? "t-dot" : "t-dot t-hidden";
    return shape(
      "circle",
      {
        class: kind,
        "data-id": events.includes(event) ? event.id : null,
        cx: round(x(year) + column / 2 + aside),
        cy: round(bottom - level * (size + 1.5) + size / 2),
        r: round(size / 2),
      },
      shape("title", {}, `${writeDates(event.date, view.words)}: ${event.title}`),
    );
  });
  return shape("g", {}, ...marks);
}

export default explorer({
  settings,
  title: (view) => view.words.title,
  option,
  content,
  sentence,
  table,
  source,
  file,
});
