import { makeControl, syncControls } from "./controls.js";
import { assemble, button, cue, foldedText, newId, node, setText } from "./elements.js";
import { csvText, download, svgFile } from "./export.js";
import { say } from "./format.js";
import { makeGuess, isWaiting } from "./guess.js";
import { canEmbed, copyEmbed, copyLink, goToFrame, restoreLink, writeAddress } from "./link.js";
import { useFontOf } from "./scales.js";
import { controlsOf } from "./settings.js";
import { drawTable } from "./table.js";

// The frame that all explorers share. An explorer is described by a plain object; `view` gives its functions data,
// words
// and the current settings:
//   settings               from spec.json, in the order in which a link restores them
//   controls, option, more what spec.json cannot say of them, see settings.js
//   title(view)            one line: what is counted, where, from when to when
//   picture(view, width)   an SVG element, `width` pixels wide
//   content(view)          instead of a picture: an HTML element, for explorers that show words; the same one may come
//                          again, changed
//   hasPicture(view)       true if the first SVG element of content(view) is a picture worth saving
//   caption(view)          { title, footer } of the saved picture, where title, sentence and source would not do
//   ask                    a way to ask for the guess that kit/guess.js does not have
//   aside(view, elementOf) an element below the controls, for those in this place; elementOf(trait) is the control
//   asideBelow             true: that element stands below the picture or table
//   sync(view)             brings that element up to date
//   folded                 true: tabs, source and actions stand folded below the sentence, for one that opens a page
//   reset(view)            takes back what a reader did that is no setting
//   legend(view)           list of [swatch, text]
//   notes(view)            elements below the picture or table
//   sentence(view)         what is seen, in one or two sentences
//   sentenceFirst          true: the sentence stands above the picture where there is room
//   table(view)            { columns, groups: [{ title, rows: [{ cells, current }] }] }; columns of numbers are
//                          right-aligned; a cell [[name, address], ...] becomes links
//   source(view)           unit, as-of and source
//   file(view)             { name, rows } for the CSV; `name` also names the picture
//   values(name, view)     what a link may set a setting without control to, if not all of its choices
//   point(view, x)         settings that a click at x pixels of the picture stands for
export function explorer(spec) {
  const { guess, ...settings } = spec.settings;
  const traits = [...Object.keys(settings), "view"]; // without the guess: a link tells nobody's guess
  return { render: ({ model, el }) => mount({ ...spec, settings, guess, traits }, model, el) };
}

function mount(spec, model, el) {
  const view = makeView(spec, model, el);
  const stop = new AbortController();
  const followed = [...spec.traits, ...(spec.guess ? ["guess"] : [])];
  el.classList.add("explorer-room");
  const linked = view.anchor && restoreLink(spec, view);
  const frame = makeFrame(spec, view, stop.signal);
  el.replaceChildren(frame.root);
  const redraw = () => update(spec, view, frame);
  view.redraw = redraw;
  if (view.anchor) view.chosen = writeAddress(view);
  const changed = () => view.setting || redraw();
  followed.forEach((name) => model.on(`change:${name}`, changed));
  if (spec.point) watchPointer(spec, view, frame, stop.signal);
  useFontOf(frame.root);
  unfoldIfWide(frame);
  measure(view, frame);
  redraw();
  // In the next frame, because a redraw changes what is being observed.
  const watched = oncePerFrame(() => {
    unfoldIfWide(frame);
    const before = view.width;
    measure(view, frame);
    if (view.width === before) return;
    useFontOf(frame.root);
    redraw();
  });
  const watcher = new ResizeObserver(watched);
  watcher.observe(frame.canvas);
  if (view.anchor) {
    window.addEventListener("hashchange", () => restoreLink(spec, view) && goToFrame(frame.root), {
      signal: stop.signal,
    });
    // In the next frame, when the view for readers without scripts has given way.
    if (linked) requestAnimationFrame(() => frame.root.scrollIntoView());
  }
  return () => {
    stop.abort();
    watcher.disconnect();
    followed.forEach((name) => model.off(`change:${name}`, changed));
  };
}

function makeView(spec, model, el) {
  const get = (name) => model.get(name);
  const view = {
    data: get("data"),
    words: get("words"),
    get,
    hover: null,
    width: 0,
    scale: 1,
    setting: false,
    unread: [], // of a link
    redraw() {},
    chosen() {},
  };
  // Several settings changed in one go are drawn once.
  view.set = (changes) => {
    const different = Object.entries(changes).filter(([name, value]) => get(name) !== value);
    if (!different.length) return;
    view.setting = true;
    for (const [name, value] of different) model.set(name, value);
    model.save_changes();
    view.setting = false;
    view.unread = [];
    view.redraw();
    view.chosen();
  };
  view.initial = Object.fromEntries(spec.traits.map((name) => [name, get(name)]));
  // Only in the book does a view have an address of its own: the id of its section.
  view.anchor = el.closest("section.explorer[id]")?.id;
  return view;
}

