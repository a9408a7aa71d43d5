import { formatDate, say } from "./format.js";

// ICE's lists as data.lists has them: parallel columns key, date, kind and mostly until. `place` is that of a list.

export const MODELS = ["jail", "warrant", "task_force"];

// A list by kind and date, numbered if it is not the only one of its day.
export function listName({ words, data }, place, names = words.list_names) {
  const { date, kind } = data.lists;
  const name = say(names[kind[place]], { date: formatDate(date[place], words) });
  const first = date.indexOf(date[place]);
  const n = date.lastIndexOf(date[place]) - first + 1;
  return n === 1 ? name : say(words.list_number, { name, number: place - first + 1, n });
}
