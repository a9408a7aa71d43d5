import { shape } from "./elements.js";
import { DAY } from "./format.js";

export function linear([from, to], [start, end]) {
  const factor = (end - start) / (to - from || 1);
  return (value) => start + (value - from) * factor;
}

// Round steps of 1, 2 or 5 times a power of ten, from zero to at least `top`.
export function countTicks(top, wanted) {
  const rough = Math.max(top, 1) / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(1, [1, 2, 5, 10].find((factor) => factor * power >= rough) * power);
  return Array.from({ length: Math.ceil(Math.max(top, 1) / step) + 1 }, (_, index) => index * step);
}

// First days of months, as many as fit with `room` pixels each; years only when the span is long.
export function timeTicks(from, to, width, room) {
  const months = (to - from) / (30.4 * DAY);
  const step = [1, 2, 3, 6, 12, 24].find((size) => (width * size) / months >= room) ?? 48;
  const ticks = [];
  const first = new Date(from);
  for (let month = 0; ; month += step) {
    const time = Date.UTC(first.getUTCFullYear(), month, 1);
    if (time > to) return { step, ticks };
    if (time >= from) ticks.push(time);
  }
}

export function tickText(time, step, words, first) {
  const date = new Date(time);
  const year = date.getUTCFullYear();
  const month = date.getUTCMonth();
  if (step >= 12) return [`${year}`];
  return [words.months_short[month], month === 0 || first ? `${year}` : ""];
}

// Moves labels apart: each has a wanted `y`; the result keeps `gap` between neighbours and stays within [top, bottom].
export function spread(labels, gap, top, bottom) {
  const sorted = [...labels].sort((a, b) => a.y - b.y);
  sorted.forEach((label, index) => {
    label.y = Math.max(label.y, index ? sorted[index - 1].y + gap : top);
  });
  for (let index = sorted.length - 1, limit = bottom; index >= 0; index--, limit -= gap) {
    sorted[index].y = Math.min(sorted[index].y, limit);
  }
  return sorted;
}

let pen;
export let fontFamily = "sans-serif"; // that of the page, as soon as the frame stands in it
export function useFontOf(element) {
  fontFamily = getComputedStyle(element).fontFamily || fontFamily;
}

export function textWidth(text, size, weight = 400) {
  pen ??= document.createElement("canvas").getContext("2d");
  pen.font = `${weight} ${size}px ${fontFamily}`;
  return pen.measureText(text).width;
}

// Markers differ in shape, so that no series is told apart by colour alone.
export const MARKERS = { jail: "s", warrant: "^", task_force: "o", total: "D", none: "D" };

export function marker(kind, x, y, size, attributes) {
  const r = size / 2;
  const points = {
    s: [
      [-r, -r],
      [r, -r],
      [r, r],
      [-r, r],
    ],
    "^": [
      [0, -r * 1.2],
      [r * 1.15, r * 0.9],
      [-r * 1.15, r * 0.9],
    ],
    D: [
      [0, -r * 1.3],
      [r * 1.3, 0],
      [0, r * 1.3],
      [-r * 1.3, 0],
    ],
  }[kind];
  if (!points) return shape("circle", { cx: round(x), cy: round(y), r: round(r * 1.1), ...attributes });
  return shape("polygon", {
    points: points.map(([dx, dy]) => `${round(x + dx)},${round(y + dy)}`).join(" "),
    ...attributes,
  });
}

export const round = (value) => Math.round(value * 10) / 10;
