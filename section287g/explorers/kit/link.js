import { isPossible } from "./controls.js";
import { skipGuess } from "./guess.js";
import { controlsOf, valuesOf } from "./settings.js";

// What differs from the page's own start, for example state=TX&events=true.
export function changesOf(view) {
  const changes = new URLSearchParams();
  for (const [name, start] of Object.entries(view.initial)) {
    if (view.get(name) !== start) changes.set(name, view.get(name));
  }
  return String(changes);
}

export async function copyLink(view, frame) {
  const link = `${location.href.split("#")[0]}#${view.anchor}?${changesOf(view)}`;
  history.replaceState(null, "", link);
  try {
    await navigator.clipboard.writeText(link);
    frame.status.textContent = view.words.link_copied;
  } catch {
    frame.status.textContent = `${view.words.link_in_address} ${link}`;
  }
}

export function restoreLink(spec, view) {
  const [anchor, query] = location.hash.slice(1).split("?");
  if (anchor !== view.anchor || query === undefined) return false;
  const wanted = new URLSearchParams(query);
  skipGuess(spec, view);
  for (const name of spec.traits) {
    view.set({ [name]: linkedValue(spec, view, name, wanted.get(name)) });
  }
  return true;
}

// As a link to an element does: it comes into sight, and the Tab key goes on from there.
export function goToFrame(root) {
  root.tabIndex = -1;
  root.focus({ preventScroll: true });
  root.scrollIntoView();
}

// What a link may set: a value that the control offers, else the start. Free text is only ever searched for and shown
// as text.
function linkedValue(spec, view, name, text) {
  const start = view.initial[name];
  const control = controlsOf(spec, view).find(({ trait }) => trait === name);
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
  if (!control) return spec.values?.(name, view) ?? valuesOf(spec.settings[name], view);
  if (control.kind === "check") return [true, false];
  return control.values ?? control.options.map(([value]) => value);
}
