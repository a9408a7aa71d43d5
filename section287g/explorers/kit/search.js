import { say } from "./format.js";

// A test for entries: whether every word that is searched for occurs in what `said(entry)` lists. Each entry is put
// together once.
const searchTexts = new WeakMap();
export function wordSearch(view, said) {
  const wanted = view.get("search").toLowerCase().split(/\s+/).filter(Boolean);
  const textOf = (entry) => {
    if (!searchTexts.has(entry)) searchTexts.set(entry, said(entry).join(" ").toLowerCase());
    return searchTexts.get(entry);
  };
  return (entry) => wanted.every((word) => textOf(entry).includes(word));
}

// The words that are searched for in a sentence, or nothing.
export function searchedFor(view, sentence) {
  const search = view.get("search").trim();
  return search ? say(sentence, { search }) : "";
}
