"""How heavy a page is, how soon it is there, and how soon a control's change is seen."""

from __future__ import annotations

import contextlib
import functools
import gzip
import json
import math
import statistics
import threading
from collections.abc import Iterable, Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import Browser, Page

LOADS = 5  # of each page; the medians are printed
CHANGES = 100  # of an explorer's controls
SEED = 287
EXPLORER = "section.explorer[data-ready]"  # an explorer that is alive

# Runs before the page's own scripts: notes the first frame in which an element is there, and layout shifts.
WATCH = """
window.bench = {ready: null, shift: 0};
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.bench.shift += entry.value;
}).observe({type: "layout-shift", buffered: true});
(function look() {
  if (document.querySelector(%s)) window.bench.ready = performance.now();
  else requestAnimationFrame(look);
})();
"""

# Changes controls inside the first element that matches `within`, at random. For each change: milliseconds that the
# page's scripts work, and milliseconds from just before the event to the animation frame after the first change inside
# `seen`: of the `image` in it, if that is given. (Some ways of drawing first take the old picture away, or tell that
# they are at work.)
CHANGE = """
async ([seed, count, within = "section.explorer[data-ready]", seen = within, image = null]) => {
  const random = (below) => {
    seed = (seed + 0x6D2B79F5) | 0;
    let mixed = Math.imul(seed ^ (seed >>> 15), seed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
  const [place, picture] = [within, seen].map((selector) => document.querySelector(selector));
  const alter = (control) => {
    if (control.matches("select")) {
      control.selectedIndex = (control.selectedIndex + 1 + random(control.options.length - 1)) % control.options.length;
    } else if (control.type === "range") {
      control.value = Number(control.min) + random(Number(control.max) - Number(control.min) + 1);
    } else {
      control.checked = control.type === "radio" || !control.checked;
    }
    for (const name of ["input", "change"]) control.dispatchEvent(new Event(name, {bubbles: true}));
  };
  const kinds = ["select", "input[type=range]", "input[type=checkbox]", "input[type=radio]"];
  const measured = [];
  for (let tries = 0; measured.length < count && tries < 2 * count; tries += 1) {
    const controls = [...place.querySelectorAll(kinds.map((kind) => kind + ":enabled").join())]
      .filter((control) => control.getClientRects().length && !(control.type === "radio" && control.checked));
    if (!controls.length) break;
    const control = controls[random(controls.length)];
    await new Promise((resolve) => setTimeout(resolve, 20 + random(20)));
    const result = await new Promise((resolve) => {
      let work = 0;
      const drawn = () => image && picture.querySelector(image)?.outerHTML;
      const before = drawn();
      const observer = new MutationObserver(() => {
        if (image && [undefined, before].includes(drawn())) return;
        observer.disconnect();
        requestAnimationFrame(() => resolve([work, performance.now() - start]));
      });
      observer.observe(picture, {attributes: true, childList: true, characterData: true, subtree: true});
      const start = performance.now();
      alter(control);
      work = performance.now() - start;
      setTimeout(() => { observer.disconnect(); resolve(null); }, 2000);
         // nothing to see changed: a value chosen again, say
    });
    if (result) measured.push(result);
  }
  return measured;
}
"""


class QuietHandler(SimpleHTTPRequestHandler):
    """Serves files without printing a line for each."""

    def log_message(self, *_) -> None:
        pass


