// Shared by all explorers. Python joins this text in front of an explorer's widget.js, so everything here is a plain
// function
// in one scope: no imports, no library. Values from data become text nodes or attributes, never markup.

const SVG_NAMESPACE = "http://www.w3.org/2000/svg";
const DAY = 86400000;

// ---------------------------------------------------------------- elements

function node(tag, attributes = {}, ...children) {
  return assemble(document.createElement(tag), attributes, children);
}

function shape(tag, attributes = {}, ...children) {
  return assemble(document.createElementNS(SVG_NAMESPACE, tag), attributes, children);
}

function assemble(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child != null));
  return element;
}

let lastId = 0;
const newId = (prefix) => `${prefix}-${++lastId}`;

// ---------------------------------------------------------------- words, numbers, dates

// A template is text with {names}, or {one, other} chosen by the number n.
function say(template, values = {}) {
  const text = typeof template === "string" ? template : template[values.n === 1 ? "one" : "other"];
  return text.replace(/\{(\w+)\}/g, (whole, name) => {
    const value = values[name];
    return value === undefined ? whole : typeof value === "number" ? formatNumber(value) : value;
  });
}

const numberFormat = new Intl.NumberFormat("en-US");
const formatNumber = (value) => numberFormat.format(value);

// Dates travel as ISO text (2026-05-18) and count as midnight UTC, so that no reader's time zone moves a day.
const dayOf = (iso) => Date.parse(`${iso}T00:00:00Z`);

function formatDate(iso, words, short = false) {
  const [year, month, day] = iso.split("-").map(Number);
  return `${(short ? words.months_short : words.months)[month - 1]} ${day}, ${year}`;
}

// Rows as `listing.pack` in Python writes them, as objects; dates become ISO text, what is missing becomes null.
function unpackRows({ length, coded, plain }) {
  const rows = Array.from({ length }, (_, place) =>
    Object.fromEntries(plain.names.map((name, column) => [name, plain.rows[place][column]])),
  );
  for (const [name, { values, at, first, days }] of Object.entries(coded)) {
    const written = new Map(); // each date once
    const isoOf = (day) =>
      written.get(day) ?? written.set(day, new Date(dayOf(first) + day * DAY).toISOString().slice(0, 10)).get(day);
    rows.forEach((row, place) => {
      row[name] = values ? (values[at[place]] ?? null) : days[place] < 0 ? null : isoOf(days[place]);
    });
  }
  return rows;
}

// Changes of a count as `series.changes` in Python writes them, [lists since the last change, change, ...], as one
// count for each list;
// kept, because every drawing needs them again.
const decodedCounts = new WeakMap();
function countsOf(changes, length) {
  if (!decodedCounts.has(changes)) decodedCounts.set(changes, addUp(changes, length));
  return decodedCounts.get(changes);
}

function addUp(changes, length) {
  const counts = new Array(length).fill(0);
  for (let place = 0, list = 0, count = 0; place < changes.length; place += 2) {
    list += changes[place];
    count += changes[place + 1];
    counts.fill(count, list);
  }
  return counts;
}

// ---------------------------------------------------------------- scales, ticks, labels

function linear([from, to], [start, end]) {
  const factor = (end - start) / (to - from || 1);
  return (value) => start + (value - from) * factor;
}

// Round steps of 1, 2 or 5 times a power of ten, from zero to at least `top`.
function countTicks(top, wanted) {
  const rough = Math.max(top, 1) / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(1, [1, 2, 5, 10].find((factor) => factor * power >= rough) * power);
  return Array.from({ length: Math.ceil(Math.max(top, 1) / step) + 1 }, (_, index) => index * step);
}

// First days of months, as many as fit with `room` pixels each; years only when the span is long.
function timeTicks(from, to, width, room) {
  const months = (to - from) / (30.4 * DAY);
  const step = [1, 2, 3, 6, 12, 24].find((size) => (width * size) / months >= room) ?? 48;
  const ticks = [];
  const first = new Date(from);
  for (let month = 0; ; month += step) {
    const time = Date.UTC(first.getUTCFullYear(), month, 1);
    if (time > to) return { step, ticks };
    if (time >= from) ticks.push(time);
  }
}

function tickText(time, step, words, first) {
  const date = new Date(time);
  const year = date.getUTCFullYear();
  const month = date.getUTCMonth();
  if (step >= 12) return [`${year}`];
  return [words.months_short[month], month === 0 || first ? `${year}` : ""];
}

// Moves labels apart: each has a wanted `y`; the result keeps `gap` between neighbours and stays within [top, bottom].
function spread(labels, gap, top, bottom) {
  const sorted = [...labels].sort((a, b) => a.y - b.y);
  sorted.forEach((label, index) => {
    label.y = Math.max(label.y, index ? sorted[index - 1].y + gap : top);
  });
  for (let index = sorted.length - 1, limit = bottom; index >= 0; index--, limit -= gap) {
    sorted[index].y = Math.min(sorted[index].y, limit);
  }
  return sorted;
}

