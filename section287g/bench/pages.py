"""Measures the book: ``python -m section287g.bench [FOLDER] [--json]``.

Weight, requests, first paint and layout shift of the start page and of every page with an explorer; time from a control to
the frame that shows the change; build times; and how fast ICE's workbooks are read, beside plain openpyxl. FOLDER holds
workbooks of ICE; without it one of 1,900 rows is made. Numbers depend on the machine: run it alone, compare ratios.
"""

from __future__ import annotations

import argparse
import contextlib
import functools
import gzip
import json
import math
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import openpyxl
import run
from playwright.sync_api import Browser, Page, sync_playwright

from section287g import ice_lists

LOADS = 5  # of each page; the medians are printed
CHANGES = 100  # of an explorer's controls
SEED = 287
SAMPLE = 10  # workbooks that openpyxl reads too
ROWS = 1900  # of the workbook that is made

# Runs before the page's own scripts: notes the first frame in which an explorer is alive, and layout shifts.
WATCH = """
window.bench = {ready: null, shift: 0};
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.bench.shift += entry.value;
}).observe({type: "layout-shift", buffered: true});
(function look() {
  if (document.querySelector("section.explorer[data-ready]")) window.bench.ready = performance.now();
  else requestAnimationFrame(look);
})();
"""

# Changes controls of the page's first explorer at random. For each change: milliseconds that the page's scripts
# work, and milliseconds from just before the event to the animation frame after the first change of the page.
CHANGE = """
async ([seed, count]) => {
  const random = (below) => {
    seed = (seed + 0x6D2B79F5) | 0;
    let mixed = Math.imul(seed ^ (seed >>> 15), seed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
  const section = document.querySelector("section.explorer[data-ready]");
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
    const controls = [...section.querySelectorAll(kinds.map((kind) => kind + ":enabled").join())]
      .filter((control) => control.getClientRects().length && !(control.type === "radio" && control.checked));
    const control = controls[random(controls.length)];
    await new Promise((resolve) => setTimeout(resolve, 20 + random(20)));
    const result = await new Promise((resolve) => {
      let work = 0;
      const observer = new MutationObserver(() => {
        observer.disconnect();
        requestAnimationFrame(() => resolve([work, performance.now() - start]));
      });
      observer.observe(section, {attributes: true, childList: true, characterData: true, subtree: true});
      const start = performance.now();
      alter(control);
      work = performance.now() - start;
      setTimeout(() => resolve(null), 500);  // nothing to see changed: a value chosen again, say
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
    """Serve `folder` on this machine while the block runs. Gives the address, "http://127.0.0.1:PORT" without a slash at the end."""
    handler = functools.partial(QuietHandler, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def percentile(values: Iterable[float], share: float) -> float:
    """The smallest of `values` that at least `share` (0 to 1) of them do not exceed (nearest rank). ValueError if there are none."""
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
    """Paths in `site` of the start page and of every page that holds an explorer."""
    with_explorer = [path for path in site.rglob("*.html") if 'data-explorer="' in path.read_text(encoding="utf-8")]
    return sorted({path.relative_to(site).as_posix() for path in [site / "book" / "index.html", *with_explorer]})


@contextlib.contextmanager
def fresh_page(browser: Browser, base: str) -> Iterator[tuple[Page, list, list]]:
    """A page with nothing cached. Gives (page, its responses so far, addresses on other hosts it asked; those are cut off)."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    responses, outside = [], []

    def pass_own(route):
        if route.request.url.startswith(base):
            return route.continue_()
        outside.append(route.request.url)
        return route.abort()

    context.route("**/*", pass_own)
    page = context.new_page()
    page.add_init_script(WATCH)
    page.on("response", lambda response: responses.append(response))  # Playwright takes no built-in function
    yield page, responses, outside
    context.close()


def load(browser: Browser, base: str, path: str) -> dict:
    """Load one page once. Bytes, counts, and seconds since the start of the load (ready_s is None without an explorer)."""
    with fresh_page(browser, base) as (page, responses, outside):
        page.goto(f"{base}/{path}", wait_until="networkidle")
        seen = page.evaluate("() => ({...window.bench, paint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime})")
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


def measure_changes(browser: Browser, base: str, path: str) -> dict:
    """Change the controls of a page's explorer CHANGES times. Milliseconds: script's own work, and event to frame."""
    with fresh_page(browser, base) as (page, _, _):
        page.goto(f"{base}/{path}", wait_until="networkidle")
        measured = page.evaluate(CHANGE, [SEED, CHANGES])
    work, frame = zip(*measured, strict=True)
    times = {"changes": len(measured)}
    for name, values in (("work_ms", work), ("frame_ms", frame)):
        times |= {f"{name}_p50": percentile(values, 0.5), f"{name}_p95": percentile(values, 0.95)}
    return times


def measure_page(browser: Browser, base: str, path: str) -> dict:
    """Medians of LOADS loads of a page, and the times of its explorer if it has one."""
    loads = [load(browser, base, path) for _ in range(LOADS)]
    result = {"page": path}
    for name in loads[0]:
        values = [one[name] for one in loads]
        result[name] = None if None in values else statistics.median(values)
    return result if result["ready_s"] is None else result | measure_changes(browser, base, path)


def measure_pages(site: Path) -> list[dict]:
    """Measure the start page and every page with an explorer of a built book."""
    with serve(site) as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=run.find_browser(), args=run.BROWSER_FLAGS)
        results = [measure_page(browser, base, path) for path in pages_to_measure(site)]
        browser.close()
    return results


