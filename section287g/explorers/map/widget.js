// Agreements on a map of equal tiles, list by list.

import { countsOf } from "../kit/counts.js";
import { assemble, button, documentLinks, newId, node, shape } from "../kit/elements.js";
import { DAY, dayOf, formatDate, formatNumber, say } from "../kit/format.js";
import { explorer } from "../kit/frame.js";
import { askTiles } from "../kit/guess_tiles.js";
import { listName, MODELS } from "../kit/lists.js";
import { aboutState } from "../kit/places.js";
import { unpackRows } from "../kit/rows.js";
import { countTicks, linear, marker, MARKERS, round, textWidth } from "../kit/scales.js";
import { refillTiles, tileLevel, tileMap, tileSwatch } from "../kit/tiles.js";
import settings from "./spec.json" with { type: "json" };

const WIDE = 700; // from this width on the open state stands beside the map
const MAP_WIDTH = 440; // then
const BETWEEN = 22;
const ROWS_AT_FIRST = 12; // more of a state's agreements are shown on demand
const RANKED = 8;
const PLAY_DAYS = 10; // playing passes over lists that follow each other more closely
const PLAY_MILLISECONDS = 450;

// ---------------------------------------------------------------- what is counted

function chosenList(view) {
  const { lists, start } = view.data;
  return lists.key.indexOf(view.get("on") || start);
}

const baseList = (view) => view.data.lists.key.indexOf(view.get("since"));

function count(view, code, name, list) {
  const changes = view.data.series[code]?.[name];
  return changes ? countsOf(changes, view.data.lists.key.length)[list] : 0;
}

const agreements = (view, code, list) => MODELS.reduce((sum, model) => sum + count(view, code, model, list), 0);

// The value of a place, null where there is nothing to compare with; shares are in percent.
function valueOf(view, [code, , , , residents, counties, inCounties], measure, list) {
  if (measure === "agreements") return agreements(view, code, list);
  if (measure === "per_million") return residents && (1e6 * agreements(view, code, list)) / residents;
  if (measure === "change") return agreements(view, code, list) - agreements(view, code, baseList(view));
  if (measure === "counties") return counties ? (100 * count(view, code, "counties", list)) / counties : null;
  if (measure === "residents") return inCounties ? (100 * count(view, code, "residents", list)) / inCounties : null;
  return count(view, code, measure, list);
}

const shownValue = (view, place) => valueOf(view, place, view.get("measure"), chosenList(view));

// As Python's places.written: a dash where it is not known, one decimal for rates, a sign for changes, and no zero for
// what is little.
function written(value, measure) {
  if (value === null) return "–";
  if (measure === "per_million") return value && value < 0.05 ? "<0.1" : value ? value.toFixed(1) : "0";
  if (measure === "change" && value) return `${value > 0 ? "+" : "−"}${formatNumber(Math.abs(value))}`;
  return value && value < 0.5 && value > 0 ? "<1" : formatNumber(Math.round(value));
}

function ranked(view) {
  return view.data.places
    .map((place) => ({ place, value: shownValue(view, place) }))
    .sort((a, b) => (b.value ?? -Infinity) - (a.value ?? -Infinity));
}

const placeOf = (view, code) => view.data.places.find(([other]) => other === code);

const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);

// ---------------------------------------------------------------- the agreements of a state

// Unpacked when a state is opened for the first time.
function rowsOn(view, code, list) {
  view.rows ??= unpackRows(view.data.rows);
  const date = view.data.lists.date[list];
  return view.rows.filter((row) => row.state === code && row.first_listed <= date && row.last_listed >= date);
}

// ---------------------------------------------------------------- words

const dateOf = (view, list) => formatDate(view.data.lists.date[list], view.words);

function title(view) {
  const { words } = view;
  return say(words.titles[view.get("measure")], {
    date: dateOf(view, chosenList(view)),
    since: dateOf(view, baseList(view)),
  });
}

function sentence(view) {
  return [seen(view), opened(view)].filter(Boolean).join(" ");
}

