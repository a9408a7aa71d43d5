// Notes of numbers, terms and sources open on hover and keyboard focus too. Without this file those of numbers and
// terms open by click (native popover), and the number of a source leads to its line in the list.
(() => {
  const PAUSE = 150; // milliseconds to move from the words into their note
  if (!HTMLElement.prototype.showPopover) return; // there the stylesheet shows notes

  /** Opens `note`, which stands behind `button`, for who comes to them; both are in `words`. Returns how to open it. */
  function attach(words, button, note) {
    let timer;
    let closing = false; // a note that Escape closes gives the focus back, which must not open it again
    const show = () => {
      clearTimeout(timer);
      if (!note.matches(":popover-open")) note.showPopover({ source: button });
      place();
    };
    const hide = () => {
      if (note.matches(":popover-open")) note.hidePopover();
    };
    const place = () => {
      if (CSS.supports("position-area", "bottom")) return;
      const at = button.getBoundingClientRect();
      note.style.inset = "auto";
      note.style.margin = "0";
      const fitsBelow = at.bottom + 6 + note.offsetHeight < innerHeight;
      note.style.top = `${fitsBelow ? at.bottom + 6 : at.top - 6 - note.offsetHeight}px`;
      note.style.left = `${Math.max(16, Math.min(at.left, innerWidth - note.offsetWidth - 16))}px`;
    };

    note.addEventListener("beforetoggle", ({ newState }) => {
      closing = newState === "closed";
      setTimeout(() => (closing = false));
    });
    words.addEventListener("pointerenter", (event) => {
      if (event.pointerType === "mouse") show();
    });
    words.addEventListener("pointerleave", (event) => {
      if (event.pointerType === "mouse") timer = setTimeout(hide, PAUSE);
    });
    button.addEventListener("focus", () => {
      if (!closing && button.matches(":focus-visible")) show();
    });
    words.addEventListener("focusout", (event) => {
      if (!words.contains(event.relatedTarget)) hide();
    });
    button.addEventListener("click", place);
    return show;
  }

  for (const button of document.querySelectorAll(".noted > .noted-text")) {
    attach(button.parentElement, button, button.nextElementSibling);
  }

  /** A note that says, once it is opened, what the list says of the source that the link leads to. */
  function sourceNote(link, toList) {
    const note = document.createElement("span");
    note.className = "note-box";
    note.popover = "auto";
    note.setAttribute("role", "note");
    const fill = () => {
      const about = document.createElement("span");
      about.append(...document.querySelector(link.hash).cloneNode(true).childNodes);
      const more = document.createElement("span");
      more.append(Object.assign(document.createElement("a"), { href: link.hash, textContent: toList }));
      note.append(about, more);
    };
    note.addEventListener("beforetoggle", fill, { once: true });
    return note;
  }

  const list = document.querySelector("body:not(.deck) .sources[data-to-list]");
  // A page that was saved whole has its notes already.
  for (const link of list ? document.querySelectorAll("a.cited") : []) {
    const words = document.createElement("span");
    const note = sourceNote(link, list.dataset.toList);
    words.className = "noted";
    (link.closest(".noted") ?? link).replaceWith(words);
    // Publisher and date, which paper shows, become the name of the number for those who listen.
    const long = link.firstChild ?? link.nextElementSibling;
    link.setAttribute("aria-label", `${link.dataset.n}: ${long.textContent}`);
    long.setAttribute("aria-hidden", "true");
    words.append(link, long, note);
    const show = attach(words, link, note);
    link.setAttribute("role", "button");
    link.addEventListener("click", (event) => {
      event.preventDefault();
      event.stopPropagation();
      show();
    });
    link.addEventListener("keydown", (event) => {
      if (event.key === " ") link.click();
    });
  }
})();
