// Notes of numbers and terms open on hover and keyboard focus too; without this file they open by click (native
// popover).
(() => {
  const PAUSE = 150; // milliseconds to move from the words into their note

  for (const words of document.querySelectorAll(".noted")) {
    const button = words.querySelector(".noted-text");
    const note = words.querySelector(".note-box");
    let timer;
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

    words.addEventListener("pointerenter", (event) => {
      if (event.pointerType === "mouse") show();
    });
    words.addEventListener("pointerleave", (event) => {
      if (event.pointerType === "mouse") timer = setTimeout(hide, PAUSE);
    });
    button.addEventListener("focus", () => {
      if (button.matches(":focus-visible")) show();
    });
    words.addEventListener("focusout", (event) => {
      if (!words.contains(event.relatedTarget)) hide();
    });
    button.addEventListener("click", place);
  }
})();
