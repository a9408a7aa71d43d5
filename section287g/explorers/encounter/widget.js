// Eight situations, step by step, in up to four columns: no agreement, jail, warrant, task force.

import { button, documentLinks, node, shape } from "../kit/elements.js";
import { formatDate, say } from "../kit/format.js";
import { explorer } from "../kit/frame.js";
import { marker, MARKERS } from "../kit/scales.js";
import settings from "./spec.json" with { type: "json" };

// ---------------------------------------------------------------- what the settings mean

const situationShown = (view) => view.data.situations.find(({ id }) => id === view.get("situation"));
const columnsShown = (view) => view.data.columns.filter((column) => view.get("columns").split(",").includes(column));
const cellOf = (view, step, column) => step.cells[view.data.columns.indexOf(column)];
const lawOf = (view, step, column) => cellOf(view, step, column)[2];

// The step shown, counted from 1; a shorter situation ends earlier.
const stepShown = (view) => Math.min(Number(view.get("step")), situationShown(view).steps.length);

// Places of the letters A, B, ... of the columns shown: columns with the same answer have the same one.
function answers(view, step) {
  const found = [];
  return columnsShown(view).map((column) => {
    const answer = step.answers[view.data.columns.indexOf(column)];
    if (!found.includes(answer)) found.push(answer);
    return found.indexOf(answer);
  });
}

const differ = (view, step) => Math.max(0, ...answers(view, step)) > 0;
const letterOf = (view, step, column) =>
  view.words.answer_letters[answers(view, step)[columnsShown(view).indexOf(column)]];

function values(name, view) {
  return situationShown(view).steps.map((_, index) => String(index + 1));
}

function goTo(view, step) {
  const within = Math.max(1, Math.min(step, situationShown(view).steps.length));
  view.set({ step: String(within) });
  return within;
}

// ---------------------------------------------------------------- the steps

function content(view) {
  const { steps } = situationShown(view);
  if (!columnsShown(view).length) return node("p", {}, view.words.sentence.none_chosen);
  const shown = stepShown(view);
  view.steps =
    view.get("show") === "all"
      ? node(
          "div",
          { class: "encounter" },
          ...steps.map((step, index) => stepOf(view, step, index + 1, view.words.step_name)),
        )
      : node(
          "div",
          { class: "encounter" },
          stepBar(view, steps, shown),
          stepOf(view, steps[shown - 1], shown, view.words.step_of),
        );
  return view.steps;
}

// Buttons for each step, for the one before and the one after; arrow keys do the same as long as one of the buttons has
// the focus.
function stepBar(view, steps, shown) {
  const { words } = view;
  const to = (attributes, target, ...inside) => button(attributes, () => goTo(view, target), ...inside);
  const list = steps.map((step, index) =>
    node(
      "li",
      {},
      to(
        {
          class: "encounter-step",
          "data-focus": `step-${index + 1}`,
          "aria-current": index + 1 === shown ? "step" : null,
        },
        index + 1,
        node("span", { class: "encounter-number" }, index + 1),
        " ",
        node("span", { class: "encounter-label" }, step.label),
        ...stepMark(view, step),
      ),
    ),
  );
  const bar = node(
    "div",
    { class: "encounter-stepper", role: "group", "aria-label": words.steps_label },
    node("ol", {}, ...list),
    node(
      "div",
      { class: "encounter-moves" },
      to({ "data-focus": "previous", "aria-disabled": shown === 1 ? "true" : null }, shown - 1, words.previous),
      to({ "data-focus": "next", "aria-disabled": shown === steps.length ? "true" : null }, shown + 1, words.next),
    ),
  );
  bar.addEventListener("keydown", (event) => moveByKey(view, event, shown, steps.length));
  return bar;
}

// Whether the columns differ at a step, as a sign to see and words to hear.
function stepMark(view, step) {
  if (columnsShown(view).length < 2) return [];
  const kind = differ(view, step) ? "differ" : "same";
  return [
    node("span", { class: "encounter-mark", "aria-hidden": "true" }, view.words.marks[kind]),
    node("span", { class: "encounter-unseen" }, ` (${view.words.marks_spoken[kind]})`),
  ];
}

function moveByKey(view, event, shown, last) {
  const target = { ArrowLeft: shown - 1, ArrowRight: shown + 1, Home: 1, End: last }[event.key];
  if (!target && target !== 0) return;
  event.preventDefault();
  const onStep = event.target.dataset.focus.startsWith("step-");
  const reached = goTo(view, target);
  if (onStep) view.steps.querySelector(`[data-focus=step-${reached}]`).focus();
}