def seconds(work: Callable[[], object]) -> float:
    """Seconds that `work()` takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def measure_builds() -> dict:
    """Seconds that Jupyter Book takes from nothing and when nothing changed, and run.py to see that the book is up to date.

    The first two go to a folder of their own; the book in _build/ is left as it is.
    """
    with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(sys.stderr):

        def build():
            if not run.run_jupyter_book("Building the book", sys.executable, Path(folder)):
                raise run.Stop(run.build_problem())

        up_to_date = functools.partial(run.build, python=sys.executable)
        return {"cold_s": seconds(build), "unchanged_s": seconds(build), "up_to_date_s": seconds(up_to_date)}


def make_workbook(path: Path, rows: int) -> None:
    """Write a workbook with the columns and links of ICE's list and `rows` invented agreements."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["STATE", "LAW ENFORCEMENT AGENCY", "TYPE", "COUNTY", "SUPPORT TYPE", "SIGNED", "MOA"])
    for number in range(2, rows + 2):
        sheet.append(["TEXAS", f"Sheriff's Office {number}", "County", f"County {number}", "Jail Enforcement Model", "2025-03-01", "LINK"])
        sheet.cell(number, 7).hyperlink = f"https://example.org/{number}.pdf"
    book.save(path)


def read_plainly(path: Path) -> list[list[tuple]]:
    """What a script with openpyxl alone would read: every cell's value and link."""
    return [[(cell.value, cell.hyperlink) for cell in row] for row in openpyxl.load_workbook(path).active]


def measure_reading(folder: Path) -> dict:
    """Read every workbook of `folder`, and up to SAMPLE of them, evenly spread, with plain openpyxl too.

    `ratio` is the speed of ice_lists.read over that of openpyxl on the same workbooks.
    """
    paths = sorted(folder.glob("*.xlsx"))
    if not paths:
        raise FileNotFoundError(f"{folder}: no .xlsx workbook to read")
    took, rows = {}, 0
    for path in paths:
        start = time.perf_counter()
        rows += len(ice_lists.read(path))
        took[path] = time.perf_counter() - start
    sample = paths[:: math.ceil(len(paths) / SAMPLE)]
    plain = seconds(lambda: [read_plainly(path) for path in sample])
    total = sum(took.values())
    return {
        "workbooks": len(paths),
        "rows": rows,
        "seconds": total,
        "rows_per_second": rows / total,
        "compared_workbooks": len(sample),
        "openpyxl_seconds": plain,
        "ratio": plain / sum(took[path] for path in sample),
    }


def measure_reading_of_made_workbook() -> dict:
    """The same for one workbook of ROWS rows that is made for the purpose."""
    with tempfile.TemporaryDirectory() as folder:
        make_workbook(Path(folder, "made.xlsx"), ROWS)
        return measure_reading(Path(folder))


def report(results: dict) -> str:
    """The results for people: one line for a page, an explorer, the builds, and the reading."""
    lines = ["page                              raw kB   gz kB  requests  outside  first paint s  ready s  layout shift"]
    for page in results["pages"]:
        ready = "      -" if page["ready_s"] is None else f"{page['ready_s']:7.2f}"
        lines.append(
            f"{page['page']:<32}{page['raw_bytes'] / 1000:8.0f}{page['gzip_bytes'] / 1000:8.0f}{page['requests']:10.0f}"
            f"{page['outside']:9.0f}{page['first_paint_s']:15.2f}  {ready}{page['layout_shift']:14.3f}"
        )
    for page in results["pages"]:
        if "changes" in page:
            lines.append(
                f"{page['page']}: {page['changes']} changes of controls, p50 / p95 in ms: to the next frame "
                f"{page['frame_ms_p50']:.1f} / {page['frame_ms_p95']:.1f}, own work {page['work_ms_p50']:.1f} / {page['work_ms_p95']:.1f}"
            )
    build, read = results["build"], results["reading"]
    lines.append(
        f"build: {build['cold_s']:.1f} s from nothing, {build['unchanged_s']:.1f} s when nothing changed; "
        f"{build['up_to_date_s']:.2f} s until run.py sees that nothing changed"
    )
    lines.append(
        f"reading: {read['workbooks']} workbooks with {read['rows']:,} rows in {read['seconds']:.1f} s, {read['rows_per_second']:,.0f} rows a second, "
        f"{read['ratio']:.1f} times as fast as openpyxl (on {read['compared_workbooks']} of them)"
    )
    return "\n".join(lines)


def main(arguments: list[str] | None = None) -> int:
    """Measure everything and print it. Returns the exit code: 1 after one sentence on stderr if it cannot be measured."""
    parser = argparse.ArgumentParser(prog="python -m section287g.bench", description="Measure pages, explorers, builds and reading.")
    parser.add_argument("folder", nargs="?", type=Path, help="folder of ICE's workbooks (default: one workbook is made)")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args(arguments)
    try:
        reading = measure_reading(options.folder) if options.folder else measure_reading_of_made_workbook()
        with contextlib.redirect_stdout(sys.stderr):
            site = run.build(python=sys.executable)
        results = {"pages": measure_pages(site), "build": measure_builds(), "reading": reading}
    except (run.Stop, OSError) as problem:
        print(problem, file=sys.stderr)
        return 1
    print(json.dumps(results) if options.json else report(results))
    return 0


if __name__ == "__main__":
    sys.exit(main())
