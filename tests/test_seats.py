"""Seats per machine: what fits, from the measured runs; each run names a lab that exists."""

import pandas as pd
import pytest

from section287g import facts, seats, tables
from section287g.labs import copies


@pytest.fixture
def invented(monkeypatch):
    """Two runs: the largest kernel and the largest server are not of the same one."""
    columns = ["lab", "users", "processor_seconds", "kernel_mb", "server_mb"]
    runs = pd.DataFrame([("a", 1, 3.0, 200, 50), ("b", 2, 6.0, 100, 100)], columns=columns)
    monkeypatch.setattr(tables, "load", lambda name: {"lab_runs": runs}[name])


def test_a_seat_is_the_largest_server_and_two_of_the_largest_kernels(invented):
    assert seats.seat_mb() == 100 + 2 * 200
    assert seats.processor_seconds() == 6


def test_seats_fit_beside_what_is_reserved_and_into_a_minute(invented):
    assert seats.seats(2, 4) == (2, 4, 5, 20)  # 2,500 MB for 500 each; 120 seconds of two cores for 6 each


def test_a_machine_with_less_than_is_reserved_has_no_seat(invented):
    assert seats.seats(1, 1).by_memory == 0


def test_more_machine_is_never_fewer_seats():
    machines = seats.machines()
    assert machines[0].by_memory > 0
    for smaller, larger in zip(machines, machines[1:]):
        assert smaller.by_memory < larger.by_memory and smaller.by_processor <= larger.by_processor


def test_every_lab_was_measured_alone_and_by_a_group():
    runs = seats.runs()
    assert set(runs["lab"]) == {path.stem for path in copies.sources()} == set(runs[runs["users"] == 1]["lab"])
    assert runs["users"].max() >= 8 and set(runs["via"]) == {"program", "browser"}


def test_numbers_of_the_page_are_the_measured_ones():
    assert seats.seat_mb() <= facts.get("lab_seat_memory").value < seats.seat_mb() + 10
    assert facts.get("lab_processor_seconds").value == seats.processor_seconds()
    assert facts.get("lab_seat_memory").as_of == "2026-11-21"
