"""Agreements on a map of equal tiles, list by list: what the explorer counts and the widget for JupyterLab."""

from __future__ import annotations

from functools import cache

import pandas as pd

from section287g import counts, tables
from section287g.counts import MODELS
from section287g.explorers import assets, listing
from section287g.explorers.base import Still, say, settings_of
from section287g.explorers.series import changes
from section287g.facts import written_day
from section287g.figures import places
from section287g.places import page
from section287g.tiles import TILES
from section287g.words import number

NAME = "map"
# Columns of `agreements` that a state's list shows; the dates say on which lists a row stood.
ROW_COLUMNS = "state agency agency_kind county model signed first_listed last_listed document_url".split()


@cache
def baselines() -> list[str]:
    """Keys of the lists that a change can be counted from: the last list of each month."""
    lists = tables.load("lists")
    return lists.groupby([lists["date"].dt.year, lists["date"].dt.month])["list"].last().tolist()


def newest_workbook() -> str:
    """Key of the newest list in ICE's own file: what is shown at the start."""
    return str(counts.newest("ice_workbook")["list"])


@cache
def data() -> dict:
    """All numbers of the explorer as JSON-ready values.

    `places`: [state, name, territory or not, [column, row], residents of 2024 or None, counties, residents in them].
    `series[state]`: counts per model, agencies, covered counties and covered residents on every list (see
    `series.changes`). `rows`: the agreements ever listed, as a list of a state shows them (see `listing.pack`).
    """
    lists, agreements = tables.load("lists"), tables.load("agreements")
    order = ["state", "agency", "model"]
    agreements = agreements.sort_values(order, key=lambda column: column.str.casefold(), kind="stable")
    return {
        "lists": {
            "key": lists["list"].tolist(),
            "date": [f"{date:%Y-%m-%d}" for date in lists["date"]],
            "kind": lists["kind"].tolist(),
        },
        "start": newest_workbook(),
        "baselines": baselines(),
        "before_surge": places.before_surge(),
        "limits": {measure: list(limits) for measure, limits in places.LIMITS.items()},
        "places": _places(),
        "series": _series(),
        "rows": listing.pack(agreements[ROW_COLUMNS].join(counts.as_meant(agreements))),
        "guess": _guess(counts.by_state(newest_workbook())),
    }


settings = settings_of(NAME, data)


def _guess(table: pd.DataFrame) -> dict[str, str]:
    first = table.nlargest(3, "agreements")["agreements"]
    named = tables.load("states").set_index("state")["name"]
    return {
        "answer": ", ".join(f"{named[state]} ({number(int(count))})" for state, count in first.items()),
        "date": written_day(counts.newest("ice_workbook")["date"]),
    }


def _places() -> list[list]:
    states = tables.load("states").sort_values("name")
    now = counts.coverage(counts.newest()["date"])
    return [
        [row.state, row.name, row.kind == "territory", list(TILES[row.state]),
            None if pd.isna(row.population_2024) else int(row.population_2024),
         *(now.loc[row.state, ["counties", "residents"]].tolist() if row.state in now.index else [0, 0]),
         page(row.state)]
        for row in states.itertuples(index=False)
    ]  # fmt: skip


def _series() -> dict[str, dict[str, list[int]]]:
    lists = tables.load("lists")
    table = tables.load("list_counts")
    covered = pd.concat(
        {key: counts.coverage(date) for key, date in zip(lists["list"], lists["date"], strict=True)}, names=["list"]
    )
    series = {}
    for state in sorted({*table["state"], *covered.index.get_level_values("state")}):
        own = (
            table[table["state"] == state]
            .set_index("list")[[*MODELS, "agencies"]]
            .reindex(lists["list"], fill_value=0)
            .astype(int)
        )
        series[state] = {name: changes(own[name]) for name in own}
        if state in covered.index.get_level_values("state"):
            mine = covered.xs(state, level="state")
            series[state] |= {
                "counties": changes(mine["covered_counties"]),
                "residents": changes(mine["covered_residents"]),
            }
    return {state: {name: values for name, values in of_state.items() if values} for state, of_state in series.items()}


def source_keys() -> list[str]:
    """Keys into the table `sources` of everything the explorer shows."""
    return sorted(
        {
            key
            for name in ("lists", "states", "county_population", "county_fixes", "agency_fixes")
            for key in tables.cited(tables.load(name))
        }
    )


def still(values: dict) -> Still:
    """The view that stands in the page without scripts and on paper: the map of one list and its table."""
    words = assets.words(NAME)
    on = values["on"] or newest_workbook()
    listed = tables.load("lists").set_index("list").loc[on]
    picture = {
        "measure": values["measure"],
        "on": on,
        **({"since": values["since"]} if values["measure"] == "change" else {}),
    }
    return Still(
        sentence=_sentence(counts.by_state(on), listed, words),
        columns=[
            words["columns"][name]
            for name in ("place", *MODELS, "agreements", "agencies", "per_million", "counties", "residents")
        ],
        rows=_still_rows(on),
        table_caption=say(words["still_table"], list=_list_name(listed, words)),
        source=say(words["source"], unit=words["units"][values["measure"]], list=_list_name(listed, words)),
        picture=picture,
        more=words["still_more"],
    )


def _list_name(listed: pd.Series, words: dict) -> str:
    return say(words["list_names"][listed["kind"]], date=written_day(listed["date"]))


def _still_rows(on: str) -> list[list[str | int]]:
    table = counts.by_state(on)
    table["counties_share"], table["residents_share"] = (
        100 * table[f"covered_{unit}"] / table[unit] for unit in ("counties", "residents")
    )
    names = tables.load("states").set_index("state")["name"]
    rates = {"per_million": "per_million", "counties_share": "counties", "residents_share": "residents"}
    return [
        [names[code], *(int(table.loc[code, name]) for name in (*MODELS, "agreements", "agencies")),
         *(places.written(table.loc[code, name], measure) for name, measure in rates.items())]
        for code in names.sort_values().index
    ]  # fmt: skip


def _sentence(table: pd.DataFrame, listed: pd.Series, words: dict) -> str:
    """The live sentence of the start view, as the browser also writes it."""
    names = tables.load("states").set_index("state")
    ranked = table.loc[names.sort_values("name").index, "agreements"].sort_values(ascending=False, kind="stable")
    present = names.loc[ranked[ranked > 0].index]
    total = int(ranked.sum())
    first, second, third = ranked.index[:3]
    return say(
        words["sentence"]["agreements"],
        list=_list_name(listed, words),
        n=total,
        states=int((present["kind"] != "territory").sum()),
        territories=say(words["territories"], n=int((present["kind"] == "territory").sum())),
        first=names.loc[first, "name"],
        second=names.loc[second, "name"],
        third=names.loc[third, "name"],
        share=str(round(100 * int(ranked.iloc[:3].sum()) / total)),
    )
