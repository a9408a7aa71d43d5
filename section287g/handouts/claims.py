"""Claim-checking relay: ten published claims as strips, a worksheet and a sheet of sources for the teams, and the
key."""

from __future__ import annotations

import re

import pandas as pd

from section287g import citing, claims, counts, facts, tables
from section287g.facts import written_date
from section287g.handouts.words import words
from section287g.words import number

# Ten rows of ``claims``: growth, states, counts, shares, money and arrests; some hold, some do not.
STRIPS = ("C000-06", "C001-03", "C000-07", "C003-06", "C003-05", "C002-08", "C001-12", "C000-03", "C003-35", "C003-07")
# Days that the strips speak of. The list that stood at the end of a day counts.
DAYS = ("2021-01-20", "2025-02-15", "2025-03-27", "2025-09-02", "2025-09-17", "2025-12-05", "2026-02-13")
SPEAKER = r"^(?:DHS|NPR): "  # begins some cells of the table; here the source's name stands before them
LISTS = "ice2025lists"  # source of what the lists themselves say


def _claims() -> pd.DataFrame:
    return tables.load("claims").set_index("claim_id").loc[list(STRIPS)]


def strips() -> dict:
    """Content of the strips to cut out: number, claim, and the day for which it was made."""
    said = words("claims")
    return {
        "title": said["strips"]["title"],
        "lead": said["strips"]["lead"],
        "strips": [
            {"number": number, "claim": row.claim, "when": said["when"].format(date=written_date(row.as_of))}
            for number, row in enumerate(_claims().itertuples(), 1)
        ],
    }


def worksheet() -> dict:
    """Content of the team's sheet: one empty row for each strip, the jobs and the words for a verdict."""
    said = words("claims")
    return {**said["worksheet"], "rows": len(STRIPS), "verdicts": list(said["verdicts"].values())}


def sources() -> dict:
    """Content of the teams' sheet of sources: counts on ICE's lists for the days of the strips, and what was said, by
    source. No verdicts."""
    said = words("claims")["sources"]
    rows = _claims()
    rows = rows[rows["source_key"] != LISTS].assign(written=lambda all_rows: all_rows["source_key"].map(citing.short))
    return {
        **said,
        "lists": [_counted(day) for day in (*DAYS, f"{counts.newest('ice_workbook')['date']:%Y-%m-%d}")],
        "lists_notes": [
            re.sub(r"{(\w+)}", lambda match: facts.get(match[1]).text, note) for note in said["lists_notes"]
        ],
        "said": [
            {"source": source, "says": "; ".join(group["primary_says"].str.replace(SPEAKER, "", regex=True)) + "."}
            for source, group in rows.groupby("written")
        ],
    }


def _counted(day: str) -> list[str]:
    """A row of the sheet of sources: a day, and six counts on the list that stood at its end."""
    key = claims.standing(day)
    row = tables.load("lists").set_index("list").loc[key]
    numbers = [
        row["agreements"],
        row["agencies"],
        row["states"],
        row["territories"],
        claims.count(key, model="task_force"),
        claims.count(key, model="task_force", state="FL"),
    ]
    return [written_date(day), *map(number, numbers)]


def key() -> dict:
    """Content of the key: for each strip the verdict, what the primary source says, what the lists give, why, and the
    sources."""
    said = words("claims")
    return {
        "title": said["key"]["title"],
        "lead": said["key"]["lead"],
        "labels": said["key"]["labels"],
        "claims": [
            {
                "number": number,
                "id": claim_id,
                "claim": row["claim"],
                "verdict": said["verdicts"][row["verdict"]],
                "primary": row["primary_says"],
                "lists": _recounted(row, said["key"]),
                "why": row["explanation"],
                "source": citing.short(row["source_key"]),
            }
            for number, (claim_id, row) in enumerate(_claims().iterrows(), 1)
        ],
    }


def _recounted(row: pd.Series, said: dict) -> str:
    """What the lists give for a claim, how it was counted, and on which lists, as sentences; "" where lists cannot test
    it."""
    if pd.isna(row["recomputed_value"]):
        return ""
    half_days = re.sub(r" (am|pm)\b", lambda match: f" ({said['half_days'][match[1]]})", row["list_date"])
    return said["lists"].format(
        value=row["recomputed_value"], definition=row["recomputed_definition"], lists=written_date(half_days)
    )


SHEETS = {"claim-strips": strips, "claim-worksheet": worksheet, "claim-sources": sources, "claim-key": key}
