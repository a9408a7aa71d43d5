// A deck of slides: one at a time, by keys, buttons or list; notes beside the slide, or in a window for the speaker.
(() => {
  const SPEAKER = new URLSearchParams(location.search).has("speaker");
  const slides = [...document.querySelectorAll(".slide")];
  const find = (selector) => document.querySelector(selector);
  const list = find(".deck-turn select");
  const words = find(".deck-bar").dataset; // in the book's language
  const fill = (message, values) => message.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const [previous, next] = document.querySelectorAll("[data-turn]");
  const minutes = slides.reduce((sum, slide) => sum + Number(slide.dataset.minutes), 0);
  let at = 0;
  let partner = SPEAKER ? window.opener : null; // the window that shows the same slide

  const title = (index) => (index ? slides[index].querySelector("h2").textContent : document.title.split(" · ")[0]);
  const time = (slide) => {
    const starts = Number(slide.dataset.starts);
    const lasts = Number(slide.dataset.minutes);
    return lasts ? fill(words.minutes, { from: starts, to: starts + lasts, all: minutes }) : "";
  };

  function show(index, quietly = false) {
    at = Math.max(0, Math.min(slides.length - 1, index));
    slides.forEach((slide, number) => {
      const isNext = SPEAKER && number === at + 1;
      slide.hidden = number !== at && !isNext;
      slide.toggleAttribute("data-next", isNext);
      slide.inert = isNext;
    });
    document.documentElement.dataset.slide = at;
    list.selectedIndex = at;
    previous.disabled = at === 0;
    next.disabled = at === slides.length - 1;
    find(".deck-time").textContent = time(slides[at]);
    find(".deck-coming").textContent =
      at + 1 < slides.length ? fill(words.coming, { title: title(at + 1) }) : words.last;
    if (quietly) return;
    scrollTo(0, 0);
    find(".deck-bar [role=status]").textContent = fill(words.shown, {
      n: at + 1,
      all: slides.length,
      title: title(at),
    });
    history.replaceState(null, "", `#${slides[at].id}`);
  }

  // A slide, or something on it: a source, an explorer with the settings of its view.
  function goToAddress() {
    const id = location.hash.slice(1).split("?")[0];
    const target = id && document.getElementById(id);
    const index = target ? slides.findIndex((slide) => slide.contains(target)) : 0;
    if (index < 0) return;
    show(index, true);
    if (target && target !== slides[index]) target.scrollIntoView({ block: "center" });
  }

  function turnTo(index) {
    show(index);
    // A page from disk has no origin to name.
    if (partner && !partner.closed) partner.postMessage({ deck: location.pathname, slide: at }, "*");
  }

  // Left and right turn the slide. The page keys of a presenter's remote do too, once the slide has been read to its
  // end.
  function onKey(event) {
    if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (event.target.closest("input, select, textarea")) return;
    const atEnd = scrollY + innerHeight >= document.documentElement.scrollHeight - 2;
    const steps = {
      ArrowRight: 1,
      ArrowLeft: -1,
      PageDown: atEnd && 1,
      PageUp: scrollY <= 2 && -1,
      Home: -at,
      End: slides.length - 1 - at,
    };
    const inside = event.key.startsWith("Arrow") && event.target.closest(".explorer, [tabindex='0']");
    if (inside || !steps[event.key]) return;
    event.preventDefault();
    turnTo(at + steps[event.key]);
  }

  function showNotes(open) {
    find(".deck-notes").setAttribute("aria-pressed", String(open));
    document.documentElement.toggleAttribute("data-notes", open);
    for (const notes of document.querySelectorAll(".slide-notes")) notes.open = open;
  }

  function openSpeaker() {
    partner = open(`${location.pathname}?speaker#${slides[at].id}`, "speaker", "popup,width=1100,height=760");
    if (!partner) showNotes(true); // the browser allows no second window
  }

  // Both slides as the room sees them, only smaller.
  function fitSpeaker() {
    const share = (part) => (part * innerWidth) / 1280;
    document.documentElement.style.setProperty("--now", share(0.6));
    document.documentElement.style.setProperty("--coming", share(0.36));
  }

  function toggleFullScreen() {
    if (document.fullscreenElement) document.exitFullscreen();
    else document.documentElement.requestFullscreen().catch(() => {}); // F11 is left where a page may not
  }

  function runClock() {
    const [shown, button] = [find(".deck-clock [role=timer]"), find(".deck-clock button")];
    let gone = 0; // milliseconds before the clock was last started
    let started = null;
    const write = () => {
      const seconds = Math.floor((gone + (started === null ? 0 : Date.now() - started)) / 1000);
      shown.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    };
    button.addEventListener("click", () => {
      gone += started === null ? 0 : Date.now() - started;
      started = started === null ? Date.now() : null;
      button.textContent = started === null ? button.dataset.goOn : button.dataset.stop;
      button.setAttribute("aria-pressed", String(started !== null));
    });
    setInterval(write, 250);
  }

  list.replaceChildren(); // in a page that was saved whole
  slides.forEach((_, index) => list.add(new Option(`${index + 1}. ${title(index)}`)));
  list.addEventListener("change", () => turnTo(list.selectedIndex));
  for (const button of [previous, next])
    button.addEventListener("click", () => turnTo(at + Number(button.dataset.turn)));
  find(".deck-notes").addEventListener("click", () => showNotes(!document.documentElement.hasAttribute("data-notes")));
  find(".deck-speaker").addEventListener("click", openSpeaker);
  find(".deck-full").addEventListener("click", toggleFullScreen);
  addEventListener("keydown", onKey);
  addEventListener("hashchange", goToAddress);
  addEventListener("message", (event) => {
    if (event.data?.deck !== location.pathname || !Number.isInteger(event.data.slide)) return;
    partner = event.source;
    show(event.data.slide);
  });

  for (const part of [".deck-turn", ".deck-time", ".deck-tools"]) find(part).hidden = false;
  if (SPEAKER) {
    document.documentElement.dataset.speaker = "";
    fitSpeaker();
    addEventListener("resize", fitSpeaker);
    for (const part of [".deck-clock", ".deck-coming"]) find(part).hidden = false;
    for (const part of [".deck-notes", ".deck-speaker"]) find(part).hidden = true;
    showNotes(true);
    runClock();
  }
  goToAddress();
  document.documentElement.dataset.ready = "";
})();
