"""Claim-checking relay: ten published claims as strips, a worksheet for the teams and the key."""

from __future__ import annotations

import pandas as pd

from section287g import citing, tables
from section287g.facts import written_date
from section287g.handouts.words import words

# Ten rows of ``claims``: growth, states, counts, shares, money and arrests; some hold, some do not.
STRIPS = ("C000-06", "C001-03", "C000-07", "C003-06", "C003-05", "C002-08", "C001-12", "C000-03", "C003-35", "C003-07")


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


def key() -> dict:
    """Content of the key: for each strip the verdict, what the primary source says, what the lists give, why, and the sources."""
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
                "lists": "" if pd.isna(row["recomputed_value"]) else f"{row['recomputed_value']} ({row['recomputed_definition']}; {row['list_date']})",
                "why": row["explanation"],
                "source": citing.short(row["source_key"]),
            }
            for number, (claim_id, row) in enumerate(_claims().iterrows(), 1)
        ],
    }


SHEETS = {"claim-strips": strips, "claim-worksheet": worksheet, "claim-key": key}
