import { documentLinks, node, setText } from "./elements.js";
import { formatNumber } from "./format.js";

// A table of the same shape keeps its elements: only cells that differ are written.
export function drawTable(spec, view, frame) {
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
