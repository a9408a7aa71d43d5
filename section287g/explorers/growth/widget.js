// Agreements or agencies in force by date, model and state.

import { node, shape } from "../kit/elements.js";
import { DAY, dayOf, formatDate, formatNumber, say } from "../kit/format.js";
import { explorer } from "../kit/frame.js";
import { listName, MODELS } from "../kit/lists.js";
import { countTicks, linear, marker, MARKERS, round, spread, textWidth, tickText, timeTicks } from "../kit/scales.js";
import { countsIn, gapAfter, knownUntil, listTimes } from "../kit/series.js";
import settings from "./spec.json" with { type: "json" };

const LINE_HEIGHT = 18;

// ---------------------------------------------------------------- what is counted

const counted = (view, model) => countsIn(view, view.get("state"), view.get("unit"), model);

const shownModels = (view) => (view.get("show") === "models" ? MODELS : [view.get("show")]);

const startDate = (view) => `${view.get("since")}-01-01`;

// First list shown: the one that was in force when the chosen time begins.
function firstList(view) {
  const { date } = view.data.lists;
  const start = startDate(view);
  const next = date.findIndex((iso) => iso >= start);
  return Math.max(0, date[next] === start ? next : next - 1);
}

function listIndex(view, key) {
  return Math.max(view.data.lists.key.indexOf(key || view.data.start), firstList(view));
}

const chosenList = (view) => listIndex(view, view.get("on"));
const readList = (view) => listIndex(view, view.hover?.on ?? view.get("on"));

// Where totals are not comparable with what is shown, they are not offered.
const publishedFits = (view) => view.get("state") === "all" && view.get("unit") === "agreements";

function publishedShown(view) {
  return publishedFits(view) && view.get("published") ? view.data.published : [];
}

function eventsShown(view) {
  if (!view.get("events")) return [];
  const start = startDate(view);
  const state = view.get("state");
  return view.data.events.filter(
    (event) => event.date >= start && (state === "all" || !event.state || event.state === state),
  );
}

// ---------------------------------------------------------------- words

const stateName = (view) => view.data.states.find(([code]) => code === view.get("state"))?.[1];

function title(view) {
  const { words } = view;
  const unit = view.get("unit");
  const model = MODELS.includes(view.get("show")) ? view.get("show") : null;
  const place = stateName(view) ?? words.united_states;
  const dates = view.data.lists.date;
  const start = startDate(view);
  const last = publishedShown(view).at(-1)?.date ?? dates.at(-1);
  return say(words.title_dates, {
    title: say((model ? words.title_model : words.title)[unit], { place, model: words.model_names[model] }),
    from: formatDate(dates[firstList(view)] < start ? start : dates[firstList(view)], words),
    to: formatDate(last, words),
  });
}

function sentence(view) {
  const { words } = view;
  const show = view.get("show");
  const index = chosenList(view);
  const first = firstList(view);
  const counts = counted(view, show === "models" ? "total" : show);
  const n = counts[index];
  const templates = words.sentence[view.get("unit")];
  const parts = Object.fromEntries(MODELS.map((model) => [model, counted(view, model)[index]]));
  const kind = n === 0 ? "none" : MODELS.includes(show) ? "model" : show;
  const seen = say(templates[kind], {
    n,
    list: listName(view, index),
    place: stateName(view) ?? words.the_united_states,
    parts: say(words.parts, parts),
    model: words.model_names[show],
  });
  const change = n - counts[first];
  const direction = change > 0 ? "more" : change < 0 ? "fewer" : "same";
  const compared = say(words.change[direction], {
    n: Math.abs(change),
    date: formatDate(view.data.lists.date[first], words),
  });
  const caution = kind === "models" && view.get("unit") === "agencies" ? words.more_than_one : "";
  return [seen, index === first ? "" : compared, caution].filter(Boolean).join(" ");
}

