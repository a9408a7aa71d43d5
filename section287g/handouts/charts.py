"""The chart of growth for a room without a projector: the picture, its unit and date, and the counts behind it."""

from __future__ import annotations

from section287g import citing, facts, figures
from section287g.facts import written_date
from section287g.handouts.words import words
from section287g.words import fill, full_stop

FONT = "'DejaVu Sans'"  # comes with matplotlib, as do the files of it that Typst gets
MILESTONES = ("first", "before", "newest")  # facts agreements_NAME and date_NAME


def growth() -> dict:
    """Content of the chart."""
    said, picture = words("charts")["growth"], figures.draw("draw")
    return {
        **said,
        "landscape": True,
        "finding": full_stop(picture.title),
        "svg": picture.svg(FONT),
        "alt": picture.alt,
        "counts": [
            fill(said["count"], n=facts.get(f"agreements_{name}").text, date=facts.get(f"date_{name}").text)
            for name in MILESTONES
        ],
        "note": written_date(picture.note),
        "sources": fill(said["sources"], sources="; ".join(map(citing.short, picture.source_keys))),
    }


SHEETS = {"growth-chart": growth}