let pen;
let fontFamily = "sans-serif"; // that of the page, as soon as the frame stands in it
function textWidth(text, size, weight = 400) {
  pen ??= document.createElement("canvas").getContext("2d");
  pen.font = `${weight} ${size}px ${fontFamily}`;
  return pen.measureText(text).width;
}

// Markers differ in shape, so that no series is told apart by colour alone.
function marker(kind, x, y, size, attributes) {
  const r = size / 2;
  const points = {
    s: [
      [-r, -r],
      [r, -r],
      [r, r],
      [-r, r],
    ],
    "^": [
      [0, -r * 1.2],
      [r * 1.15, r * 0.9],
      [-r * 1.15, r * 0.9],
    ],
    D: [
      [0, -r * 1.3],
      [r * 1.3, 0],
      [0, r * 1.3],
      [-r * 1.3, 0],
    ],
  }[kind];
  if (!points) return shape("circle", { cx: round(x), cy: round(y), r: round(r * 1.1), ...attributes });
  return shape("polygon", {
    points: points.map(([dx, dy]) => `${round(x + dx)},${round(y + dy)}`).join(" "),
    ...attributes,
  });
}

const round = (value) => Math.round(value * 10) / 10;

// ---------------------------------------------------------------- a map of equal tiles

const TILE_PATTERNS = ["lines", "dots", "grid"];

// One button for each place; `tiles` is a list of { id, at: [column, row], code, text, name, level, pattern }: `code`
// and `text` are printed
// in the tile, `name` is its accessible name, `level` its shade (0 to 5), `pattern` lines, dots, grid or none. For
// content(view): one tile
// is a stop of the tab key, arrow keys go to the neighbors, a click, Enter or Space calls choose(id).
function tileMap(tiles, { label, width, selected, choose }) {
  const [columns, rows] = [0, 1].map((axis) => 1 + Math.max(...tiles.map(({ at }) => at[axis])));
  const step = Math.min(width / columns, 58);
  const size = { width: round(step * columns), height: round(step * rows) };
  const patterns = newId("explorer-pattern");
  const first = tiles.find(({ id }) => id === selected) ?? tiles[0];
  const map = shape(
    "svg",
    {
      class: "explorer-tiles",
      ...size,
      viewBox: `0 0 ${size.width} ${size.height}`,
      role: "group",
      "aria-label": label,
    },
    tilePatterns(patterns),
    ...tiles.map((tile) => tileButton(tile, step, patterns, tile.id === selected, tile === first)),
  );
  map.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-tile]");
    if (button) choose(button.dataset.tile);
  });
  map.addEventListener("keydown", (event) => {
    const { tile: id } = event.target.dataset;
    const next = tileBeside(
      tiles,
      tiles.find((tile) => tile.id === id),
      event.key,
    );
    if (!next && event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    if (!next) return choose(id);
    event.target.setAttribute("tabindex", "-1");
    const button = map.querySelector(`[data-tile="${next.id}"]`);
    button.setAttribute("tabindex", "0");
    button.focus();
  });
  return map;
}

function tileButton({ id, at: [column, row], code, text, name, level, pattern }, step, patterns, chosen, stop) {
  const small = step < 40;
  const middle = round(step / 2);
  const square = { x: 1, y: 1, width: round(step - 2), height: round(step - 2), rx: round(step / 10) };
  return shape(
    "g",
    {
      class: `explorer-tile explorer-level-${level}`,
      transform: `translate(${round(column * step)} ${round(row * step)})`,
      role: "button",
      tabindex: stop ? "0" : "-1",
      "aria-pressed": String(chosen),
      "aria-label": name,
      "data-tile": id,
      "data-focus": `tile-${id}`,
    },
    shape("title", {}, name),
    shape("rect", square),
    pattern ? shape("rect", { ...square, fill: `url(#${patterns}-${pattern})` }) : null,
    shape("text", { x: middle, y: round(step * 0.42), "font-size": small ? 10 : 13 }, code),
    shape("text", { x: middle, y: round(step * 0.84), "font-size": small ? 11 : 15, "font-weight": 600 }, text),
  );
}

// A map of tileMap with other values, in place: only what differs is written, so that a slider stays quick.
function refillTiles(map, tiles, selected) {
  const put = (element, name, value) => element.getAttribute(name) === value || element.setAttribute(name, value);
  const first = tiles.find(({ id }) => id === selected) ?? tiles[0];
  for (const [place, tile] of tiles.entries()) {
    const button = map.children[place + 1]; // after the patterns
    const [name, code, text] = [button.firstChild, ...button.querySelectorAll("text")];
    put(button, "class", `explorer-tile explorer-level-${tile.level}`);
    put(button, "aria-label", tile.name);
    put(button, "aria-pressed", String(tile.id === selected));
    put(button, "tabindex", tile === first ? "0" : "-1");
    setText(name, tile.name);
    setText(code, tile.code);
    setText(text, tile.text);
  }
}

