import { isPossible } from "./controls.js";
import { skipGuess } from "./guess.js";
import { controlsOf, valuesOf } from "./settings.js";

// The address of the view names only what differs from the page's own start, for example
// #explorer-growth?state=TX&events=true.
function addressOf(view) {
  return `${location.href.split("#")[0]}#${view.anchor}?${changesOf(view)}`;
}

function changesOf(view) {
  const changes = new URLSearchParams();
  for (const [name, start] of Object.entries(view.initial)) {
    if (view.get(name) !== start) changes.set(name, view.get(name));
  }
  return changes;
}

export async function copyLink(view, frame) {
  const link = addressOf(view);
  history.replaceState(null, "", link);
  await copy(link, frame, view.words.link_copied, view.words.link_in_address);
}

async function copy(text, frame, copied, refused) {
  try {
    await navigator.clipboard.writeText(text);
    frame.status.textContent = copied;
  } catch {
    frame.status.textContent = `${refused} ${text}`;
  }
}

// A book on the web can be shown in frames of other sites, one that is opened from disk cannot.
export const canEmbed = () =>
  location.protocol.startsWith("http") && "content_root" in document.documentElement.dataset;

const attribute = (text) => text.replaceAll("&", "&amp;").replaceAll('"', "&quot;");
const HEIGHT = 940; // pixels: what the tallest explorer takes on a wide screen
export function copyEmbed(view, frame) {
  const name = frame.root.closest("section").dataset.explorer;
  const root = new URL(document.documentElement.dataset.content_root, location.href);
  const address = new URL(`embed/${name}.html#explorer-${name}?${changesOf(view)}`, root);
  const about = `src="${attribute(address.href)}" title="${attribute(view.words.question)}" loading="lazy"`;
  const code = `<iframe ${about} style="width: 100%; height: ${HEIGHT}px; border: 0"></iframe>`;
  return copy(code, frame, view.words.embed_copied, view.words.embed_by_hand);
}

// A function to call when a reader has chosen something: the address follows a moment later, because browsers take
// only some changes of it in a second. So the view is still there when the page is loaded again.
const PAUSE = 400; // milliseconds
export function writeAddress(view) {
  let timer;
  const write = (from) => {
    if (location.href !== from) return; // a link was followed since
    const address = addressOf(view);
    if (!address.endsWith("?") || namesView(view)) history.replaceState(null, "", address);
  };
  return () => {
    clearTimeout(timer);
    timer = setTimeout(write, PAUSE, location.href);
  };
}

// [anchor, query] of the address. What mail programs do to a link is undone: signs that are written as codes.
function readAddress() {
  let text = location.hash.slice(1);
  try {
    if (!/\?.*=/.test(text)) text = decodeURIComponent(text);
  } catch {
    // it stays as it is
  }
  const [anchor, ...query] = text.split("?");
  return [anchor.toLowerCase(), query.length ? query.join("?").replaceAll("&amp;", "&") : null];
}

function namesView(view) {
  const [anchor, query] = readAddress();
  return anchor === view.anchor.toLowerCase() && query !== null;
}

// True if the address names a view. What cannot be read of it is kept in view.unread.
export function restoreLink(spec, view) {
  if (!namesView(view)) return false;
  const given = [...new URLSearchParams(readAddress()[1])].filter(([name]) => name);
  const wanted = new Map(given.map(([name, text]) => [name.toLowerCase(), text]));
  const unread = given.filter(([name]) => !spec.traits.includes(name.toLowerCase()));
  skipGuess(spec, view);
  for (const name of spec.traits) {
    const text = wanted.get(name);
    const value = text === undefined ? view.initial[name] : linkedValue(spec, view, name, text);
    if (value === undefined || isPartOf(value, text)) unread.push([name, text]);
    view.set({ [name]: value ?? view.initial[name] });
  }
  view.unread = unread.map((pair) => pair.join("="));
  view.redraw();
  return true;
}

// As a link to an element does: it comes into sight, and the Tab key goes on from there.
export function goToFrame(root) {
  root.tabIndex = -1;
  root.focus({ preventScroll: true });
  root.scrollIntoView();
}

// What a link may set: a value that the control offers, else undefined. Free text is only searched for and shown as
// text.
function linkedValue(spec, view, name, text) {
  const control = controlsOf(spec, view).find(({ trait }) => trait === name);
  if (control?.kind === "search") return text.slice(0, 100);
  if (control?.kind === "number") return linkedNumber(control, text) ?? linkedNumber(control, bare(text));
  if (control?.kind === "set") {
    const values = control.options.map(([value]) => value);
    const wanted = text.split(",").map((part) => named(values, part));
    return values.filter((value) => wanted.includes(value)).join(",") || (text ? undefined : "");
  }
  return named([view.initial[name], ...allowedValues(spec, view, control, name)], text);
}

// Of several values some were not known.
const isPartOf = (value, text) => String(text).split(",").length > String(value).split(",").length;

const linkedNumber = (control, text) => (isPossible(control, text) ? text && String(Number(text)) : undefined);

// A sentence in which a link stood may have left a mark behind it.
const bare = (text) => text.replace(/[\s.,;:!?'"’”)\]>]+$/, "");

// The value that is written like this, in capitals or not.
function named(values, text) {
  const alike = (wanted) => values.find((value) => String(value).toLowerCase() === wanted.toLowerCase());
  return values.find((value) => String(value) === text) ?? alike(text) ?? alike(bare(text));
}

function allowedValues(spec, view, control, name) {
  if (name === "view") return ["picture", "table"];
  if (!control) return spec.values?.(name, view) ?? valuesOf(spec.settings[name], view);
  if (control.kind === "check") return [true, false];
  return control.values ?? control.options.map(([value]) => value);
}
