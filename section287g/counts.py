"""Counting agreements, agencies, states and territories. Nothing is counted anywhere else.

Five counts must never be confused: agreements (rows of a list), agencies (bodies that hold one to three agreements),
officers, jurisdictions and arrests. The lists hold only the first two.
"""

from __future__ import annotations

import pandas as pd

from section287g import tables

MODELS = ("jail", "warrant", "task_force")


def listing(rows: pd.DataFrame) -> dict:
    """The counts of one list, from its cleaned rows (``ice_lists.normalise``).

    ``rows`` counts every agreement row, as ICE does; ``agreements`` leaves out exact double listings; ``agencies`` are distinct
    agencies inside their state; ``by_model`` and ``by_state`` count rows. States (with D.C.) and territories are apart.
    """
    kinds = tables.load("states").set_index("state")["kind"]
    present = sorted(set(rows["state"]))
    return {
        "rows": len(rows),
        "agreements": len(rows.drop_duplicates(["state", "agency_key", "model", "signed"])),
        "agencies": len(rows.drop_duplicates(["state", "agency_key"])),
        "states": sum(kinds[state] != "territory" for state in present),
        "territories": sum(kinds[state] == "territory" for state in present),
        "by_model": {model: int((rows["model"] == model).sum()) for model in MODELS},
        "by_state": {state: int((rows["state"] == state).sum()) for state in present},
    }


def listing_by_state(rows: pd.DataFrame) -> pd.DataFrame:
    """One row for each state of one list: state, rows per model, agencies, and agencies per model (columns of ``list_counts``)."""
    models = pd.crosstab(rows["state"], rows["model"]).reindex(columns=MODELS, fill_value=0)
    agencies = rows.drop_duplicates(["state", "agency_key"]).groupby("state").size().rename("agencies")
    holders = rows.drop_duplicates(["state", "agency_key", "model"])
    per_model = pd.crosstab(holders["state"], holders["model"]).reindex(columns=MODELS, fill_value=0).add_suffix("_agencies")
    return models.join(agencies).join(per_model).rename_axis(columns=None).reset_index()


def newest(kind: str | None = None) -> pd.Series:
    """The row of ``lists`` for the newest list, of one kind (``ice_workbook``, ``web_table_copy``, ``transcript``) or of any."""
    lists = tables.load("lists")
    return (lists if kind is None else lists[lists["kind"] == kind]).iloc[-1]


def over_time(state: str | None = None) -> pd.DataFrame:
    """Counts on every list, in time order, for one state (USPS code) or, with None, for all states and territories together.

    Index: list. Columns: date, unchanged_until, kind, jail, warrant, task_force and agreements (rows, as ICE counts), agencies,
    jail_agencies, warrant_agencies, task_force_agencies. Zero on lists that do not name the state. Raises KeyError for a code
    that no list has ever named.
    """
    lists, by_state = tables.load("lists").set_index("list"), tables.load("list_counts")
    if state is not None:
        if state not in set(by_state["state"]):
            raise KeyError(f"no list names the state {state!r}; lists name {', '.join(sorted(set(by_state['state'])))}")
        by_state = by_state[by_state["state"] == state]
    counted = by_state.drop(columns="state").groupby("list").sum().reindex(lists.index, fill_value=0)
    counted["agreements"] = counted[list(MODELS)].sum(axis=1)
    return lists[["date", "unchanged_until", "kind"]].join(counted)


def on(list_key: str, state: str | None = None) -> pd.Series:
    """The row of ``over_time(state)`` for one list. Raises KeyError for an unknown list."""
    return over_time(state).loc[list_key]