function seen(view) {
  const { words, data } = view;
  const measure = view.get("measure");
  const list = chosenList(view);
  const order = ranked(view);
  const templates = words.sentence;
  const values = {
    list: listName(view, list),
    first: order[0].place[1],
    second: order[1].place[1],
    third: order[2].place[1],
    value: written(order[0].value, measure),
  };
  if (measure === "per_million") {
    const compared = data.places.filter(([, , , , people]) => people);
    const all = sum(compared.map(([code]) => agreements(view, code, list)));
    const residents = sum(compared.map(([, , , , people]) => people));
    return say(templates.per_million, { ...values, whole: written((1e6 * all) / residents, measure) });
  }
  if (measure === "counties" || measure === "residents") {
    const covered = sum(data.places.map(([code]) => count(view, code, measure, list)));
    const whole = sum(
      data.places.map(([, , , , , counties, residents]) => (measure === "counties" ? counties : residents)),
    );
    return say(templates[measure], { ...values, n: covered, whole, share: ((100 * covered) / whole).toFixed(1) });
  }
  const n = sum(order.map(({ value }) => value));
  if (measure === "change") {
    const fewer = order.filter(({ value }) => value < 0).length;
    return say(templates.change, {
      ...values,
      change: written(n, measure),
      since: dateOf(view, baseList(view)),
      n: fewer,
    });
  }
  const present = order.filter(({ value }) => value > 0);
  const territories = present.filter(({ place }) => place[2]).length;
  if (present.length < 3) return say(templates.few, { ...values, n, what: words.units[measure] });
  return say(templates[measure], {
    ...values,
    n,
    states: present.length - territories,
    territories: say(words.territories, { n: territories }),
    share: String(Math.round((100 * sum(order.slice(0, 3).map(({ value }) => value))) / n)),
  });
}

function opened(view) {
  const place = placeOf(view, view.get("state"));
  if (!place) return "";
  const list = chosenList(view);
  const parts = Object.fromEntries(MODELS.map((model) => [model, count(view, place[0], model, list)]));
  const n = agreements(view, place[0], list);
  return say(n ? view.words.open : view.words.open_none, { n, place: place[1], ...parts });
}

function source(view) {
  const { words } = view;
  const measure = view.get("measure");
  return say(words.source, { unit: words.units[measure], list: listName(view, chosenList(view)) });
}

function notes(view) {
  const { words } = view;
  const note = words.cautions[view.get("measure")];
  const copied = view.data.lists.kind[chosenList(view)] === "transcript" ? words.copied : null;
  return [note, copied].filter(Boolean).map((text) => node("p", {}, text));
}

// ---------------------------------------------------------------- controls

const controls = { on: (view) => ({ index: chosenList(view), text: listName(view, chosenList(view)) }) };

// A list by its day.
const option = (view, trait, value) => (trait === "since" ? dateOf(view, view.data.lists.key.indexOf(value)) : null);

const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

// The slider with buttons to play and to go list by list. Playing is not offered to readers who ask for less motion.
function aside(view, elementOf) {
  const { words } = view;
  const slider = elementOf("on");
  const play = button({}, () => (view.timer ? stop() : start()), words.play);
  const stop = () => {
    clearInterval(view.timer);
    view.timer = null;
    play.textContent = words.play;
    sentenceOf(play).setAttribute("aria-live", "polite");
  };
  const start = () => {
    sentenceOf(play).setAttribute("aria-live", "off"); // else a screen reader would read every list
    play.textContent = words.pause;
    if (chosenList(view) === view.data.lists.key.length - 1) showList(view, 0);
    view.timer = setInterval(() => {
      if (play.isConnected && showList(view, laterList(view))) return;
      stop();
    }, PLAY_MILLISECONDS);
  };
  const step = (by) => () => {
    stop();
    showList(view, chosenList(view) + by);
  };
  slider.addEventListener("input", stop);
  return node(
    "div",
    { class: "map-time" },
    slider,
    node(
      "div",
      { class: "map-steps explorer-actions" },
      calm() ? null : play,
      button({}, step(-1), words.back),
      button({}, step(1), words.on),
    ),
  );
}

const sentenceOf = (element) => element.closest(".explorer-frame").querySelector(".explorer-sentence");

// False at the end of the lists.
function showList(view, list) {
  const { key } = view.data.lists;
  if (!key[list]) return false;
  view.set({ on: key[list] });
  return list < key.length - 1;
}

