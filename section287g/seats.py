"""How many learners can run the labs on one machine, from runs measured on a JupyterHub (table ``lab_runs``)."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from section287g import tables

MACHINES = ((2, 4), (2, 8), (4, 16), (8, 32), (16, 64))  # cores and GB that are often rented or bought
RESERVED_GB = 1.5  # for the system, the hub and its proxy
LABS_OPEN = 2  # of one learner: the lab in use, and one forgotten
PATIENCE = 60  # seconds that a class may wait if all run a whole lab at once


class Seats(NamedTuple):
    """Seats of a machine with so many processor cores and GB (a billion bytes) of memory."""

    cores: int
    memory_gb: int
    by_memory: int
    by_processor: int


def runs() -> pd.DataFrame:
    """The measured runs: rows of ``lab_runs``, in MB (a million bytes) and seconds."""
    return tables.load("lab_runs")


def seat_mb() -> float:
    """Memory to plan for one learner in MB: the largest server measured, and the largest kernel for each lab open."""
    return runs()["server_mb"].max() + LABS_OPEN * runs()["kernel_mb"].max()


def processor_seconds() -> float:
    """Seconds of one processor core that the hungriest lab took."""
    return runs()["processor_seconds"].max()


def seats(cores: int, memory_gb: int) -> Seats:
    """Seats that fit into the memory, and seats that can all run a whole lab at once and be done within PATIENCE
    seconds."""
    by_memory = int(max(0, memory_gb - RESERVED_GB) * 1000 / seat_mb())
    return Seats(cores, memory_gb, by_memory, int(cores * PATIENCE / processor_seconds()))


def machines() -> list[Seats]:
    """Seats of every machine of MACHINES."""
    return [seats(*machine) for machine in MACHINES]
