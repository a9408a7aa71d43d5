// A lab is seen a moment before JupyterLite knows its only Python. Each cell that is run in that moment asks which
// Python to take, and with more than one answer none runs. So until it is known nothing takes a click or a key, and the
// question, if it comes, is answered for the learner.
const PYTHON = "Pyodide";

function waitForPython() {
  const main = document.querySelector("#main");
  if (!main) return;
  main.inert = ![...document.querySelectorAll(".jp-KernelName")].some((name) => name.textContent.includes(PYTHON));
  if (main.inert) return;
  waiting.disconnect();
  document.querySelector(".jp-Cell.jp-mod-active")?.focus(); // whoever uses keys goes on where the lab began
}
const waiting = new MutationObserver(waitForPython);
waiting.observe(document.documentElement, { childList: true, characterData: true, subtree: true });

function choosePython() {
  const dialog = document.querySelector(".jp-Dialog");
  const menu = dialog?.querySelector("select");
  const python = [...(menu?.options ?? [])].find((option) => option.textContent.includes(PYTHON));
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

// What is printed is broken between words; JupyterLab by itself breaks it anywhere, on a phone in most lines.
const style = document.createElement("style");
style.textContent = "body .jp-OutputArea-output pre { word-break: normal; overflow-wrap: anywhere; }";
document.head.append(style);
