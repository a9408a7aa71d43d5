// A lab may open before JupyterLite knows its only Python, and then asks which one to take: answer for the learner.
function choosePython() {
  const dialog = document.querySelector(".jp-Dialog");
  const menu = dialog?.querySelector("select");
  const python = [...(menu?.options ?? [])].find((option) => option.textContent.includes("Pyodide"));
  if (!python) return;
  menu.value = python.value;
  menu.dispatchEvent(new Event("change", { bubbles: true }));
  dialog.querySelector(".jp-mod-accept").click();
}
const PAUSE = 100; // milliseconds until a dialog that was just made takes an answer
new MutationObserver(() => setTimeout(choosePython, PAUSE)).observe(document.documentElement, {
  childList: true,
  subtree: true,
});
