"""Labs in the book: their text, their code folded, the pictures of their first choices, how to run them, and the file
to take along.

All labs of a build are run in one kernel: loading pandas and matplotlib takes longer than a whole lab, and is paid
once.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import nbformat
from docutils import nodes
from jupyter_client.manager import KernelManager
from markupsafe import escape
from nbformat import NotebookNode
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError

from section287g import building, words
from section287g.labs import copies
from section287g.labs.translating import translated
from section287g.lite import site
from section287g.programs import OUTPUT
from section287g.sphinx_ext.errors import PageError
from section287g.words import _

FOLDER = "notebooks/"
LITE = OUTPUT / building.named("lite", words.language())  # what `run.py lite` builds
PREPARE = "from section287g import labs, counts, incentives"  # what labs import, loaded while other pages are read
TIMEOUT = 120  # seconds for one cell
WIDGET = "application/vnd.jupyter.widget-view+json"  # the type of output that shows a live widget


class Kernel:
    """A kernel that starts in the background; its first cell waits until it is ready. It shows pictures: a live widget
    would be dead in a page."""

    def __init__(self, folder: Path):
        self._manager = KernelManager(kernel_name="python3")
        self._manager.start_kernel(cwd=str(folder), env=os.environ | {"SECTION287G_BOOK": "1"})
        self._client = self._manager.blocking_client()
        self._client.start_channels()
        self._client.execute(PREPARE, silent=True)

    def run(self, notebook: NotebookNode) -> None:
        """Run every code cell in an empty namespace and keep its outputs. Raises RuntimeError with the cell's error."""
        self._execute("%reset -f", [])
        for cell in notebook.cells:
            if cell.cell_type == "code":
                cell.outputs = []
                self._execute(cell.source, cell.outputs)

    def _execute(self, code: str, outputs: list[NotebookNode]) -> None:
        def keep(message: dict) -> None:
            if message["msg_type"] in ("stream", "display_data", "execute_result", "error"):
                output = nbformat.v4.output_from_msg(message)
                # Whether what is printed arrives in one piece or two depends on timing; the page must not.
                if outputs and outputs[-1].get("name") == output.get("name", ""):
                    outputs[-1].text += output.text
                else:
                    outputs.append(output)

        reply = self._client.execute_interactive(code, output_hook=keep, timeout=TIMEOUT, allow_stdin=False)["content"]
        if reply["status"] != "ok":
            raise RuntimeError(f"{reply['ename']}: {reply['evalue']} in the cell\n{code}")

    def stop(self) -> None:
        self._client.stop_channels()
        self._manager.shutdown_kernel(now=True)


def leave_out_widgets(notebook: NotebookNode) -> None:
    """Remove live widgets from what the cells show: what stands beside one, such as its first picture, stays."""
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = [output for output in cell.outputs if WIDGET not in output.get("data", {})]


def _start(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Start the kernel if a lab is going to be read; it gets ready while the pages before it are read."""
    if any(docname.startswith(FOLDER) for docname in docnames):
        app.labs_kernel = Kernel(Path(app.srcdir) / FOLDER)


def _stop(app: Sphinx, *_: object) -> None:
    if getattr(app, "labs_kernel", None):
        app.labs_kernel.stop()
        app.labs_kernel = None


def _run(app: Sphinx, docname: str, content: list[str]) -> None:
    """Put the executed lab in the place of the lab that is being read."""
    if not docname.startswith(FOLDER):
        return
    try:
        notebook = translated(nbformat.reads(content[0], as_version=4))
        app.labs_kernel.run(notebook)
    except (RuntimeError, ValueError) as error:
        _stop(app)
        raise PageError(app.env, docname, None, str(error)) from None
    leave_out_widgets(notebook)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.metadata.setdefault("tags", []).append(_tag(cell))
    content[0] = nbformat.writes(notebook)


def _tag(cell: NotebookNode) -> str:
    """How the page shows a cell of code: folded; an exercise open; a check not at all, since nobody can answer on a
    page."""
    if copies.is_exercise(cell):
        return "remove-output"
    return "remove-cell" if cell.source.startswith(("labs.check(", "labs.progress(")) else "hide-input"


def _add_box(app: Sphinx, pagename: str, template: str, context: dict, doctree: nodes.document | None) -> None:
    """Below the title: how to run the lab, and the lab as a file beside the page."""
    if not pagename.startswith(FOLDER):
        return
    source = Path(app.srcdir) / f"{pagename}.ipynb"
    copy = Path(app.outdir) / f"{pagename}.ipynb"
    copy.parent.mkdir(parents=True, exist_ok=True)
    if words.language() == words.SOURCE:
        shutil.copyfile(source, copy)
    else:
        nbformat.write(copies.read(source), copy)
    toggle = escape(_("Toggle hidden content"))
    body = context["body"].replace('"Toggle hidden content"', f'"{toggle}"')  # of MyST-NB
    title, end, text = body.partition("</h1>")
    box = {"file": source.name, "lab": source.stem, "megabytes": site.megabytes(LITE) if _is_published() else 0}
    context["body"] = title + end + app.builder.templates.render("lab.html", box) + text


def _is_published() -> bool:
    """Whether the labs are published beside the book as a site that runs them in a browser."""
    return bool(os.environ.get(building.LITE))


def _publish(app: Sphinx, error: Exception | None) -> None:
    """Put the site of the labs beside the pages. It needs a web server, so a book for a disk goes without."""
    if error is None and app.builder.name == "html" and _is_published():
        shutil.copytree(LITE, Path(app.outdir, "lite"), dirs_exist_ok=True)


def _look_for_site(app: Sphinx) -> None:
    if _is_published() and not (LITE / "index.html").is_file():
        raise ExtensionError(
            f"{building.LITE} is set and there is no _build/{LITE.name}: type python3 run.py lite first."
        )


def setup(app: Sphinx) -> None:
    app.config.nb_code_prompt_show = _("Show the code")
    app.config.nb_code_prompt_hide = _("Hide the code")
    app.connect("builder-inited", _look_for_site)
    app.connect("env-before-read-docs", _start)
    app.connect("source-read", _run)
    app.connect("env-updated", _stop)
    app.connect("build-finished", _stop)
    app.connect("build-finished", _publish)
    app.connect("html-page-context", _add_box)
