"""Sheets that the activities need: the opening agreement, a sheet for pairs, role cards, the county of the exercise, its budget, options, a joint statement."""

from __future__ import annotations

import pandas as pd

from section287g import citing, facts, tables
from section287g.handouts.words import words


def agreement() -> dict:
    """Content of the opening agreement."""
    return {"part": "list", **words("activities")["opening-agreement"]}


def county() -> dict:
    """Content of the page on the invented county."""
    return {"part": "list", **words("activities")["alder-county"]}


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
    """Content of the role cards: goal, two pieces of evidence with their sources, a worry, and what the role could accept."""
    said = words("activities")["role-cards"]
    rows = tables.load("roles").itertuples()
    cards = [{"title": row.title, "goal": row.goal, "facts": _evidence(row.argument_ids), "worry": row.worry, "accept": row.could_accept} for row in rows]
    return {"part": "roles", **said, "cards": cards}


def options() -> dict:
    """Content of the option sheets: value, actions, what is given up, and arguments for and against."""
    said = words("activities")["three-options"]
    rows = tables.load("options").itertuples()
    return {
        "part": "options",
        **said,
        "options": [
            {"title": row.title, "value": row.value, "actions": row.actions, "gives_up": row.gives_up, "arguments": _arguments(row.argument_ids)}
            for row in rows
        ],
    }


def budget() -> dict:
    """Content of the budget sheet: invented local figures, and the federal terms as announced."""
    said = words("activities")["budget-sheet"]
    terms = {name: facts.get(name).text for name in ("pay_award_top", "pay_overtime_cap")}
    source = citing.short(facts.get("pay_award_top").source_keys[0])
    return {"part": "budget", **said, "rows": [[cell.format(**terms) for cell in row] for row in said["rows"]], "note": said["note"].format(source=source)}


def budget_key() -> dict:
    """Content of the budget key: the largest award and the cover that nobody repays, worked out from the sheet's figures."""
    said = words("activities")["budget-key"]
    figures = said["figures"]
    award = figures["deputies"] * facts.get("pay_award_top").value * 4
    cover = figures["deputies"] * figures["cover"]
    values = {"deputies": figures["deputies"], "top": facts.get("pay_award_top").text, "award": f"${award:,.0f}", "each": f"${figures['cover']:,}", "cover": f"${cover:,}"}
    return {"part": "list", "title": said["title"], "lead": said["lead"], "items": [item.format(**values) for item in said["items"]]}


def _arguments(ids: str) -> list[str]:
    rows = _rows(ids)
    return [f"{argument_id}: {row['argument']}" for argument_id, row in rows.iterrows()]


def _evidence(ids: str) -> list[str]:
    said = words("activities")["role-cards"]["used_by"]
    return [
        said.format(evidence=row["best_evidence"], who=row["who"], sources="; ".join(map(citing.short, row["source_keys"].split("; "))))
        for _, row in _rows(ids).iterrows()
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
    "budget-key": budget_key,
    "three-options": options,
}