function source(view) {
  const { words, data } = view;
  const newest = (kind) => formatDate(data.lists.date[data.lists.kind.lastIndexOf(kind)], words);
  const published = publishedShown(view).at(-1);
  const line = say(words.source, {
    unit: words.unit_names[view.get("unit")],
    workbook: newest("ice_workbook"),
    transcript: newest("transcript"),
    lists_source: data.sources.ice_workbook,
    transcript_source: data.sources.transcript,
  });
  return published ? `${line} ${say(words.source_published, { date: formatDate(published.date, words) })}` : line;
}

// ---------------------------------------------------------------- controls

const controls = {
  published: (view) => ({ disabled: publishedFits(view) ? "" : view.words.published_only }),
  on(view) {
    const first = firstList(view);
    const list = chosenList(view);
    return { values: view.data.lists.key.slice(first), index: list - first, text: listName(view, list) };
  },
};

// ---------------------------------------------------------------- picture

function layout(view, width) {
  const { words } = view;
  const narrow = width < 520;
  const first = firstList(view);
  const times = listTimes(view);
  const models = shownModels(view);
  const published = publishedShown(view);
  const names = models.map((model) => words.model_short[model]);
  const right = 16 + Math.max(...names.map((name) => textWidth(name, 13, 600)));
  const from = Math.max(times[first], dayOf(startDate(view)));
  const to = Math.max(times.at(-1), published.length ? dayOf(published.at(-1).date) : 0) + 4 * DAY;
  const readout = narrow ? 22 : 0; // a phone has room for the values above the picture, not in it
  const top = (eventsShown(view).length ? 44 : 26) + readout;
  const height = narrow ? 330 : 370;
  const highest = Math.max(
    ...models.flatMap((model) => counted(view, model).slice(first)),
    ...models.flatMap((model) => published.map((row) => row[model] ?? 0)),
  );
  const ticks = countTicks(highest, narrow ? 4 : 6);
  const left = 10 + textWidth(formatNumber(ticks.at(-1)), 13);
  const box = { left, right: width - right, top, bottom: height - 40, width, height, narrow, eventsY: 28 + readout };
  return {
    ...box,
    first,
    from,
    to,
    ticks,
    models,
    published,
    x: linear([from, to], [box.left, box.right]),
    y: linear([0, ticks.at(-1)], [box.bottom, box.top]),
  };
}

function picture(view, width) {
  const plot = layout(view, width);
  view.plot = plot;
  return shape(
    "svg",
    { width, height: plot.height, viewBox: `0 0 ${width} ${plot.height}` },
    ...gaps(view, plot),
    grid(view, plot),
    timeAxis(view, plot),
    ...eventMarks(view, plot),
    ...plot.models.flatMap((model) => seriesLine(view, plot, model)),
    ...plot.models.flatMap((model) => publishedMarks(plot, model)),
    endLabels(view, plot),
    reading(view, plot),
  );
}

function grid(view, plot) {
  return shape(
    "g",
    { class: "x-grid" },
    ...plot.ticks.flatMap((tick) => [
      shape("line", {
        x1: plot.left,
        x2: plot.right,
        y1: round(plot.y(tick)),
        y2: round(plot.y(tick)),
        class: tick ? null : "x-base",
      }),
      shape("text", { x: plot.left - 6, y: round(plot.y(tick)) + 4, "text-anchor": "end" }, formatNumber(tick)),
    ]),
    shape("text", { x: 0, y: 13 }, view.words.axis[view.get("unit")]),
  );
}

function timeAxis(view, plot) {
  const { step, ticks } = timeTicks(plot.from, plot.to, plot.right - plot.left, 46);
  return shape(
    "g",
    { class: "x-grid" },
    ...ticks.flatMap((time, index) => {
      const x = round(plot.x(time));
      const lines = tickText(time, step, view.words, index === 0);
      return [
        shape("line", { x1: x, x2: x, y1: plot.bottom, y2: plot.bottom + 5, class: "x-base" }),
        ...lines.map((text, line) =>
          shape("text", { x, y: plot.bottom + 19 + line * 15, "text-anchor": "middle" }, text),
        ),
      ];
    }),
  );
}

