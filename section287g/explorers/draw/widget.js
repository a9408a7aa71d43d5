// Four years of ICE's lists are given, the reader draws the months since, then the counted line is shown beside it.

import { button, newId, node, setText, shape } from "../kit/elements.js";
import { DAY, dayOf, formatDate, formatMonth, formatNumber, say } from "../kit/format.js";
import { explorer } from "../kit/frame.js";
import { linear, marker, round, spread } from "../kit/scales.js";
import settings from "./spec.json" with { type: "json" };

const STEP = 50; // agreements for an arrow key
const LEAP = 500; // and for a page key
const NEAREST = 10; // a line drawn by hand is no more exact
const EDGE = 14; // pixels right of the last month, for its mark
const GIVEN_SHARE = 0.3; // of the width, for the four years that are given
const NARROW = 480; // pixels
const KEY = 52; // pixels from the left, beside the numbers of the scale

// ---------------------------------------------------------------- what the reader has drawn

// `values`: one for each month, null where nothing is drawn; `last`: the last month drawn; `hand`: the month under the
// hand; `base`: the month from which the arrow keys bend the last stretch; `stopped`: where a hand let go too early.
function drawingOf(view) {
  view.drawing ??= { months: monthsOf(view.data), ...empty(monthsOf(view.data)) };
  return view.drawing;
}

const empty = (months) => ({ values: months.map(() => null), last: -1, hand: -1, base: -1, stopped: -1, held: false });

// The first day of each month after the start, and the day of the newest count.
function monthsOf({ start, end }) {
  const first = new Date(dayOf(start[0]));
  const months = [];
  for (let month = first.getUTCMonth() + 1; ; month++) {
    const time = Date.UTC(first.getUTCFullYear(), month, 1);
    if (time >= dayOf(end)) return [...months, dayOf(end)];
    months.push(time);
  }
}

const isShown = (view) => view.get("shown") === "yes";
const isComplete = (view) => drawingOf(view).last === drawingOf(view).months.length - 1;
const rounded = (value) => Math.round(value / NEAREST) * NEAREST;
const endOf = (view) => (isComplete(view) ? String(Math.round(drawingOf(view).values.at(-1))) : "");

function clear(view) {
  Object.assign(drawingOf(view), empty(drawingOf(view).months));
}

// Sets a month; those between it and `since` (-1: the last given day) then lie on a straight line.
function put(view, month, value, since) {
  const { months, values } = drawingOf(view);
  const { start, top } = view.data;
  const points = [[dayOf(start[0]), start[1]], ...months.map((time, place) => [time, values[place]])];
  const target = Math.max(0, Math.min(top, value));
  const line = linear([points[since + 1][0], months[month]], [points[since + 1][1], target]);
  const [low, high] = [Math.min(since, month), Math.max(since, month)];
  for (let between = low + 1; between < high; between++) values[between] = line(months[between]);
  values[month] = target;
  drawingOf(view).last = Math.max(drawingOf(view).last, month);
  drawingOf(view).hand = month;
}

// A number that was typed, linked or set by Python stands for a straight line.
function followEnd(view) {
  const end = view.get("end");
  if (drawingOf(view).held || end === endOf(view)) return;
  clear(view);
  if (end === "") return;
  put(view, drawingOf(view).months.length - 1, Number(end), -1);
}

// The reader's line on a day, as exact as a hand draws.
function drawnOn(view, iso) {
  const { months, values } = drawingOf(view);
  const time = dayOf(iso);
  const after = months.findIndex((month) => month >= time);
  const [from, before] = after
    ? [months[after - 1], values[after - 1]]
    : [dayOf(view.data.start[0]), view.data.start[1]];
  return rounded(linear([from, months[after]], [before, values[after]])(time));
}

function settle(view) {
  drawingOf(view).held = false;
  if (view.get("end") === endOf(view)) view.redraw();
  else view.set({ end: endOf(view) });
}

// ---------------------------------------------------------------- words

const isoOf = (time) => new Date(time).toISOString().slice(0, 10);
const monthName = (view, time) =>
  time === dayOf(view.data.end)
    ? formatDate(view.data.end, view.words)
    : formatMonth(new Date(time).getUTCFullYear(), new Date(time).getUTCMonth() + 1, view.words);

// The newest count of each kind that there is: [kind, ISO date, agreements].
function newestCounts({ data }) {
  return ["ice", "copied", "others"]
    .filter((kind) => data[kind].length)
    .map((kind) => [kind, data[kind].at(-1)[0], data[kind].at(-1).at(-1)]);
}