// The next place in the direction of an arrow key: in the same row, or the nearest of the next row; Home and End: the
// first and the last.
function tileBeside(tiles, { at: [column, row] }, key) {
  const nearest = (places, distance) => places.sort((a, b) => distance(a) - distance(b))[0];
  const inRow = (side) =>
    nearest(
      tiles.filter(({ at }) => at[1] === row && (at[0] - column) * side > 0),
      ({ at }) => Math.abs(at[0] - column),
    );
  const nextRow = (side) =>
    nearest(
      tiles.filter(({ at }) => (at[1] - row) * side > 0),
      ({ at }) => Math.abs(at[1] - row) * 100 + Math.abs(at[0] - column),
    );
  const moves = {
    ArrowLeft: () => inRow(-1),
    ArrowRight: () => inRow(1),
    ArrowUp: () => nextRow(-1),
    ArrowDown: () => nextRow(1),
    Home: () => tiles[0],
    End: () => tiles.at(-1),
  };
  return moves[key]?.();
}

function tilePatterns(prefix) {
  const paths = { lines: "M0 6L6 0M-1 1L1 -1M5 7L7 5", dots: "M2 3H4", grid: "M0 3H6M3 0V6" };
  return shape(
    "defs",
    {},
    ...TILE_PATTERNS.map((name) =>
      shape(
        "pattern",
        { id: `${prefix}-${name}`, class: "explorer-hatch", width: 6, height: 6, patternUnits: "userSpaceOnUse" },
        shape("path", { d: paths[name], "stroke-width": name === "dots" ? 2 : 1 }),
      ),
    ),
  );
}

// A piece of the map for the legend.
function tileSwatch(level, pattern) {
  const patterns = newId("explorer-pattern");
  const square = { x: 1, y: 1, width: 22, height: 14, rx: 3 };
  return shape(
    "svg",
    { class: "explorer-tiles", width: 24, height: 16, "aria-hidden": "true" },
    tilePatterns(patterns),
    shape(
      "g",
      { class: `explorer-level-${level}` },
      shape("rect", square),
      pattern ? shape("rect", { ...square, fill: `url(#${patterns}-${pattern})` }) : null,
    ),
  );
}

// Shades for values: 0 for none, then five steps whose lower limits are given in rising order.
const tileLevel = (value, limits) => (value ? Math.max(1, limits.filter((limit) => value >= limit).length) : 0);

// ---------------------------------------------------------------- files