function unknownSpans(view, plot) {
  const times = listTimes(view);
  return times.flatMap((_, index) =>
    index >= plot.first && gapAfter(view, index)
      ? [[Math.max(knownUntil(view, index), plot.from), times[index + 1]]]
      : [],
  );
}

function gaps(view, plot) {
  return unknownSpans(view, plot).map(([start, end]) =>
    shape("rect", {
      class: "x-gap",
      x: round(plot.x(start)),
      y: plot.top,
      width: round(plot.x(end) - plot.x(start)),
      height: plot.bottom - plot.top,
    }),
  );
}

// Steps at the lists; a thin dotted link where nobody saved a list; nothing between ICE's lists and another project's
// copy.
function seriesLine(view, plot, model) {
  const { kind } = view.data.lists;
  const times = listTimes(view);
  const counts = counted(view, model);
  const known = [];
  const unknown = [];
  const copies = [];
  for (let index = plot.first; index < times.length; index++) {
    const x = round(plot.x(Math.max(times[index], plot.from)));
    const y = round(plot.y(counts[index]));
    const copied = kind[index] === "transcript";
    if (copied) {
      copies.push(marker(MARKERS[model], x, y, 9, { class: `x-hollow x-${model}` }));
      continue;
    }
    known.push(`${known.length ? "L" : "M"}${x} ${y}`);
    if (index + 1 === times.length) break;
    const start = knownUntil(view, index);
    const end = round(plot.x(Math.max(start, plot.from)));
    const nextX = round(plot.x(times[index + 1]));
    const nextY = round(plot.y(counts[index + 1]));
    const gap = gapAfter(view, index);
    if (!gap) known.push(`H${nextX}`);
    else {
      known.push(`H${end}`);
      if (kind[index + 1] === "transcript") continue;
      unknown.push(`M${end} ${y}L${nextX} ${nextY}`);
      known.push(`M${nextX} ${nextY}`);
    }
  }
  return [
    shape("path", { class: `x-unknown x-${model}`, d: unknown.join("") }),
    shape("path", { class: `x-line x-${model}`, d: known.join("") }),
    ...copies,
  ];
}

function publishedMarks(plot, model) {
  return plot.published
    .filter((row) => model in row)
    .map((row) =>
      marker(MARKERS[model], plot.x(dayOf(row.date)), plot.y(row[model]), 9, {
        class: `x-hollow x-published x-${model}`,
      }),
    );
}

function endLabels(view, plot) {
  const last = view.data.lists.key.length - 1;
  const labels = plot.models.map((model) => {
    const stated = plot.published.findLast((row) => model in row);
    return { model, y: plot.y(stated ? stated[model] : counted(view, model)[last]) };
  });
  return shape(
    "g",
    { class: "x-labels" },
    ...spread(labels, LINE_HEIGHT, plot.top, plot.bottom).map(({ model, y }) =>
      shape("text", { class: `x-${model}`, x: plot.right + 9, y: round(y) + 4 }, view.words.model_short[model]),
    ),
  );
}

// The list that is read: a line, a marker on each series, and the values in a box or, on a phone, in a row above the
// picture.
function reading(view, plot) {
  const { words, data } = view;
  const index = readList(view);
  const x = round(plot.x(Math.max(listTimes(view)[index], plot.from)));
  const rows = [...plot.models]
    .reverse()
    .map((model) => ({ model, name: words.model_short[model], count: counted(view, model)[index] }));
  const date = formatDate(data.lists.date[index], words, true);
  return shape(
    "g",
    { class: "x-reading" },
    shape("line", { x1: x, x2: x, y1: plot.top, y2: plot.bottom }),
    ...rows.map(({ model, count }) => marker(MARKERS[model], x, plot.y(count), 8, { class: `x-dot x-${model}` })),
    ...(plot.narrow ? valueRow(rows, date) : valueBox(view, plot, x, rows, date)),
  );
}

