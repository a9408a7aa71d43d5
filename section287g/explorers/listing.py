"""Rows of a table in few bytes for the browser: few values are written once, dates are numbers of days, other text
stays by row."""

from __future__ import annotations

import pandas as pd

# A column of text with more different values than this share of its rows is not worth a list of its values.
MANY = 0.25


def pack(table: pd.DataFrame) -> dict:
    """The rows of `table` (text and dates, either may be missing) as JSON-ready values; `unpackRows` in kit/rows.js
    gives the rows back.

    ``{"length": rows, "coded": {name: column}, "plain": {"names": [name, ...], "rows": [[text, ...], ...]}}``. A coded
    column of text is ``{"values": [text, ...], "at": [place, ...]}``: its different values, and for each row the place
    of its value. A column of dates is ``{"first": ISO date, "days": [days after it, ...]}``. What is missing has place
    or days -1. Columns of many different texts are plain, side by side, because a compressor then sees what they share.
    A missing text there is None. Raises TypeError for a column of another type.
    """
    coded = [name for name in table if _is_date(table[name]) or _has_few_values(table[name])]
    plain = table[[name for name in table if name not in coded]].astype(object)
    return {
        "length": len(table),
        "coded": {name: _dates(table[name]) if _is_date(table[name]) else _places(table[name]) for name in coded},
        "plain": {"names": list(plain), "rows": plain.where(plain.notna(), None).to_numpy().tolist()},
    }


def _is_date(column: pd.Series) -> bool:
    return pd.api.types.is_datetime64_any_dtype(column)


def _has_few_values(column: pd.Series) -> bool:
    if not all(isinstance(value, str) for value in column.dropna()):
        raise TypeError(f"column {column.name!r} holds values that are neither text nor dates")
    return column.nunique() <= MANY * len(column)


def _places(column: pd.Series) -> dict:
    places, values = pd.factorize(column)
    return {"values": list(values), "at": places.tolist()}


def _dates(column: pd.Series) -> dict:
    first = column.min()
    days = (column - first).dt.days.fillna(-1).astype(int)
    return {"first": "" if pd.isna(first) else first.strftime("%Y-%m-%d"), "days": days.tolist()}
