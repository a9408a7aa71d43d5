"""Notebooks: committed clean, run top to bottom with empty exercises, right after their own solutions, widgets that answer."""

import os
import re
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

FOLDER = Path(__file__).resolve().parents[2] / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
LAB = FOLDER / "01-reading-ices-list.ipynb"
INCENTIVES = FOLDER / "04-incentives.ipynb"
every_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def run(path, more=(), book=False):
    """The executed notebook, with cells of code added at the end."""
    notebook = nbformat.read(path, as_version=4)
    notebook.cells += [nbformat.v4.new_code_cell(source) for source in more]
    environment = {**os.environ, "SECTION287G_BOOK": "1" if book else "", "PYTHONPATH": str(FOLDER.parent)}
    client = NotebookClient(notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(FOLDER)}})
    client.execute(env=environment)
    return notebook


def outputs(notebook):
    return [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]


def text_of(cell):
    return "".join(output.get("text") or output.get("data", {}).get("text/plain", "") for output in cell.outputs)


def as_html(notebook):
    return "".join(output.get("data", {}).get("text/html", "") for output in outputs(notebook))


@pytest.fixture(scope="module")
def live():
    """The first lab executed as in JupyterLab; then its menus and its explorer are operated from Python."""
    operate = [
        "menus['state'].value = 'TX'\nmenus['group'].value = 'agency_kind'",
        "wanted = newest.loc[newest['state'] == 'TX', 'agency_kind'].fillna('not stated').str.replace('_', ' ').value_counts()\n"
        "drawn = {label.get_text(): bar.get_width() for label, bar in zip(axes.get_yticklabels(), axes.patches)}\n"
        "assert drawn == wanted.to_dict(), (drawn, wanted)",
        "growth.state = 'FL'\nassert growth.state == 'FL'",
    ]
    return run(LAB, operate)


@pytest.fixture(scope="module")
def live_incentives():
    """The lab on incentives executed as in JupyterLab; then each of its sliders and its explorer are operated from Python."""
    operate = [
        "def widths(axes):\n    return [round(bar.get_width()) for bar in axes.patches]",
        # every control changes what is drawn
        "for name, value in {'officers': 13, 'base_pay': 65_000, 'benefits': 45, 'overtime': 10, 'located': 60, 'claimed': 50}.items():\n"
        "    before = widths(axes)\n    inputs[name].value = value\n    assert widths(axes) != before, name",
        "found = estimate(Agency(13, 65_000, 45, 10, located_percent=(60,) * 4), Assumptions(claimed_percent=50))\n"
        "assert widths(axes) == [round(found.part_usd(part)) for part in PARTS]",
        "def rises():\n    return list(step_axes.lines[1].get_xdata()), list(step_axes.lines[1].get_ydata())",
        "for name, value in {'rounding': 'nearest', 'officers': 5, 'listed': 10}.items():\n"
        "    before = rises()\n    steps_inputs[name].value = value\n    assert rises() != before, name",
        "assert rises() == ([7, 8, 9], [2_500, 3_750, 5_000])",
        "for name, value in {'entered': 50, 'paid': 20, 'months': 6}.items():\n"
        "    before = widths(budget_axes)\n    budget_inputs[name].value = value\n    assert widths(budget_axes) != before, name",
        "assert widths(budget_axes)[:4] == [round(offer * share / 10) for share in (10, 5, 2, 3)]",
        "explorer.officers = '20'\nassert explorer.officers == '20'",
    ]
    return run(INCENTIVES, operate)


@every_notebook
def test_committed_without_outputs_or_counts(path):
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            assert cell.outputs == [] and cell.execution_count is None
    assert "widgets" not in notebook.metadata
    assert len({cell.id for cell in notebook.cells}) == len(notebook.cells)


@every_notebook
def test_reads_data_from_the_package_only(path):
    source = "\n".join(cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code")
    assert not re.search(r"read_csv|open\(|\.\./|https?://", source)


@pytest.mark.parametrize(("lab", "widgets"), [("live", 2), ("live_incentives", 4)])  # groups of controls, and the explorer
def test_lab_runs_with_empty_exercises_and_its_widgets_answer(lab, widgets, request):
    executed = request.getfixturevalue(lab)
    assert not any(output.output_type == "error" for output in outputs(executed))
    checks = [text_of(cell) for cell in executed.cells if cell.cell_type == "code" and cell.source.startswith("labs.check")]
    assert len(checks) == 3 and all(check.startswith("Not yet. ") for check in checks)
    views = [output for output in outputs(executed) if "application/vnd.jupyter.widget-view+json" in output.get("data", {})]
    assert len(views) == widgets


def test_lab_shows_no_picture_without_alternative_text(live):
    assert_described(live)


def assert_described(executed):
    assert not any("image/png" in output.get("data", {}) for output in outputs(executed))
    images = re.findall(r"<img [^>]*>", as_html(executed))
    assert images and all(re.search(r'alt="[^"]{40,}"', image) for image in images)


@every_notebook
def test_solutions_of_the_lab_pass_their_checks(path):
    notebook = nbformat.read(path, as_version=4)
    source = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    solutions = re.findall(r"<summary>One solution</summary>\s+```python\n(.*?)```", source, re.DOTALL)
    checks = [cell.source for cell in notebook.cells if cell.cell_type == "code" and cell.source.startswith("labs.check")]
    assert len(solutions) == len(checks) == 3
    executed = run(path, [part for pair in zip(solutions, checks, strict=True) for part in pair])
    verdicts = [text_of(cell) for cell in executed.cells[-5::2]]
    assert [verdict.split()[0] for verdict in verdicts] == ["Right."] * 3, verdicts


def test_in_the_book_the_lab_leaves_pictures_and_no_widget():
    executed = run(LAB, book=True)
    assert not any("application/vnd.jupyter.widget-view+json" in output.get("data", {}) for output in outputs(executed))
    assert "widgets" not in executed.metadata
    html = as_html(executed)
    assert "Texas: agreements grew" in html  # the explorer's default picture
    assert re.search(r'alt="Bars\. Florida, [\d,]+ agreements by model', html)  # the menus' first choice


def test_in_the_book_the_lab_on_incentives_leaves_pictures_and_no_widget():
    executed = run(INCENTIVES, book=True)
    assert not any("application/vnd.jupyter.widget-view+json" in output.get("data", {}) for output in outputs(executed))
    assert "widgets" not in executed.metadata
    assert_described(executed)
    html = as_html(executed)
    assert html.count("<img ") == 3  # the first choices of the three groups of controls
    assert "not a promise of payment" in html  # the explorer's sentence


def test_lab_on_incentives_fits_its_minutes():
    text = nbformat.read(INCENTIVES, as_version=4).cells[0].source
    whole, parts = re.search(r"\*\*Time:\*\* (\d+) minutes \((.*?)\)", text).groups()
    assert int(whole) == 45 == sum(int(minutes) for minutes in re.findall(r": (\d+)", parts))
