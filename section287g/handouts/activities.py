"""Sheets that the activities need: the opening agreement, a sheet for pairs, role cards, the county of the exercise,
its budget and memos, options, a joint statement."""

from __future__ import annotations

import pandas as pd

from section287g import citing, facts, fairness, tables
from section287g.handouts.words import words
from section287g.words import number

TOTALS = ("costs", "first", "third")  # rows of the budget key that are sums


def agreement() -> dict:
    """Content of the opening agreement."""
    return {"part": "poster", **words("activities")["opening-agreement"]}


def county() -> dict:
    """Content of the page on the invented county, with the roles that speak at its hearing."""
    said = words("activities")["alder-county"]
    roles = "; ".join(tables.load("roles")["title"])
    return {"part": "list", **said, "items": [*said["items"], said["hearing"].format(roles=roles)]}


def statement() -> dict:
    """Content of the sheet for a joint statement: three headings with lines below them."""
    return {"part": "lines", **words("activities")["joint-statement"]}


def pairs() -> dict:
    """Content of the sheet on which a pair works through one class period: tasks, axes for the prediction, lines."""
    said = words("activities")["pair-sheet"]
    known = {"date": facts.get("date_first").text, "agreements": facts.get("agreements_first").text}
    items = [{**item, "steps": [step.format(**known) for step in item["steps"]]} for item in said["items"]]
    return {"part": "pairs", **said, "items": items}


def roles() -> dict:
    """Content of the role cards: goal, two pieces of evidence with their sources, a worry, and what the role could
    accept."""
    said = words("activities")["role-cards"]
    rows = tables.load("roles").itertuples()
    cards = [
        {
            "title": row.title,
            "goal": row.goal,
            "facts": _evidence(row.argument_ids),
            "worry": row.worry,
            "accept": row.could_accept,
        }
        for row in rows
    ]
    return {"part": "roles", **said, "cards": cards}


def options() -> dict:
    """Content of the option sheets: value, actions, what is given up, and arguments for and against."""
    said = words("activities")["three-options"]
    rows = tables.load("options").itertuples()
    return {
        "part": "options",
        **said,
        "options": [
            {
                "title": row.title,
                "value": row.value,
                "actions": row.actions,
                "gives_up": row.gives_up,
                "sides": _arguments(row.argument_ids, place),
            }
            for place, row in enumerate(rows)
        ],
    }


def budget() -> dict:
    """Content of the budget sheet: invented local figures, and the federal terms as announced."""
    said = words("activities")["budget-sheet"]
    source = citing.short(facts.get("pay_award_top").source_keys[0])
    return {
        "part": "budget",
        **said,
        "rows": [[cell.format(**_terms()) for cell in row] for row in said["rows"]],
        "note": said["note"].format(source=source),
    }


def budget_key() -> dict:
    """Content of the budget key: costs, income and their sums in the best and the worst case, worked out from the
    sheet's figures."""
    said = words("activities")["budget-key"]
    named = {name: title.format(**_terms()) for name, title in said["rows"].items()}
    rows = [
        {
            "cells": [named[name], *(_dollars(_case(insurance)[name]) for insurance in ("low", "high"))],
            "total": name in TOTALS,
        }
        for name in named
    ]
    return {"part": "sums", **said, "rows": rows, "items": [item.format(**_terms()) for item in said["items"]]}


def memos() -> dict:
    """Content of the three memos that a budget committee hears."""
    said = words("activities")["budget-memos"]
    terms = {**_terms(), "salaries": _dollars(_case("low")["salaries"])}
    note = said["note"].format(
        source=citing.short(facts.get("pay_award_top").source_keys[0]), agreement=citing.short("ice2025moatfm")
    )
    texts = [{**memo, "paragraphs": [text.format(**terms) for text in memo["paragraphs"]]} for memo in said["memos"]]
    return {"part": "memos", **said, "memos": texts, "note": note}


def _figures() -> dict[str, int]:
    """The invented county's figures, in dollars but for the number of deputies."""
    return words("activities")["budget-sheet"]["figures"]


def _terms() -> dict[str, str]:
    """The invented figures and the federal terms as they are written in a sentence."""
    written = {name: str(value) if name == "deputies" else _dollars(value) for name, value in _figures().items()}
    return {**written, "award": facts.get("pay_award_top").text, "overtime": facts.get("pay_overtime_cap").text}


def _case(insurance: str) -> dict[str, int]:
    """Dollars of a year, costs below zero: all federal money where insurance is "low", which is the best case, none
    where it is "high"."""
    of = _figures()
    costs = {
        "cover": -of["deputies"] * of["cover"],
        "records": -of["records"],
        "insurance": -of[f"insurance_{insurance}"],
    }
    federal = {
        "salaries": of["deputies"] * of["salary"],
        "award": of["deputies"] * int(facts.get("pay_award_top").value) * 4,
    }
    if insurance == "high":
        federal = dict.fromkeys(federal, 0)
    third = sum(costs.values())
    return {
        **costs,
        "costs": third,
        **federal,
        "grant": of["grant"],
        "first": third + sum(federal.values()) + of["grant"],
        "third": third,
    }


def _dollars(value: int) -> str:
    return f"{'−' if value < 0 else ''}${number(abs(value))}"


def _arguments(ids: str, place: int) -> list[dict]:
    """The arguments of each side; the side that stands first changes from place to place."""
    rows = _rows(ids)
    first = fairness.first_side(place)
    order = sorted(fairness.SIDES, key=lambda side: side != first)
    return [{"side": side, "arguments": rows.loc[rows["side"] == side, "argument"].tolist()} for side in order]


def _evidence(ids: str) -> list[str]:
    said = words("activities")["role-cards"]["used_by"]
    return [
        said.format(
            evidence=row["best_evidence"],
            who=row["who"],
            sources="; ".join(map(citing.short, row["source_keys"].split("; "))),
        )
        for _id, row in _rows(ids).iterrows()
    ]


def _rows(ids: str) -> pd.DataFrame:
    return tables.load("arguments").set_index("argument_id").loc[ids.split("; ")]


SHEETS = {
    "opening-agreement": agreement,
    "pair-sheet": pairs,
    "joint-statement": statement,
    "role-cards": roles,
    "alder-county": county,
    "budget-sheet": budget,
    "budget-memos": memos,
    "budget-key": budget_key,
    "three-options": options,
}
