import { newId, setText, shape } from "./elements.js";
import { round } from "./scales.js";

const TILE_PATTERNS = ["lines", "dots", "grid"];

// One button for each place; `tiles` is a list of { id, at: [column, row], code, text, name, level, pattern }: `code`
// and `text` are printed in the tile, `name` is its accessible name, `level` its shade (0 to 5), `pattern` lines, dots,
// grid or none. For content(view): one tile is a stop of the tab key, arrow keys go to the neighbors, a click, Enter or
// Space calls choose(id).
export function tileMap(tiles, { label, width, selected, choose }) {
  const [columns, rows] = [0, 1].map((axis) => 1 + Math.max(...tiles.map(({ at }) => at[axis])));
  const step = Math.min(width / columns, 58);
  const size = { width: round(step * columns), height: round(step * rows) };
  const patterns = newId("explorer-pattern");
  const first = tiles.find(({ id }) => id === selected) ?? tiles[0];
  const map = shape(
    "svg",
    {
      class: "explorer-tiles",
      ...size,
      viewBox: `0 0 ${size.width} ${size.height}`,
      role: "group",
      "aria-label": label,
    },
    tilePatterns(patterns),
    ...tiles.map((tile) => tileButton(tile, step, patterns, tile.id === selected, tile === first)),
  );
  map.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-tile]");
    if (button) choose(button.dataset.tile);
  });
  map.addEventListener("keydown", (event) => {
    const { tile: id } = event.target.dataset;
    const next = tileBeside(
      tiles,
      tiles.find((tile) => tile.id === id),
      event.key,
    );
    if (!next && event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    if (!next) return choose(id);
    event.target.setAttribute("tabindex", "-1");
    const button = map.querySelector(`[data-tile="${next.id}"]`);
    button.setAttribute("tabindex", "0");
    button.focus();
  });
  return map;
}

// Whoever speaks to the computer says what is seen on the tile: its name begins with that.
const spoken = (code, name) => `${code}, ${name}`;

function tileButton({ id, at: [column, row], code, text, name, level, pattern }, step, patterns, chosen, stop) {
  const small = step < 40;
  const middle = round(step / 2);
  const square = { x: 1, y: 1, width: round(step - 2), height: round(step - 2), rx: round(step / 10) };
  return shape(
    "g",
    {
      class: `explorer-tile explorer-level-${level}`,
      transform: `translate(${round(column * step)} ${round(row * step)})`,
      role: "button",
      tabindex: stop ? "0" : "-1",
      "aria-pressed": String(chosen),
      "aria-label": spoken(code, name),
      "data-tile": id,
      "data-focus": `tile-${id}`,
    },
    shape("title", {}, name),
    shape("rect", square),
    pattern ? shape("rect", { ...square, fill: `url(#${patterns}-${pattern})` }) : null,
    shape("text", { x: middle, y: round(step * 0.42), "font-size": small ? 10 : 13 }, code),
    shape("text", { x: middle, y: round(step * 0.84), "font-size": small ? 11 : 15, "font-weight": 600 }, text),
  );
}

// A map of tileMap with other values, in place: only what differs is written, so that a slider stays quick.
export function refillTiles(map, tiles, selected) {
  const put = (element, name, value) => element.getAttribute(name) === value || element.setAttribute(name, value);
  const first = tiles.find(({ id }) => id === selected) ?? tiles[0];
  for (const [place, tile] of tiles.entries()) {
    const button = map.children[place + 1]; // after the patterns
    const [name, code, text] = [button.firstChild, ...button.querySelectorAll("text")];
    put(button, "class", `explorer-tile explorer-level-${tile.level}`);
    put(button, "aria-label", spoken(tile.code, tile.name));
    put(button, "aria-pressed", String(tile.id === selected));
    put(button, "tabindex", tile === first ? "0" : "-1");
    setText(name, tile.name);
    setText(code, tile.code);
    setText(text, tile.text);
  }
}

// The next place in the direction of an arrow key: in the same row, or the nearest of the next row; Home and End: the
// first and the last.
function tileBeside(tiles, { at: [column, row] }, key) {
  const nearest = (places, distance) => places.sort((a, b) => distance(a) - distance(b))[0];
  const inRow = (side) =>
    nearest(
      tiles.filter(({ at }) => at[1] === row && (at[0] - column) * side > 0),
      ({ at }) => Math.abs(at[0] - column),
    );
  const nextRow = (side) =>
    nearest(
      tiles.filter(({ at }) => (at[1] - row) * side > 0),
      ({ at }) => Math.abs(at[1] - row) * 100 + Math.abs(at[0] - column),
    );
  const moves = {
    ArrowLeft: () => inRow(-1),
    ArrowRight: () => inRow(1),
    ArrowUp: () => nextRow(-1),
    ArrowDown: () => nextRow(1),
    Home: () => tiles[0],
    End: () => tiles.at(-1),
  };
  return moves[key]?.();
}

function tilePatterns(prefix) {
  const paths = { lines: "M0 6L6 0M-1 1L1 -1M5 7L7 5", dots: "M2 3H4", grid: "M0 3H6M3 0V6" };
  return shape(
    "defs",
    {},
    ...TILE_PATTERNS.map((name) =>
      shape(
        "pattern",
        { id: `${prefix}-${name}`, class: "explorer-hatch", width: 6, height: 6, patternUnits: "userSpaceOnUse" },
        shape("path", { d: paths[name], "stroke-width": name === "dots" ? 2 : 1 }),
      ),
    ),
  );
}

// A piece of the map for the legend.
export function tileSwatch(level, pattern) {
  const patterns = newId("explorer-pattern");
  const square = { x: 1, y: 1, width: 22, height: 14, rx: 3 };
  return shape(
    "svg",
    { class: "explorer-tiles", width: 24, height: 16, "aria-hidden": "true" },
    tilePatterns(patterns),
    shape(
      "g",
      { class: `explorer-level-${level}` },
      shape("rect", square),
      pattern ? shape("rect", { ...square, fill: `url(#${patterns}-${pattern})` }) : null,
    ),
  );
}

// Shades for values: 0 for none, then five steps whose lower limits are given in rising order.
export const tileLevel = (value, limits) => (value ? Math.max(1, limits.filter((limit) => value >= limit).length) : 0);
