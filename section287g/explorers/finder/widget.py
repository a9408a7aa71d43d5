"""Every agreement that ICE's lists have ever shown: search, filters and what each one allows, for a page and for
JupyterLab."""

from __future__ import annotations

import re
from functools import cache
from html import escape

import pandas as pd

from section287g import cities, counts, facts, places, stances, tables
from section287g.explorers import assets
from section287g.explorers.base import Still, say, settings_of
from section287g.explorers.listing import pack
from section287g.facts import written_date, written_day
from section287g.places import answers
from section287g.words import number

NAME = "finder"
# Agreements shown at first and with each "show more".
BATCH = 5
# What ICE's list writes short at times, or a reader may: both ways are found.
SHORT_FORMS = {
    "dept": "department",
    "dps": "department of public safety",
    "ft": "fort",
    "mt": "mount",
    "pct": "precinct",
    "pd": "police department",
    "st": "saint",
    "twp": "township",
}
# What a county is called after its name.
KIND = re.compile(r" (County|Parish|Borough|Census Area|Municipality|city)$")
# The forms on which the words about each model rest; the table `model_powers` has the clauses.
MODEL_FORMS = ("ice2025moajem", "ice2025moawso", "ice2025moatfm")
# Pages of the book that say more about a model.
MODEL_PAGES = {
    "jail": "book/models/side-by-side.html#jail-inside-the-jail-only",
    "warrant": "book/models/side-by-side.html#warrant-at-the-moment-of-release",
    "task_force": "book/models/side-by-side.html#task-force-on-ordinary-duty",
}


@cache
def agreements() -> pd.DataFrame:
    """The table `agreements` by name of the agency, with whether each stands on ICE's newest workbook
    (`on_workbook`)."""
    table = tables.load("agreements")
    workbook = counts.newest("ice_workbook")["date"]
    table = table.assign(on_workbook=(table["first_listed"] <= workbook) & (table["last_listed"] >= workbook))
    model = pd.Categorical(table["model"], counts.MODELS)
    order = pd.DataFrame(
        {"agency": table["agency"].str.lower(), "state": table["state"], "model": model, "signed": table["signed"]}
    )
    return table.loc[order.sort_values(list(order)).index].reset_index(drop=True)


def statuses() -> tuple[str, ...]:
    """Where an agreement may stand: on the newest list, on ICE's newest workbook if that is another one, or on neither
    any more."""
    newest_is_workbook = counts.newest()["kind"] == "ice_workbook"
    return ("listed", "left") if newest_is_workbook else ("listed", "workbook", "left")


def years() -> list[str]:
    """Years in which agreements were signed, newest first."""
    return [str(year) for year in sorted(set(agreements()["signed"].dropna().dt.year), reverse=True)]