function stepOf(view, step, number, template) {
  const { words } = view;
  return node(
    "section",
    { class: "encounter-one" },
    node("h4", {}, say(template, { step: number, steps: situationShown(view).steps.length, label: step.label })),
    columnsShown(view).length > 1
      ? node(
          "p",
          { class: "encounter-answers" },
          node(
            "span",
            { class: "encounter-mark", "aria-hidden": "true" },
            words.marks[differ(view, step) ? "differ" : "same"],
          ),
          ` ${comparison(view, step)}`,
        )
      : null,
    node("div", { class: `encounter-cards encounter-of-${columnsShown(view).length}` }, ...cards(view, step)),
    ...openQuestions(view, step).map(([question, columns]) =>
      node(
        "p",
        { class: "encounter-question" },
        node("strong", {}, say(words.open_question_in, { columns: columnList(view, columns) })),
        " ",
        ...withLinks(view, question),
      ),
    ),
  );
}

// Columns often share an open question: it stands once, with the columns it is about.
function openQuestions(view, step) {
  const columnsOf = new Map();
  for (const column of columnsShown(view)) {
    const question = cellOf(view, step, column)[3];
    if (question) columnsOf.set(question, [...(columnsOf.get(question) ?? []), column]);
  }
  return [...columnsOf];
}

// Columns with the same answer share a card.
function cards(view, step) {
  const { words } = view;
  const letters = columnsShown(view).map((column) => letterOf(view, step, column));
  return [...new Set(letters)].map((letter) => {
    const columns = columnsShown(view).filter((_, index) => letters[index] === letter);
    return node(
      "div",
      { class: `encounter-card encounter-has-${columns.length}` },
      differ(view, step) ? node("p", { class: "encounter-letter" }, say(words.answer, { letter })) : null,
      ...columns.map((column) => cell(view, step, column)),
    );
  });
}

function cell(view, step, column) {
  const { words } = view;
  const [mayHappen, basis, law, , keys] = cellOf(view, step, column);
  return node(
    "article",
    { class: `encounter-cell encounter-${column}`, "data-column": column },
    node(
      "h5",
      {},
      shape("svg", { width: 16, height: 16, "aria-hidden": "true" }, marker(MARKERS[column], 8, 8, 11, {})),
      words.column_names[column],
    ),
    node("p", { class: "encounter-may" }, ...withLinks(view, mayHappen)),
    node(
      "p",
      { class: `encounter-law encounter-${law}` },
      node("span", { "aria-hidden": "true" }, words.law_marks[law]),
      " ",
      words.law[law],
    ),
    node(
      "details",
      { class: "encounter-sources" },
      node("summary", {}, words.basis_and_sources),
      node("p", { class: "encounter-basis" }, node("strong", {}, words.basis), " ", basis),
      node("ul", {}, ...documents(view, keys).map((document) => node("li", {}, ...documentLinks([document])))),
    ),
  );
}

const documents = (view, keys) => keys.map((key) => view.data.sources[key]);

// The table refers to its own rows ("scenario dui, step 5"): the reader gets the situation's title, as a link that
// leads there.
function withLinks(view, text) {
  return splitReferences(view, text).map((part) => {
    if (typeof part === "string") return part;
    const changes = { situation: part.id, step: part.step, show: "one" };
    const link = node(
      "a",
      { href: `#${view.anchor ?? ""}?${new URLSearchParams(changes)}`, "data-focus": `step-${part.step}` },
      part.text,
    );
    link.addEventListener("click", (event) => {
      event.preventDefault(); // the columns stay as they are
      view.set(changes);
    });
    return link;
  });
}

function splitReferences(view, text) {
  const { words, data } = view;
  const parts = [];
  let end = 0;
  for (const match of text.matchAll(/scenario (\w+)(?:, step (\d))?/g)) {
    const [whole, id, step] = match;
    const { title: titleText } = data.situations.find((situation) => situation.id === id);
    parts.push(text.slice(end, match.index), {
      id,
      step: step ?? "1",
      text: say(step ? words.situation_step : words.situation_name, { title: titleText, step }),
    });
    end = match.index + whole.length;
  }
  return [...parts, text.slice(end)];
}

const withTitles = (view, text) =>
  splitReferences(view, text)
    .map((part) => part.text ?? part)
    .join("");

// ---------------------------------------------------------------- words

const title = (view) => situationShown(view).title;

function joined(view, items) {
  return [items.slice(0, -1).join(", "), items.at(-1)].filter(Boolean).join(view.words.and);
}

const columnList = (view, columns) =>
  joined(
    view,
    columns.map((column) => view.words.column_short[column]),
  );
const stepList = (view, steps) => say(view.words.list, { n: steps.length, list: joined(view, steps.map(String)) });

