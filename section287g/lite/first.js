// The first page of the labs in a browser: says what a browser lacks, brings Python into the browser's cache with its
// progress shown, and then offers the lab that the address names (?lab=02-growth). Written so that a browser too old
// for the labs can still read it.
(function () {
  const root = document.documentElement;
  if (matchMedia("(prefers-color-scheme: dark)").matches) root.setAttribute("data-theme", "dark");
  const main = document.querySelector("main");
  const [words, labs, files] = ["words", "labs", "files"].map((name) => JSON.parse(main.dataset[name]));
  const lab = new URLSearchParams(location.search).get("lab");
  if (!Object.prototype.hasOwnProperty.call(labs, lab)) return;

  const chosen = document.getElementById("chosen");
  const status = chosen.querySelector("[role=status]");
  const progress = chosen.querySelector("progress");
  const open = chosen.querySelector(".go");
  const warning = chosen.querySelector(".warning");
  chosen.hidden = false;
  chosen.querySelector("h2").textContent = labs[lab];

  function stop(sentence) {
    progress.hidden = true;
    status.textContent = "";
    warn(sentence);
  }
  function warn(sentence) {
    warning.textContent = sentence;
    warning.hidden = false;
  }

  const recent = window.WebAssembly && WebAssembly.instantiateStreaming && window.BigInt64Array && Object.hasOwn;
  if (location.protocol === "file:") return stop(words.disk);
  if (!recent) return stop(words.old);

  // Private windows and full disks refuse a database when it is opened or first written to.
  function keepsWork() {
    return new Promise((resolve) => {
      try {
        const asked = indexedDB.open("section287g-trial", 1);
        asked.onupgradeneeded = () => asked.result.createObjectStore("trial").put("kept", "word");
        asked.onerror = () => resolve(false);
        asked.onsuccess = () => {
          asked.result.close();
          indexedDB.deleteDatabase("section287g-trial");
          resolve(true);
        };
      } catch (refused) {
        resolve(false);
      }
    });
  }

  const names = Object.keys(files);
  const all = names.reduce((sum, name) => sum + files[name], 0);
  let done = 0;
  const say = (sentence, values) =>
    (status.textContent = sentence.replace(/\{(\w+)\}/g, (_place, name) => values[name]));
  function show() {
    progress.value = done / all;
    say(words.loading, { done: Math.floor(done / 1e6), all: Math.ceil(all / 1e6) });
  }

  async function load(name) {
    const answer = await fetch("static/pyodide/" + name);
    if (!answer.ok) throw new Error(String(answer.status));
    const reader = answer.body.getReader();
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      done += piece.value.length;
      show();
    }
  }

  async function loadAll() {
    if (!(await keepsWork())) warn(words.refused);
    show();
    for (const name of names) {
      try {
        await load(name);
      } catch (broken) {
        return stop(words.failed.replace("{file}", name));
      }
    }
    status.textContent = words.ready;
    progress.value = 1;
    open.href = "notebooks/index.html?path=" + encodeURIComponent(lab + ".ipynb");
    open.hidden = false;
  }
  loadAll();
})();