function sentence(view) {
  const { words } = view;
  followEnd(view);
  if (isShown(view)) return comparison(view);
  if (isComplete(view)) return words.complete;
  const { stopped, months } = drawingOf(view);
  if (stopped < 0) return say(words.begin, { end: formatDate(view.data.end, words) });
  return say(words.go_on, { month: monthName(view, months[stopped]) });
}

function comparison(view) {
  const { words } = view;
  const texts = isComplete(view) ? words.counted_beside : words.counted;
  const parts = newestCounts(view).map(([kind, iso, n]) => {
    const yours = isComplete(view) ? formatNumber(drawnOn(view, iso)) : "";
    return say(texts[kind], { n, date: formatDate(iso, words), yours });
  });
  const [one, two, three] = parts;
  return say(words.and[parts.length - 1], { one, two, three });
}

const title = (view) => say(view.words.title, { end: formatDate(view.data.end, view.words) });

function source({ words, data }) {
  return say(words.source, { date: formatDate(data.ice.at(-1)[0], words), lists: data.publisher });
}

// Lists up to the start, the reader's line, and, once it is shown, what was counted since:
// [kind, ISO date, agreements].
function rowsOf(view) {
  const { data } = view;
  followEnd(view);
  const { months, values, last } = drawingOf(view);
  const own = data.ice.map(([date, , total]) => ["ice", date, total]);
  const monthly = own.filter(([, date], place) => own[place + 1]?.[1].slice(0, 7) !== date.slice(0, 7));
  const later = ([, date]) => date > data.start[0];
  const others = ["copied", "others"].flatMap((kind) => data[kind].map(([date, total]) => [kind, date, total]));
  return [
    ...monthly.filter((row) => !later(row)),
    ...(isShown(view) ? [...monthly.filter(later), ...others] : []),
    ...months.slice(0, last + 1).map((time, place) => ["yours", isoOf(time), rounded(values[place])]),
  ];
}

function table(view) {
  const { words } = view;
  const rows = rowsOf(view).map(([kind, date, total]) => ({
    cells: [formatDate(date, words), words.kinds[kind], total],
  }));
  return { columns: words.columns, groups: [{ rows }] };
}

function file(view) {
  const { words, data } = view;
  const rows = rowsOf(view).map(([kind, date, total]) => [date, kind, total, kind === "ice" ? data.publisher : ""]);
  return { name: `287g-draw-to-${data.end}`, rows: [words.csv_columns, ...rows] };
}

// ---------------------------------------------------------------- the view

// One element that stays: a touch whose first element is replaced would be lost, and so would the focus.
function content(view) {
  view.stage ??= makeStage(view);
  followEnd(view);
  syncStage(view);
  return view.stage.root;
}

function makeStage(view) {
  const { words, data } = view;
  const help = newId("explorer-draw-help");
  const stage = { target: node("div", { class: "draw-target" }) };
  stage.plot = node(
    "div",
    {
      class: "draw-plot",
      tabindex: "0",
      role: "slider",
      "aria-orientation": "vertical",
      "aria-label": words.plot_label,
      "aria-describedby": help,
      "aria-valuemin": "0",
      "aria-valuemax": data.top,
    },
    stage.target,
  );
  stage.root = node("div", {}, stage.plot, node("p", { class: "draw-help", id: help }, words.plot_help));
  watchHand(view, stage);
  stage.plot.addEventListener("keydown", (event) => key(view, event));
  return stage;
}

// A number instead of a drawing, and the one button.
function aside(view, elementOf) {
  view.button = button({ class: "draw-button" }, () => press(view));
  view.field = elementOf("end").querySelector("input");
  return node("div", { class: "draw-row" }, elementOf("end"), view.button);
}

function sync(view) {
  const { words } = view;
  followEnd(view);
  view.field.readOnly = isShown(view);
  setText(view.button, isShown(view) ? words.start_over : isComplete(view) ? words.show_now : words.show);
  view.button.classList.toggle("draw-leads", isComplete(view) && !isShown(view));
}

// One button: shows the counted line, then starts over.
function press(view) {
  const { last, values, months } = drawingOf(view);
  if (isShown(view)) {
    clear(view);
    view.set({ end: "", shown: "no" });
    view.stage?.plot.focus({ preventScroll: true });
    return;
  }
  if (last >= 0 && !isComplete(view)) put(view, months.length - 1, values[last], last); // goes on flat
  view.wipes = true;
  view.set({ end: endOf(view), shown: "yes" });
  view.button.focus({ preventScroll: true });
}