// Which of the columns shown give the same answer at a step.
function comparison(view, step) {
  const { words } = view;
  const columns = columnsShown(view);
  if (columns.length === 1) return words.sentence.single;
  if (!differ(view, step)) return say(words.sentence.same, { n: columns.length });
  const found = answers(view, step);
  return [...new Set(found)]
    .map(
      (place) =>
        `${say(words.sentence.answers, {
          letter: say(words.answer, { letter: words.answer_letters[place] }),
          columns: columnList(
            view,
            columns.filter((_, index) => found[index] === place),
          ),
        })}.`,
    )
    .join(" ");
}

function sentence(view) {
  const texts = view.words.sentence;
  if (!columnsShown(view).length) return texts.none_chosen;
  return (view.get("show") === "all" ? allSteps(view, texts) : oneStep(view, texts)).join(" ");
}

function oneStep(view, texts) {
  const { steps } = situationShown(view);
  const columns = columnsShown(view);
  const number = stepShown(view);
  const step = steps[number - 1];
  const contested = columns.filter((column) => lawOf(view, step, column) === "contested");
  const law = !contested.length
    ? texts.settled
    : contested.length === columns.length
      ? texts.contested_all
      : say(texts.contested, { columns: columnList(view, contested) });
  const first = steps.findIndex((each) => differ(view, each));
  const compared = first < 0 ? texts.never : say(texts.first, { step: first + 1, label: steps[first].label });
  return [
    say(view.words.step_of, { step: number, steps: steps.length, label: step.label }) +
      (/[.?!]$/.test(step.label) ? "" : "."),
    comparison(view, step),
    law,
    ...(columns.length > 1 ? [compared] : []),
  ];
}

function allSteps(view, texts) {
  const { steps } = situationShown(view);
  const columns = columnsShown(view);
  const numbers = (wanted) => steps.flatMap((step, index) => (wanted(step) ? [index + 1] : []));
  const differing = numbers((step) => differ(view, step));
  const contested = numbers((step) => columns.some((column) => lawOf(view, step, column) === "contested"));
  const [first] = differing;
  const compared =
    columns.length === 1
      ? texts.single
      : !first
        ? texts.never
        : say(texts.all_differ, { step: first, label: steps[first - 1].label, list: stepList(view, differing) });
  return [
    say(texts.all, { n: steps.length, title: title(view) }),
    compared,
    contested.length ? say(texts.all_contested, { list: stepList(view, contested) }) : texts.all_settled,
  ];
}

function legend(view) {
  const { words } = view;
  if (columnsShown(view).length < 2) return [];
  return ["differ", "same"].map((kind) => [
    node("span", { class: "encounter-mark", "aria-hidden": "true" }, words.marks[kind]),
    words.legend[kind],
  ]);
}

function notes(view) {
  const { words } = view;
  return [
    node("p", {}, node("strong", {}, words.state_note_label), ` ${words.state_note}`),
    node("p", { class: "encounter-terms" }, words.answers_note, " ", words.terms_note),
  ];
}

function source(view) {
  const { words, data } = view;
  const { steps } = situationShown(view);
  const total = data.situations.reduce((sum, situation) => sum + situation.steps.length, 0) * data.columns.length;
  const shown = view.get("show") === "all" || view.get("view") === "table" ? steps.length : 1;
  return say(words.source, { n: shown * columnsShown(view).length, total, date: formatDate(data.checked, words) });
}

// ---------------------------------------------------------------- table and file: all steps of the situation

function table(view) {
  const { words } = view;
  return {
    columns: words.columns,
    groups: situationShown(view).steps.map((step, index) => ({
      title: say(words.step_name, { step: index + 1, label: step.label }),
      rows: columnsShown(view).map((column) => {
        const [mayHappen, basis, law, question, keys] = cellOf(view, step, column);
        return {
          cells: [
            words.column_names[column],
            letterOf(view, step, column),
            withTitles(view, mayHappen),
            basis,
            words.law_short[law],
            withTitles(view, question),
            documents(view, keys),
          ],
        };
      }),
    })),
  };
}

function file(view) {
  const { words, data } = view;
  const situation = situationShown(view);
  const rows = situation.steps.flatMap((step, index) =>
    columnsShown(view).map((column) => {
      const [mayHappen, basis, law, question, keys] = cellOf(view, step, column);
      return [
        situation.id,
        situation.title,
        index + 1,
        step.label,
        column,
        letterOf(view, step, column),
        mayHappen,
        basis,
        law,
        question,
        keys.join("; "),
        documents(view, keys)
          .map(([name, address]) => `${name} <${address}>`)
          .join("; "),
      ];
    }),
  );
  return { name: `287g-encounter-${situation.id}-as-of-${data.checked}`, rows: [words.csv_columns, ...rows] };
}

export default explorer({
  settings,
  title,
  content,
  legend,
  notes,
  sentence,
  table,
  source,
  file,
  values,
});
