"""The form and the tables for a class with computers."""

from book_pages import cells
from bs4 import BeautifulSoup

from section287g import blocks, seats
from section287g.labs import copies


def shown(block):
    return BeautifulSoup(blocks.render(block, None), "html.parser")


def test_the_menu_holds_the_start_page_and_every_lab():
    options = shown("link-maker").select("option")
    files = [option["value"] for option in options]
    assert files == ["start.ipynb", *(path.name for path in copies.sources())]
    assert all((copies.SOURCES / file).is_file() for file in files)
    assert options[2].get_text() == "02 How fast did it grow?"


def test_every_field_has_a_label_and_the_form_waits_for_its_script():
    form = shown("link-maker").fieldset
    assert form.has_attr("hidden")
    assert {label["for"] for label in form.select("label")} == {
        field["id"] for field in form.select("input, select, textarea")
    }


def test_tables_show_every_run_and_plan_for_the_smaller_number():
    machines, measured = shown("seats").select("table")
    assert len(cells(measured)) == len(seats.runs())
    for row, machine in zip(cells(machines), seats.machines(), strict=True):
        assert row[1:] == [str(machine.by_memory), str(machine.by_processor), str(min(machine[2:]))]


def test_only_a_page_with_the_form_loads_its_script(build):
    folder = build({"index": "# Form\n\n```{link-maker}\n```\n", "other": "# Other\n"})
    assert "nbgitpuller.js" in (folder / "index.html").read_text(encoding="utf-8")
    assert "nbgitpuller.js" not in (folder / "other.html").read_text(encoding="utf-8")
