"""The kernel that runs the labs for the book."""

import nbformat


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
