"""The labs' benchmark: a lab runs in a server of its own and every number is there. How large they are is not
tested."""

import json

import nbformat
import pytest

from section287g.bench import labs as bench
from section287g.labs import copies

LAB = "03-models-and-powers"


@pytest.fixture(scope="module")
def server():
    with bench.own_server() as server:
        yield server


def notebook(folder, *cells):
    path = folder / "small.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells]), path)
    return path


def test_a_lab_is_measured(capsys):
    assert bench.main([LAB, "--json"]) == 0
    (result,) = json.loads(capsys.readouterr().out)
    assert result.pop("lab") == LAB
    measured = "seconds start_cpu_seconds kernel_cpu_seconds server_cpu_seconds kernel_bytes server_bytes"
    assert sorted(result) == sorted(measured.split())
    assert all(value > 0 for value in result.values())
    assert result["kernel_bytes"] > 20e6 and result["server_bytes"] > 20e6  # a process with pandas is never smaller


def test_memory_and_time_are_those_of_the_kernel(server, tmp_path):
    small = bench.run_lab(server, notebook(tmp_path, "1"))
    busy = (
        "import time\nfull = bytearray(b'1') * 80_000_000\nend = time.process_time() + .5\nwhile time.process_time() <"
        " end: pass"
    )
    large = bench.run_lab(server, notebook(tmp_path, busy, "del full"))
    assert large["kernel_bytes"] - small["kernel_bytes"] > 70e6  # though the last cell frees it
    assert large["kernel_cpu_seconds"] - small["kernel_cpu_seconds"] > 0.3


def test_what_a_cell_prints_comes_back(server):
    kernel = bench.Kernel(server)
    try:
        assert kernel.run("print('one')\nprint('two')") == "one\ntwo\n"
        assert kernel.run("1") == ""
    finally:
        kernel.stop()


def test_a_cell_that_fails_is_said_and_its_kernel_ends(server, tmp_path):
    with pytest.raises(RuntimeError, match="ZeroDivisionError: division by zero in the cell\n1 / 0"):
        bench.run_lab(server, notebook(tmp_path, "1 / 0"))
    assert server.ask("kernels") == []


def test_an_unknown_lab_is_refused_in_one_sentence(capsys):
    assert bench.main(["07-none"]) == 1
    known = ", ".join(path.stem for path in copies.sources())
    assert capsys.readouterr().err == f"no lab '07-none'; labs are {known}\n"


def test_the_report_adds_kernel_and_server():
    one = {"lab": LAB, "seconds": 9.5, "start_cpu_seconds": 3.2, "kernel_cpu_seconds": 1.5, "server_cpu_seconds": 0.5}
    text = bench.report([one | {"kernel_bytes": 122e6, "server_bytes": 131e6}])
    assert text.splitlines()[1].split() == [LAB, "9.5", "2.0", "3.2", "122", "131", "253"]