// A cell that a spreadsheet would run as a formula gets an apostrophe in front.
function csvCell(value) {
  const text = value == null ? "" : String(value);
  const safe = typeof value === "string" && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const csvText = (rows) => rows.map((row) => row.map(csvCell).join(",")).join("\r\n") + "\r\n";

function download(name, type, text) {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = node("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}

const SVG_STYLES = [
  "fill",
  "fill-opacity",
  "stroke",
  "stroke-opacity",
  "stroke-width",
  "stroke-dasharray",
  "stroke-linejoin",
  "opacity",
  "font-family",
  "font-size",
  "font-weight",
  "text-anchor",
];

// The picture as a file of its own: colours written out, title above, unit, as-of and source below.
function svgFile(svg, paper, title, footer) {
  const margin = 14;
  const inner = Number(svg.getAttribute("width"));
  const height = Number(svg.getAttribute("height"));
  const head = wrap(title, inner, 16, 600);
  const foot = wrap(footer, inner, 12, 400);
  const top = margin + head.length * 21;
  const size = { width: inner + 2 * margin, height: top + height + foot.length * 16 + margin };
  const text = { fill: getComputedStyle(svg).color, "font-family": fontFamily, x: margin };
  const whole = shape(
    "svg",
    { ...size, viewBox: `0 0 ${size.width} ${size.height}` },
    shape("title", {}, title),
    shape("desc", {}, footer),
    shape("rect", { ...size, fill: paper }),
    ...head.map((line, index) =>
      shape("text", { ...text, y: margin + 14 + index * 21, "font-size": 16, "font-weight": 600 }, line),
    ),
    shape("g", { transform: `translate(${margin} ${top})` }, ...styledCopy(svg).childNodes),
    ...foot.map((line, index) => shape("text", { ...text, y: top + height + 14 + index * 16, "font-size": 12 }, line)),
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(whole)}\n`;
}

function styledCopy(svg) {
  const copy = svg.cloneNode(true);
  const originals = svg.querySelectorAll("*");
  copy.querySelectorAll("*").forEach((element, index) => writeStyles(originals[index], element));
  return copy;
}

function writeStyles(from, to) {
  const look = getComputedStyle(from);
  for (const name of SVG_STYLES) {
    const value = look.getPropertyValue(name);
    if (value) to.setAttribute(name, value);
  }
  to.removeAttribute("class");
}

function wrap(text, width, size, weight) {
  const lines = [];
  for (const word of text.split(" ")) {
    const longer = lines.length ? `${lines.at(-1)} ${word}` : word;
    if (lines.length && textWidth(longer, size, weight) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

// ---------------------------------------------------------------- the frame all explorers share

// An explorer is described by a plain object of functions; `view` gives them data, words and the current settings:
//   traits                 names of the settings, in the order in which a link restores them
//   title(view)            one line: what is counted, where, from when to when
//   controls(view)         settings a reader can change, see `makeControl`
//   picture(view, width)   an SVG element, `width` pixels wide
//   content(view)          instead of a picture: an HTML element, for explorers that show words
//   hasPicture(view)       true if the first SVG element of content(view) is a picture worth saving
//   caption(view)          { title, footer } of the saved picture, where title, sentence and source would not do
//   aside(view, elementOf) an element below the controls, for those with `aside: true`; elementOf(trait) is the control
//   legend(view)           list of [swatch, text]
//   notes(view)            elements below the sentence
//   sentence(view)         what is seen, in one or two sentences
//   sentenceFirst          true: the sentence stands above the tabs, for explorers with long results
//   table(view)            { columns, groups: [{ title, rows: [{ cells, current }] }] }; columns of numbers are
// right-aligned; a cell
//                          [[name, address], ...] becomes links
//   source(view)           unit, as-of and source
//   file(view)             { name, rows } for the CSV; `name` also names the picture
//   values(name, view)     what a link may set a setting to that has no control
//   point(view, x)         settings that a click at x pixels of the picture stands for
function explorer(spec) {
  return { render: ({ model, el }) => mount(spec, model, el) };
}

function mount(spec, model, el) {
  const view = makeView(spec, model, el);
  const stop = new AbortController();
  if (view.anchor) restoreLink(spec, view);
  const frame = makeFrame(spec, view, stop.signal);
  el.replaceChildren(frame.root);
  const redraw = () => update(spec, view, frame);
  view.redraw = redraw;
  const changed = () => view.setting || redraw();
  spec.traits.forEach((name) => model.on(`change:${name}`, changed));
  if (spec.point) watchPointer(spec, view, frame, stop.signal);
  fontFamily = getComputedStyle(frame.root).fontFamily || fontFamily;
  view.width = frame.canvas.clientWidth; // 0 as long as `el` is not on the page
  redraw();
  const watcher = new ResizeObserver(() => {
    const width = frame.canvas.clientWidth;
    if (!width || width === view.width) return;
    view.width = width;
    fontFamily = getComputedStyle(frame.root).fontFamily;
    redraw();
  });
  watcher.observe(frame.canvas);
  if (view.anchor) {
    window.addEventListener("hashchange", () => restoreLink(spec, view) && goToFrame(frame.root), {
      signal: stop.signal,
    });
    // In the next frame, when the view for readers without scripts has given way.
    if (location.hash.startsWith(`#${view.anchor}?`)) requestAnimationFrame(() => frame.root.scrollIntoView());
  }
  return () => {
    stop.abort();
    watcher.disconnect();
    spec.traits.forEach((name) => model.off(`change:${name}`, changed));
  };
}

function makeView(spec, model, el) {
  const get = (name) => model.get(name);
  const view = { data: get("data"), words: get("words"), get, hover: null, width: 0, setting: false, redraw() {} };
  // Several settings changed in one go are drawn once.
  view.set = (changes) => {
    const different = Object.entries(changes).filter(([name, value]) => get(name) !== value);
    if (!different.length) return;
    view.setting = true;
    for (const [name, value] of different) model.set(name, value);
    model.save_changes();
    view.setting = false;
    view.redraw();
  };
  view.initial = Object.fromEntries(spec.traits.map((name) => [name, get(name)]));
  // Only in the book does a view have an address of its own: the id of its section.
  view.anchor = el.closest("section.explorer[id]")?.id;
  return view;
}

// Several calls before the next frame lead to one.
function oncePerFrame(work) {
  let waiting = false;
  return () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      work();
    });
  };
}