function laterList(view) {
  const { date } = view.data.lists;
  const list = chosenList(view);
  const later = date.findIndex((iso) => dayOf(iso) >= dayOf(date[list]) + PLAY_DAYS * DAY);
  return later < 0 ? date.length - 1 : later;
}

// ---------------------------------------------------------------- the view

function content(view) {
  const wide = view.width >= WIDE;
  const place = placeOf(view, view.get("state"));
  const map = drawMap(view, wide ? MAP_WIDTH : view.width + 16);
  return node(
    "div",
    { class: wide ? "map-view map-wide" : "map-view" },
    node("div", {}, map),
    shades(view),
    place ? about(view, place) : ranking(view),
    place ? agreementList(view, place) : null,
  );
}

// Made anew for another width or other hatched tiles, else only filled with other values.
function drawMap(view, width) {
  const all = tiles(view);
  const selected = view.get("state");
  const key = `${width} ${all.map(({ pattern }) => pattern)}`;
  if (view.mapKey === key) refillTiles(view.map, all, selected);
  else {
    view.mapKey = key;
    view.map = tileMap(all, {
      label: view.words.map_label,
      width,
      selected,
      choose: (code) => view.set({ state: code === view.get("state") ? "" : code }),
    });
  }
  return view.map;
}

function tiles(view) {
  const { words, data } = view;
  const measure = view.get("measure");
  return data.places.map((place) => {
    const [code, name, , at] = place;
    const value = shownValue(view, place);
    const text = written(value, measure);
    const said =
      value === null ? words.unknown : say(words.values[measure], { n: Math.round(Math.abs(value)), value: text });
    return {
      id: code,
      at,
      code,
      text,
      name: say(words.tile, { place: name, value: said }),
      level: value === null ? 0 : tileLevel(value, data.limits[measure]),
      pattern: value < 0 ? "lines" : "",
    };
  });
}

function ranking(view) {
  const { words } = view;
  const measure = view.get("measure");
  const first = ranked(view)
    .slice(0, RANKED)
    .filter(({ value }) => value > 0);
  return node(
    "div",
    { class: "map-side" },
    node("p", {}, words.hint),
    first.length ? node("h4", {}, words.ranking) : null,
    node(
      "ol",
      {},
      ...first.map(({ place, value }) =>
        node("li", {}, say(words.tile, { place: place[1], value: written(value, measure) })),
      ),
    ),
  );
}

function about(view, [code, name, , , , , , page]) {
  const { words } = view;
  const list = chosenList(view);
  const last = view.data.lists.key.length - 1;
  const now = MODELS.map((model) =>
    node(
      "li",
      {},
      swatch(model),
      say(words.model_count, { model: words.models[model], n: count(view, code, model, list) }),
    ),
  );
  const close = button({ "data-focus": "close" }, () => view.set({ state: "" }), words.close);
  return node(
    "div",
    { class: "map-side" },
    node("div", { class: "explorer-actions map-head" }, node("h4", {}, name), close),
    node("p", {}, say(words.on_list, { list: listName(view, list) })),
    node("ul", { class: "map-models" }, ...now),
    historyPicture(view, code, name),
    node("p", { class: "map-small" }, say(words.history_note, { from: dateOf(view, 0), to: dateOf(view, last) })),
    aboutState(view, name, page),
  );
}

const swatch = (model) =>
  shape(
    "svg",
    { width: 28, height: 12, "aria-hidden": "true" },
    shape("path", { class: `map-line map-${model}`, d: "M1 6H27" }),
    marker(MARKERS[model], 14, 6, 7, { class: `map-dot map-${model}` }),
  );

// Agreements of one state by model on every list; the list that is shown is marked, another project's copy is hollow.
// Only the mark moves
// while a reader goes from list to list.
function historyPicture(view, code, name) {
  const { words } = view;
  const width = historyRoom(view);
  if (view.history?.code !== code || view.history.width !== width)
    view.history = { code, width, ...drawHistory(view, code, width) };
  const { svg, mark, counts, x, y } = view.history;
  const list = chosenList(view);
  const said = MODELS.map((model) =>
    say(words.history_part, {
      model: words.models[model],
      from: counts[model][0],
      n: counts[model][list],
      most: Math.max(...counts[model]),
    }),
  );
  assemble(
    svg,
    {
      "aria-label": say(words.history, {
        place: name,
        from: dateOf(view, 0),
        date: dateOf(view, list),
        parts: said.join(" "),
      }),
    },
    [],
  );
  mark.replaceChildren(
    shape("line", { class: "map-now", x1: x[list], x2: x[list], y1: 6, y2: y(0) }),
    ...MODELS.map((model) =>
      marker(MARKERS[model], x[list], y(counts[model][list]), 7, { class: `map-dot map-${model}` }),
    ),
  );
  return svg;
}