// Pictures are drawn in units of a sixteenth of the reader's rem, so that their text grows with all other text, but in
// no less than LEAST units.
const LEAST = 300;
function measure(view, frame) {
  const pixels = frame.canvas.clientWidth;
  if (!pixels) return; // not on the page, or behind the table: what was measured before holds
  const rem = parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
  view.scale = rem > 1 ? Math.max(1, Math.min(rem, pixels / LEAST)) : 1;
  view.width = Math.floor(pixels / view.scale);
}

function scalePictures(view, frame) {
  if (view.scale === 1 && !frame.scaled) return;
  frame.scaled = true;
  for (const svg of frame.root.querySelectorAll("svg[viewBox]"))
    for (const side of ["width", "height"]) svg.style[side] = `${svg.getAttribute(side) * view.scale}px`;
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
  const frame = { controls: [], tabs: {}, panels: { picture: node("div"), table: node("div") } };
  frame.canvas = node("div", { class: spec.content ? "explorer-content" : "explorer-canvas" });
  frame.scrolled = new WeakMap(); // how far each part is; asking it while drawing would lay the page out
  const noteScroll = ({ target }) => frame.scrolled.set(target, target.scrollTop);
  frame.canvas.addEventListener("scroll", noteScroll, true);
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
  frame.unread = node("p", { class: "explorer-unread", "aria-live": "polite" });
  const made = controlsOf(spec, view).map((control) => makeControl(control, spec, view, frame, signal));
  const elementsOf = (wanted) => made.filter(({ control }) => wanted(control)).map(({ element }) => element);
  const elementOf = (trait) => made.find(({ control }) => control.trait === trait)?.element;
  const aside = spec.aside?.(view, elementOf) ?? null;
  const tabs = makeTabs(view, frame, signal);
  assemble(frame.panels.picture, {}, [
    node("figure", { class: "explorer-figure" }, frame.title, frame.canvas, spec.legend ? frame.legend : null),
    ...elementsOf(({ place }) => place === "below"),
  ]);
  frame.below = [spec.asideBelow ? aside : null, frame.notes].filter(Boolean);
  frame.panels.table.append(frame.scroller);
  const panels = [frame.panels.picture, frame.panels.table];
  const actions = makeActions(spec, view, frame);
  const head = node("h3", { class: "explorer-title" }, words.question);
  const group = { class: "explorer-frame", role: "group", "aria-label": words.explorer_label };
  frame.root = node("div", group, head, frame.unread);
  if (spec.folded) {
    const ask = cue("explorer-predict", words.predict_label, words.guess.question);
    const notice = cue("explorer-notice", words.notice_label, words.notice);
    const fold = foldOf(view, tabs, frame.source, actions, notice);
    frame.root.append(ask, ...panels, aside, frame.sentence, fold);
    return frame;
  }
  const [first, ...others] = elementsOf(({ place, kind }) => !place && kind !== "check");
  const checks = node(
    "div",
    { class: "explorer-checks" },
    ...elementsOf(({ place, kind }) => !place && kind === "check"),
  );
  const change = changeOf(view, frame, tabs, ...others, checks, spec.asideBelow ? null : aside);
  const seen = spec.sentenceFirst ? [frame.sentence, ...panels] : [...panels, frame.sentence];
  const show = node("div", { class: "explorer-show" }, ...seen, frame.source);
  const body = node(
    "div",
    { class: "explorer-body" },
    node("div", { class: "explorer-first" }, first),
    change,
    show,
    node("div", { class: "explorer-foot" }, actions, foldedText("explorer-notice", words.notice_label, words.notice)),
  );
  frame.guess = makeGuess(spec, view, body);
  frame.root.append(frame.guess.line, frame.guess.stack);
  return frame;
}

// All controls but the first, folded above the picture, so that they stay where they are while it changes. Where there
// is room they stand open beside the picture, without the line that folds them.
function changeOf(view, frame, ...controls) {
  frame.summary = node("summary", {}, view.words.change_view);
  const group = { class: "explorer-controls", role: "group", "aria-label": view.words.controls_label };
  frame.change = node("details", { class: "explorer-change" }, frame.summary, node("div", group, ...controls));
  return frame.change;
}

function unfoldIfWide(frame) {
  if (!frame.change) return;
  const wide = getComputedStyle(frame.summary).display === "none";
  if (wide !== frame.wide) frame.change.open = wide;
  frame.wide = wide;
}

