import { countsOf } from "./counts.js";
import { DAY, dayOf } from "./format.js";
import { MODELS } from "./lists.js";

export const sumOf = (columns) => columns[0].map((_, place) => columns.reduce((sum, column) => sum + column[place], 0));

// Agreements or agencies on every list, of a state or "all", of a model or "total".
export function countsIn(view, state, unit, model) {
  const { lists, series } = view.data;
  const changes = series[state][unit][model];
  return changes ? countsOf(changes, lists.key.length) : sumOf(MODELS.map((one) => countsIn(view, state, unit, one)));
}

// Lists of one day are drawn side by side inside that day.
export function listTimes(view) {
  const { date } = view.data.lists;
  view.times ??= date.map(
    (iso, place) => dayOf(iso) + ((place - date.indexOf(iso)) / date.filter((other) => other === iso).length) * DAY,
  );
  return view.times;
}

// Until when a list is known to have stood.
export function knownUntil(view, place) {
  const until = view.data.lists.until[place];
  const time = listTimes(view)[place];
  return until ? Math.max(time, dayOf(until)) : time;
}

// Whether too much time passes after a list before the next one.
export const gapAfter = (view, place) =>
  listTimes(view)[place + 1] - knownUntil(view, place) > view.data.gap_days * DAY;