function valueRow(rows, date) {
  let x = textWidth(date, 13, 600) + 10;
  return [
    shape("text", { class: "x-strong", x: 0, y: 34 }, date),
    ...rows.flatMap(({ model, count }) => {
      const start = x;
      x += textWidth(formatNumber(count), 13, 600) + 23;
      return [
        marker(MARKERS[model], start + 4, 30, 8, { class: `x-dot x-${model}` }),
        shape("text", { class: "x-strong", x: round(start + 13), y: 34 }, formatNumber(count)),
      ];
    }),
  ];
}

function valueBox(view, plot, x, rows, date) {
  const wide =
    38 +
    Math.max(
      textWidth(date, 13, 600) - 20,
      ...rows.map((row) => textWidth(`${row.name}  ${formatNumber(row.count)}`, 13)),
    );
  const high = 28 + rows.length * LINE_HEIGHT;
  const [left, top] = freePlace(view, plot, x, wide, high);
  return [
    shape("rect", { x: left, y: top, width: round(wide), height: high, rx: 6 }),
    shape("text", { class: "x-strong", x: left + 9, y: top + 18 }, date),
    ...rows.flatMap(({ model, name, count }, place) => {
      const y = top + 19 + (place + 1) * LINE_HEIGHT;
      return [
        marker(MARKERS[model], left + 13, y - 4, 8, { class: `x-dot x-${model}` }),
        shape("text", { x: left + 23, y }, name),
        shape("text", { class: "x-strong", x: round(left + wide - 8), y, "text-anchor": "end" }, formatNumber(count)),
      ];
    }),
  ];
}

// Beside the line that is read, left or right of it and high or low: where the box hides least of the series.
function freePlace(view, plot, x, wide, high) {
  const times = listTimes(view);
  const steps = plot.models.flatMap((model) =>
    counted(view, model)
      .map((count, index) => [plot.x(times[index]), plot.x(times[index + 1] ?? plot.to), plot.y(count)])
      .slice(plot.first),
  );
  const hidden = (left, top) =>
    steps.filter(([from, to, y]) => to > left && from < left + wide && y > top - 4 && y < top + high + 4).length;
  const lefts = [x - wide - 10, x + 10].map((left) =>
    Math.round(Math.min(Math.max(left, plot.left + 2), plot.width - wide - 2)),
  );
  const tops = [0, 1, 2, 3, 4].map((part) =>
    Math.round(plot.top + 4 + (part / 4) * (plot.bottom - plot.top - high - 8)),
  );
  const places = tops.flatMap((top) =>
    lefts.map((left) => [left, top, hidden(left, top) + (left < x && left + wide > x ? 1 : 0)]),
  );
  return places.reduce((best, place) => (place[2] < best[2] ? place : best));
}

// Numbered marks along the top; the numbers are explained below the picture. Marks too close are moved apart.
function eventMarks(view, plot) {
  const marks = eventsShown(view).map((event, index) => ({
    number: index + 1,
    x: plot.x(dayOf(event.date)),
    y: plot.x(dayOf(event.date)),
  }));
  const gap = Math.min(19, (plot.right - plot.left) / marks.length);
  const radius = round(Math.min(8.5, gap / 2));
  return spread(marks, gap, plot.left + radius, plot.right - radius).map(({ number, x, y: moved }) =>
    shape(
      "g",
      { class: "x-event" },
      shape("path", { d: `M${round(moved)} ${plot.eventsY + 8}L${round(x)} ${plot.top + 4}V${plot.bottom}` }),
      shape("circle", { cx: round(moved), cy: plot.eventsY, r: radius }),
      shape("text", { x: round(moved), y: plot.eventsY + 4, "text-anchor": "middle" }, number),
    ),
  );
}

// The list in force at a point of the picture: the last one that is not later.
function point(view, x) {
  const { key } = view.data.lists;
  const times = listTimes(view);
  const next = times.findIndex((time) => view.plot.x(time) > x + 2);
  const index = next < 0 ? times.length - 1 : Math.max(next - 1, view.plot.first);
  return { on: key[index] };
}

// ---------------------------------------------------------------- below the picture