function syncStage(view) {
  const { words } = view;
  const { plot, target } = view.stage;
  const { months, values, hand } = drawingOf(view);
  const picture = drawPlot(view);
  plot.querySelector("svg")?.remove();
  plot.prepend(picture);
  target.hidden = isShown(view);
  const month = Math.max(0, hand);
  const n = values[month] === null ? null : rounded(values[month]);
  plot.setAttribute("aria-readonly", isShown(view));
  plot.setAttribute("aria-valuenow", n ?? view.data.start[1]);
  const about = { month: monthName(view, months[month]), n };
  plot.setAttribute("aria-valuetext", say(n === null ? words.month_open : words.month, about));
}

// ---------------------------------------------------------------- hand and keys

function watchHand(view, { target, plot }) {
  let since;
  const follow = (event) => {
    const [month, value] = at(view, plot, event);
    put(view, month, value, since ?? Math.min(month, drawingOf(view).last));
    since = month;
    syncStage(view);
  };
  const stop = () => {
    target.removeEventListener("pointermove", follow);
    const drawing = drawingOf(view);
    const final = drawing.months.length - 1;
    // Close enough to the edge: it goes on flat.
    if (drawing.last >= final - 2 && drawing.last < final) put(view, final, drawing.values[drawing.last], drawing.last);
    drawing.stopped = isComplete(view) ? -1 : drawing.last;
    settle(view);
  };
  target.addEventListener("pointerdown", (event) => {
    if (event.button || drawingOf(view).held) return;
    event.preventDefault();
    plot.focus({ preventScroll: true });
    target.setPointerCapture(event.pointerId);
    drawingOf(view).held = true;
    since = undefined;
    target.addEventListener("pointermove", follow);
    for (const end of ["pointerup", "pointercancel"]) target.addEventListener(end, stop, { once: true });
    follow(event);
  });
}

// The month and the value under a pointer.
function at(view, plot, { clientX, clientY }) {
  const { left, top } = plot.getBoundingClientRect();
  const { months } = drawingOf(view);
  const { x, height, bottom } = frameOf(view);
  const distance = (month) => Math.abs(x(month) - (clientX - left) / view.scale);
  const month = months.reduce((best, time, place) => (distance(time) < distance(months[best]) ? place : best), 0);
  const value = linear([bottom, height - bottom], [0, view.data.top])((clientY - top) / view.scale);
  return [month, rounded(value)];
}

function key(view, event) {
  if (isShown(view) || event.ctrlKey || event.metaKey || event.altKey) return;
  const drawing = drawingOf(view);
  const moves = { ArrowUp: STEP, ArrowDown: -STEP, PageUp: LEAP, PageDown: -LEAP };
  const steps = { ArrowRight: 1, ArrowLeft: -1, Home: -Infinity, End: Infinity };
  if (event.key in moves) bend(view, moves[event.key]);
  else if (event.key in steps) step(view, steps[event.key]);
  else if (event.key === "Enter" && isComplete(view)) {
    event.preventDefault(); // or it would also press the button, which gets the focus
    press(view);
    return;
  } else return;
  event.preventDefault();
  drawing.stopped = -1;
  settle(view);
}

// At the tip the whole last stretch follows as a straight line.
function bend(view, change) {
  const { values, hand, last, base } = drawingOf(view);
  const month = Math.max(0, hand);
  put(view, month, rounded(values[month] ?? view.data.start[1]) + change, month >= last ? base : month);
}

function step(view, change) {
  const drawing = drawingOf(view);
  const { months, values, last, hand } = drawing;
  const month = Math.max(0, Math.min(months.length - 1, hand + change));
  if (month > last) {
    drawing.base = last;
    put(view, month, last < 0 ? view.data.start[1] : values[last], last);
  }
  drawing.hand = month;
}

// ---------------------------------------------------------------- the picture

// Scales. Time runs at two speeds, so that there is room to draw in.
function frameOf(view) {
  const { data } = view;
  const width = view.width || 640;
  const height = width < NARROW ? 186 : 340;
  const bottom = height - 22;
  const first = dayOf(`${data.ice[0][0].slice(0, 4)}-01-01`);
  const cut = dayOf(data.start[0]);
  const middle = Math.round(GIVEN_SHARE * width);
  const given = linear([first, cut], [2, middle]);
  const open = linear([cut, dayOf(data.end)], [middle, width - EDGE]);
  const x = (time) => (time < cut ? given(time) : open(time));
  return { width, height, bottom, first, cut, middle, x, y: linear([0, data.top], [bottom, height - bottom]) };
}