function makeFrame(spec, view, signal) {
  const { words } = view;
  const frame = { controls: [], tabs: {}, panels: {} };
  const heading = newId("explorer-title");
  frame.canvas = node("div", { class: spec.content ? "explorer-content" : "explorer-canvas" });
  frame.title = node("figcaption", { class: "explorer-picture-title" });
  frame.legend = node("ul", { class: "explorer-legend" });
  frame.notes = node("div", { class: "explorer-notes" });
  frame.scroller = node("div", {
    class: "explorer-scroll",
    role: "region",
    tabindex: "0",
    "aria-label": words.table_region,
  });
  frame.sentence = node("p", { class: "explorer-sentence", "aria-live": "polite" });
  frame.source = node("p", { class: "explorer-source" });
  frame.status = node("span", { class: "explorer-status", role: "status" });
  const made = spec.controls(view).map((control) => makeControl(control, spec, view, frame, signal));
  const placed = (wanted) =>
    made.filter(({ control }) => !control.aside && wanted(control)).map(({ element }) => element);
  const elementOf = (trait) => made.find(({ control }) => control.trait === trait)?.element;
  frame.panels.picture = node(
    "div",
    {},
    node("figure", { class: "explorer-figure" }, frame.title, frame.canvas, spec.legend ? frame.legend : null),
    ...placed(({ below }) => below),
  );
  frame.panels.table = node("div", {}, frame.scroller);
  frame.root = node(
    "div",
    { class: "explorer-frame", role: "group", "aria-labelledby": heading },
    node("h3", { class: "explorer-title", id: heading }, words.question),
    cue("explorer-predict", words.predict_label, words.predict),
    node(
      "div",
      { class: "explorer-controls", role: "group", "aria-label": words.controls_label },
      ...placed(({ below, kind }) => !below && kind !== "check"),
      node("div", { class: "explorer-checks" }, ...placed(({ below, kind }) => !below && kind === "check")),
    ),
    spec.aside?.(view, elementOf) ?? null,
    spec.sentenceFirst ? frame.sentence : null,
    makeTabs(view, frame, signal),
    frame.panels.picture,
    frame.panels.table,
    spec.sentenceFirst ? null : frame.sentence,
    frame.notes,
    frame.source,
    makeActions(spec, view, frame, signal),
    cue("explorer-notice", words.notice_label, words.notice),
  );
  return frame;
}

function cue(name, label, text) {
  return node("p", { class: name }, node("strong", {}, label), ` ${text}`);
}

// A control is { kind, trait, label, ... }; `below: true` places it under the picture, `hidden: true` puts it away for
// a while.
//   select: options [[value, text]]; `also`: settings that change with it, {trait: value}
//   check: disabled (the reason, or "")      search: free text
//   set: options [[value, text]]; the setting is the chosen values joined by commas, in this order
//   range: values, index and text of the chosen one
//   number: min, max, decimals (0 if not given), optional (may be blank), unit; the setting is text. What is impossible
// is said below
//   the field and changes nothing.
// A control may show a `value` of its own and give the `changes(value)` of settings it stands for; with `aside: true`
// its place is
// what spec.aside makes of it.
function makeControl(control, spec, view, frame, signal) {
  if (control.kind === "set") return makeSet(control, view, frame, signal);
  const id = newId(`explorer-${control.trait}`);
  const type = { check: "checkbox", range: "range", search: "search", number: "number" }[control.kind];
  const input =
    control.kind === "select"
      ? node("select", { id }, ...control.options.map(([value, text]) => node("option", { value }, text)))
      : node("input", { id, type, ...{ range: { min: "0", step: "1" }, number: numberLimits(control) }[type] });
  const label = node(
    "label",
    { for: id },
    control.label,
    control.unit ? node("span", { class: "explorer-unit" }, ` (${control.unit})`) : null,
  );
  const hint = node("span", { class: "explorer-hint", id: `${id}-hint` });
  if (control.kind === "check" || control.kind === "number") input.setAttribute("aria-describedby", hint.id);
  if (control.kind === "number") hint.setAttribute("aria-live", "polite");
  if (control.kind === "range") quietWhileSliding(input, frame, signal);
  input.dataset.trait = control.trait;
  const choose = (value) =>
    view.set(control.changes ? control.changes(value) : { [control.trait]: value, ...control.also });
  input.addEventListener(
    "input",
    () => {
      if (control.kind !== "number") choose(readControl(input, spec, view));
      else if (!sayImpossible(control, input, hint, view)) choose(input.value && String(Number(input.value)));
    },
    { signal },
  );
  frame.controls.push({ input, hint });
  const order = control.kind === "check" ? [input, label] : [label, input];
  return { control, element: node("div", { class: `explorer-field explorer-${control.kind}` }, ...order, hint) };
}

const numberLimits = ({ min, max, decimals = 0 }) => ({ min, max, step: 1 / 10 ** decimals });

function isPossible({ min, max, decimals = 0, optional }, text) {
  if (text === "") return Boolean(optional);
  const [, fraction = ""] = text.split(".");
  return /^\d+(\.\d+)?$/.test(text) && fraction.length <= decimals && Number(text) >= min && Number(text) <= max;
}

