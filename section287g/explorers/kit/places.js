import { node } from "./elements.js";
import { say } from "./format.js";

// A link to a page of the book; null in JupyterLab, where there are no pages to lead to.
export function bookLink(view, path, ...text) {
  const root = document.documentElement.dataset.content_root;
  return view.anchor && root !== undefined ? node("a", { href: root + path }, ...text) : null;
}

// As Python's places.slug.
export const slug = (name) =>
  name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[.']/g, "")
    .replace(/[^a-z0-9]+/g, "-");

// A paragraph that leads to the page of a state; null in JupyterLab.
export function aboutState(view, name, page) {
  const link = bookLink(view, placePath(page), say(view.words.about_place, { place: name }));
  return link && node("p", {}, link);
}

// The address of the page of a state, at the line of a county if one is named. The District of Columbia is both.
export function placePath(page, county) {
  if (!county) return `${page}.html`;
  const line = slug(county);
  return `${page}.html#${line}${page.endsWith(`/${line}`) ? "-line" : ""}`;
}