function drawPlot(view) {
  const frame = frameOf(view);
  const { width, height } = frame;
  return shape(
    "svg",
    { class: "draw-picture", width, height, viewBox: `0 0 ${width} ${height}`, "aria-hidden": "true" },
    ...(isShown(view) ? [] : room(view, frame)),
    ...axes(view, frame),
    ...listLine(view, frame, (date) => date <= view.data.start[0]),
    ...ends(view, frame),
    ...(isShown(view) ? [countedLine(view, frame)] : []),
    ...ownLine(view, frame),
    ...(isShown(view) ? labels(view, frame) : []),
  );
}

function room(view, { width, bottom, middle, height }) {
  return [
    shape("rect", {
      class: "draw-room",
      x: middle,
      y: height - bottom,
      width: width - middle,
      height: 2 * bottom - height,
    }),
    ...(drawingOf(view).last < 0
      ? [text("draw-mine draw-strong", middle + 10, height - bottom + 20, view.words.draw_here)]
      : []),
  ];
}

const text = (name, x, y, ...words) => shape("text", { class: name, x: round(x), y: round(y) }, ...words);

function axes(view, { width, height, bottom, first, middle, x, y }) {
  const { words, data } = view;
  const ticks = [1, 2, 3, 4].map((part) => (part * data.top) / 4);
  const across = ticks.flatMap((tick) => [
    shape("line", { class: "draw-grid", x1: 0, x2: width, y1: round(y(tick)), y2: round(y(tick)) }),
    text("draw-quiet", 0, y(tick) - 5, tick === data.top ? say(words.axis, { n: tick }) : formatNumber(tick)),
  ]);
  const base = shape("line", { class: "draw-base", x1: 0, x2: width, y1: bottom, y2: bottom });
  // Two strokes through the base line, where time changes its speed.
  const broken = shape("path", { class: "draw-base", d: `M${middle - 5} ${bottom + 5}l4 -10m3 10l4 -10` });
  return [...across, base, broken, ...years(first, data, bottom, x)];
}

function years(first, data, bottom, x) {
  const found = [];
  for (let year = new Date(first).getUTCFullYear(); Date.UTC(year, 0, 1) < dayOf(data.end); year++) {
    const [from, to] = [Date.UTC(year, 0, 1), Math.min(Date.UTC(year + 1, 0, 1), dayOf(data.end))];
    const wide = x(to) - x(from);
    const name = wide > 34 ? `${year}` : `’${year % 100}`;
    if (from > first)
      found.push(shape("line", { class: "draw-base", x1: x(from), x2: x(from), y1: bottom, y2: bottom + 4 }));
    if (wide > 18) found.push(text("draw-quiet draw-middle", (x(from) + x(to)) / 2, bottom + 17, name));
  }
  return found;
}

// ICE's own lists: solid, and dots where none was saved for long.
function listLine(view, { x, y }, wanted) {
  const { ice, start, gap_days: days } = view.data;
  const solid = [];
  const dots = [];
  const last = start[0];
  ice.forEach(([date, until, total], place) => {
    if (!wanted(date)) return;
    // The list of the start itself ends there, and goes on from there in the counted part.
    const stop = date <= last && until > last ? last : until;
    const point = (iso) => `${round(x(dayOf(iso)))} ${round(y(total))}`;
    const before = ice[place - 1];
    const isGap = !before || dayOf(date) - dayOf(before[1]) > days * DAY;
    if (isGap && before) dots.push(`M${round(x(dayOf(before[1])))} ${round(y(before[2]))}L${point(date)}`);
    solid.push(`${isGap || !solid.length ? "M" : "L"}${point(date)}L${point(stop)}`);
  });
  return [
    shape("path", { class: "draw-dots", d: dots.join("") }),
    shape("path", { class: "draw-line", d: solid.join("") }),
  ];
}

function countedLine(view, frame) {
  const { data } = view;
  const { x, y } = frame;
  const marksOf = (kind) => data[kind].map(([date, total]) => markOf(kind, x(dayOf(date)), y(total)));
  const end = data.ice.at(-1);
  const group = shape(
    "g",
    { class: view.wipes ? "draw-wipe" : null },
    ...listLine(view, frame, (date) => date > data.start[0]),
    shape("path", { class: "draw-line", d: standing(view, frame) }),
    markOf("ice", x(dayOf(end[0])), y(end[2])),
    ...marksOf("copied"),
    ...marksOf("others"),
  );
  view.wipes = false;
  return group;
}

const MARK_CLASSES = { ice: "draw-full", copied: "draw-hollow", others: "draw-hollow", yours: "draw-tip" };

