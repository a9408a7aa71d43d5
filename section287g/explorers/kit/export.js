import { node, shape } from "./elements.js";
import { fontFamily, textWidth } from "./scales.js";

// A cell that a spreadsheet would run as a formula gets an apostrophe in front.
function csvCell(value) {
  const text = value == null ? "" : String(value);
  const safe = typeof value === "string" && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
export const csvText = (rows) => rows.map((row) => row.map(csvCell).join(",")).join("\r\n") + "\r\n";

export function download(name, type, text) {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = node("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}
const SVG_STYLES = [
  "fill",
  "fill-opacity",
  "stroke",
  "stroke-opacity",
  "stroke-width",
  "stroke-dasharray",
  "stroke-linejoin",
  "opacity",
  "font-family",
  "font-size",
  "font-weight",
  "text-anchor",
];

// The picture as a file of its own: colours written out, title above, unit, as-of and source below.
export function svgFile(svg, paper, title, footer) {
  const margin = 14;
  const inner = Number(svg.getAttribute("width"));
  const height = Number(svg.getAttribute("height"));
  const head = wrap(title, inner, 16, 600);
  const foot = wrap(footer, inner, 12, 400);
  const top = margin + head.length * 21;
  const size = { width: inner + 2 * margin, height: top + height + foot.length * 16 + margin };
  const text = { fill: getComputedStyle(svg).color, "font-family": fontFamily, x: margin };
  const whole = shape(
    "svg",
    { ...size, viewBox: `0 0 ${size.width} ${size.height}` },
    shape("title", {}, title),
    shape("desc", {}, footer),
    shape("rect", { ...size, fill: paper }),
    ...head.map((line, index) =>
      shape("text", { ...text, y: margin + 14 + index * 21, "font-size": 16, "font-weight": 600 }, line),
    ),
    shape("g", { transform: `translate(${margin} ${top})` }, ...styledCopy(svg).childNodes),
    ...foot.map((line, index) => shape("text", { ...text, y: top + height + 14 + index * 16, "font-size": 12 }, line)),
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(whole)}\n`;
}

function styledCopy(svg) {
  const copy = svg.cloneNode(true);
  const originals = svg.querySelectorAll("*");
  copy.querySelectorAll("*").forEach((element, index) => writeStyles(originals[index], element));
  return copy;
}

function writeStyles(from, to) {
  const look = getComputedStyle(from);
  for (const name of SVG_STYLES) {
    const value = look.getPropertyValue(name);
    if (value) to.setAttribute(name, value);
  }
  to.removeAttribute("class");
}

function wrap(text, width, size, weight) {
  const lines = [];
  for (const word of text.split(" ")) {
    const longer = lines.length ? `${lines.at(-1)} ${word}` : word;
    if (lines.length && textWidth(longer, size, weight) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}
