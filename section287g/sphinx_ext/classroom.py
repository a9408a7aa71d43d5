"""Directives for a class with computers: ``{link-maker}``, a form for links of nbgitpuller, and ``{seats}``, measured runs of the labs and
how many seats a machine has."""

from __future__ import annotations

from html import escape

import nbformat
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from section287g import seats
from section287g.labs import copies
from section287g.sphinx_ext import usage
from section287g.sphinx_ext.markup import table

SCRIPT = "nbgitpuller.js"
FORM = """<form class="link-maker" hidden data-no-hub="Type the address of your JupyterHub. It begins with https://."
 data-no-repository="Type the web address of the public copy. It begins with https://, for example https://github.com/NAME/287g-explained."
 data-copied="Copied." data-selected="The link is selected. Copy it with Ctrl + C, or Command + C on a Mac.">
<label for="link-hub">Address of the JupyterHub</label>
<input id="link-hub" name="hub" type="url" autocomplete="off" spellcheck="false">
<label for="link-repository">Address of the public copy of the project</label>
<input id="link-repository" name="repository" type="url" autocomplete="off" spellcheck="false">
<label for="link-branch">Branch</label>
<input id="link-branch" name="branch" value="main" autocomplete="off" spellcheck="false">
<label for="link-lab">What opens</label>
<select id="link-lab" name="lab">{labs}</select>
<label for="link-made">Link to hand out</label>
<textarea id="link-made" name="link" rows="4" readonly></textarea>
<button type="button" name="copy">Copy the link</button>
<p class="link-status" role="status"></p>
</form>"""


class link_maker(nodes.General, nodes.Element):
    """Place of the form."""


class seats_tables(nodes.General, nodes.Element):
    """Place of the two tables."""


class LinkMakerDirective(SphinxDirective):
    def run(self) -> list[nodes.Node]:
        return [link_maker()]


class SeatsDirective(SphinxDirective):
    def run(self) -> list[nodes.Node]:
        self.env.note_dependency("data/lab_runs.csv")
        usage.of_current_page(self.env).sources.update(dict.fromkeys(seats.runs()["source_key"]))
        return [seats_tables()]


def form() -> str:
    """The form as HTML, hidden until its script is there; its menu holds the start page and every lab."""
    choices = [("start.ipynb", "The list of labs"), *((path.name, lab_title(path.stem)) for path in copies.sources())]
    return FORM.format(labs="".join(f'<option value="{file}">{escape(title)}</option>' for file, title in choices))


def lab_title(stem: str) -> str:
    """A lab's number and title: "02 How fast did it grow?"."""
    first = nbformat.read(copies.SOURCES / f"{stem}.ipynb", as_version=4).cells[0].source
    return f"{stem[:2]} {first.splitlines()[0].removeprefix('# ')}"


def measured() -> str:
    """The measured runs as HTML."""
    header = ["Lab", "Learners at once", "Seconds until the last was done", "Processor seconds for each", "Memory for each, MB"]
    rows = [
        [escape(lab_title(run.lab)) + (" (in a browser)" if run.via == "browser" else ""), str(run.users), f"{run.seconds:.0f}", f"{run.processor_seconds:.1f}", f"{run.kernel_mb + run.server_mb:,.0f}"]
        for run in seats.runs().itertuples()
    ]
    return table("Labs measured on a JupyterHub", header, rows)


def machines() -> str:
    """Seats of a few usual machines as HTML."""
    header = ["Machine", "Seats by memory", "Seats by processor", "Plan for"]
    rows = [
        [f"{one.cores} cores, {one.memory_gb} GB", str(one.by_memory), str(one.by_processor), str(min(one.by_memory, one.by_processor))]
        for one in seats.machines()
    ]
    return table("Seats per machine", header, rows)


def _visit_form(translator, node: link_maker) -> None:
    translator.body.append(form())
    raise nodes.SkipNode


def _visit_seats(translator, node: seats_tables) -> None:
    translator.body.append(machines() + measured())
    raise nodes.SkipNode


def _add_script(app: Sphinx, pagename: str, template: str, context: dict, doctree: nodes.document | None) -> None:
    if doctree and next(doctree.findall(link_maker), None):
        app.add_js_file(SCRIPT, loading_method="defer")


def setup(app: Sphinx) -> None:
    app.add_node(link_maker, html=(_visit_form, None))
    app.add_node(seats_tables, html=(_visit_seats, None))
    app.add_directive("link-maker", LinkMakerDirective)
    app.add_directive("seats", SeatsDirective)
    app.connect("html-page-context", _add_script)
