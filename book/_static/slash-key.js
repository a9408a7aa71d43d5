// Switches the key "/" off and on; the choice is kept like that of the theme. Where nothing can be kept, there is no
// switch.
(() => {
  const box = document.querySelector(".slash-key input");
  try {
    box.checked = localStorage.getItem("slash") !== "off";
  } catch {
    return;
  }
  box.closest(".slash-key").hidden = false;
  box.addEventListener("change", () => {
    if (box.checked) localStorage.removeItem("slash");
    else localStorage.setItem("slash", "off");
  });
})();