// True, and said below the field, if what was typed is impossible.
function sayImpossible(control, input, hint, view) {
  const { words } = view;
  const impossible = input.validity.badInput || !isPossible(control, input.value);
  const { min, max, decimals = 0 } = control;
  const wanted = say(decimals ? words.number_decimals : words.number_whole, { min, max, n: decimals });
  const value = view.get(control.trait) || words.number_blank;
  setText(
    hint,
    impossible ? say(words.number_impossible, { text: input.value || words.number_blank, wanted, value }) : "",
  );
  if (impossible) assemble(input, { "aria-invalid": "true" }, []);
  else input.removeAttribute("aria-invalid");
  return impossible;
}

// What the reader is typing stays as it is as long as it means the setting; anything else gives way.
function syncNumber(input, hint, value) {
  if (input.value === "" || value === "" ? input.value !== value : Number(input.value) !== Number(value))
    input.value = value;
  input.removeAttribute("aria-invalid");
  setText(hint, "");
}

// Several of a few values: a group of checkboxes with the control's label as legend.
function makeSet(control, view, frame, signal) {
  const inputs = control.options.map(([value]) =>
    node("input", { type: "checkbox", value, id: newId(`explorer-${control.trait}`), "data-trait": control.trait }),
  );
  const chosen = () =>
    inputs
      .filter((input) => input.checked)
      .map((input) => input.value)
      .join(",");
  for (const input of inputs)
    input.addEventListener("input", () => view.set({ [control.trait]: chosen() }), { signal });
  frame.controls.push({ inputs });
  const boxes = control.options.map(([, text], place) =>
    node("div", { class: "explorer-check" }, inputs[place], node("label", { for: inputs[place].id }, text)),
  );
  return { control, element: node("fieldset", { class: "explorer-set" }, node("legend", {}, control.label), ...boxes) };
}

// A screen reader reads the sentence as the slider's value; the live sentence keeps quiet meanwhile, so that it is not
// read twice.
function quietWhileSliding(input, frame, signal) {
  input.addEventListener("focus", () => frame.sentence.setAttribute("aria-live", "off"), { signal });
  input.addEventListener("blur", () => frame.sentence.setAttribute("aria-live", "polite"), { signal });
}

function readControl(input, spec, view) {
  if (input.type === "checkbox") return input.checked;
  if (input.type !== "range") return input.value;
  return spec.controls(view).find((control) => control.trait === input.dataset.trait).values[Number(input.value)];
}

function syncControls(spec, view, frame) {
  spec.controls(view).forEach((control, index) => {
    const { input, inputs, hint } = frame.controls[index];
    const value = control.value ?? view.get(control.trait);
    (input ?? inputs[0]).closest(".explorer-field, .explorer-set").hidden = Boolean(control.hidden);
    if (control.kind === "select" || (control.kind === "search" && input.value !== value)) input.value = value;
    if (control.kind === "number") syncNumber(input, hint, value);
    if (control.kind === "set")
      inputs.forEach((box) => {
        box.checked = value.split(",").includes(box.value);
      });
    if (control.kind === "check") {
      input.disabled = Boolean(control.disabled);
      input.checked = value && !control.disabled;
      hint.textContent = control.disabled;
    }
    if (control.kind === "range") {
      input.max = control.values.length - 1;
      input.value = control.index;
      input.setAttribute("aria-valuetext", spec.sentence(view));
      hint.textContent = control.text;
    }
  });
}

function makeTabs(view, frame, signal) {
  const names = ["picture", "table"];
  for (const name of names) {
    const panel = frame.panels[name];
    panel.id = newId(`explorer-panel-${name}`);
    frame.tabs[name] = node(
      "button",
      { type: "button", role: "tab", id: `${panel.id}-tab`, "aria-controls": panel.id },
      view.words[`tab_${name}`],
    );
    assemble(
      panel,
      { role: "tabpanel", class: `explorer-panel explorer-panel-${name}`, "aria-labelledby": `${panel.id}-tab` },
      [],
    );
    frame.tabs[name].addEventListener("click", () => view.set({ view: name }), { signal });
  }
  const list = node(
    "div",
    { class: "explorer-tabs", role: "tablist", "aria-label": view.words.tabs_label },
    ...names.map((name) => frame.tabs[name]),
  );
  list.addEventListener(
    "keydown",
    (event) => {
      const move = { ArrowLeft: "picture", Home: "picture", ArrowRight: "table", End: "table" }[event.key];
      if (!move) return;
      event.preventDefault();
      view.set({ view: move });
      frame.tabs[move].focus();
    },
    { signal },
  );
  return list;
}

function syncTabs(view, frame) {
  for (const [name, tab] of Object.entries(frame.tabs)) {
    const open = view.get("view") === name;
    tab.setAttribute("aria-selected", open);
    tab.tabIndex = open ? 0 : -1;
    frame.panels[name].hidden = !open;
  }
}

