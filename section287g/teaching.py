"""Lesson plans and activities: their steps, minutes and materials, from the tables.

Material is written ``KIND:NAME``: ``sheet`` (a handout), ``page`` (of the book), ``explorer``, ``activity`` or ``slides``.
"""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from section287g import tables


class Material(NamedTuple):
    """Something that a step needs."""

    kind: str
    name: str


def plan(plan_id: str) -> pd.DataFrame:
    """Steps of a lesson plan in order (rows of ``lesson_plans``; minutes are whole minutes). Raises KeyError for an unknown plan."""
    return _rows("lesson_plans", "plan_id", plan_id)


def activity(activity_id: str) -> pd.Series:
    """The row of an activity in ``activities``. Raises KeyError for an unknown one."""
    return _rows("activities", "activity_id", activity_id).iloc[0]


def steps(activity_id: str) -> pd.DataFrame:
    """Steps of an activity in order (rows of ``activity_steps``). Raises KeyError for an unknown activity."""
    return _rows("activity_steps", "activity_id", activity_id)


def materials(cell: str | float) -> list[Material]:
    """The materials named in a cell; none if it is blank."""
    return [] if pd.isna(cell) else [Material(*item.split(":", 1)) for item in cell.split("; ")]


def shortest(rows: pd.DataFrame) -> int:
    """Minutes that are left when every step that may be skipped is skipped."""
    return int(rows.loc[rows["may_skip"] == "no", "minutes"].sum())


def _rows(table: str, column: str, name: str) -> pd.DataFrame:
    rows = tables.load(table)
    rows = rows[rows[column] == name]
    if rows.empty:
        raise KeyError(f"no {column.removesuffix('_id')} {name!r}; there are {', '.join(tables.load(table)[column].unique())}")
    return rows
