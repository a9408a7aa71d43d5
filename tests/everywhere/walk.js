// Moves every control of the explorers of a page, one after the other, as a reader does, and writes down the words that
// follow: title, sentence, source and the rows of the table. The walk of every engine is the same.
(most) => {
  const words = (live) =>
    [".explorer-picture-title", ".explorer-sentence", ".explorer-source"]
      .map((part) => live.querySelector(part)?.textContent ?? "")
      .concat(
        live.querySelector("tbody")?.textContent ?? "",
        live.querySelectorAll("svg *, .explorer-content *").length > 0,
      );
  const spread = (values) =>
    values.filter((_, place) => values.length <= most || place % Math.ceil(values.length / most) === 0);
  const say = (control) => control.dispatchEvent(new Event("input", { bubbles: true }));
  const walks = [];
  for (const section of document.querySelectorAll("section.explorer[data-ready]")) {
    const live = section.querySelector(".explorer-live");
    live.querySelector(".explorer-guess-skip")?.click();
    const [picture, table] = live.querySelectorAll("[role=tab]");
    // What is drawn depends on the fonts of the machine: only whether it changes is told.
    const look = () => {
      const now = live.querySelector(".explorer-panel").innerHTML.replace(/explorer-[\w-]+-\d+/g, "");
      const same = now === seen;
      seen = now;
      return !same;
    };
    let seen = "";
    const steps = [];
    const note = (name) => {
      table.click();
      const rows = words(live)[3];
      picture.click();
      const [title, sentence, source, , drawn] = words(live);
      steps.push([name, title, sentence, source, rows, drawn, look()]);
    };
    note("start");
    const names = [...live.querySelectorAll("[data-trait]")].map((control, place) => [control.dataset.trait, place]);
    for (const [name, place] of names) {
      const control = () => live.querySelectorAll("[data-trait]")[place];
      // Some controls are there only for some values of the first.
      const first = () => live.querySelector("[data-trait]");
      const usual = first().value;
      for (const { value } of first().options ?? []) {
        if (control().getClientRects().length > 0) break;
        first().value = value;
        say(first());
      }
      if (control().type === "checkbox") {
        if (control().disabled) continue;
        for (let times = 0; times < 2; times++) {
          control().checked = !control().checked;
          say(control());
          note(`${name} ${control().value} ${control().checked}`);
        }
        continue;
      }
      const before = control().value;
      const values =
        control().type === "range"
          ? spread(Array.from({ length: Number(control().max) + 1 }, (_, value) => String(value)))
          : control().type === "number"
            ? [control().min, control().max, "7"]
            : control().type === "search"
              ? ["florida", "nothing like this"]
              : spread([...control().options].map((option) => option.value));
      for (const value of [...values, before]) {
        control().value = value;
        say(control());
        note(`${name}=${value}`);
      }
      if (first().value !== usual) {
        first().value = usual;
        say(first());
        note("back");
      }
    }
    walks.push([section.dataset.explorer, steps]);
  }
  return walks;
};
