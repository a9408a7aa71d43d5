import { DAY, dayOf, formatDate, say } from "./format.js";

// Changes of a count as `series.changes` in Python writes them, [lists since the last change, change, ...], as one
// count for each list;
// kept, because every drawing needs them again.
const decodedCounts = new WeakMap();

export function countsOf(changes, length) {
  if (!decodedCounts.has(changes)) decodedCounts.set(changes, addUp(changes, length));
  return decodedCounts.get(changes);
}

function addUp(changes, length) {
  const counts = new Array(length).fill(0);
  for (let place = 0, list = 0, count = 0; place < changes.length; place += 2) {
    list += changes[place];
    count += changes[place + 1];
    counts.fill(count, list);
  }
  return counts;
}

// ICE's lists as data.lists has them: parallel columns key, date, kind and mostly until. `place` is that of a list.

export const MODELS = ["jail", "warrant", "task_force"];

export const sumOf = (columns) => columns[0].map((_, place) => columns.reduce((sum, column) => sum + column[place], 0));

// Agreements or agencies on every list, of a state or "all", of a model or "total".
export function countsIn(view, state, unit, model) {
  const { lists, series } = view.data;
  const changes = series[state][unit][model];
  return changes ? countsOf(changes, lists.key.length) : sumOf(MODELS.map((one) => countsIn(view, state, unit, one)));
}

// A list by kind and date, numbered if it is not the only one of its day.
export function listName({ words, data }, place, names = words.list_names) {
  const { date, kind } = data.lists;
  const name = say(names[kind[place]], { date: formatDate(date[place], words) });
  const first = date.indexOf(date[place]);
  const n = date.lastIndexOf(date[place]) - first + 1;
  return n === 1 ? name : say(words.list_number, { name, number: place - first + 1, n });
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