function makeActions(spec, view, frame, signal) {
  const { words } = view;
  const button = (text, work) => {
    const element = node("button", { type: "button" }, text);
    element.addEventListener("click", work, { signal });
    return element;
  };
  frame.save = button(words.save_svg, () => savePicture(spec, view, frame));
  return node(
    "div",
    { class: "explorer-actions" },
    view.anchor ? button(words.copy_link, () => copyLink(view, frame)) : null,
    button(words.save_csv, () => {
      const { name, rows } = spec.file(view);
      download(`${name}.csv`, "text/csv;charset=utf-8", csvText(rows));
    }),
    frame.save,
    button(words.reset, () => {
      view.set(view.initial);
      view.redraw(); // also clears what was typed and refused
      frame.status.textContent = words.was_reset;
    }),
    frame.status,
  );
}

// Drawn on the page for a moment even when the table is open, because colours are read from the drawn picture.
function savePicture(spec, view, frame) {
  const wasHidden = frame.panels.picture.hidden;
  frame.panels.picture.hidden = false;
  view.width ||= frame.canvas.clientWidth;
  drawPicture(spec, view, frame);
  const svg = frame.canvas.querySelector("svg");
  const paper = getComputedStyle(frame.root).backgroundColor;
  const { title, footer } = spec.caption?.(view) ?? {
    title: spec.title(view),
    footer: `${spec.sentence(view)} ${spec.source(view)}`,
  };
  const text = svgFile(svg, paper, title, footer);
  frame.panels.picture.hidden = wasHidden;
  download(`${spec.file(view).name}.svg`, "image/svg+xml", text);
}

// ---------------------------------------------------------------- a link to the view

// The address names only what differs from the page's own start, for example #explorer-growth?state=TX&events=true.
async function copyLink(view, frame) {
  const changes = new URLSearchParams();
  for (const [name, start] of Object.entries(view.initial)) {
    if (view.get(name) !== start) changes.set(name, view.get(name));
  }
  const link = `${location.href.split("#")[0]}#${view.anchor}?${changes}`;
  history.replaceState(null, "", link);
  try {
    await navigator.clipboard.writeText(link);
    frame.status.textContent = view.words.link_copied;
  } catch {
    frame.status.textContent = `${view.words.link_in_address} ${link}`;
  }
}

function restoreLink(spec, view) {
  const [anchor, query] = location.hash.slice(1).split("?");
  if (anchor !== view.anchor || query === undefined) return false;
  const wanted = new URLSearchParams(query);
  for (const name of spec.traits) {
    view.set({ [name]: linkedValue(spec, view, name, wanted.get(name)) });
  }
  return true;
}

// As a link to an element does: it comes into sight, and the Tab key goes on from there.
function goToFrame(root) {
  root.tabIndex = -1;
  root.focus({ preventScroll: true });
  root.scrollIntoView();
}

// What a link may set: a value that the control offers, else the start. Free text is only ever searched for and shown
// as text.
function linkedValue(spec, view, name, text) {
  const start = view.initial[name];
  const control = spec.controls(view).find(({ trait }) => trait === name);
  if (text === null) return start;
  if (control?.kind === "search") return text.slice(0, 100);
  if (control?.kind === "number") return isPossible(control, text) ? text && String(Number(text)) : start;
  if (control?.kind === "set") {
    const wanted = text.split(",");
    return control.options
      .map(([value]) => value)
      .filter((value) => wanted.includes(value))
      .join(",");
  }
  return [start, ...allowedValues(spec, view, control, name)].find((value) => String(value) === text) ?? start;
}

function allowedValues(spec, view, control, name) {
  if (name === "view") return ["picture", "table"];
  if (!control) return spec.values?.(name, view) ?? [];
  if (control.kind === "check") return [true, false];
  return control.values ?? control.options.map(([value]) => value);
}

// ---------------------------------------------------------------- drawing

function update(spec, view, frame) {
  syncControls(spec, view, frame);
  syncTabs(view, frame);
  if (view.get("view") === "table") drawTable(spec, view, frame);
  else drawPicture(spec, view, frame);
  setText(frame.sentence, spec.sentence(view));
  setText(frame.source, spec.source(view));
  frame.save.hidden = Boolean(spec.content) && !spec.hasPicture?.(view);
  frame.notes.replaceChildren(...(spec.notes?.(view) ?? []));
}

// The same words are not written again, so that a screen reader does not read them twice.
function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