@contextlib.contextmanager
def serve(folder: Path) -> Iterator[str]:
    """Serve `folder` on this machine while the block runs. Gives the address, "http://127.0.0.1:PORT" without a slash
    at the end."""
    handler = functools.partial(QuietHandler, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def percentile(values: Iterable[float], share: float) -> float:
    """The smallest of `values` that at least `share` (0 to 1) of them do not exceed (nearest rank). ValueError if there
    are none."""
    ordered = sorted(values)
    if not ordered:
        raise ValueError("no values to take a percentile of")
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def weigh(bodies: Iterable[tuple[str, bytes]]) -> tuple[int, int]:
    """Bytes of (content type, body) pairs: (as they are, with text compressed by gzip -6 as web servers send it)."""
    raw = packed = 0
    for kind, body in bodies:
        is_text = kind.startswith("text/") or any(word in kind for word in ("javascript", "json", "xml"))
        raw += len(body)
        packed += len(gzip.compress(body, 6, mtime=0)) if is_text else len(body)
    return raw, packed


def pages_to_measure(site: Path) -> list[str]:
    """Paths in `site` of the start page, of the longest page of a place and of every page that holds an explorer;
    slides, which hide it at first, repeat those."""
    texts = {path: path.read_text(encoding="utf-8") for path in site.rglob("*.html")}
    with_explorer = [
        path for path, text in texts.items() if 'data-explorer="' in text and '<body class="deck"' not in text
    ]
    longest_place = max((site / "book/places").glob("*.html"), key=lambda path: len(texts[path]))
    chosen = {site / "book/index.html", longest_place, *with_explorer}
    return sorted(path.relative_to(site).as_posix() for path in chosen)


@contextlib.contextmanager
def fresh_page(browser: Browser, base: str, ready: str) -> Iterator[tuple[Page, list, list]]:
    """A page with nothing cached. Gives (page, its responses so far, addresses on other hosts it asked; those are cut
    off)."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    responses, outside = [], []

    def pass_own(route):
        if route.request.url.startswith(base):
            return route.continue_()
        outside.append(route.request.url)
        return route.abort()

    context.route("**/*", pass_own)
    page = context.new_page()
    page.add_init_script(WATCH % json.dumps(ready))
    page.on("response", lambda response: responses.append(response))  # Playwright takes no built-in function
    yield page, responses, outside
    context.close()


def load(browser: Browser, base: str, path: str, ready: str = EXPLORER) -> dict:
    """Load one page once. Bytes, counts, and seconds since the start of the load (ready_s is None if `ready` is never
    there)."""
    with fresh_page(browser, base, ready) as (page, responses, outside):
        page.goto(f"{base}/{path}", wait_until="networkidle")
        seen = page.evaluate(
            "() => ({...window.bench, paint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime})"
        )
        raw, packed = weigh((response.headers.get("content-type", ""), response.body()) for response in responses)
        return {
            "raw_bytes": raw,
            "gzip_bytes": packed,
            "requests": len(responses),
            "outside": len(outside),
            "first_paint_s": seen["paint"] / 1000,
            "ready_s": seen["ready"] and seen["ready"] / 1000,
            "layout_shift": seen["shift"],
        }


def measure_changes(browser: Browser, base: str, path: str, ready: str = EXPLORER, *what, **more) -> dict:
    """Change the controls of a page CHANGES times; `what` and `more` are for `change_times`."""
    with fresh_page(browser, base, ready) as (page, _, _):
        page.goto(f"{base}/{path}", wait_until="networkidle")
        page.wait_for_selector(ready)
        return change_times(page, *what, **more)


def change_times(page: Page, within: str = EXPLORER, seen: str | None = None, image: str | None = None) -> dict:
    """CHANGES changes of the controls inside `within` in an open page. Milliseconds: script's own work, and event to
    the frame in which `seen` (or the `image` in it) changed. None where there is no such control (an explorer in which
    one only draws)."""
    page.evaluate("document.querySelectorAll('.explorer-guess-skip').forEach((skip) => skip.click())")
    measured = page.evaluate(CHANGE, [SEED, CHANGES, within, seen or within, image])
    if not measured:
        return {}
    work, frame = zip(*measured, strict=True)
    times = {"changes": len(measured)}
    for name, values in (("work_ms", work), ("frame_ms", frame)):
        times |= {f"{name}_p50": percentile(values, 0.5), f"{name}_p95": percentile(values, 0.95)}
    return times


def measure_page(browser: Browser, base: str, path: str, ready: str = EXPLORER, *what, **more) -> dict:
    """Medians of LOADS loads of a page, and the times of its controls if `ready` is there, as `measure_changes`."""
    loads = [load(browser, base, path, ready) for _ in range(LOADS)]
    result = {"page": path}
    for name in loads[0]:
        values = [one[name] for one in loads]
        result[name] = None if None in values else statistics.median(values)
    if result["ready_s"] is None:
        return result
    return result | measure_changes(browser, base, path, ready, *what, **more)


def measure_pages(browser: Browser, site: Path) -> list[dict]:
    """Measure the start page and every page with an explorer of a built book."""
    with serve(site) as base:
        return [measure_page(browser, base, path) for path in pages_to_measure(site)]
