import { node, setText } from "./elements.js";
import { say } from "./format.js";
import { lookUp } from "./settings.js";
import { refillTiles, tileMap } from "./tiles.js";

const WIDTH = 430; // on a narrower screen, that of the explorer
const MARK = "✓";

// A way to ask for a guess (see guess.js): up to `most` tiles of a map. One more takes the place of the first chosen.
export function askTiles(about, view, { changed }) {
  const { words } = view;
  const places = lookUp(about.choices, view.data);
  const said = node("p", { class: "explorer-hint", "aria-live": "polite" });
  const stage = node("div");
  let chosen = [];
  let width = 0;
  const inOrder = (ids) => places.filter(([id]) => ids.includes(id));
  const textOf = (value) =>
    inOrder(value.split(","))
      .map(([, name]) => name)
      .join(", ");
  const tiles = () =>
    places.map(([id, name, , at]) => ({
      id,
      at,
      code: id,
      text: chosen.includes(id) ? MARK : "",
      name,
      level: 0,
      pattern: "",
    }));
  const choose = (id) => {
    chosen = chosen.includes(id) ? chosen.filter((other) => other !== id) : [...chosen, id].slice(-about.most);
    mark(id);
    changed();
  };
  // The tile under the hand stays the one that the tab key reaches.
  function mark(id) {
    const map = stage.firstChild;
    refillTiles(map, tiles(), id);
    for (const tile of map.querySelectorAll("[data-tile]"))
      tile.setAttribute("aria-pressed", chosen.includes(tile.dataset.tile));
    setText(said, say(words.guess.chosen, { names: textOf(chosen.join(",")) || words.guess.none }));
  }
  function sync() {
    const wanted = Math.min(WIDTH, (view.width || WIDTH) - 30);
    if (wanted === width) return;
    width = wanted;
    stage.replaceChildren(tileMap(tiles(), { label: words.guess.label, width, selected: "", choose }));
    mark(chosen[0]);
  }
  const value = () =>
    inOrder(chosen)
      .map(([id]) => id)
      .join(",");
  return { element: node("div", { class: "explorer-guess-tiles" }, stage, said), value, textOf, sync };
}
