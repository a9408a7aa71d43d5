"""Lesson plans, their slides, and activities: steps, minutes, materials and copies, from the tables. A lesson is one
session of a plan, or an activity by itself.

Material is written ``KIND:NAME``: ``sheet`` (a handout), ``page`` (of the book), ``explorer``, ``activity`` or
``slides`` (a deck).
"""

from __future__ import annotations

import math
from typing import NamedTuple

import pandas as pd

from section287g import tables


class Material(NamedTuple):
    """Something that a step needs."""

    kind: str
    name: str


def plan(plan_id: str) -> pd.DataFrame:
    """Steps of a lesson plan in order (rows of ``lesson_plans``; minutes are whole minutes). Raises KeyError for an
    unknown plan."""
    return _rows("lesson_plans", "plan_id", plan_id)


def lessons() -> list[str]:
    """Names of every lesson: sessions of plans, then activities."""
    return [*tables.load("lessons")["lesson"], *tables.load("activities")["activity_id"]]


def session(plan_id: str, number: int) -> str:
    """Name of the lesson that is a session of a plan. Raises KeyError for an unknown one."""
    rows = _rows("lessons", "plan_id", plan_id)
    return rows.loc[rows["session"] == number, "lesson"].iloc[0]


def lesson(name: str) -> dict:
    """The row of a lesson in ``lessons`` or ``activities``, without blank cells. Raises KeyError for an unknown one."""
    rows = tables.load("lessons")
    rows = rows[rows["lesson"] == name]
    if rows.empty and name not in lessons():
        raise KeyError(f"no lesson {name!r}; there are {', '.join(lessons())}")
    return (activity(name) if rows.empty else rows.iloc[0]).dropna().to_dict()


def steps_of(name: str) -> pd.DataFrame:
    """The steps of a lesson, in order. Raises KeyError for an unknown one."""
    row = lesson(name)
    if "plan_id" not in row:
        return steps(name)
    rows = plan(row["plan_id"])
    return rows[rows["session"] == row["session"]]


def copies(lesson: str) -> pd.DataFrame:
    """What is printed for a lesson, in order (rows of ``copies``). Raises KeyError for an unknown lesson."""
    return _rows("copies", "lesson", lesson).sort_values("order")


def number_of_copies(row, learners: int) -> int:
    """How many copies of a row of ``copies`` a class needs. Whoever is left over joins a pair, a group or a team."""
    if pd.isna(row.people):
        return int(row.copies)
    return math.ceil(int(row.copies) * (learners // int(row.people)) / int(row.shared_by))


def decks() -> list[str]:
    """Names of the lessons that have slides."""
    return list(tables.load("slides")["lesson"].unique())


def slides(lesson: str) -> pd.DataFrame:
    """Slides of a lesson in order: columns step, slide (its name), minutes, starts (minutes gone before it),
    first_of_step. Raises KeyError for a lesson without slides."""
    rows = _rows("slides", "lesson", lesson)
    starts = rows["minutes"].cumsum() - rows["minutes"]
    return rows[["step", "slide", "minutes"]].assign(starts=starts, first_of_step=~rows["step"].duplicated())


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
        raise KeyError(
            f"no {column.removesuffix('_id')} {name!r}; there are {', '.join(tables.load(table)[column].unique())}"
        )
    return rows
