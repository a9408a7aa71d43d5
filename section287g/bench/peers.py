"""The same page and the same explorer made with other means, measured side by side in one run.

The task is that of the growth explorer: agreements by model over time, with a menu of states. Beside it stand the same
words and pictures on a page of Jupyter Book 1 as it comes; Altair with its own copy of Vega-Lite; Observable Plot with
d3, both from npm; ipywidgets that need no kernel (`ipywidgets.embed`, its program from npm); and, in JupyterLab,
ipywidgets behind which Python draws.
"""

from __future__ import annotations

import importlib.util
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Callable
from dataclasses import astuple, dataclass
from pathlib import Path

import ipywidgets
import nbformat
import pandas as pd
from bs4 import BeautifulSoup
from ipywidgets.embed import embed_snippet
from playwright.sync_api import Browser

from section287g import counts, explorers, figures
from section287g.bench.labs import own_server
from section287g.bench.pages import EXPLORER, change_times, fresh_page, measure_page, serve
from section287g.counts import MODELS
from section287g.explorers.growth import widget as growth
from section287g.sphinx_ext.policy import POLICY

OURS = "this book"
PAGE = "book/surge/growth.html"
HTML_MANAGER = "@jupyter-widgets/html-manager@1.0.15"
PLOT, D3 = "@observablehq/plot@0.6.17", "d3@7.9.2"
READY = "body[data-ready]"
PICTURE = ".explorer-canvas svg"
STATE_MENU = ":has(> [data-trait=state])"  # of our explorer's controls the one that the peers have too
PATIENCE = 120_000  # milliseconds for JupyterLab to open a notebook, and to run it

_FRAME = """<!doctype html><html lang="en" data-theme="light"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>An explorer</title><link rel="icon" href="data:,">{head}</head>
<body><main><h1>A page</h1><h2>A section</h2>{body}</main></body></html>"""


class NotHere(Exception):
    """A peer cannot be measured on this machine: why, in one sentence."""


@dataclass(frozen=True)
class Alone:
    """An explorer alone on a page: file name, and CSS selectors of what shows that it is there, of its menu, of where
    its picture is, and of the picture."""

    page: str
    ready: str
    within: str
    seen: str
    image: str = "svg"


def write_explorer_page(folder: Path, file: str, name: str, section: str) -> None:
    """Write a page that holds one explorer of this book and nothing else, under the book's content policy, with all
    that it loads."""
    scripts = explorers.scripts(name)
    for asset, text in {**scripts, f"{name}.css": explorers.assets.stylesheet(name)}.items():
        (folder / asset).write_text(text, encoding="utf-8")
    head = f'<meta http-equiv="Content-Security-Policy" content="{POLICY}"><link rel="stylesheet" href="{name}.css">'
    head += "".join(f'<script defer src="{script}"></script>' for script in scripts)
    (folder / file).write_text(_FRAME.format(head=head, body=section), encoding="utf-8")


def _ours(folder: Path) -> Alone:
    def image(svg: str, file: str) -> str:
        (folder / file).write_text(svg, encoding="utf-8")
        return file

    write_explorer_page(folder, "ours.html", "growth", explorers.static_html("growth", image=image))
    return Alone("ours.html", EXPLORER, STATE_MENU, EXPLORER, PICTURE)


def _places() -> dict[str | None, str]:
    """What the menu offers: USPS code (None: the whole country) -> name."""
    return {None: "United States", **growth.states()}


def _rows() -> pd.DataFrame:
    """One row for each place, model and list on which the number changed, and for the last list."""
    frames = []
    for state, place in _places().items():
        lists = counts.over_time(state)
        for model in MODELS:
            changed = (lists[model].astype(int).diff() != 0) | (lists.index == lists.index[-1])
            frames.append(
                pd.DataFrame({"date": lists["date"], "agreements": lists[model], "model": model, "place": place})[
                    changed
                ]
            )
    return pd.concat(frames)