// Open at once where a link leads to the table.
function foldOf(view, ...parts) {
  const open = view.get("view") === "table";
  return node("details", { class: "explorer-folded", open }, node("summary", {}, view.words.folded), ...parts);
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
    if (open && !frame.panels[name].contains(frame.notes)) frame.panels[name].append(...frame.below);
  }
}

function makeActions(spec, view, frame) {
  const { words } = view;
  const save = () => {
    const { name, rows } = spec.file(view);
    download(`${name}.csv`, "text/csv;charset=utf-8", csvText(rows));
  };
  const reset = () => {
    spec.reset?.(view);
    view.set(view.initial);
    view.redraw(); // also clears what was typed and refused
    frame.status.textContent = words.was_reset;
  };
  frame.save = button({}, () => savePicture(spec, view, frame), words.save_svg);
  return node(
    "div",
    { class: "explorer-actions" },
    view.anchor ? button({}, () => copyLink(view, frame), words.copy_link) : null,
    view.anchor && canEmbed() ? button({}, () => copyEmbed(view, frame), words.copy_embed) : null,
    button({}, reset, words.reset),
    button({}, save, words.save_csv),
    frame.save,
    frame.status,
  );
}

// Drawn on the page for a moment even when the table is open, because colours are read from the drawn picture.
function savePicture(spec, view, frame) {
  const wasHidden = frame.panels.picture.hidden;
  frame.panels.picture.hidden = false;
  if (!view.width) measure(view, frame);
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

function update(spec, view, frame) {
  frame.root.classList.toggle("explorer-waits", isWaiting(spec, view));
  frame.guess?.sync();
  syncControls(spec, view, frame);
  spec.sync?.(view);
  syncTabs(view, frame);
  if (view.get("view") === "table") drawTable(spec, view, frame);
  else drawPicture(spec, view, frame);
  setText(frame.sentence, spec.sentence(view));
  setText(frame.source, spec.source(view));
  frame.save.hidden = Boolean(spec.content) && !spec.hasPicture?.(view);
  frame.notes.replaceChildren(...(spec.notes?.(view) ?? []));
  const unread = view.unread.join(", ").slice(0, 100);
  setText(frame.unread, unread && say(view.words.link_unread, { parts: unread }));
  scalePictures(view, frame);
}

function drawPicture(spec, view, frame) {
  if (spec.content) return drawContent(spec, view, frame);
  if (!view.width) return; // not on the page yet; the ResizeObserver calls again
  const svg = spec.picture(view, view.width);
  assemble(svg, { role: "img", "aria-label": `${spec.title(view)}. ${view.words.picture_help}` }, []);
  frame.canvas.replaceChildren(svg);
  setText(frame.title, spec.title(view));
  drawLegend(spec, view, frame);
}

function drawLegend(spec, view, frame) {
  const entries = spec.legend(view);
  frame.legend.replaceChildren(...entries.map(([swatch, text]) => node("li", {}, swatch, text)));
  frame.legend.hidden = entries.length === 0;
}

// The element that had the focus is made anew: its successor, named by the same data-focus, gets it. In the same way an
// element with data-scroll stays scrolled.
function drawContent(spec, view, frame) {
  const focused = frame.canvas.contains(document.activeElement) ? document.activeElement.dataset.focus : undefined;
  const scrolled = [...frame.canvas.querySelectorAll("[data-scroll]")].filter((element) => frame.scrolled.get(element));
  // In the next frame, because setting it now would lay the page out twice; asked for before what the content itself
  // asks for.
  if (scrolled.length) {
    requestAnimationFrame(() => {
      for (const before of scrolled) {
        const element = frame.canvas.querySelector(`[data-scroll="${before.dataset.scroll}"]`);
        if (element) element.scrollTop = frame.scrolled.get(before);
      }
    });
  }
  const content = spec.content(view);
  if (content !== frame.canvas.firstChild) frame.canvas.replaceChildren(content);
  setText(frame.title, spec.title(view));
  if (spec.legend) drawLegend(spec, view, frame);
  if (focused)
    [...frame.canvas.querySelectorAll("[data-focus]")].find((element) => element.dataset.focus === focused)?.focus();
}

// Hovering only previews; a click, a tap or a drag chooses.
function watchPointer(spec, view, frame, signal) {
  const preview = oncePerFrame(() => {
    if (view.get("view") !== "picture") return;
    drawPicture(spec, view, frame);
    scalePictures(view, frame);
  });
  const at = (event) => spec.point(view, (event.clientX - frame.canvas.getBoundingClientRect().left) / view.scale);
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
