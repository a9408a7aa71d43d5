const SVG_NAMESPACE = "http://www.w3.org/2000/svg";

export function node(tag, attributes = {}, ...children) {
  return assemble(document.createElement(tag), attributes, children);
}

export function shape(tag, attributes = {}, ...children) {
  return assemble(document.createElementNS(SVG_NAMESPACE, tag), attributes, children);
}

export function assemble(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child != null));
  return element;
}

let lastId = 0;
export const newId = (prefix) => `${prefix}-${++lastId}`;

export function cue(name, label, text) {
  return node("p", { class: name }, node("strong", {}, label), ` ${text}`);
}

export function foldedText(name, title, text) {
  return node("details", { class: name }, node("summary", {}, title), node("p", {}, text));
}

// The same words are not written again, so that a screen reader does not read them twice.
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

// Documents [[name, address], ...] as links, separated by semicolons; an address other than http or https leaves only
// the name.
export function documentLinks(documents) {
  return documents.flatMap(([text, address], place) => [
    ...(place ? ["; "] : []),
    /^https?:\/\//.test(address) ? node("a", { href: address, rel: "noreferrer" }, text) : text,
  ]);
}

export function button(attributes, work, ...children) {
  const element = node("button", { type: "button", ...attributes }, ...children);
  element.addEventListener("click", work);
  return element;
}

// A paragraph that begins with what it is about.
export const labelled = (label, name, ...text) => node("p", { class: name }, node("strong", {}, label), ...text);

// What data.documents has for these keys, for documentLinks.
export const documentsOf = (view, keys) => keys.map((key) => view.data.documents[key]);