def _altair(folder: Path) -> Alone:
    if not (importlib.util.find_spec("altair") and importlib.util.find_spec("vl_convert")):
        raise NotHere("Altair is not installed (packages altair and vl-convert-python)")
    import altair
    import vl_convert

    altair.data_transformers.disable_max_rows()
    rows = _rows().assign(date=lambda rows: rows["date"].dt.strftime("%Y-%m-%d"))
    menu = altair.binding_select(options=list(rows["place"].unique()), name="Where ")
    where = altair.selection_point(fields=["place"], bind=menu, value="United States")
    chart = (
        altair.Chart(rows, width=640, height=360)
        .mark_line(interpolate="step-after", clip=True)
        .encode(x="date:T", y="agreements:Q", color="model:N", strokeDash="model:N")
        .add_params(where)
        .transform_filter(where)
    )
    bundle = vl_convert.javascript_bundle()  # declares names of its own: kept inside a function
    run = (
        "vegaEmbed('#chart', JSON.parse(document.getElementById('spec').textContent), {ast: true, actions: false,"
        " renderer: 'svg'})"
    )
    start = f"{run}.then(() => {{ document.body.dataset.ready = ''; }});"
    (folder / "vega.js").write_text(f"(() => {{\n{bundle}\n{start}\n}})();", encoding="utf-8")
    spec = chart.to_json(indent=None).replace("<", "\\u003c")
    body = (
        f'<div id="chart"></div><script type="application/json" id="spec">{spec}</script><script'
        ' src="vega.js"></script>'
    )
    (folder / "altair.html").write_text(_FRAME.format(head="", body=body), encoding="utf-8")
    return Alone("altair.html", READY, ".vega-bindings", "#chart")


def _html_manager(folder: Path) -> Alone:
    places = _places()
    pictures = [figures.draw("growth", state=state).svg() for state in places]
    stack = ipywidgets.Stack([ipywidgets.HTML(svg[svg.index("<svg") :]) for svg in pictures], selected_index=0)
    menu = ipywidgets.Dropdown(options=list(places.values()), index=0, description="Where")
    ipywidgets.jslink((menu, "index"), (stack, "selected_index"))
    (folder / "embed.js").write_text(_from_npm(HTML_MANAGER, "dist/embed.js"), encoding="utf-8")
    body = embed_snippet(views=[menu, stack], requirejs=False, embed_url="embed.js")
    (folder / "widgets.html").write_text(_FRAME.format(head="", body=body), encoding="utf-8")
    return Alone("widgets.html", "body:has(.widget-dropdown select):has(.widget-html svg)", ".widget-dropdown", "main")


# What a page with Observable Plot does: `rows` are lists [place, model, days, numbers], `places` the menu's names.
_PLOT_PAGE = """
const {rows, places} = JSON.parse(document.getElementById("data").textContent);
const menu = document.querySelector("select");
for (const place of places) menu.add(new Option(place));
function draw() {
  const points = rows
    .filter(([place]) => place === menu.value)
    .flatMap(([, model, days, agreements]) =>
      days.map((day, i) => ({model, date: new Date(day), agreements: agreements[i]})));
  const lines = {x: "date", y: "agreements", stroke: "model", curve: "step-after"};
  const names = Plot.selectLast({x: "date", y: "agreements", z: "model", text: "model", textAnchor: "start", dx: 4});
  document.getElementById("chart").replaceChildren(Plot.plot({
    width: 640, height: 360, marginRight: 120, y: {grid: true, zero: true},
    marks: [Plot.lineY(points, lines), Plot.text(points, names)],
  }));
}
menu.addEventListener("input", draw);
draw();
document.body.dataset.ready = "";
"""


def _plot(folder: Path) -> Alone:
    rows = _rows()
    lines = [
        [place, model, list(line["date"].dt.strftime("%Y-%m-%d")), line["agreements"].tolist()]
        for (place, model), line in rows.groupby(["place", "model"], sort=False)
    ]
    data = json.dumps({"rows": lines, "places": list(rows["place"].unique())}).replace("<", "\\u003c")
    programs = {"d3.js": (D3, "dist/d3.min.js"), "plot.js": (PLOT, "dist/plot.umd.min.js")}
    for file, (package, path) in programs.items():
        (folder / file).write_text(_from_npm(package, path), encoding="utf-8")
    (folder / "draw.js").write_text(_PLOT_PAGE, encoding="utf-8")
    body = '<label>Where <select></select></label><div id="chart"></div>'
    body += f'<script type="application/json" id="data">{data}</script>'
    body += "".join(f'<script src="{file}"></script>' for file in [*programs, "draw.js"])
    (folder / "plot.html").write_text(_FRAME.format(head="", body=body), encoding="utf-8")
    return Alone("plot.html", READY, "label", "#chart")


def _from_npm(package: str, file: str) -> str:
    """The text of one file of a package ("d3@7.9.2") from npm."""
    npm = shutil.which("npm")
    if not npm:
        raise NotHere(f"{package} comes from npm, which is not installed")
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run([npm, "pack", "--silent", package], cwd=folder, capture_output=True, text=True)
        if done.returncode:
            raise NotHere(f"npm could not get {package}")
        with tarfile.open(next(Path(folder).glob("*.tgz"))) as archive:
            return archive.extractfile(f"package/{file}").read().decode("utf-8")