// Pixels that the history has: what is left beside the map, or all of the width below it.
const historyRoom = (view) =>
  view.width >= WIDE ? view.width - MAP_WIDTH - BETWEEN : Math.min(view.width || 280, 480);

function drawHistory(view, code, width) {
  const { date, kind } = view.data.lists;
  const size = { width: Math.round(width), height: 140 };
  const counts = Object.fromEntries(
    MODELS.map((model) => [model, date.map((_, list) => count(view, code, model, list))]),
  );
  const ticks = countTicks(Math.max(...Object.values(counts).flat()), 3);
  const left = 8 + textWidth(formatNumber(ticks.at(-1)), 13);
  const along = linear([dayOf(date[0]), dayOf(date.at(-1))], [left, size.width - 8]);
  const x = date.map((iso) => round(along(dayOf(iso))));
  const y = linear([0, ticks.at(-1)], [size.height - 22, 10]);
  const places = date.map((_, place) => place);
  const own = places.filter((place) => kind[place] !== "transcript");
  const line = (model) =>
    own
      .map((place, number) => `${number ? `H${x[place]}V` : `M${x[place]} `}${round(y(counts[model][place]))}`)
      .join("");
  const years = [2021, 2023, 2025].map((year) =>
    shape(
      "text",
      { x: round(Math.max(along(dayOf(`${year}-01-13`)), left + 14)), y: size.height - 5, "text-anchor": "middle" },
      year,
    ),
  );
  const mark = shape("g");
  const svg = shape(
    "svg",
    { class: "map-history", ...size, viewBox: `0 0 ${size.width} ${size.height}`, role: "img" },
    ...ticks.flatMap((tick) => [
      shape("line", { class: "map-grid", x1: left, x2: size.width, y1: round(y(tick)), y2: round(y(tick)) }),
      shape("text", { x: left - 5, y: round(y(tick)) + 4, "text-anchor": "end" }, formatNumber(tick)),
    ]),
    ...years,
    ...MODELS.map((model) => shape("path", { class: `map-line map-${model}`, d: line(model) })),
    ...places
      .filter((place) => kind[place] === "transcript")
      .flatMap((place) =>
        MODELS.map((model) =>
          marker(MARKERS[model], x[place], y(counts[model][place]), 7, { class: `map-hollow map-${model}` }),
        ),
      ),
    mark,
  );
  return { svg, mark, counts, x, y };
}

// Made anew only when the state, the list or the number of rows asked for is another.
function agreementList(view, [code, name]) {
  const list = chosenList(view);
  const key = `${code} ${list} ${view.all === code}`;
  if (view.listKey !== key) {
    view.listKey = key;
    view.list = makeList(view, code, name, list);
  }
  return view.list;
}

function makeList(view, code, name, list) {
  const { words } = view;
  const rows = rowsOn(view, code, list);
  const shown = view.all === code ? rows : rows.slice(0, ROWS_AT_FIRST);
  const heading = newId("explorer-agreements");
  const counted = agreements(view, code, list);
  const showAll = () => {
    view.all = code;
    view.redraw();
    view.list.querySelector(".explorer-scroll").focus();
  };
  const more = button({}, showAll, say(words.show_all, { n: rows.length }));
  return node(
    "div",
    { class: "map-agreements" },
    node("h4", { id: heading }, say(words.list_title, { place: name, n: rows.length, date: dateOf(view, list) })),
    counted === rows.length
      ? null
      : node("p", { class: "map-small" }, say(words.followed, { n: rows.length, counted })),
    rows.length
      ? node(
          "div",
          {
            class: "explorer-scroll",
            role: "region",
            tabindex: "0",
            "aria-labelledby": heading,
            "data-scroll": "agreements",
            "data-focus": "agreements",
          },
          agreementTable(view, shown),
        )
      : null,
    shown.length < rows.length ? node("div", { class: "explorer-actions" }, more) : null,
  );
}

