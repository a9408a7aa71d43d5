"""The three models on one page, and a sheet on each of them: what the agreement form of 2025 says that an officer may
and may not do."""

from __future__ import annotations

import re
from functools import partial

from section287g import citing, counts, facts, tables
from section287g.counts import MODEL_LABELS, MODELS
from section287g.handouts.words import words
from section287g.words import _

# Names that begin a part of a row's condition: "Jail and warrant: ... Task force: ...".
LABELS = {
    _("Jail"): ("jail",),
    _("Warrant"): ("warrant",),
    _("Task force"): ("task_force",),
    _("Jail and warrant"): ("jail", "warrant"),
}
FORMS = {"jail": "ice2025moajem", "warrant": "ice2025moawso", "task_force": "ice2025moatfm"}


def sheet(model: str) -> dict:
    """Content of the page on `model`: its gist, its count on ICE's newest list in the archive, and every row of
    ``model_powers``."""
    said = words("models")
    powers = tables.load("model_powers")
    groups = [
        {"name": name, "rows": [_row(row, model) for row in rows.itertuples()]}
        for name, rows in powers.groupby("group", sort=False)
    ]
    return {
        "title": MODEL_LABELS[model],
        "lead": said["lead"],
        "gist": said["gist"][model],
        "count": (
            said["count"].format(
                n=facts.get(f"{model}_newest").text,
                all=facts.get("agreements_newest").text,
                date=facts.get("date_newest").text,
            )
        ),
        "legend": said["answers"],
        "note": said["note"],
        "groups": groups,
        "sources": [citing.line(key) for key in (FORMS[model], counts.newest("ice_workbook")["source_key"])],
    }


def compared() -> dict:
    """Content of the comparison: the gist of each model, and what its form says to each row of ``model_powers``."""
    said = words("models")
    powers = tables.load("model_powers")
    names = said["compared"]["names"]
    return {
        **said["compared"],
        "models": [{"name": MODEL_LABELS[model], "gist": said["gist"][model]} for model in MODELS],
        "columns": [said["compared"]["power"], *(names[model] for model in MODELS)],
        "rows": [
            {"power": row["power"], "answers": [row[model] for model in MODELS]} for row in powers.to_dict("records")
        ],
        "legend": said["answers"],
        "note": said["note"],
    }


def condition_for(model: str, condition: str) -> str:
    """The part of a condition that speaks of `model` or of all models, without the names of models before it."""
    pieces = re.split(rf"({'|'.join(map(re.escape, sorted(LABELS, key=len, reverse=True)))}): ", condition)
    kept = [
        pieces[0],
        *(text for label, text in zip(pieces[1::2], pieces[2::2], strict=True) if model in LABELS[label]),
    ]
    return " ".join(text.strip()[:1].upper() + text.strip()[1:] for text in kept if text.strip())


def _row(row, model: str) -> dict:
    answer = getattr(row, model)
    return {
        "power": row.power,
        "answer": answer,
        "condition": condition_for(model, row.condition) if answer == "conditional" else "",
    }


SHEETS = {"models-compared": compared} | {f"model-{model.replace('_', '-')}": partial(sheet, model) for model in MODELS}
