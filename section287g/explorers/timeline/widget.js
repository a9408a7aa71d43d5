// Dated events in the history of 287(g): a strip with one dot for each event, a list, and a card for the event that is
// open.

const STRIP_WIDTH = 640; // as long as the explorer stands on no page
const OPTION = "[role=option]";

// ---------------------------------------------------------------- which events

function shown(view) {
  const kinds = view.get("kinds").split(",");
  const wanted = view.get("search").toLowerCase().split(/\s+/).filter(Boolean);
  return view.data.events.filter(
    (event) => kinds.includes(event.kind) && wanted.every((word) => searchText(view, event).includes(word)),
  );
}

const searchTexts = new WeakMap();
function searchText(view, event) {
  if (!searchTexts.has(event)) {
    const { title, publisher } = view.data.sources[event.source];
    const parts = [
      written(event.date, view.words),
      event.title,
      event.text,
      view.words.kinds[event.kind],
      title,
      publisher,
    ];
    searchTexts.set(event, parts.join(" ").toLowerCase());
  }
  return searchTexts.get(event);
}

// The event whose card is open: the chosen one, or the first shown where that one is not.
function opened(view, events) {
  return events.find(({ id }) => id === view.get("event")) ?? events[0];
}

// A date may be a day, a month or a year; other text of a source's date stays as it is. Each is written once and kept.
const writtenDates = new Map();
function written(iso, words) {
  if (!writtenDates.has(iso)) writtenDates.set(iso, writeDate(iso, words));
  return writtenDates.get(iso);
}

function writeDate(iso, words) {
  if (/^\d{4}-\d\d-\d\d$/.test(iso)) return formatDate(iso, words);
  if (/^\d{4}-\d\d$/.test(iso)) return `${words.months[Number(iso.slice(5)) - 1]} ${iso.slice(0, 4)}`;
  return iso.replace(/\b\d{4}-\d\d(-\d\d)?\b/g, (part) => written(part, words));
}

// ---------------------------------------------------------------- words

function sentence(view) {
  const { words, data } = view;
  const events = shown(view);
  const search = view.get("search").trim();
  const searched = search ? say(words.searched, { search }) : "";
  if (!events.length) return [say(words.none, { all: data.events.length }), searched].filter(Boolean).join(" ");
  const open = opened(view, events);
  return [
    say(words.shown, {
      n: events.length,
      all: data.events.length,
      from: written(events[0].date, words),
      to: written(events.at(-1).date, words),
    }),
    searched,
    say(words.open, { date: written(open.date, words), title: open.title }),
  ]
    .filter(Boolean)
    .join(" ");
}

