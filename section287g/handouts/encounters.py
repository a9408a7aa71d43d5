"""Encounter reading: eight situations as cards, and a key that shows every step under no agreement and under each
model."""

from __future__ import annotations

import re

import pandas as pd

from section287g import tables
from section287g.handouts.words import words

COLUMNS = ("none", "jail", "warrant", "task_force")


def cards(*chosen: str) -> dict:
    """Content of the cards: each situation, or each of those chosen, with the names of its steps."""
    said = words("encounters")
    situations = _rows(*chosen).groupby(["scenario_id", "scenario"], sort=False)
    return {
        **said["cards"],
        "cards": [
            {"situation": situation, "steps": rows.drop_duplicates("step")["step_label"].tolist()}
            for (_, situation), rows in situations
        ],
    }


def key(*chosen: str) -> dict:
    """Content of the key: each situation, or each of those chosen, as a table of steps by column; contested law is
    marked by a word, with the open question below."""
    said = words("encounters")
    situations = _rows(*chosen).groupby("scenario", sort=False)
    return {
        **said["key"],
        "columns": [said["columns"][column] for column in COLUMNS],
        "situations": [
            {"situation": situation, "steps": _steps(rows, {**said, **said["key"]})} for situation, rows in situations
        ],
    }


def _rows(*chosen: str) -> pd.DataFrame:
    rows = tables.load("encounters")
    return rows[rows["scenario_id"].isin(chosen)] if chosen else rows


def _steps(rows, said: dict) -> list[dict]:
    return [
        _step(label, [_row(step, column) for column in COLUMNS], said)
        for (_, label), step in rows.groupby(["step", "step_label"], sort=False)
    ]


def _row(step: pd.DataFrame, column: str) -> dict:
    """What the table says on a step under one column of the key; blank texts where a column does not have the step."""
    rows = step[step["model"] == column].fillna("")
    return {name: "" if rows.empty else rows.iloc[0][name] for name in ("what_may_happen", "settled", "open_question")}


def _step(label: str, columns: list[dict], said: dict) -> dict:
    """A step with its cells (what may happen, and whether the law on it is settled) and, below them, its open
    questions.

    What is the same under neighboring columns stands once, in a cell as wide as they are; so does a question that
    several columns share.
    """
    cells: list[dict] = []
    for row in columns:
        cell = {"text": _named(row["what_may_happen"]), "settled": said["settled"].get(row["settled"], "")}
        if cells and cell == {name: cells[-1][name] for name in cell}:
            cells[-1]["columns"] += 1
        else:
            cells.append({**cell, "columns": 1})
    questions: dict[str, list[str]] = {}
    for column, row in zip(COLUMNS, columns, strict=True):
        questions.setdefault(_named(row["open_question"]), []).append(said["columns"][column])
    questions.pop("", None)
    about = {
        question: said["open"] if len(names) == len(COLUMNS) else f"{said['open']} ({', '.join(names)})"
        for question, names in questions.items()
    }
    return {
        "label": label,
        "cells": cells,
        "open": [{"about": about[question], "question": question} for question in questions],
    }


def _named(text: str) -> str:
    """A text that refers to another situation by the title on its card, not by its short name in the table."""
    titles = tables.load("encounters").set_index("scenario_id")["scenario"].to_dict()
    return re.sub(r"\bscenario (\w+)", lambda match: f'"{titles[match[1]]}"' if match[1] in titles else match[0], text)


SHEETS = {"encounter-cards": cards, "encounter-key": key}
