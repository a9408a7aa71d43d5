"""Labs: committed clean, all of one form, run top to bottom for students and instructors, widgets that answer, no dead
control in the book."""

import re

import nbformat
import pytest
from book_pages import parsed
from bs4 import BeautifulSoup
from nbconvert import HTMLExporter

from section287g import labs
from section287g.explorers import assets
from section287g.labs import copies

LABS = copies.sources()
NOTEBOOKS = sorted(copies.SOURCES.glob("*.ipynb"))
every_lab = pytest.mark.parametrize("path", LABS, ids=lambda path: path.stem)
every_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def source_of(path):
    return nbformat.read(path, as_version=4)


def executed(kernel, notebook, more=()):
    """The notebook after a run from top to bottom, with cells of code added at the end."""
    notebook.cells += [nbformat.v4.new_code_cell(source) for source in more]
    kernel.run(notebook)
    return notebook


def markdown(notebook):
    return "\n\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")


def code_cells(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def outputs(notebook):
    return [output for cell in code_cells(notebook) for output in cell.outputs]


def text_of(cell):
    return "".join(output.get("text") or output.get("data", {}).get("text/plain", "") for output in cell.outputs)


def as_html(notebook):
    return "".join(output.get("data", {}).get("text/html", "") for output in outputs(notebook))


def is_check(cell):
    return cell.cell_type == "code" and cell.source.startswith("labs.check(")


def is_question(cell):
    return cell.cell_type == "code" and "labs.ask(" in cell.source


# --- committed files ---


@every_notebook
def test_committed_without_outputs_or_counts(path):
    notebook = source_of(path)
    nbformat.validate(notebook)
    for cell in code_cells(notebook):
        assert cell.outputs == [] and cell.execution_count is None
    assert set(notebook.metadata) == {"kernelspec", "language_info"}
    assert len({cell.id for cell in notebook.cells}) == len(notebook.cells)


@every_notebook
def test_reads_data_from_the_project_and_the_lab_only(path):
    """Tables of the project, by name or as the file in its folder, and rows that stand in the lab itself."""
    source = "\n".join(cell.source for cell in code_cells(source_of(path)))
    assert not re.search(r"open\(|\.\./|https?://", source)
    read = re.findall(r"^[^#\n]*read_\w+\((.*?)[/)]", source, re.MULTILINE)
    assert set(read) <= {"tables.DATA ", "StringIO(typed"}


def test_a_lab_names_choices_as_the_explorer_does():
    text = "\n".join(cell.source for cell in source_of(copies.SOURCES / "05-checking-claims.ipynb").cells)
    named = set(re.findall(r'"(Make a number: [^"]+)"', text))
    assert len(named) == 2 and named <= set(assets.words("claims")["modes"].values())


def test_start_page_leads_to_every_lab_by_its_title():
    text = markdown(source_of(copies.SOURCES / "start.ipynb"))
    links = {file: title for title, file in re.findall(r"\[([^\]]+)\]\(([^)]+)\)", text)}
    assert links == {path.name: source_of(path).cells[0].source.splitlines()[0].removeprefix("# ") for path in LABS}


# --- one form for all labs ---


@every_lab
def test_first_cell_says_question_objectives_needs_and_time(path):
    first = source_of(path).cells[0].source
    assert re.match(r"# \S.*\n\n\*\*Question\.\*\* .+\?\n", first)
    objectives = first.partition("**After this lab you can**")[2].partition("**Before you start**")[0]
    assert len(re.findall(r"^- \*\*\w+\*\* ", objectives, re.MULTILINE)) >= 3
    table = first.partition("**Before you start**")[2]
    assert "| You need | For what | If it is new to you |" in table
    assert len(re.findall(r"^\|", table, re.MULTILINE)) >= 4
    assert "**Time:** 45 minutes." in first


@every_lab
def test_minutes_of_the_parts_add_up(path):
    text = markdown(source_of(path))
    parts = re.findall(r"^## (\d+)\. .+ \((\d+) minutes?(?:: ([\d, ]+))?\)$", text, re.MULTILINE)
    assert [int(number) for number, *_ in parts] == list(range(1, len(parts) + 1)) and len(parts) >= 4
    assert sum(int(minutes) for _, minutes, _ in parts) == 45
    for _, minutes, split in parts:
        assert not split or sum(map(int, split.split(", "))) == int(minutes)
    assert len(re.findall(r"^## \d", text, re.MULTILINE)) == len(parts)


@every_lab
def test_parts_stand_in_the_same_order(path):
    text = markdown(source_of(path))
    assert "**Predict.**" in text and "**Notice.**" in text
    marks = [
        "### Exercise 1 (easy): ",
        "### Exercise 2 (medium): ",
        "### Exercise 3 (harder): ",
        "## Going further",
        "## Without Python",
        "## What you have seen",
        "**Next:**",
        "<summary>For teachers</summary>",
    ]
    places = [text.find(mark) for mark in marks]
    assert -1 not in places and places == sorted(places)
    assert len(re.findall("^### Exercise ", text, re.MULTILINE)) == 3


@every_lab
def test_what_a_learner_writes_is_followed_by_its_check(path):
    cells = source_of(path).cells
    exercises = [number for number, cell in enumerate(cells) if copies.is_exercise(cell)]
    assert [number for number, cell in enumerate(cells) if is_check(cell)] == [number + 1 for number in exercises]
    for number in exercises:
        cell = cells[number]
        name = copies.exercise_of(cell)
        assert cell.source in (f"{name} = ...", cell.source.splitlines()[0] + "\n    ...")
        assert cells[number + 1].source == f'labs.check("{name}", {name})'
        assert "solution" not in markdown(source_of(path)).lower()


@every_lab
def test_each_part_has_a_line_to_write_and_the_last_three_are_exercises(path):
    """A part without code, in which people talk, needs none."""
    parts, title = {}, ""
    for cell in source_of(path).cells:
        titles = re.findall(r"^##+ (.+)", cell.source, re.MULTILINE) if cell.cell_type == "markdown" else []
        title = titles[-1] if titles else title
        if cell.cell_type == "code":
            parts.setdefault(title, []).append(copies.is_exercise(cell))
    numbered = {title: lines for title, lines in parts.items() if re.match(r"\d+\.|Exercise|Clean", title)}
    assert [title for title, lines in numbered.items() if not any(lines) and not title.startswith("Clean")] == []
    assert sum(any(lines) for title, lines in parts.items() if title.startswith("Exercise ")) == 3


@every_lab
def test_a_learner_writes_about_ten_lines(path):
    solutions = copies.solutions(path.stem)
    written = [line for solved in solutions.values() for line in solved["solution"].strip().splitlines() if line]
    assert 8 <= len(written) <= 26, len(written)


@every_lab
def test_the_python_that_a_lab_names_at_its_end_stands_in_it(path):
    """And no solution does: of each line the function or method, or what is compared."""
    notebook = source_of(path)
    before, _title, after = markdown(notebook).partition("**Python in this lab**")
    lines = re.findall(r"^- `(.+)`: \w", after, re.MULTILINE)
    code = before + "\n".join(cell.source for cell in code_cells(notebook))
    assert len(lines) >= 4
    for line in lines:
        assert all(word in code for word in re.findall(r"\w[.\w]*(?=\()|[!=]=|\.iloc|\.loc", line)), line
        assert all(line not in solved["solution"] for solved in copies.solutions(path.stem).values()), line
    assert re.search(r"such as `[\w.]+\?`", after)


@every_lab
def test_no_cell_is_long(path):
    for cell in code_cells(source_of(path)):
        assert len(cell.source.splitlines()) <= 26, cell.source


@every_lab
def test_way_without_python_states_minutes_and_asks(path):
    text = markdown(source_of(path)).partition("## Without Python")[2].partition("## What you have seen")[0]
    assert "**Run > Run All Cells**" in text and "**View > Collapse All Code**" in text
    assert sum(int(minutes) for minutes in re.findall(r"^\| (\d+) \|", text, re.MULTILINE)) == 45
    assert sum(is_question(cell) for cell in source_of(path).cells) >= 2


@every_lab
def test_lines_of_code_fit_the_page_of_the_book(path):
    for cell in code_cells(source_of(path)):
        assert max(map(len, cell.source.splitlines())) <= 110, cell.source


# --- what is done with each lab's controls after a run ---

AFTER = "import asyncio\nawait asyncio.sleep(0.3)"  # a control waits for the end of a burst before it draws
WIDTHS = "def widths(axes):\n    return [round(bar.get_width()) for bar in axes.patches]"


def changes_what_is_drawn(widgets, look, choices):
    """Cells that set each control in turn and see that `look` gives something else afterwards."""
    cells = []
    for name, value in choices.items():
        cells += [
            f"before = {look}\n{widgets}[{name!r}].value = {value!r}",
            AFTER,
            f"assert {look} != before, {name!r}",
        ]
    return cells


OPERATED = {
    "01-reading-ices-list": [
        "menus['group'].value = 'agency_kind'\ngrowth.state = 'TX'\nassert menus['state'].value == 'TX'",
        AFTER,
        (
            "wanted = newest.loc[newest['state'] == 'TX', 'agency_kind'].fillna('not stated').str.replace('_', '"
            " ').value_counts()\ndrawn = {label.get_text(): bar.get_width() for label, bar in"
            " zip(axes.get_yticklabels(), axes.patches)}\nassert drawn == wanted.to_dict(), (drawn, wanted)"
        ),
    ],
    "02-growth": [
        "seen = []\ndraw_lists = lambda frame, unit: seen.append(unit)\nmenu.value = 'agencies'",
        "assert seen == ['agencies'], seen",
        "def drawn():\n    return [line.get_ydata()[-1] for line in axes.lines]",
        *changes_what_is_drawn(
            "inputs", "drawn()", {"unit": "agencies", "model": "jail", "state": "TX", "baseline": "2025-12-31"}
        ),
        "assert drawn()[0] == counts.over_time('TX')['jail_agencies'].iloc[-2]",
        (
            "assert (growth.state, growth.unit) == ('TX', 'agencies')\ngrowth.state = 'FL'\nassert"
            " inputs['state'].value == 'FL'"
        ),
    ],
    "03-models-and-powers": [
        (
            "def drawn():\n    return [text.get_text() for text in axes.texts] + [label.get_text() for label in"
            " axes.get_xticklabels()]"
        ),
        *changes_what_is_drawn(
            "inputs",
            "drawn()",
            {"first": "warrant", "second": "jail", "group": "arrest_and_custody", "differences": True},
        ),
        "assert (models.group, models.differences) == ('arrest_and_custody', True)",
        "models.differences = False\nassert inputs['differences'].value is False",
    ],
    "04-incentives": [
        WIDTHS,
        *changes_what_is_drawn(
            "inputs",
            "widths(axes)",
            {"officers": 13, "base_pay": 65_000, "benefits": 45, "overtime": 10, "located": 60, "claimed": 50},
        ),
        (
            "found = estimate(Agency(13, 65_000, 45, 10, located_percent=(60,) * 4), Assumptions(claimed_percent=50))\n"
            "assert widths(axes) == [round(found.part_usd(part)) for part in PARTS]"
        ),
        "def rises():\n    return list(step_axes.lines[1].get_xdata()), list(step_axes.lines[1].get_ydata())",
        *changes_what_is_drawn("steps_inputs", "rises()", {"rounding": "nearest", "officers": 5, "listed": 10}),
        "assert rises() == ([7, 8, 9], [2_500, 3_750, 5_000])",
        *changes_what_is_drawn("budget_inputs", "widths(budget_axes)", {"entered": 50, "paid": 20, "months": 6}),
        "assert widths(budget_axes)[:4] == [round(offer * share / 10) for share in (10, 5, 2, 3)]",
        "explorer.officers = '20'\nassert explorer.officers == '20'",
    ],
    "05-checking-claims": [
        "import asyncio\nfrom section287g.labs import claims as checks",
        # a choice is drawn a moment later, when no further one has come
        (
            "async def percent(**chosen):\n"
            "    for name, value in chosen.items():\n"
            "        menus[name].value = value\n"
            "    await asyncio.sleep(0.5)\n"
            "    start, end = axes.lines[1].get_ydata()\n"
            "    return f'{100 * (end - start) / start:.1f}'"
        ),
        "assert await percent(unit='agreements', end=claims.SEPTEMBER_2_AFTERNOON) == '608.9'",
        "assert await percent(end=claims.SEPTEMBER_17) == '640.7'",
        "assert await percent(unit='agencies') == '524.8'",
        "assert await percent(end=claims.SEPTEMBER_2_MORNING) == '498.5'",
        "menus['baseline'].value = claims.END_OF_FIRST_TERM",
        "assert await percent(unit='agreements', end=claims.SEPTEMBER_17) == '575.7'",
        "checking.claim = 'C003-05'\nassert checking.claim == 'C003-05'",
        (
            "def said(box, answer):\n"
            "    box.children[1].value = answer\n"
            "    box.children[2].click()\n"
            "    return box.children[3].value"
        ),
        (
            "assert 'this year&quot; means something else' in said(sentence, 'Over 1,130 agreements were signed just"
            " this year, says ICE.')"
        ),
        "assert 'Right.' in said(sentence, \"ICE's list of February 13, 2026 shows 1,133 agreements signed in 2025.\")",
        "assert 'rise in agreements' in said(rise, '641') and 'Right.' in said(rise, '525')",
        "assert set(why.children[1].options) == set(checks.WHY)",
        "assert 'same list' in said(why, checks.WHY[2]) and 'Right.' in said(why, checks.WHY[0])",
    ],
    "06-evidence-and-debate": [
        WIDTHS,
        *changes_what_is_drawn("sort_inputs", "widths(axes)", {"way": "how_read", "subject": "profiling"}),
        "assert sum(widths(axes)) == (studies['subject'] == 'profiling').sum()",
        "reading_inputs['side'].value = 'opposes'",
        AFTER,
    ],
}


# --- run ---


@pytest.fixture(scope="module", params=LABS, ids=lambda path: path.stem)
def student(request, live_kernel):
    """Each lab after a run, and after each of its controls was operated from Python."""
    more = OPERATED.get(request.param.stem, [])
    notebook = executed(live_kernel, source_of(request.param), more)
    notebook.cells = notebook.cells[: len(notebook.cells) - len(more)]
    return notebook


def test_student_copy_runs_and_says_what_is_missing(student):
    checks = [text_of(cell) for cell in student.cells if is_check(cell)]
    assert len(checks) >= 6 and all(
        re.match(r"Not yet\. .*(three dots|gives nothing back)", check) for check in checks
    ), checks
    assert_described(student)


def test_student_copy_shows_controls_and_questions(student):
    views = [
        cell
        for cell in code_cells(student)
        if any("application/vnd.jupyter.widget-view+json" in output.get("data", {}) for output in cell.outputs)
    ]
    assert sum(is_question(cell) for cell in views) >= 2
    assert sum("labs.controls(" in cell.source or "labs.explorer(" in cell.source for cell in views) >= 2


@every_lab
def test_instructor_copy_runs_and_passes_its_checks(path, live_kernel):
    notebook = executed(live_kernel, copies.instructor_copy(source_of(path), copies.solutions(path.stem)))
    checks = [text_of(cell) for cell in notebook.cells if is_check(cell)]
    assert {check.split()[0] for check in checks} == {"Right."}, checks


def assert_described(notebook):
    """No picture without alternative text."""
    assert not any("image/png" in output.get("data", {}) for output in outputs(notebook))
    for image in re.findall(r"<img [^>]*>", as_html(notebook)):
        assert re.search(r'alt="[^"]{40,}"', image)


def test_a_saved_lab_keeps_its_pictures_as_a_web_page_and_says_what_to_do(student):
    page, _ = HTMLExporter().from_notebook_node(student)
    shown = BeautifulSoup(page, "html.parser").select_one("main")
    assert len(shown.find_all("img", alt=True)) == as_html(student).count("<img ") >= 1
    assert "Run this cell (Shift + Enter)" in shown.get_text()
    raw = [output.get_text() for output in shown.select('[data-mime-type="text/plain"]')]
    assert not any(re.match(r"Box\(|VBox\(|Growth\(|Models\(|Claims\(|Incentives\(", text.strip()) for text in raw)


@every_lab
def test_a_lab_without_its_project_says_in_one_sentence_where_it_belongs(path, live_kernel):
    first = next(cell.source for cell in code_cells(source_of(path)))
    alone = nbformat.v4.new_notebook(
        cells=[
            nbformat.v4.new_code_cell(
                "import sys\nkept = {name: module for name, module in sys.modules.items() if"
                " name.split('.')[0] == 'section287g'}\nsys.modules.update(dict.fromkeys([*kept, 'section287g']))"
            ),
            nbformat.v4.new_code_cell(f"try:\n    exec({first!r})\nexcept SystemExit as end:\n    print(end)"),
            nbformat.v4.new_code_cell("sys.modules.update(kept)"),
        ]
    )
    said = text_of(executed(live_kernel, alone).cells[1])
    assert re.match(r'This lab belongs to the project "287\(g\), Explained": .*run\.py lab.*\.$', said)


def test_a_learners_mistake_stops_the_run_with_its_error(live_kernel):
    with pytest.raises(RuntimeError, match="ZeroDivisionError: division by zero"):
        live_kernel.run(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1 / 0")]))


def test_nothing_is_left_over_from_the_lab_before(live_kernel):
    executed(live_kernel, nbformat.v4.new_notebook(), ["left_over = 1"])
    executed(live_kernel, nbformat.v4.new_notebook(), ["assert 'left_over' not in dir()"])


def test_every_question_and_exercise_has_a_check():
    used = {
        name
        for path in LABS
        for name in re.findall(
            r'labs\.(?:check|ask)\(\s*"(\w+)"', "\n".join(cell.source for cell in code_cells(source_of(path)))
        )
    }
    assert used == set(labs.CHECKS)


# --- pages of the book ---


@every_lab
def test_page_has_pictures_and_no_widget_folds_code_and_offers_the_students_copy(path, book_dir):
    page = parsed(book_dir / "notebooks" / f"{path.stem}.html")
    offered = page.select_one(".lab-box a[download]")["href"]
    copy = nbformat.read(book_dir / "notebooks" / offered, as_version=4)
    assert offered == path.name and copy == source_of(path)
    assert len(page.select(".cell_output")) >= 5
    unfolded = [cell for cell in page.select(".cell") if cell.select(".cell_input") and not cell.select("details")]
    asked = sum(copies.is_exercise(cell) for cell in source_of(path).cells)
    assert len(unfolded) == asked, "only what a learner writes stands open"
    assert not re.search(r"labs\.(check|progress)\(", page.get_text())
    assert page.select("article :is(button, select, input, textarea)") == []
    assert "jupyter.widget" not in str(page)
    for image in page.select(".cell_output img"):
        assert re.search(r"\w \w", image["alt"]) and len(image["alt"]) >= 40
    # JupyterLab takes text between two dollar signs for a formula, but not in elements of this class.
    for kept in page.select(":is(.mathjax_ignore, script, style)"):
        kept.decompose()
    shown = page.select(".cell_output .text_html > *")
    assert [element.get_text() for element in shown if element.get_text().count("$") > 1] == []