function drawPicture(spec, view, frame) {
  if (spec.content) return drawContent(spec, view, frame);
  if (!view.width) return; // not on the page yet; the ResizeObserver calls again
  const svg = spec.picture(view, view.width);
  assemble(svg, { role: "img", "aria-label": `${spec.title(view)}. ${view.words.picture_help}` }, []);
  frame.canvas.replaceChildren(svg);
  setText(frame.title, spec.title(view));
  frame.legend.replaceChildren(...spec.legend(view).map(([swatch, text]) => node("li", {}, swatch, text)));
}

// The element that had the focus is made anew: its successor, named by the same data-focus, gets it. In the same way an
// element with
// data-scroll stays scrolled.
function drawContent(spec, view, frame) {
  const focused = frame.canvas.contains(document.activeElement) ? document.activeElement.dataset.focus : undefined;
  const scrolled = Object.fromEntries(
    [...frame.canvas.querySelectorAll("[data-scroll]")].map((element) => [element.dataset.scroll, element.scrollTop]),
  );
  // In the next frame, because setting it now would lay the page out twice; asked for before what the content itself
  // asks for.
  if (Object.keys(scrolled).length) {
    requestAnimationFrame(() => {
      for (const element of frame.canvas.querySelectorAll("[data-scroll]"))
        element.scrollTop = scrolled[element.dataset.scroll] ?? 0;
    });
  }
  frame.canvas.replaceChildren(spec.content(view));
  setText(frame.title, spec.title(view));
  if (spec.legend)
    frame.legend.replaceChildren(...spec.legend(view).map(([swatch, text]) => node("li", {}, swatch, text)));
  if (focused)
    [...frame.canvas.querySelectorAll("[data-focus]")].find((element) => element.dataset.focus === focused)?.focus();
}

// A table of the same shape keeps its elements: only cells that differ are written.
function drawTable(spec, view, frame) {
  const { columns, groups } = spec.table(view);
  const plan = JSON.stringify([columns, groups.map(({ title, rows }) => [title, rows.length])]);
  if (plan !== frame.tablePlan) {
    frame.scroller.replaceChildren(makeTable(columns, groups));
    frame.scroller.classList.toggle("explorer-words", Boolean(spec.content));
    frame.tableRows = [...frame.scroller.querySelectorAll("tr[data-row]")];
    frame.tablePlan = plan;
  }
  setText(frame.scroller.querySelector("caption"), spec.title(view));
  groups.flatMap(({ rows }) => rows).forEach((row, index) => fillRow(frame.tableRows[index], row));
}

function makeTable(columns, groups) {
  const numeric = columns.map((_, place) => typeof groups.at(-1)?.rows[0]?.cells[place] === "number");
  const cell = (tag, scope, place, ...text) =>
    node(tag, { scope, class: numeric[place] ? "explorer-number" : null }, ...text);
  const row = node(
    "tr",
    { "data-row": true },
    ...columns.map((_, place) => cell(place ? "td" : "th", place ? null : "row", place)),
  );
  return node(
    "table",
    { class: "explorer-table" },
    node("caption"),
    node("thead", {}, node("tr", {}, ...columns.map((text, place) => cell("th", "col", place, text)))),
    ...groups.map(({ title, rows }) =>
      node(
        "tbody",
        {},
        title
          ? node("tr", {}, node("th", { scope: "rowgroup", colspan: columns.length, class: "explorer-group" }, title))
          : null,
        ...rows.map(() => row.cloneNode(true)),
      ),
    ),
  );
}

function fillRow(element, { cells, current }) {
  element.classList.toggle("explorer-current", Boolean(current));
  cells.forEach((value, place) => {
    if (Array.isArray(value)) element.cells[place].replaceChildren(...documentLinks(value));
    else setText(element.cells[place], typeof value === "number" ? formatNumber(value) : (value ?? ""));
  });
}

// Documents [[name, address], ...] as links, separated by semicolons; an address other than http or https leaves only
// the name.
function documentLinks(documents) {
  return documents.flatMap(([text, address], place) => [
    ...(place ? ["; "] : []),
    /^https?:\/\//.test(address) ? node("a", { href: address, rel: "noreferrer" }, text) : text,
  ]);
}

// Hovering only previews; a click, a tap or a drag chooses.
function watchPointer(spec, view, frame, signal) {
  const preview = oncePerFrame(() => view.get("view") === "picture" && drawPicture(spec, view, frame));
  const at = (event) => spec.point(view, event.clientX - frame.canvas.getBoundingClientRect().left);
  const hover = (value) => {
    if (JSON.stringify(value) === JSON.stringify(view.hover)) return;
    view.hover = value;
    preview();
  };
  frame.canvas.addEventListener(
    "pointermove",
    (event) => {
      if (event.buttons) view.set(at(event));
      else hover(at(event));
    },
    { signal },
  );
  frame.canvas.addEventListener("pointerleave", () => hover(null), { signal });
  frame.canvas.addEventListener("pointerdown", (event) => view.set(at(event)), { signal });
}