@cache
def data() -> dict:
    """Agreements, lists and places as JSON-ready values, about 65 kB compressed. `lists` are [date, kind] of the last
    list of each day."""
    lists = tables.load("lists").groupby("date", as_index=False).last()
    states = tables.load("states").sort_values("name")
    states = states[states["state"].isin(agreements()["state"])]
    return {
        "agreements": pack(agreements().drop(columns=["agreement_id", "on_workbook"]).join(_as_meant())),
        "lists": [[f"{row.date:%Y-%m-%d}", row.kind] for row in lists.itertuples()],
        "workbook": f"{counts.newest('ice_workbook')['date']:%Y-%m-%d}",
        "states": dict(zip(states["state"], states["name"], strict=True)),
        "places": {state: _place(state) for state in places.names()},
        "rules_checked": f"{tables.last_checked(stances.by_state()):%Y-%m-%d}",
        "statuses": list(statuses()),
        "years": years(),
        "batch": BATCH,
        "batches": -(-len(agreements()) // BATCH),
        "short_forms": SHORT_FORMS,
        "model_pages": MODEL_PAGES,
        "guess": {
            "answer": number(int(counts.on(counts.newest("ice_workbook")["list"], "TX")["agencies"])),
            "date": facts.get("date_newest").text,
        },
    }


def _as_meant() -> pd.DataFrame:
    """For each agreement agency_meant and county_meant (`counts.as_meant`), and `placed`: the county where the pages of
    places name it, if neither what is printed nor what is meant is that name."""
    meant = counts.as_meant(agreements())
    by_id = places.agreements().set_index("agreement_id")["fips"].loc[agreements()["agreement_id"]]
    placed = by_id.map(tables.load("county_population").set_index("fips")["county"]).set_axis(meant.index)
    named = meant["county_meant"].fillna(agreements()["county"])
    return meant.assign(placed=placed.mask(placed == named).astype(object))


def _place(state: str) -> list:
    """Name, answer, rule, counties and page of a state or territory; of the counties, {name: 2 if a city elsewhere in
    the state bears that name, 1 if one in another state does, else 0}."""
    name = places.names()[state]
    return [name, answers.of_state(state), _rule(state), _counties().get(state, {}), places.page(state)]


def _rule(state: str) -> str:
    """The book's word for what the state's rule says, with its date and whether it is in doubt."""
    words, row, name = assets.words(NAME), places.rule(state), places.names()[state]
    if row is None:
        return say(words["state_rule_none"], place=name)
    grade = assets.words("states")["grades"][row["confidence"]]
    rule = say(
        words["state_rule"],
        place=name,
        word=stances.LABELS[row["stance"]],
        date=written_date(row["as_of"]),
        grade=grade,
    )
    return f"{rule} {words['state_rule_doubt']}" if row["doubt"] else rule


@cache
def _counties() -> dict[str, dict[str, int]]:
    bearers: dict[str, set[tuple[str, str]]] = {}  # cities by name: their states and counties
    for (state, city), counties in cities.by_name().items():
        bearers.setdefault(city, set()).update((state, fips) for fips in counties)
    found: dict[str, dict[str, int]] = {}
    for county in tables.load("county_population").itertuples():
        cities_elsewhere = bearers.get(counts.plain(KIND.sub("", county.county)), set()) - {(county.state, county.fips)}
        in_state = any(state == county.state for state, _fips in cities_elsewhere)
        found.setdefault(county.state, {})[county.county] = 2 if in_state else int(bool(cities_elsewhere))
    return found


settings = settings_of(NAME, data)


@cache
def source_keys() -> list[str]:
    """Keys into the table `sources` of everything the explorer shows."""
    read = ("agreements", "lists", "county_fixes", "agency_fixes", "county_population", "cities")
    return sorted({*(key for name in read for key in tables.cited(tables.load(name))), *MODEL_FORMS})


def still(values: dict) -> Still:
    """The view that stands in the page without scripts and on paper: all agreements, counted by state, and those signed
    last."""
    words = assets.words(NAME)
    return Still(
        sentence=_sentence(words),
        columns=_columns(words),
        rows=_by_state(),
        table_caption=words["still_caption"],
        source=_source_line(words),
        more=words["still_more"],
        below=_newest_signed(words),
    )


def _counted(words: dict, table: pd.DataFrame) -> dict[str, str]:
    return {
        "agreements": say(words["agreements"], n=len(table)),
        "agencies": say(words["agencies"], n=counts.agencies_of(table)),
    }


def _sentence(words: dict) -> str:
    table = agreements()
    listed, left = table[table["status"] == "listed"], table[table["status"] == "left"]
    on_list = say(
        words["of_these"],
        date=written_day(counts.newest()["date"]),
        listed=_counted(words, listed)["agreements"],
        holders=counts.agencies_of(listed),
    )
    return " ".join([say(words["everything"], **_counted(words, table)), on_list, say(words["have_left"], n=len(left))])


def _source_line(words: dict) -> str:
    lists = tables.load("lists")
    workbooks = lists[lists["kind"] == "ice_workbook"]
    parts = [
        say(words["source"], first=written_day(lists["date"].iloc[0]), last=written_day(workbooks["date"].iloc[-1]))
    ]
    newest = counts.newest()
    if newest["kind"] == "transcript":
        parts.append(say(words["source_copy"], date=written_day(newest["date"])))
    checked = written_day(tables.last_checked(stances.by_state()))
    return " ".join([*parts, say(words["source_rules"], date=checked), words["source_limits"]])


def _columns(words: dict) -> list[str]:
    newest, workbook = (written_day(row["date"]) for row in (counts.newest(), counts.newest("ice_workbook")))
    named = words["still_columns"]
    dated = [say(named["listed"], date=newest), say(named["listed_agencies"], date=newest)]
    if "workbook" in statuses():
        dated.append(say(named["workbook"], date=workbook))
    return [named["state"], named["ever"], *dated, named["left"]]


def _by_state() -> list[list[str | int]]:
    """Name of the state, then agreements ever listed, agreements and agencies on the newest list, agreements on the
    workbook, and left."""
    rows = []
    for state, name in data()["states"].items():
        table = agreements()[agreements()["state"] == state]
        listed = table[table["status"] == "listed"]
        workbook = [int(table["on_workbook"].sum())] if "workbook" in statuses() else []
        rows.append(
            [
                name,
                len(table),
                len(listed),
                counts.agencies_of(listed),
                *workbook,
                int((table["status"] == "left").sum()),
            ]
        )
    return rows


def _newest_signed(words: dict) -> str:
    """The agreements signed last, as an HTML list."""
    last = agreements().sort_values("signed", ascending=False, kind="stable").head(BATCH)
    entries = [
        say(
            words["still_signed"],
            agency=row.agency,
            state=data()["states"][row.state],
            model=words["model_names"][row.model],
            date=written_day(row.signed),
        )
        for row in last.itertuples()
    ]
    items = "".join(f"<li>{escape(entry)}</li>" for entry in entries)
    return f'<div class="f-still"><h4>{escape(say(words["still_newest"], n=len(last)))}</h4><ol>{items}</ol></div>'
