"""The kernel that runs the labs for the book."""

import re

import nbformat
import pytest


def test_what_is_printed_in_pieces_is_one_output(kernel):
    code = (
        "import sys, time\nprint('one', flush=True)\ntime.sleep(0.5)\nprint('two', flush=True)\nprint('three',"
        " file=sys.stderr)"
    )
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code)])
    kernel.run(notebook)
    assert [(output.name, output.text) for output in notebook.cells[0].outputs] == [
        ("stdout", "one\ntwo\n"),
        ("stderr", "three\n"),
    ]


# A cell as a beginner writes it -> words of the sentence that its error begins with.
STUMBLES = {
    "answer = list_of(agreements": "a bracket or a comma missing",
    "answer = 'TX": "a quotation mark",
    "def answer():\nreturn 1": "four spaces",
    "table[table['state'] = 'TX']": "stand where ==",
    "table[state == 'TX']": "does not know state",
    "table['State']": "There is no 'State' in this table",
    "table.stat": "has no stat",
    "table('state')": "square brackets",
    "table[table['state'] == 'TX' & table['n'] == 1]": "round brackets of its own",
    "table[table['n'] > 1 & table['n'] < 3]": "round brackets of its own",
    "answer = ...\nanswer + 1": "three dots",
    "answer = ...\nanswer.sum()": "three dots",
    "table.iloc[0] - table.iloc[1]": "takes one number out of a row",
    "table[table['n'] > 2].iloc[-1]": "no such row",
    "int('many')": "The last line says why",
}


@pytest.mark.parametrize("code", STUMBLES)
def test_an_error_begins_with_what_to_do_and_shows_only_the_learners_lines(kernel, code):
    begin = "import pandas as pd\nfrom section287g import labs\nlabs.use_house_style()\nlabs.use_house_style()\n"
    begin += "table = pd.DataFrame({'state': ['TX', 'FL'], 'n': [1, 2]})"
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(each) for each in (begin, code)])
    with pytest.raises(RuntimeError):
        kernel.run(notebook)
    error = notebook.cells[1].outputs[0]
    said = re.sub(r"\x1b\[[\d;]*m", "", "\n".join(error.traceback))
    assert STUMBLES[code] in said.splitlines()[0]
    assert "site-packages" not in said and error.ename in said.splitlines()[-1] and len(said.splitlines()) <= 12
    assert said.count("Cell In[") == 1 and code.splitlines()[-1] in said
