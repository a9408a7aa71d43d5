"""A copy of the project with one more list, made up: the agreements of today's newest list, less a few, and some that
nobody would type by accident."""

import datetime as dt
import json
import os
import subprocess
import sys

import openpyxl
import pandas as pd
from workbooks import agreement, make_list

from section287g import tables
from section287g.bench import builds

DAY = dt.date(2027, 3, 1)
GONE, NEW = 25, 3
MODELS = {"jail": "Jail Enforcement Model", "warrant": "Warrant Service Officer", "task_force": "Task Force Model"}
ATTACK = "window.attacked=true"

# The agency as typed -> as it must be shown: as text, without what cannot be seen.
HOSTILE = {
    f'<img src=x onerror="{ATTACK}"> Police': f'<img src=x onerror="{ATTACK}"> Police',
    f"</script><script>{ATTACK}</script> Police": f"</script><script>{ATTACK}</script> Police",
    "<b>Bold</b> &amp; &lt;Police&gt;": "<b>Bold</b> &amp; &lt;Police&gt;",
    f"[Police](javascript:{ATTACK}) **Dept** {{fact}}`agreements_newest` {{{{ 7 * 7 }}}}": (
        f"[Police](javascript:{ATTACK}) **Dept** {{fact}}'agreements_newest' {{{{ 7 * 7 }}}}"
    ),
    '=HYPERLINK("http://attack.example/","Police")': '\'=HYPERLINK("http://attack.example/","Police")',
    "+cmd|' /C calc'!A0 Police": "'+cmd|' /C calc'!A0 Police",
    "-2+3 Police": "'-2+3 Police",
    "@SUM(1,1) Police": "'@SUM(1,1) Police",
    "Ab\u202eecilo\u202c \u2066Police\u2069": "Abecilo Police",
    "Ze\u200bro\ufeff Wi\u00addth \u200dPolice": "Zero Width Police",
    "Lone \" quote, ' and \u201cPolice": "Lone \" quote, ' and \u201cPolice",
    "Line\r\nbreak\tand  tab Police": "Line break and tab Police",
    "L" + "o" * 600 + "ng Police": "L" + "o" * 600 + "ng Police",
    "{n} $& constructor __proto__ Police": "{n} $& constructor __proto__ Police",
}
LINKS = [
    f"javascript:{ATTACK}",
    "data:text/html,<script>1</script>",
    f'https://attack.example/"onmouseover="{ATTACK}',
    "https://www.ice.gov@attack.example/=1+1",
    "https://",
]
HOSTILE_STATE = "WY"
FILE = (  # the publisher's name of the workbook
    f"<img src=x onerror={ATTACK}> [list](javascript:{ATTACK}) `{{fact}} *.xlsx"
)
NOTEBOOK = "notebooks/01-reading-ices-list"


def list_of_today() -> list[dict]:
    """The agreements of the newest list, less the first few, and a few new ones, as ICE would print them."""
    agreements = tables.load("agreements")
    names = tables.load("states").set_index("state")["name"]
    rows = [
        agreement(
            state=names[row.state].upper(), agency=row.agency, model=MODELS[row.model],
            county=None if pd.isna(row.county) else row.county,
            signed=None if pd.isna(row.signed) else row.signed.to_pydatetime(),
        )
        for row in agreements[agreements["status"] == "listed"].iloc[GONE:].itertuples()
    ]  # fmt: skip
    return rows + [
        agreement(agency=f"Newtown {number} Police Department", signed=dt.datetime(2027, 2, 1)) for number in range(NEW)
    ]


def hostile_rows() -> list[dict]:
    """One agreement for each hostile name, in Wyoming, in a county of the same name."""
    return [
        agreement(state="WYOMING", agency=name, county=name, kind=name, signed=dt.datetime(2027, 2, 2))
        for name in HOSTILE
    ]


def write_list(path):
    """Write the list as a workbook, and beside it the publisher's name of it. What begins like a formula is stored as
    text, as ICE's cells are."""
    rows = list_of_today()
    make_list(path, rows + hostile_rows(), links={len(rows) + place: link for place, link in enumerate(LINKS)})
    book = openpyxl.load_workbook(path)
    for row in book.active.iter_rows():
        for cell in row:
            if cell.data_type == "f":
                cell.data_type = "s"
    book.save(path)
    path.with_name("manifest.csv").write_text(f'file,original_filename\n{path.name},"{FILE}"\n', encoding="utf-8")
    return path


def run_in(project, *command):
    """Run a command with the packages of this Python and the project's own code. Returns its output; AssertionError if
    it fails."""
    done = subprocess.run(
        [sys.executable, *command],
        cwd=project,
        env=os.environ | {"PYTHONPATH": str(project)},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, (done.stdout + done.stderr)[-3000:]
    return done.stdout


def make(project):
    """Copy the project to `project`, read the list into it, show its rows in a notebook, and build the book."""
    builds.copy_project(project)
    run_in(project, "-m", "section287g", "import", str(write_list(project / f"{DAY}.xlsx")))
    show_rows_in_notebook(project / f"{NOTEBOOK}.ipynb")
    build = ["-c", "from jupyter_book.cli.main import main; main()", "build", "."]
    run_in(project, *build, "--config", "book/_config.yml", "--toc", "book/_toc.yml", "-W", "--keep-going")


def show_rows_in_notebook(path):
    notebook = json.loads(path.read_text(encoding="utf-8"))
    source = (
        f"pd.set_option('display.max_colwidth', None)\nagreements[(agreements['state'] == '{HOSTILE_STATE}') &"
        " (agreements['signed'] == '2027-02-02')]"
    )
    cell = {
        "cell_type": "code",
        "execution_count": None,
        "id": "cell-hostile",
        "metadata": {},
        "outputs": [],
        "source": source,
    }
    last_code = max(
        place
        for place, other in enumerate(notebook["cells"])
        if other["cell_type"] == "code" and "agreements" in "".join(other["source"])
    )
    notebook["cells"].insert(last_code + 1, cell)
    path.write_text(json.dumps(notebook), encoding="utf-8")
