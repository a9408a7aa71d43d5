// Powers and safeguards of the three models side by side, and how the agreement forms changed.

import { button, documentLinks, documentsOf, labelled, newId, node, shape } from "../kit/elements.js";
import { formatDate, say } from "../kit/format.js";
import { explorer } from "../kit/frame.js";
import settings from "./spec.json" with { type: "json" };

const FORM_KEYS = ["form_2009", "form_2020", "form_2025", "form_2025_task_force"];

// ---------------------------------------------------------------- what is shown

const showsForms = (view) => view.get("show") === "forms";

// Places of the chosen models in the lists of answers.
function chosen(view) {
  const models = view.get("models").split(",");
  return view.data.models.map((model, place) => (models.includes(model) ? place : -1)).filter((place) => place >= 0);
}

const differs = (view) => {
  const places = chosen(view);
  return (power) => new Set(places.map((place) => power.answers[place])).size > 1;
};

// Differences exist between two models or more.
const onlyDifferences = (view) => view.get("differences") && chosen(view).length > 1;

function powersShown(view) {
  if (!chosen(view).length) return [];
  const group = view.get("group");
  const inGroup = view.data.powers.filter((power) => group === "all" || power.group === group);
  return onlyDifferences(view) ? inGroup.filter(differs(view)) : inGroup;
}

const isOpen = (view, power) => view.get("details") || view.get("power") === power.id;

const addressesOf = (view, row) =>
  documentsOf(view, row.sources)
    .map(([, address]) => address)
    .join("; ");

const groupName = (view, id) => view.data.groups.find(([name]) => name === id)?.[1];

const emptyText = (view) => (chosen(view).length ? view.words.none_left : view.words.none_chosen);

// ---------------------------------------------------------------- words

function title(view) {
  const { words } = view;
  const whole = words.titles[view.get("show")];
  const group = showsForms(view) ? undefined : groupName(view, view.get("group"));
  return group ? say(words.title_group, { title: whole, group }) : whole;
}

function sentence(view) {
  const { words, data } = view;
  if (showsForms(view)) return say(words.sentence_forms, { n: data.forms.length });
  if (!chosen(view).length) return words.none_chosen;
  const powers = powersShown(view);
  const open = powers.find((power) => power.id === view.get("power"));
  if (open) return openSentence(view, open);
  const seen = say(words.sentence_powers, { n: powers.length, total: data.powers.length });
  const compared =
    chosen(view).length > 1 ? say(words.sentence_differences, { n: powers.filter(differs(view)).length }) : "";
  const counts = chosen(view).map((place) =>
    say(words.sentence_model, {
      model: words.model_short[data.models[place]],
      ...Object.fromEntries(
        data.answers.map((answer) => [answer, powers.filter((power) => power.answers[place] === answer).length]),
      ),
    }),
  );
  return [seen, compared, ...counts].filter(Boolean).join(" ");
}

function openSentence(view, power) {
  const { words, data } = view;
  const answers = chosen(view).map((place) =>
    say(words.sentence_answer, {
      model: words.model_short[data.models[place]].toLowerCase(),
      answer: words.answers[power.answers[place]].toLowerCase(),
    }),
  );
  return say(words.sentence_power, { power: power.power, answers: answers.join(", ") });
}

const source = ({ words, data, get }) => say(words.sources[get("show")], { checked: formatDate(data.checked, words) });

const notes = (view) => [node("p", { class: "models-note" }, view.words.forms_short)];

// ---------------------------------------------------------------- controls

const controls = {
  differences: (view) => ({ disabled: chosen(view).length > 1 ? "" : view.words.differences_need_two }),
};

// ---------------------------------------------------------------- side by side

function content(view) {
  return node(
    "div",
    { class: "models" },
    ...(showsForms(view) ? view.data.forms.map((form) => formRow(view, form)) : powerGroups(view)),
  );
}

function powerGroups(view) {
  const powers = powersShown(view);
  if (!powers.length) return [node("p", {}, emptyText(view))];
  return view.data.groups.flatMap(([id, name]) => {
    const own = powers.filter((power) => power.group === id);
    return own.length
      ? [node("h4", { class: "models-group" }, name), ...own.map((power) => powerRow(view, power))]
      : [];
  });
}

function powerRow(view, power) {
  const open = isOpen(view, power);
  const detail = open ? powerDetail(view, power) : null;
  return node(
    "div",
    { class: "models-row", "data-power": power.id },
    node(
      "h5",
      { class: "models-power" },
      view.get("details") ? power.power : powerButton(view, power, open, detail?.id),
    ),
    node("p", { class: "models-plain" }, power.plain),
    node("dl", { class: "models-answers" }, ...chosen(view).map((place) => answer(view, power, place))),
    detail,
  );
}