// Each line is made once: from one list to the next most stay.
function agreementTable(view, rows) {
  const { words } = view;
  const named = (printed, meant) =>
    meant ? say(words.printed_and_meant, { printed, meant }) : (printed ?? words.none);
  const cells = (row) => [
    words.kinds[row.agency_kind ?? "unknown"],
    named(row.county, row.county_meant),
    words.models[row.model],
    row.signed ? formatDate(row.signed, words) : words.none,
  ];
  return node(
    "table",
    { class: "explorer-table" },
    node("thead", {}, node("tr", {}, ...words.row_columns.map((text) => node("th", { scope: "col" }, text)))),
    node(
      "tbody",
      {},
      ...rows.map(
        (row) =>
          (row.line ??= node(
            "tr",
            {},
            node("th", { scope: "row" }, named(row.agency, row.agency_meant)),
            ...cells(row).map((text) => node("td", {}, text)),
            node("td", {}, ...(row.document_url ? documentLinks([[words.document, row.document_url]]) : [words.none])),
          )),
      ),
    ),
  );
}

// ---------------------------------------------------------------- legend, table, file

// [from, to] of each shade: whole numbers include their upper end; rates and shares, which begin at zero, do not.
function ranges(limits) {
  return limits.map((from, place) => {
    const next = limits[place + 1];
    return limits[0] ? [from, next === undefined ? null : next - 1] : [from || null, next ?? null];
  });
}

function shades(view) {
  const { words, data } = view;
  const measure = view.get("measure");
  const texts = ranges(data.limits[measure]).map(([from, to]) =>
    from === null
      ? say(words.below, { to })
      : to === null
        ? `${from}+`
        : say(data.limits[measure][0] ? words.between_counts : words.between, { from, to }),
  );
  const fewer = measure === "change" ? [[tileSwatch(1, "lines"), words.fewer]] : [];
  const entries = [
    [tileSwatch(0, ""), words.level_none],
    ...texts.map((text, place) => [tileSwatch(place + 1, ""), text]),
    ...fewer,
  ];
  return node("ul", { class: "explorer-legend" }, ...entries.map(([swatch, text]) => node("li", {}, swatch, text)));
}

function tableValues(view, place) {
  const list = chosenList(view);
  const value = (measure) => valueOf(view, place, measure, list);
  const rate = (measure) => (value(measure) === null ? null : Math.round(value(measure) * 10) / 10);
  return [
    ...MODELS.map(value),
    value("agreements"),
    value("agencies"),
    rate("per_million"),
    value("change"),
    rate("counties"),
    rate("residents"),
  ];
}

function table(view) {
  const { words, data } = view;
  const columns = Object.entries(words.columns).map(([name, text]) =>
    name === "change" ? say(text, { date: dateOf(view, baseList(view)) }) : text,
  );
  const rows = data.places.map((place) => ({
    cells: [place[1], ...tableValues(view, place).map((value) => value ?? "–")],
    current: place[0] === view.get("state"),
  }));
  return { columns, groups: [{ rows }] };
}

// The agreements of the open state, or all places on the list.
function file(view) {
  const { words, data } = view;
  const list = chosenList(view);
  const code = view.get("state");
  const key = data.lists.key[list];
  if (!code) {
    const rows = data.places.map((place) => [
      key,
      data.lists.kind[list],
      place[0],
      place[1],
      ...tableValues(view, place),
      view.get("since"),
      ...place.slice(4, 7),
    ]);
    return { name: `287g-map-${key}`, rows: [words.csv_columns, ...rows] };
  }
  const rows = rowsOn(view, code, list).map((row) => [
    key,
    ...words.csv_row_columns.slice(1).map((name) => row[name] ?? ""),
  ]);
  return { name: `287g-agreements-${code}-${key}`, rows: [words.csv_row_columns, ...rows] };
}

export default explorer({
  settings,
  hasPicture: () => true,
  title,
  controls,
  option,
  aside,
  asideBelow: true,
  ask: askTiles,
  content,
  notes,
  sentence,
  table,
  source,
  file,
});
