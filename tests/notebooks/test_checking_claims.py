"""Lab 05 as in JupyterLab: its menus reach the four percentages, its box judges a sentence."""

import re

import nbformat

from section287g.explorers import assets
from section287g.labs import copies

LAB = copies.SOURCES / "05-checking-claims.ipynb"
OPERATE = [
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
    "assert await percent(unit='agreements', baseline=claims.END_OF_FIRST_TERM, end=claims.SEPTEMBER_17) == '575.7'",
    "checking.claim = 'C003-05'\nassert checking.claim == 'C003-05'",
    (
        "def said(box, answer):\n"
        "    box.children[1].value = answer\n"
        "    box.children[2].click()\n"
        "    return box.children[3].value"
    ),
    (
        "assert 'this year&quot; means something else' in said(sentence, 'Over 1,130 agreements were signed just this"
        " year, says ICE.')"
    ),
    "assert 'Right.' in said(sentence, \"ICE's list of February 13, 2026 shows 1,133 agreements signed in 2025.\")",
    "assert 'rise in agreements' in said(rise, '641') and 'Right.' in said(rise, '525')",
    "assert set(why.children[1].options) == set(checks.WHY)",
    "assert 'same list' in said(why, checks.WHY[2]) and 'Right.' in said(why, checks.WHY[0])",
]


def test_the_lab_names_choices_as_the_explorer_does():
    named = re.findall(
        r'"(Make a number: [^"]+)"', "\n".join(cell.source for cell in nbformat.read(LAB, as_version=4).cells)
    )
    assert len(named) == 2 and set(named) <= set(assets.words("claims")["modes"].values())


def test_menus_boxes_and_explorer_answer(live_kernel):
    notebook = nbformat.read(LAB, as_version=4)
    notebook.cells += [nbformat.v4.new_code_cell(source) for source in OPERATE]
    live_kernel.run(notebook)  # a cell that fails stops the run
