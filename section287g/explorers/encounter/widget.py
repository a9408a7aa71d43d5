"""Eight situations step by step, with no agreement and under each model: what the explorer shows and the widget for
JupyterLab."""

from __future__ import annotations

import re
from functools import cache

from section287g import citing, tables
from section287g.counts import MODELS
from section287g.explorers import assets
from section287g.explorers.base import Link, Still, say, settings_of
from section287g.facts import written_day

NAME = "encounter"
COLUMNS = ("none", *MODELS)

# Which columns give the same answer at a step, one letter for each of COLUMNS. An editorial reading of the table: the
# same power, limit and consequence make the same answer, whatever the reason or clause. A test holds it against the
# table's own words.
ANSWERS = {
    "tail_light": ("AAAA", "AAAB", "AAAB", "AAAB", "AAAB"),
    "dui": ("AAAB", "ABAC", "ABAB", "ABAC", "ABBC", "ABBC"),
    "charges_dropped": ("AAAA", "AAAA", "ABBC", "ABBC"),
    "witness": ("AAAB", "AAAB", "ABCD", "AAAA"),
    "lpr": ("ABCD", "ABAC", "ABBC", "AAAA"),
    "citizen": ("ABCD", "ABBC", "AAAA", "ABCB"),
    "ncic_hit": ("AAAA", "AAAB", "AAAB", "AAAB"),
    "field_suspicion": ("AAAB", "AAAB", "AAAB", "AAAB"),
}

# The table refers to its own rows: "scenario dui, step 5".
REFERENCE = re.compile(r"scenario (\w+)(?:, step (\d))?")


@cache
def data() -> dict:
    """All situations as JSON-ready values, about 12 kB compressed.

    `situations`: id, title and steps; a step has a label, `answers` (see ANSWERS) and one cell [what may happen, legal
    basis, settled or contested, open question, keys of sources] for each of `columns`. `sources[key]`: [name in words,
    address].
    """
    table = tables.load("encounters").fillna("")
    situations = [_situation(name, table[table["scenario_id"] == name]) for name in ANSWERS]
    return {
        "columns": list(COLUMNS),
        "checked": f"{tables.last_checked(table):%Y-%m-%d}",
        "situations": situations,
        "longest": max(map(len, ANSWERS.values())),
        "sources": {key: [link.text, link.url] for key, link in _links().items()},
        "guess": _guess(situations[0]["steps"]),
    }


settings = settings_of(NAME, data)


def _guess(steps: list[dict]) -> dict:
    """The steps of a situation to choose from, the first at which the columns differ, and those that stand apart there
    from no agreement."""
    words = assets.words(NAME)
    first = next(step for step in steps if len(set(step["answers"])) > 1)
    apart = [column for column, answer in zip(COLUMNS, first["answers"], strict=True) if answer != first["answers"][0]]
    choices = [[str(number), say(words["step_name"], step=number, label=step["label"])]
               for number, step in enumerate(steps, 1)]  # fmt: skip
    return {
        "choices": [*choices, ["never", words["guess"]["never"]]],
        "answer": choices[steps.index(first)][1],
        "columns": ", ".join(words["column_short"][column] for column in apart),
    }


def _situation(name: str, rows) -> dict:
    steps = [
        {"label": step["step_label"].iloc[0], "answers": answers, "cells": _cells(step)}
        for answers, (_, step) in zip(ANSWERS[name], rows.groupby("step"), strict=True)
    ]
    return {"id": name, "title": rows["scenario"].iloc[0], "steps": steps}


def _cells(step) -> list[list]:
    by_column = step.set_index("model").loc[list(COLUMNS)]
    return [
        [row.what_may_happen, row.basis, row.settled, row.open_question, row.source_keys.split("; ")]
        for row in by_column.itertuples()
    ]


@cache
def _links() -> dict[str, Link]:
    """Source key -> publisher, date, title and, unless it is primary, kind in words, with the address."""
    words = assets.words(NAME)
    sources = tables.load("sources").set_index("source_key").loc[source_keys()].fillna("")
    return {key: Link(_source_name(row, words), row["url"]) for key, row in sources.iterrows()}


