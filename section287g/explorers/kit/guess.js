import { isPossible } from "./controls.js";
import { button, cue, newId, node, setText } from "./elements.js";
import { say } from "./format.js";
import { choicesOf, lookUp } from "./settings.js";

// A guess that a reader gives by hand before the explorer is seen. spec.json declares it (see spec.py), words.guess has
// the question and the sentences, data.guess what the sentences need. The setting `guess` is "" until it is given or
// SKIPPED; the explorer waits as long as it is "". A way to ask is
//   ask(about, view, asked)   about: the declaration; asked: { question: id of the question, changed() to call }
// and gives { element, value() ("" if there is none), textOf(value), sync(), if it must follow the width }.
const SKIPPED = "skipped";
const WAYS = { number: askNumber, choice: askChoice };

export const isWaiting = (spec, view) => Boolean(spec.guess) && view.get("guess") === "";

export function skipGuess(spec, view) {
  if (isWaiting(spec, view)) view.set({ guess: SKIPPED });
}

// { line, stack, sync() }: the question, which gives way to the sentence; and the body of the explorer, on which the
// form lies as long as it waits. Of the body only what a picture is measured by is seen meanwhile (`explorer-waits` in
// the styles), and nothing of it is read or reached.
export function makeGuess(spec, view, body) {
  const { words } = view;
  const question = newId("explorer-guess");
  const said = node("div", { class: "explorer-said", id: question, "aria-live": "polite" });
  const again = button({ class: "explorer-again" }, askAgain, words.guess_again);
  const show = node("button", { type: "submit", class: "explorer-guess-show", disabled: true }, words.guess_show);
  const changed = () => {
    show.disabled = !asked.value();
  };
  const asked = (spec.ask ?? WAYS[spec.guess.kind])(spec.guess, view, { question, changed });
  const skip = button({ class: "explorer-guess-skip" }, () => give(SKIPPED), words.guess_skip);
  const form = node(
    "form",
    {},
    asked.element,
    node("div", { class: "explorer-guess-buttons" }, show, skip),
    node("p", { class: "explorer-hint" }, words.guess_kept),
  );
  const title = node("p", { class: "explorer-guess-of" });
  const asking = node("div", { class: "explorer-guess", role: "group", "aria-labelledby": question }, title, form);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (asked.value()) give(asked.value());
  });
  // As high as it is, so that what stands below does not move.
  function give(value) {
    line.style.minHeight = `${line.offsetHeight}px`;
    view.set({ guess: value });
    again.focus({ preventScroll: true });
  }
  function askAgain() {
    view.set({ guess: "" });
    form.querySelector("input, [tabindex='0']").focus({ preventScroll: true });
  }
  const line = node("div", { class: "explorer-guess-line" }, said, again);
  const stack = node("div", { class: "explorer-stack" }, body);
  let seen = null;
  function sync() {
    const guess = view.get("guess");
    if (guess === "") {
      asked.sync?.();
      setText(title, spec.title(view));
    }
    if (guess === seen) return;
    seen = guess;
    body.inert = guess === "";
    if (guess === "") stack.append(asking);
    else asking.remove();
    again.hidden = guess === "";
    said.replaceChildren(
      guess === ""
        ? cue("explorer-predict", words.predict_label, say(words.guess.question, view.data.guess))
        : node("p", {}, compared(view, guess, asked)),
    );
  }
  return { line, stack, sync };
}

function compared({ words, data }, guess, asked) {
  const known = data.guess;
  return guess === SKIPPED
    ? say(words.guess.skipped, known)
    : say(words.guess.said, { ...known, guess: asked.textOf(guess) });
}

// A number by a slider or typed. It starts blank, and the slider at its lower end.
function askNumber(about, view, { changed }) {
  const { words } = view;
  const [min, max] = [about.min, about.max].map((limit) => String(lookUp(limit, view.data)));
  const limits = { min: Number(min), max: Number(max) };
  const id = newId("explorer-guess");
  const field = node("input", { id, type: "number", min, max, "aria-describedby": `${id}-hint`, autocomplete: "off" });
  const range = node("input", { type: "range", min, max, value: min, "aria-label": words.guess.label });
  const value = () => (isPossible(limits, field.value) ? String(Number(field.value)) : "");
  const follow = () => {
    range.setAttribute("aria-valuetext", value() || words.guess_open);
    changed();
  };
  field.addEventListener("input", () => {
    if (value()) range.value = value();
    follow();
  });
  // A press of the slider where it stands is a guess too.
  for (const event of ["input", "click"]) {
    range.addEventListener(event, () => {
      field.value = range.value;
      follow();
    });
  }
  range.setAttribute("aria-valuetext", words.guess_open);
  const element = node(
    "div",
    { class: "explorer-guess-number" },
    node("label", { for: id }, words.guess.label),
    field,
    node("span", { class: "explorer-hint", id: `${id}-hint` }, say(words.number_whole, { min, max })),
    range,
    node("span", { class: "explorer-guess-ends", "aria-hidden": "true" }, node("span", {}, min), node("span", {}, max)),
  );
  return { element, value, textOf: (text) => text };
}

function askChoice(about, view, { question, changed }) {
  const name = newId("explorer-guess");
  const choices = choicesOf(about, view);
  const inputs = choices.map(([value]) => node("input", { type: "radio", name, value, id: newId(name) }));
  const rows = choices.map(([, text], place) =>
    node("div", { class: "explorer-check" }, inputs[place], node("label", { for: inputs[place].id }, text)),
  );
  const element = node("div", { class: "explorer-choices", role: "radiogroup", "aria-labelledby": question }, ...rows);
  element.addEventListener("input", changed);
  return {
    element,
    value: () => inputs.find((input) => input.checked)?.value ?? "",
    textOf: (value) => choices.find(([choice]) => choice === value)[1],
  };
}
