"""A sign for the wall or the table: as of when the data are, and which five counts must not be confused."""

from __future__ import annotations

from section287g import facts
from section287g.handouts.words import words


def sheet() -> dict:
    """Content of the sign: dates of the three vintages and the five counts."""
    said = words("sign")
    dates = {name: facts.get(f"date_{name}").text for name in ("newest", "copy", "latest_total")}
    return {
        "title": said["title"],
        "lead": said["lead"],
        "big": dates["newest"],
        "vintages": [text.format(**dates) for text in said["vintages"]],
        "counts_heading": said["counts_heading"],
        "counts": said["counts"],
        "close": said["close"],
    }


SHEETS = {"data-as-of": sheet}