def _source_name(row, words: dict) -> str:
    publisher = words["publishers"].get(row["publisher"], row["publisher"])
    return (
        say(words["source_name"], publisher=publisher, date=citing.date(row), title=row["title"])
        + words["source_kinds"][row["kind"]]
    )


@cache
def source_keys() -> list[str]:
    """Keys into the table `sources` of everything the explorer shows."""
    return sorted(tables.cited(tables.load("encounters")))


def still(values: dict) -> Still:
    """The view that stands in the page without scripts and on paper: the situation and columns of `values`, all steps
    as a table."""
    words = assets.words(NAME)
    situation = _by_id()[values["situation"]]
    columns = [column for column in COLUMNS if column in values["columns"].split(",")] or list(COLUMNS)
    others = [each for each in data()["situations"] if each is not situation]
    rows = []
    for number, step in enumerate(situation["steps"], 1):
        rows.append([say(words["step_name"], step=number, label=step["label"])])
        rows += [_row(column, step["cells"][COLUMNS.index(column)], words) for column in columns]
    return Still(
        sentence=_sentence(situation, columns, words),
        columns=words["still_columns"],
        rows=rows,
        table_caption=situation["title"],
        source=f"{_source_line(len(situation['steps']) * len(columns), words)} {words['terms_note']}",
        more=f"{words['state_note_label']} {words['state_note']} {_way_to(others, words)}",
    )


def _way_to(situations: list[dict], words: dict) -> str:
    """Where a reader without scripts or on paper finds the other situations."""
    link = f"#explorer-{NAME}?situation="
    return say(
        words["more"],
        titles="; ".join(each["title"] for each in situations),
        anchor=link,
        example=link + situations[0]["id"],
    )


def _row(column: str, cell: list, words: dict) -> list:
    may_happen, basis, law, question, keys = cell
    status = words["law_short"][law] + (
        f". {words['open_question']}: {_with_titles(question, words)}" if question else ""
    )
    return [
        words["column_names"][column],
        _with_titles(may_happen, words),
        basis,
        status,
        [_links()[key] for key in keys],
    ]


def _by_id() -> dict[str, dict]:
    return {situation["id"]: situation for situation in data()["situations"]}


def _with_titles(text: str, words: dict) -> str:
    """`text` with the ids of situations replaced by their titles."""

    def titled(match: re.Match) -> str:
        name, step = match.groups()
        return say(words["situation_step" if step else "situation_name"], title=_by_id()[name]["title"], step=step)

    return REFERENCE.sub(titled, text)


def _sentence(situation: dict, columns: list[str], words: dict) -> str:
    """What all steps together show, as the browser also writes it."""
    sentence, steps = words["sentence"], situation["steps"]
    places = [COLUMNS.index(column) for column in columns]
    differing = [
        number for number, step in enumerate(steps, 1) if len({step["answers"][place] for place in places}) > 1
    ]
    contested = [
        number for number, step in enumerate(steps, 1) if "contested" in {step["cells"][place][2] for place in places}
    ]
    if len(columns) == 1:
        compared = sentence["single"]
    elif differing:
        first = differing[0]
        compared = say(
            sentence["all_differ"], step=first, label=steps[first - 1]["label"], list=_listed(differing, words)
        )
    else:
        compared = sentence["never"]
    law = say(sentence["all_contested"], list=_listed(contested, words)) if contested else sentence["all_settled"]
    return " ".join([say(sentence["all"], n=len(steps), title=situation["title"]), compared, law])


def _listed(steps: list[int], words: dict) -> str:
    *firsts, last = map(str, steps)
    return say(words["list"], n=len(steps), list=words["and"].join(filter(None, [", ".join(firsts), last])))


def _source_line(shown: int, words: dict) -> str:
    table = tables.load("encounters")
    return say(words["source"], n=shown, total=len(table), date=written_day(tables.last_checked(table)))