ALONE: dict[str, Callable[[Path], Alone]] = {
    OURS: _ours,
    "Altair (Vega-Lite)": _altair,
    "Observable Plot": _plot,
    "ipywidgets without a kernel": _html_manager,
}


def measure_alone(browser: Browser) -> tuple[dict[str, dict], list[str]]:
    """Explorers alone on a page: name -> measures of `measure_page`; and a sentence for each that cannot be measured
    here."""
    measured, missing = {}, []
    with tempfile.TemporaryDirectory() as name, serve(Path(name)) as base:
        for peer, write in ALONE.items():
            try:
                alone = write(Path(name))
            except NotHere as problem:
                missing.append(f"{peer}: not measured, {problem}")
            else:
                measured[peer] = measure_page(browser, base, *astuple(alone))
    return measured, missing


def measure_default_book(browser: Browser, site: Path) -> dict:
    """Measures of `measure_page` of PAGE's words and pictures, without its explorer, on a page of Jupyter Book 1 as it
    comes."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        article = BeautifulSoup((site / PAGE).read_text(encoding="utf-8"), "html.parser").article
        title = article.h1.extract().get_text().rstrip("#")
        for part in article.select("section.explorer, script"):
            part.decompose()
        built = folder / "_build/html"
        pictures = {image["src"]: Path(image["src"]).name for image in article.select("img[src]")}
        for image in article.select("img[src]"):
            image["src"] = pictures[image["src"]]
        fence = "`" * 12
        (folder / "index.md").write_text(f"# {title}\n\n{fence}{{raw}} html\n{article}\n{fence}\n", encoding="utf-8")
        (folder / "_config.yml").write_text("title: A book\n", encoding="utf-8")
        (folder / "_toc.yml").write_text("format: jb-book\nroot: index\n", encoding="utf-8")
        command = [sys.executable, "-c", "from jupyter_book.cli.main import main; main()", "build", "."]
        subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for source, picture in pictures.items():
            shutil.copy((site / PAGE).parent / source, built / picture)
        with serve(built) as base:
            return measure_page(browser, base, "index.html", ready="no-explorer-here")


LIVE = {
    "ipywidgets drawn by Python": (
        (
            "import ipywidgets\n"
            "from IPython.display import display\n"
            "from section287g import explorers, figures\n"
            "ipywidgets.interact(lambda state: display(figures.draw('growth', state=state)), state={states});"
        ),
        ".widget-interact",
        ".widget-interact .widget-output",
        "img",
    ),
    OURS: ("explorers.Growth()", STATE_MENU, ".explorer-frame", PICTURE),
}


def measure_live(browser: Browser) -> dict[str, dict]:
    """The explorer in a running JupyterLab, beside a menu behind which Python draws: name -> times of
    `change_times`."""
    cells = [nbformat.v4.new_code_cell(code.format(states=list(growth.states()))) for code, *_ in LIVE.values()]
    notebook = nbformat.v4.new_notebook(cells=cells)
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    with tempfile.TemporaryDirectory() as name:
        nbformat.write(notebook, Path(name, "peers.ipynb"))
        with own_server(Path(name)) as server, fresh_page(browser, server.address, EXPLORER) as (page, _, _):
            page.goto(f"{server.address}/lab/tree/peers.ipynb?reset&token={server.token}")
            # Before that, JupyterLab drops what is asked or asks which kernel to take.
            page.get_by_text("Python 3 (ipykernel) | Idle").wait_for(timeout=PATIENCE)
            page.get_by_role("menuitem", name="Run", exact=True).click()
            page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
            for _, within, seen, _ in LIVE.values():
                page.wait_for_selector(within, state="attached", timeout=PATIENCE)  # ours waits behind a guess
                page.wait_for_selector(seen, timeout=PATIENCE)
            return {peer: change_times(page, within, seen, image) for peer, (_, within, seen, image) in LIVE.items()}


def measure_peers(browser: Browser, site: Path) -> dict:
    """All comparisons: "alone", "page" and "live" (name -> measures), and "missing" (a sentence for each peer that is
    not here)."""
    alone, missing = measure_alone(browser)
    return {
        "alone": alone,
        "page": {"Jupyter Book 1 as it comes": measure_default_book(browser, site)},
        "live": measure_live(browser),
        "missing": missing,
    }