// A diamond for a copy, a circle for all else.
const markOf = (kind, x, y) => marker(kind === "copied" ? "D" : "o", x, y, 8, { class: MARK_CLASSES[kind] });

// From the start to the first list after it: the list that stood then.
function standing({ data }, { x, y }) {
  const place = data.ice.findIndex(([date]) => date > data.start[0]);
  const [, until, total] = data.ice[place - 1];
  const next = data.ice[place];
  const from = `M${round(x(dayOf(data.start[0])))} ${round(y(total))}L${round(x(dayOf(until)))} ${round(y(total))}`;
  return next ? `${from}L${round(x(dayOf(next[0])))} ${round(y(next[2]))}` : from;
}

// The first number and that of the start, written at the line, and the dot from which the reader starts.
function ends(view, { x, y, cut, middle }) {
  const { start, ice } = view.data;
  const height = y(start[1]) - 9;
  const found = [
    text("draw-strong", 2, height, formatNumber(ice[0][2])),
    text("draw-strong draw-end", middle - 9, height, formatNumber(start[1])),
  ];
  if (isShown(view) || drawingOf(view).last >= 0) return found;
  const dot = shape("circle", { class: "draw-tip", cx: x(cut), cy: round(y(start[1])), r: 7 });
  // Level: it must not hint at a direction.
  const arrow = shape("path", { class: "draw-own", d: `M${middle + 13} ${round(y(start[1]))}h24m-7 -7l7 7l-7 7` });
  return [...found, arrow, dot];
}

function ownLine(view, { x, y, cut }) {
  const { months, values, last, hand } = drawingOf(view);
  if (last < 0) return [];
  const points = months.slice(0, last + 1).map((time, place) => [x(time), y(values[place])]);
  const path = [[x(cut), y(view.data.start[1])], ...points].map(([px, py]) => `${round(px)} ${round(py)}`).join("L");
  const [tipX, tipY] = points.at(-1);
  const found = [
    shape("path", { class: isShown(view) ? "draw-own draw-guess" : "draw-own", d: `M${path}` }),
    shape("circle", { class: "draw-tip", cx: round(tipX), cy: round(tipY), r: 6 }),
  ];
  if (isShown(view)) return found;
  const number = formatNumber(rounded(values[last]));
  found.push(
    text("draw-mine draw-strong draw-end draw-halo", tipX + 6, tipY - 12 > 14 ? tipY - 12 : tipY + 22, number),
  );
  if (hand >= 0 && hand < last)
    found.push(shape("circle", { class: "draw-held", cx: round(points[hand][0]), cy: round(points[hand][1]), r: 6 }));
  return found;
}

// The newest count of each kind and the reader's end. Where there is room, they are written left of their marks and
// moved apart; else one below the other, with their marks.
function labels(view, frame) {
  const { words, data } = view;
  const { x, y, width, bottom } = frame;
  const found = newestCounts(view).map(([kind, iso, total]) => ({
    kind,
    x: x(dayOf(iso)),
    y: y(total),
    text: say(words.at[kind], { n: total, date: formatDate(iso, words, true) }),
  }));
  const { values } = drawingOf(view);
  if (isComplete(view))
    found.push({
      kind: "yours",
      x: x(dayOf(data.end)),
      y: y(values.at(-1)),
      text: say(words.you, { n: rounded(values.at(-1)) }),
    });
  const nameOf = (kind) => `draw-strong draw-halo${kind === "yours" ? " draw-mine" : ""}`;
  if (width >= NARROW) {
    const marks = ["copied", "others"].flatMap((kind) => data[kind].map(([iso, total]) => [x(dayOf(iso)), y(total)]));
    // Clear of all marks at its height.
    const clear = (label) =>
      Math.min(label.x, ...marks.filter((mark) => Math.abs(mark[1] - label.y) < 14).map(([at]) => at));
    const wanted = found.map((label) => ({
      ...label,
      x: clear(label) - 10,
      y: label.y + (label.kind === "yours" ? -8 : 4),
    }));
    return spread(wanted, 17, 14, bottom - 6).map((label) =>
      text(`${nameOf(label.kind)} draw-end`, label.x, label.y, label.text),
    );
  }
  return found
    .sort((one, other) => one.y - other.y)
    .flatMap(({ kind, text: words }, row) => {
      const height = y(data.top) + 15 + 17 * row;
      return [markOf(kind, KEY, height - 4), text(nameOf(kind), KEY + 10, height, words)];
    });
}

export default explorer({
  settings,
  title,
  content,
  aside,
  sync,
  hasPicture: () => true,
  folded: true,
  reset: clear,
  sentence,
  table,
  source,
  file,
});