function source(view) {
  const { words, data } = view;
  return say(words.source, { n: Object.keys(data.sources).length, date: written(data.events.at(-1).date, words) });
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
  const published = say(words.published, { publisher, date: written(date, words) });
  return [
    written(event.date, words),
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

function controls(view) {
  const { words, data } = view;
  const count = (kind) => data.events.filter((event) => event.kind === kind).length;
  return [
    { kind: "search", trait: "search", label: words.search_label },
    {
      kind: "set",
      trait: "kinds",
      label: words.kinds_label,
      options: data.kinds.map((kind) => [kind, say(words.kind_option, { kind: words.kinds[kind], n: count(kind) })]),
    },
  ];
}

// ---------------------------------------------------------------- the view

function content(view) {
  const events = shown(view);
  const open = opened(view, events);
  const list = open ? eventList(view, events, open) : null;
  if (list) requestAnimationFrame(() => showInList(list));
  return node(
    "div",
    { class: "t-view" },
    strip(view, events, open),
    open ? node("div", { class: "t-columns" }, card(view, events, open), list) : null,
  );
}

function choose(view, id) {
  view.set({ event: id });
}

function card(view, events, open) {
  const { words } = view;
  const { title, publisher, date, url } = view.data.sources[open.source];
  const place = events.indexOf(open);
  const step = (text, by, name) => {
    const button = node(
      "button",
      { type: "button", "data-focus": name, "aria-disabled": events[place + by] ? null : "true" },
      text,
    );
    button.addEventListener("click", () => events[place + by] && choose(view, events[place + by].id));
    return button;
  };
  const heading = newId("explorer-event");
  return node(
    "article",
    { class: "t-card", "aria-labelledby": heading },
    node(
      "div",
      { class: "t-steps" },
      step(words.previous, -1, "previous"),
      node("span", {}, say(words.place, { number: place + 1, n: events.length })),
      step(words.next, 1, "next"),
    ),
    node("h4", { id: heading }, node("span", { class: "t-date" }, written(open.date, words)), " ", open.title),
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
      `, ${say(words.published, { publisher, date: written(date, words) })}`,
    ),
    node("p", { class: "t-about" }, words.administrations[open.administration]),
  );
}

// A list of which one entry is chosen: arrow keys move the choice.
function eventList(view, events, open) {
  const list = node(
    "div",
    { class: "t-list", role: "listbox", "aria-label": view.words.list_label, "data-scroll": "list" },
    ...view.data.administrations.flatMap(([name]) =>
      listGroup(
        view,
        events.filter((event) => event.administration === name),
        name,
        open,
      ),
    ),
  );
  list.addEventListener("click", ({ target }) => {
    const option = target.closest(OPTION);
    if (option) choose(view, option.dataset.id);
  });
  list.addEventListener("keydown", (event) => {
    const place = events.indexOf(open);
    const next = { ArrowUp: place - 1, ArrowDown: place + 1, Home: 0, End: events.length - 1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    if (events[next]) choose(view, events[next].id);
  });
  return list;
}

function listGroup(view, events, name, open) {
  if (!events.length) return [];
  const { words } = view;
  const heading = newId("explorer-administration");
  const options = events.map((event) =>
    node(
      "div",
      {
        role: "option",
        "data-id": event.id,
        "aria-selected": String(event === open),
        tabindex: event === open ? "0" : "-1",
        "data-focus": event === open ? "chosen" : null,
      },
      node("span", { class: "t-date" }, written(event.date, words)),
      " ",
      event.title,
    ),
  );
  return [
    node(
      "div",
      { role: "group", "aria-labelledby": heading },
      node("div", { class: "t-group", id: heading, role: "presentation" }, words.administrations[name]),
      ...options,
    ),
  ];
}

// Scrolls the list alone, never the page, and only as far as needed.
function showInList(list) {
  const entry = list.querySelector("[aria-selected=true]");
  if (!entry || !list.clientHeight) return;
  const box = list.getBoundingClientRect();
  const { top, bottom } = entry.getBoundingClientRect();
  const head = list.querySelector(".t-group").offsetHeight; // stays on top of the list
  if (top < box.top + head) list.scrollTop -= box.top + head - top;
  else if (bottom > box.bottom) list.scrollTop += bottom - box.bottom;
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
  const size = Math.min(column - 2, 12);
  const highest = Math.max(...years.map((year) => years.filter((other) => other === year).length));
  const top = 2 * 16 + 8;
  const bottom = top + highest * (size + 1.5) + 4;
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
    dots(view, events, open, { x, column, size, bottom }),
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

function dots(view, events, open, { x, column, size, bottom }) {
  const height = {};
  const marks = view.data.events.map((event) => {
    const year = Number(event.date.slice(0, 4));
    const level = (height[year] = (height[year] ?? 0) + 1);
    const kind = event === open ? "t-dot t-open" : events.includes(event) ? "t-dot" : "t-dot t-hidden";
    return shape(
      "circle",
      {
        class: kind,
        "data-id": events.includes(event) ? event.id : null,
        cx: round(x(year) + column / 2),
        cy: round(bottom - level * (size + 1.5) + size / 2),
        r: round(size / 2),
      },
      shape("title", {}, `${written(event.date, view.words)}: ${event.title}`),
    );
  });
  return shape("g", {}, ...marks);
}

export default explorer({
  traits: ["kinds", "search", "event", "view"],
  title: (view) => view.words.title,
  values: (name, view) => view.data.events.map(({ id }) => id),
  controls,
  content,
  sentence,
  table,
  source,
  file,
});