function swatch(view, kind) {
  const model = view.get("show") === "models" ? "task_force" : view.get("show");
  const marks = {
    list: () => [shape("path", { class: "x-line x-total", d: "M1 11H9V4H23" })],
    gap: () => [
      shape("rect", { class: "x-gap", x: 1, y: 0, width: 22, height: 14 }),
      shape("path", { class: "x-unknown x-total", d: "M1 11L23 4" }),
    ],
    transcript: () => [marker(MARKERS[model], 12, 7, 9, { class: "x-hollow x-total" })],
    published: () => [marker(MARKERS[model], 12, 7, 9, { class: "x-hollow x-published x-total" })],
  };
  return shape("svg", { width: 24, height: 14, "aria-hidden": "true" }, ...marks[kind]());
}

function legend(view) {
  const kinds = ["list", "gap", "transcript", ...(publishedShown(view).length ? ["published"] : [])];
  return kinds.map((kind) => [swatch(view, kind), view.words.legend[kind]]);
}

function notes(view) {
  const { words } = view;
  const published = publishedShown(view);
  return [
    ...noteList(
      "ol",
      words.events_title,
      eventsShown(view).map((event) =>
        say(words.event, { ...event, text: words.event_texts[event.id], date: formatDate(event.date, words) }),
      ),
    ),
    ...noteList(
      "ul",
      words.published_title,
      published.map((row) => say(words.published_total, { ...row, n: row.total, date: formatDate(row.date, words) })),
    ),
    ...(published.length && view.get("show") !== "total" ? [node("p", {}, words.published_models_note)] : []),
  ];
}

function noteList(tag, heading, lines) {
  if (!lines.length) return [];
  return [node("h4", {}, heading), node(tag, {}, ...lines.map((line) => node("li", {}, line)))];
}

// ---------------------------------------------------------------- table and file

const tableModels = (view) => (view.get("show") === "models" ? [...MODELS, "total"] : [view.get("show")]);

function table(view) {
  const { words, data } = view;
  const { lists } = data;
  const models = tableModels(view);
  const counts = models.map((model) => counted(view, model));
  const chosen = chosenList(view);
  const rows = lists.key
    .map((_, index) => ({
      current: index === chosen,
      cells: [
        formatDate(lists.date[index], words),
        words.list_kinds[lists.kind[index]],
        lists.until[index] > lists.date[index] ? formatDate(lists.until[index], words) : "",
        ...counts.map((column) => column[index]),
      ],
    }))
    .slice(firstList(view))
    .reverse();
  const published = publishedShown(view)
    .map((row) => ({
      cells: [formatDate(row.date, words), say(words.published_kind, row), "", ...models.map((model) => row[model])],
    }))
    .reverse();
  return {
    columns: [
      words.columns.list,
      words.columns.kind,
      words.columns.until,
      ...models.map((model) => words.model_short[model]),
    ],
    groups: [
      ...(published.length ? [{ title: words.published_group, rows: published }] : []),
      { title: published.length ? words.legend.list : "", rows },
    ],
  };
}

function file(view) {
  const { words, data } = view;
  const { lists } = data;
  const models = tableModels(view);
  const counts = models.map((model) => counted(view, model));
  const state = view.get("state");
  const unit = view.get("unit");
  const rows = lists.key
    .map((key, index) => [
      key,
      lists.date[index],
      words.list_kinds[lists.kind[index]],
      lists.until[index],
      state,
      unit,
      ...counts.map((column) => column[index]),
      data.sources[lists.kind[index]],
    ])
    .slice(firstList(view));
  const published = publishedShown(view).map((row) => [
    words.csv_published,
    row.date,
    row.confidence,
    "",
    state,
    unit,
    ...models.map((model) => row[model]),
    row.source,
  ]);
  const asOf = [lists.date.at(-1), ...published.map((row) => row[1])].at(-1);
  return {
    name: `287g-growth-${state}-${unit}-as-of-${asOf}`,
    rows: [[...words.csv_columns, ...models, words.csv_source], ...rows, ...published],
  };
}

export default explorer({
  settings,
  title,
  controls,
  picture,
  legend,
  notes,
  sentence,
  table,
  source,
  file,
  point,
});
