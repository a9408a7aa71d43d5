// The switch to another language keeps the place: what the address names, such as the view of an explorer, as long as
// it is in sight; else the last heading that the reader has come to.
(() => {
  const inSight = (element) => {
    const { top, bottom } = element?.getBoundingClientRect() ?? { top: Infinity };
    return top < innerHeight / 2 && bottom > innerHeight / 4;
  };

  function place() {
    const named = location.hash.slice(1).split("?")[0];
    if (inSight(document.getElementById(named))) return location.hash;
    const parts = [...document.querySelectorAll("main section section[id]")];
    const come = parts.filter((part) => part.getBoundingClientRect().top < innerHeight / 3);
    return come.length ? `#${come.at(-1).id}` : "";
  }

  for (const link of document.querySelectorAll("a.language-switch")) {
    for (const event of ["pointerdown", "focus", "click"]) {
      link.addEventListener(event, () => {
        [link.search, link.hash] = [location.search, place()];
      });
    }
  }
})();
