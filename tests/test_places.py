"""The pages of places: every number on them is counted once more here, from the files, by other means."""

import csv
import re
from collections import Counter
from functools import cache
from pathlib import Path
from types import SimpleNamespace

from bs4 import BeautifulSoup
from changed_tables import forget

from section287g import blocks, places, tables
from section287g.places import answers
from section287g.typography import typographic

MODELS = ("jail", "warrant", "task_force")
MODEL_NAMES = {"jail": "Jail Enforcement Model", "warrant": "Warrant Service Officer model",
               "task_force": "Task Force Model"}  # fmt: skip
DATE = r"(?:January|February|March|April|May|June|July|August|September|October|November|December) \d{1,2}, 20\d\d"
PAGE = SimpleNamespace(showing=lambda collection: "sources.html", address=lambda name: f"{name}.html")


def every_place(check):
    """Make one test of a check of one place; it names all places that fail."""

    def test():
        failed = {}
        for state in places.names():
            try:
                check(state)
            except AssertionError as error:
                failed[state] = str(error)[:400]
        assert failed == {}

    test.__name__ = check.__name__
    return test


@cache
def rows(table):
    with (tables.DATA / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def page(state):
    return BeautifulSoup(blocks.render("place", PAGE, state), "html.parser")


def text(element):
    return " ".join(element.get_text(" ").split())


def numbers(words):
    """The numbers in a text that are no part of a date."""
    bare = re.sub(DATE, "", words.replace("287(g)", ""))
    return [int(number.replace(",", "")) for number in re.findall(r"\b\d[\d,]*\b", bare)]


OWN = max((row for row in rows("lists") if row["kind"] == "ice_workbook"), key=lambda row: row["list"])
COPY = max((row for row in rows("lists") if row["kind"] == "transcript"), key=lambda row: row["list"])
BEFORE = [row for row in rows("lists") if row["date"] <= "2025-01-20"][-1]


@cache
def counted(list_key):
    """State -> the row of list_counts, as numbers."""
    found = {row["state"]: row for row in rows("list_counts") if row["list"] == list_key}
    return {state: {key: int(row[key]) for key in (*MODELS, "agencies")} for state, row in found.items()}


def agreements(list_row, state=None):
    """Agreements on a list by its own counts, of a place or of all."""
    chosen = [one for code, one in counted(list_row["list"]).items() if state in (None, code)]
    return sum(one[model] for one in chosen for model in MODELS)


def agencies(list_row, state):
    return counted(list_row["list"]).get(state, {"agencies": 0})["agencies"]


def followed(state, list_row=None):
    """Rows of agreements.csv of a place; with a list, those that are on it."""
    found = [row for row in rows("agreements") if row["state"] == state]
    if list_row:
        found = [row for row in found if row["first_listed"] <= list_row["date"] <= row["last_listed"]]
    return found


def test_each_place_has_its_page_and_no_other_has():
    folder = Path(__file__).resolve().parents[1] / "book/places"
    names = {row["state"]: row["name"] for row in rows("states")}
    assert len(names) == 56
    written = {path.stem: path.read_text(encoding="utf-8") for path in folder.glob("*.md") if path.stem != "index"}
    assert written == {places.page(state).rpartition("/")[2]: places.page_source(state) for state in names}


@every_place
def test_the_answer_counts_what_the_lists_count(state):
    answer, *more = [text(p) for p in page(state).select(".place-answer > p:not(.place-caption)")]
    number = agreements(OWN, state)
    assert number == len(followed(state, OWN)) and "ICE’s list of May 18, 2026" in answer
    if number > 1 and agencies(OWN, state) > 1:
        assert numbers(answer) == [number, agencies(OWN, state)]
    elif number > 1:
        assert numbers(answer)[0] == number and "all held by this agency" in answer
    else:
        assert ("one agreement" if number else "no agreement") in answer
    if not followed(state):
        assert len(more) == 1 and numbers(more[0]) == [len(rows("lists"))]
        return
    copy = agreements(COPY, state)
    assert copy == len(followed(state, COPY)) and "July 20, 2026" in more[0]
    if copy > 1:
        assert numbers(more[0])[0] == copy and (
            agencies(COPY, state) == 1 or numbers(more[0])[1:] == [agencies(COPY, state)]
        )
    before = agreements(BEFORE, state)
    assert numbers(more[1]) == ([before] if before > 1 else []) and "January 20, 2025" in more[1]


@every_place
def test_bar_line_and_table_show_the_lists(state):
    own, last = (counted(one["list"]).get(state, dict.fromkeys(MODELS, 0)) for one in (OWN, COPY))
    bar = page(state).select(".place-answer .place-key li")
    assert [numbers(text(item))[0] for item in bar] == [own[model] for model in MODELS if own[model]]
    if not any(row["last_listed"] >= "2025-01-01" for row in followed(state)):
        assert page(state).figure is None  # there is no line to draw
        return
    ends = {item["class"][0]: numbers(text(item))[0] for item in page(state).select(".place-ends text")}
    assert all(number == last[name.replace("-", "_")] for name, number in ends.items())
    shown = [[text(cell) for cell in row.select("th, td")] for row in page(state).select(".chart-table tbody tr")]
    by_date = {}
    for one in rows("lists"):
        by_date[one["date"]] = one["list"]  # the last list of a day
    months = {}
    for date in sorted(by_date):
        if date >= BEFORE["date"]:
            months[date[:7]] = date
    expected = [
        [sum(here[model] for model in MODELS), *(here[model] for model in MODELS)]
        for here in (counted(by_date[date]).get(state, dict.fromkeys(MODELS, 0)) for date in months.values())
    ]
    assert [[int(cell.replace(",", "")) for cell in row[1:]] for row in shown] == expected


@every_place
def test_every_agreement_stands_once_with_its_dates_and_its_list(state):
    meant = {(row["state"], row["printed"]): row["meant"] for row in rows("agency_fixes")}
    shown = Counter(text(item.span) for item in page(state).select(".place-rows > li"))
    for row in followed(state):
        agency = typographic(meant.get((state, row["agency"]), row["agency"]))
        begins = f"{MODEL_NAMES[row['model']]}: {agency}, signed "
        found = [
            line for line in shown if line.startswith(begins) and written(row["signed"]) in line and right(line, row)
        ]
        assert found, (begins, row)
    assert sum(shown.values()) == len(followed(state))


def written(iso):
    from section287g.facts import written_date

    return written_date(iso)


def right(line, row):
    """Whether a line says of an agreement on which of the two lists it is."""
    own, copy = (row["first_listed"] <= one["date"] <= row["last_listed"] for one in (OWN, COPY))
    return (
        ("Only in the copy" in line) == (copy and not own)
        and ("Not in the copy" in line) == (own and not copy)
        and (f"Last on the list of {written(row['last_listed'])}" in line) == (not own and not copy)
    )


@every_place
def test_counties_hold_what_they_say_and_none_is_left_out(state):
    census = [row["county"] for row in rows("county_population") if row["state"] == state]
    items = page(state).select("ul.place-counties > li")
    assert sorted(item["id"] for item in items) == sorted(places.anchor(state, county) for county in census)
    with_own = with_copy = 0
    for item in items:
        lines = [text(line.span) for line in item.select(".place-rows > li")]
        own = sum("Only in the copy" not in line and "Last on the list" not in line for line in lines)
        copy = sum("Not in the copy" not in line and "Last on the list" not in line for line in lines)
        said = text(item.p)
        assert (
            "One" if own == 1 else str(own) if own else "No agreement"
        ) in said and "ICE’s list of May 18, 2026" in said
        signs = text(item.summary)
        assert bool(re.search("[■▲●]", signs)) == bool(own) and bool(re.search("[□△○]", signs)) <= bool(copy)
        with_own, with_copy = with_own + bool(own), with_copy + bool(copy)
    if items:
        here = numbers(text(page(state).select_one("#counties + p")))
        assert here == [number for number in (with_own, len(census), with_copy) if number]


@every_place
def test_a_printed_county_is_where_the_agreement_stands(state):
    fixed = {(row["printed"], row["agency"]) for row in rows("county_fixes") if row["state"] == state}
    census = {row["county"] for row in rows("county_population") if row["state"] == state}
    for row in followed(state):
        if row["county"] in census and "Sheriff" not in row["agency"] and (row["county"], row["agency"]) not in fixed:
            item = page(state).find(id=places.anchor(state, row["county"]))
            assert typographic(row["agency"])[:12] in text(item), row


@every_place
def test_it_compares_like_with_like(state):
    cells = [[text(cell) for cell in row.select("th, td")] for row in page(state).select("#compare + div tbody tr")]
    assert all(re.search(f"{DATE}|that list|of them", row[0]) for row in cells)
    table = {row[0]: row[1:] for row in cells}
    kinds = {row["state"]: row["kind"] for row in rows("states")}
    states = [code for code, kind in kinds.items() if kind != "territory"]
    for name, here in (
        ("Agreements on ICE’s list of May 18, 2026", {code: agreements(OWN, code) for code in kinds}),
        ("Agencies on that list", {code: agencies(OWN, code) for code in kinds}),
    ):
        shown = table[name]
        assert shown[:2] == [f"{here[state]:,}", f"{sum(here.values()):,}"]
        if state in states:
            assert numbers(shown[2])[0] == 1 + sum(here[other] > here[state] for other in states)
    for name, one in (("that stood", BEFORE), ("in the copy", COPY)):
        (shown,) = (row[1:3] for row in cells if name in row[0])
        assert shown == [f"{agreements(one, state):,}", f"{agreements(one):,}"]
    people = {row["state"]: int(row["population_2024"]) for row in rows("states") if row["population_2024"]}
    (rate,) = (row[1:3] for row in cells if "million" in row[0])
    everywhere = 1e6 * sum(agreements(OWN, code) for code in states) / sum(people[code] for code in states)
    assert rate[1] == f"{everywhere:,.1f}"
    assert rate[0] == (
        f"{1e6 * agreements(OWN, state) / people[state]:,.1f}" if state in people else "not counted"
    ) or (agreements(OWN, state) == 0 and rate[0] == "0")


@every_place
def test_rule_and_earlier_agreements_are_those_of_the_tables(state):
    rule = [row for row in rows("state_stances") if row["state"] == state]
    words = text(page(state)).replace("’", "'")
    if rule:
        assert written(rule[0]["law_or_order"])[1:].rstrip(".").replace("’", "'").split('"')[0] in words
        assert f"True as of {written(rule[0]['as_of'])}" in words
        assert (rule[0]["note"] or "").rstrip(".").split('"')[0] in words
    else:
        assert "no entry on a rule" in words
    old = [row for row in rows("agreements_2002_2018") if row["state"] == state]
    assert len(page(state).select(".place-earlier > li")) == len(old)
    assert all(row["agency"] in words and written(row["signed"]) in words for row in old)


@every_place
def test_nothing_is_said_to_be_missing_without_date_and_list(state):
    for element in page(state).select("p, li:not(:has(p)), td, figcaption"):
        words = text(element)
        if re.search(r"\bno (?:287\(g\) )?agreements?\b|\bnone\b|\bhad none\b", words, re.IGNORECASE):
            tells_a_rule = "place-law" in element.get("class", []) or "no rule was established" in words
            assert tells_a_rule or (re.search(DATE, words) and "list" in words), words


@every_place
def test_three_questions_and_what_is_not_known(state):
    assert len(page(state).select("#questions ~ ol > li")) == 3
    assert 2 <= len(page(state).select("#unknown + ul > li")) <= 6


def test_without_a_newer_copy_no_page_speaks_of_one(monkeypatch):
    compared = places.lists()
    monkeypatch.setattr(places, "lists", lambda: places.Lists(compared.first, compared.before, compared.own, None))
    forget(places, answers)
    try:
        for state in ("TX", "NJ", "CA", "GU"):
            shown = text(BeautifulSoup(blocks.render("place", PAGE, state), "html.parser"))
            assert not re.search(r"\b(?:[Aa]|[Tt]he) copy of", shown.partition("Sources U.S.")[0]), state
        assert "copy" not in text(BeautifulSoup(blocks.render("places", PAGE), "html.parser"))
    finally:
        forget(places, answers)
