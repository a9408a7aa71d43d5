"""Every distinct row that any list printed, with the spans of lists in which it stands: lists in, lists out.

The lines stand in an order of their own, such that the rows of every list stand in the order in which that list printed
them. So the lines whose spans cover a list, from the first to the last, are that list. A row that one list prints
twice, or that lists have printed before and behind the same neighbor, has two lines.
"""

from __future__ import annotations

import bisect
import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Mapping

from section287g import tables
from section287g.ice_lists.read import CELLS

TABLE = "printed_rows"
Row = tuple[str, ...]  # the cells of one row, in the order of CELLS
COLUMNS = (*CELLS, "lists")


def pack(lists: Mapping[str, list[Row]]) -> list[tuple[Row, list[int]]]:
    """The lines for these lists (label -> rows, in time order): each a row and the places of the lists in which it
    stands."""
    lines: list[tuple[Row, list[int]]] = []
    for place, rows in enumerate(lists.values()):
        lines = _with_list(lines, rows, place)
    return lines


def _with_list(lines: list[tuple[Row, list[int]]], rows: list[Row], place: int) -> list[tuple[Row, list[int]]]:
    """``lines`` with one more list: as many of its rows as keep their order stand on lines that are there already."""
    there = _in_order(lines, rows)
    new, after = defaultdict(list), -1
    for number, row in enumerate(rows):
        after = there.get(number, after)
        if number in there:
            lines[after][1].append(place)
        else:
            new[after].append((row, [place]))
    merged = new[-1]
    for number, line in enumerate(lines):
        merged.append(line)
        merged += new.get(number, ())
    return merged


def _in_order(lines: list[tuple[Row, list[int]]], rows: list[Row]) -> dict[int, int]:
    """Number of a row -> number of the line that says the same, for the longest choice of both that goes down rows and
    lines alike."""
    lines_of = defaultdict(list)
    for number, (row, _) in enumerate(lines):
        lines_of[row].append(number)
    ends: list[int] = []  # of the choices of each length so far, the line on which the best one ends
    steps: list[tuple[int, int, tuple | None]] = []  # how it was reached: row, line, step before
    for number, row in enumerate(rows):
        for line in reversed(lines_of.get(row, ())):  # from the last, so that one row is not taken twice
            length = bisect.bisect_left(ends, line)
            step = (number, line, steps[length - 1] if length else None)
            ends[length : length + 1] = [line]
            steps[length : length + 1] = [step]
    found: dict[int, int] = {}
    last: tuple | None = steps[-1] if steps else None
    while last:
        row, line, last = last
        found[row] = line
    return found


def to_csv(lists: Mapping[str, list[Row]]) -> str:
    """``printed_rows.csv`` for these lists (label -> rows, in time order), safe to open in a spreadsheet."""
    labels, text = list(lists), io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row, places in pack(lists):
        writer.writerow([*map(tables.spreadsheet_safe, row), _spans(places, labels)])
    return text.getvalue()


def from_csv(text: Iterable[str], labels: list[str]) -> dict[str, list[Row]]:
    """The lists (label -> rows as printed) that ``to_csv`` wrote; ``labels`` are all lists in time order. Raises
    TableError for an unknown label."""
    lists: dict[str, list[Row]] = {label: [] for label in labels}
    at = {label: place for place, label in enumerate(labels)}
    lines = csv.reader(text)
    next(lines)
    for number, line in enumerate(lines, start=2):
        row = tuple(map(tables.as_printed, line[:-1]))
        try:
            for span in line[-1].split():
                first, _, last = span.partition("..")
                for label in labels[at[first] : at[last or first] + 1]:
                    lists[label].append(row)
        except KeyError as error:
            raise tables.TableError(
                f"data/{TABLE}.csv, row {number}, column lists: {error} is no list of data/lists.csv"
            ) from error
    return lists


def _spans(places: list[int], labels: list[str]) -> str:
    """`2021-01-13..2021-05-20 2022-03-05`: runs of lists that follow each other, first and last."""
    runs: list[list[int]] = []
    for place in places:
        if runs and place == runs[-1][1] + 1:
            runs[-1][1] = place
        else:
            runs.append([place, place])
    return " ".join(labels[first] if first == last else f"{labels[first]}..{labels[last]}" for first, last in runs)
