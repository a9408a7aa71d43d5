import { button, newId, node } from "./elements.js";
import { say } from "./format.js";

// A list of entries of which one is open: as a list box of groups, and with buttons to the one before and after.

// The open entry: the chosen one, or the first shown where that one is not.
export const openedOf = (view, trait, entries) => entries.find(({ id }) => id === view.get(trait)) ?? entries[0];

// `groups` are elements made by listGroup; a click or an arrow key (with `sideways` also left and right) calls
// choose(entry).
export function listBox(attributes, groups, { entries, open, choose, sideways }) {
  const list = node("div", { role: "listbox", ...attributes }, ...groups);
  list.addEventListener("click", ({ target }) => {
    const chosen = target.closest("[role=option]");
    if (!chosen) return;
    chosen.dataset.focus = "chosen"; // keeps the focus that the click gave it, so that arrow keys go on from here
    choose(entries.find(({ id }) => id === chosen.dataset.id));
  });
  list.addEventListener("keydown", (event) => {
    const place = entries.indexOf(open);
    const moves = { ArrowUp: place - 1, ArrowDown: place + 1, Home: 0, End: entries.length - 1 };
    if (sideways) Object.assign(moves, { ArrowLeft: place - 1, ArrowRight: place + 1 });
    const next = moves[event.key];
    if (next === undefined) return;
    event.preventDefault();
    if (entries[next]) choose(entries[next]);
  });
  return list;
}

export function listGroup(attributes, title, ...children) {
  const heading = newId("explorer-group");
  return node(
    "div",
    { role: "group", "aria-labelledby": heading },
    node("div", { ...attributes, id: heading, role: "presentation" }, title),
    ...children,
  );
}

export function listOption({ id }, isOpen, attributes, ...children) {
  const state = {
    "aria-selected": String(isOpen),
    tabindex: isOpen ? "0" : "-1",
    "data-focus": isOpen ? "chosen" : null,
  };
  return node("div", { role: "option", "data-id": id, ...state, ...attributes }, ...children);
}

// A list whose groups keep their heading in sight shows the open entry: scrolls the list alone, never the page, and
// only
// as far as needed. In the next frame, when the list stands in the page.
export function keepInSight(list) {
  requestAnimationFrame(() => {
    const entry = list.querySelector("[aria-selected=true]");
    if (!entry || !list.clientHeight) return;
    const box = list.getBoundingClientRect();
    const { top, bottom } = entry.getBoundingClientRect();
    const head = entry.parentElement.firstChild.offsetHeight;
    if (top < box.top + head) list.scrollTop -= box.top + head - top;
    else if (bottom > box.bottom) list.scrollTop += bottom - box.bottom;
  });
  return list;
}

// Buttons to the entries before and after the open one, and its number.
export function stepper({ words }, { entries, open, choose }) {
  const place = entries.indexOf(open);
  const step = (text, by, name) =>
    button(
      { "data-focus": name, "aria-disabled": entries[place + by] ? null : "true" },
      () => entries[place + by] && choose(entries[place + by]),
      text,
    );
  return node(
    "div",
    { class: "explorer-steps" },
    step(words.previous, -1, "previous"),
    node("span", {}, say(words.place, { number: place + 1, n: entries.length })),
    step(words.next, 1, "next"),
  );
}
