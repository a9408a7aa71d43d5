"""Encounter reading: eight situations as cards, and a key that shows every step under no agreement and under each model."""

from __future__ import annotations

import re

from section287g import tables
from section287g.handouts.words import words

COLUMNS = ("none", "jail", "warrant", "task_force")


def cards() -> dict:
    """Content of the cards: each situation with the names of its steps."""
    said = words("encounters")
    situations = tables.load("encounters").groupby(["scenario_id", "scenario"], sort=False)
    return {
        **said["cards"],
        "cards": [
            {"situation": situation, "steps": rows.drop_duplicates("step")["step_label"].tolist()} for (_, situation), rows in situations
        ],
    }


def key() -> dict:
    """Content of the key: each situation as a table of steps by column; contested law is marked by a word."""
    said = words("encounters")
    situations = tables.load("encounters").groupby("scenario", sort=False)
    return {
        **said["key"],
        "columns": [said["columns"][column] for column in COLUMNS],
        "situations": [{"situation": situation, "steps": _steps(rows, said)} for situation, rows in situations],
    }


def _steps(rows, said: dict) -> list[dict]:
    return [
        {"label": label, "cells": [_cell(step[step["model"] == column], said) for column in COLUMNS]}
        for (_, label), step in rows.groupby(["step", "step_label"], sort=False)
    ]


def _cell(rows, said: dict) -> dict:
    """What may happen, and whether the law on it is settled; a step that a column does not have is blank."""
    if rows.empty:
        return {"text": "", "settled": "", "open": ""}
    row = rows.iloc[0].fillna("")
    return {"text": _named(row["what_may_happen"]), "settled": said["settled"][row["settled"]], "open": row["open_question"]}


def _named(text: str) -> str:
    """A text that refers to another situation by the title on its card, not by its short name in the table."""
    titles = tables.load("encounters").set_index("scenario_id")["scenario"].to_dict()
    return re.sub(r"\bscenario (\w+)", lambda match: f'"{titles[match[1]]}"' if match[1] in titles else match[0], text)


SHEETS = {"encounter-cards": cards, "encounter-key": key}
