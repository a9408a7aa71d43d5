"""The date of a list, from the many ways its file has been named."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from pathlib import Path

from section287g.ice_lists.files import ListError

# Parts of a day in time order, as the archive and ICE name them; blank is a name without one.
PARTS = ("am", "amb", "", "mid", "pm", "pmb", "pm2")


@dataclass(frozen=True, order=True)
class ListName:
    """When a list was published. Sorts in time order; ``str`` is its key: ``2025-04-28-am``."""

    date: dt.date
    part_order: int = PARTS.index("")
    copy: int = 1  # 2 for a second file of the same date and part

    @property
    def part(self) -> str:
        """Part of the day as the file was named: one of PARTS, blank without one."""
        return PARTS[self.part_order]

    def __str__(self) -> str:
        return "-".join([self.date.isoformat(), *filter(None, [self.part, f"r{self.copy}" if self.copy > 1 else ""])])


def list_name(path: str | Path) -> ListName:
    """The date and part of day in a list's file name.

    Understands archive names (``2025-03-27-r2.xlsx``) and ICE's (``participatingAgencies060920263pm.xlsx``, two-digit
    years, an extra digit, time stamps), also with the `(1)` of a browser. Raises ListError in one sentence when the
    name holds no date or could mean two.
    """
    # a browser or a file manager that finds the name taken adds to it
    stem = re.sub(r"(\s*\(\d+\)|\s*-\s*copy)+$", "", Path(path).stem.lower())
    archived = re.fullmatch(r"(\d{4}-\d{2}-\d{2})(?:-(am|amb|mid|pm|pmb|pm2))?(?:-r(\d))?", stem)
    if archived:
        date = _date(archived[1], "%Y-%m-%d")
        if date:
            return ListName(date, PARTS.index(archived[2] or ""), int(archived[3] or 1))
    published = re.search(r"(\d{6,14})(amb|am|mid|pmb|pm2|pm)?$", stem)
    dates = _dates(published[1]) if published else set()
    if not published or len(dates) != 1:
        raise ListError(
            f"{Path(path).name}: the file name does not say the date of the list; name it like 2026-05-18.xlsx, or give"
            " import the date with --date 2026-05-18"
        )
    return ListName(dates.pop(), PARTS.index(published[2] or ""))


def _dates(digits: str) -> set[dt.date]:
    """Every date that ``digits`` can mean; month, day, year unless it is a time stamp."""
    if len(digits) == 14:
        return {date for date in [_date(digits[:8], "%Y%m%d")] if date}
    if len(digits) == 6:
        return {date for date in [_date(digits, "%m%d%y")] if date}
    exact = _date(digits[:8], "%m%d%Y")  # more digits than eight are the hour
    if exact:
        return {exact}
    if len(digits) == 9:  # one digit too many
        shorter = {digits[:i] + digits[i + 1 :] for i in range(9)}
        return {date for date in (_date(text, "%m%d%Y") for text in shorter) if date}
    return set()


def _date(text: str, form: str) -> dt.date | None:
    try:
        date = dt.datetime.strptime(text, form).date()
    except ValueError:
        return None
    return date if 2002 <= date.year <= 2099 else None  # the first agreement is of 2002