function powerButton(view, power, open, detail) {
  const state = { "aria-expanded": String(open), "aria-controls": detail, "data-focus": power.id };
  return button(state, () => view.set({ power: open ? "" : power.id }), power.power);
}

function answer(view, power, place) {
  const { words, data } = view;
  const kind = power.answers[place];
  return node(
    "div",
    {},
    node("dt", {}, words.model_short[data.models[place]]),
    node("dd", {}, mark(kind), node("span", { class: "models-word" }, words.answers[kind])),
    power.clauses[place] ? node("dd", { class: "models-clause" }, power.clauses[place]) : null,
  );
}

// One colour for all: a full, half full or empty ring, or a dash.
function mark(kind) {
  const ring = () => shape("circle", { cx: 8, cy: 8, r: 6, fill: "none", stroke: "currentColor", "stroke-width": 2 });
  const parts = {
    yes: () => [shape("circle", { cx: 8, cy: 8, r: 7, fill: "currentColor" })],
    conditional: () => [ring(), shape("path", { d: "M8 2A6 6 0 0 0 8 14Z", fill: "currentColor" })],
    no: () => [ring()],
    not_stated: () => [shape("path", { d: "M3 8H13", stroke: "currentColor", "stroke-width": 2 })],
  }[kind];
  return shape(
    "svg",
    { class: "models-mark", width: 16, height: 16, viewBox: "0 0 16 16", "aria-hidden": "true" },
    ...parts(),
  );
}

function powerDetail(view, power) {
  const { words } = view;
  return node(
    "div",
    { class: "models-detail", id: newId("models-detail") },
    labelled(words.condition_label, null, ": ", power.condition),
    labelled(words.section_label, null, ": ", power.section),
    labelled(words.sources_label, null, ": ", ...documentLinks(documentsOf(view, power.sources))),
  );
}

function formRow(view, form) {
  const { words } = view;
  return node(
    "div",
    { class: "models-row models-form", "data-aspect": form.id },
    node("h4", { class: "models-power" }, form.aspect),
    node(
      "dl",
      { class: "models-answers" },
      ...form.texts.map((text, place) =>
        node("div", {}, node("dt", {}, words.form_names[FORM_KEYS[place]]), node("dd", {}, text)),
      ),
    ),
    node(
      "div",
      { class: "models-detail" },
      labelled(words.sources_label, null, ": ", ...documentLinks(documentsOf(view, form.sources))),
    ),
  );
}

function legend(view) {
  if (showsForms(view)) return [];
  return view.data.answers.map((kind) => [mark(kind), view.words.answer_meanings[kind]]);
}

// ---------------------------------------------------------------- table and file

function table(view) {
  const { words, data } = view;
  if (showsForms(view)) {
    return {
      columns: [words.columns.aspect, ...FORM_KEYS.map((key) => words.form_names[key]), words.columns.sources],
      groups: [
        {
          title: "",
          rows: data.forms.map((form) => ({ cells: [form.aspect, ...form.texts, documentsOf(view, form.sources)] })),
        },
      ],
    };
  }
  const places = chosen(view);
  const powers = powersShown(view);
  const row = (power) => ({
    current: power.id === view.get("power"),
    cells: [
      power.power,
      ...places.map((place) => words.answers[power.answers[place]]),
      power.condition,
      power.section,
      documentsOf(view, power.sources),
    ],
  });
  const groups = data.groups.map(([id, name]) => ({
    title: name,
    rows: powers.filter((power) => power.group === id).map(row),
  }));
  return {
    columns: [
      words.columns.power,
      ...places.map((place) => words.model_short[data.models[place]]),
      words.columns.condition,
      words.columns.section,
      words.columns.sources,
    ],
    groups: powers.length ? groups.filter(({ rows }) => rows.length) : [{ title: emptyText(view), rows: [] }],
  };
}

function file(view) {
  const { words, data } = view;
  const { power: start, end, form: formColumns } = words.csv_columns;
  if (showsForms(view)) {
    return {
      name: "287g-agreement-forms-2009-to-2025",
      rows: [formColumns, ...data.forms.map((form) => [form.id, form.aspect, ...form.texts, addressesOf(view, form)])],
    };
  }
  const places = chosen(view);
  return {
    name: "287g-model-powers-forms-of-2025",
    rows: [
      [...start, ...places.map((place) => data.models[place]), ...end],
      ...powersShown(view).map((power) => [
        power.id,
        groupName(view, power.group),
        power.power,
        power.plain,
        ...places.map((place) => power.answers[place]),
        power.condition,
        power.section,
        addressesOf(view, power),
      ]),
    ],
  };
}

export default explorer({
  settings,
  title,
  controls,
  content,
  legend,
  notes,
  sentence,
  table,
  source,
  file,
});
