"""Powers and safeguards of the three models side by side, and how the forms changed: the data and the widget for
JupyterLab."""

from __future__ import annotations

import re
from functools import cache

from section287g import citing, tables
from section287g.clauses import clause
from section287g.counts import MODELS
from section287g.explorers import assets
from section287g.explorers.base import Link, Still, say, settings_of
from section287g.facts import written_date

NAME = "models"
FORMS = ("form_2009", "form_2020", "form_2025", "form_2025_task_force")
ANSWERS = ("yes", "conditional", "no", "not_stated")
GUESSED_POWER = "ask_before_arrest"


@cache
def groups() -> dict[str, str]:
    """Short name -> heading of every group of powers, in the order of the table. Short names are English everywhere,
    because links hold them."""
    english, headings = tables.source("model_powers")["group"], tables.load("model_powers")["group"]
    return {re.sub(r"\W+", "_", name.lower()): heading for name, heading in zip(english, headings, strict=True)}


@cache
def data() -> dict:
    """Both tables as JSON-ready values; `answers` and `clauses` are in the order of the models."""
    powers, forms = tables.load("model_powers"), tables.load("form_changes")
    short = {heading: name for name, heading in groups().items()}
    return {
        "models": list(MODELS),
        "answers": list(ANSWERS),
        "groups": list(groups().items()),
        "powers": [
            {
                "id": row.power_id,
                "group": short[row.group],
                "power": row.power,
                "plain": row.plain_words,
                "answers": [getattr(row, model) for model in MODELS],
                "clauses": [clause(row.moa_section, model) for model in MODELS],
                "condition": row.condition,
                "section": row.moa_section,
                "sources": row.source_keys.split("; "),
            }
            for row in powers.itertuples()
        ],
        "forms": [
            {
                "id": row.aspect_id,
                "aspect": row.aspect,
                "texts": [getattr(row, form) for form in FORMS],
                "sources": row.source_keys.split("; "),
            }
            for row in forms.itertuples()
        ],
        "checked": f"{tables.last_checked(powers, forms):%Y-%m-%d}",
        "documents": {key: [link.text, link.url] for key, link in _documents().items()},
        "guess": {"answer": assets.words(NAME)["guess"]["choices"][guessed()]},
    }


settings = settings_of(NAME, data)


def guessed() -> str:
    """The right choice of the guess: the only model, or "all" or "none", under which a power is had."""
    power = tables.load("model_powers").set_index("power_id").loc[GUESSED_POWER]
    having = [model for model in MODELS if power[model] == "yes"]
    (answer,) = {0: ["none"], len(MODELS): ["all"]}.get(len(having), having)
    return answer


@cache
def _documents() -> dict[str, Link]:
    """Key -> the source as a link, named by publisher and date; sources that share these have a name of their own."""
    names = assets.words(NAME)["document_names"]
    sources = tables.load("sources").set_index("source_key").loc[source_keys()]
    return {
        key: Link(f"{names.get(key, row['publisher'])}, {citing.date(row)}", row["url"])
        for key, row in sources.iterrows()
    }


@cache
def source_keys() -> list[str]:
    """Keys into the table `sources` of everything the explorer shows."""
    return sorted({*tables.cited(tables.load("model_powers")), *tables.cited(tables.load("form_changes"))})


def still(values: dict) -> Still:
    """The view that stands in the page without scripts and on paper: all powers (or all forms) in a table."""
    words = assets.words(NAME)
    columns, rows = _form_rows(words) if values["show"] == "forms" else _power_rows(words)
    return Still(
        sentence=_sentence(values, words),
        columns=columns,
        rows=rows,
        table_caption=words["titles"][values["show"]],
        source=say(words["sources"][values["show"]], checked=written_date(data()["checked"])),
    )


def _power_rows(words: dict) -> tuple[list[str], list[list]]:
    names, columns = words["model_short"], words["columns"]
    rows = []
    for group, heading in groups().items():
        rows.append([heading])
        for power in data()["powers"]:
            if power["group"] == group:
                answers = [words["answers"][answer] for answer in power["answers"]]
                rows.append([power["power"], *answers, power["condition"], power["section"], _links(power)])
    return [
        columns["power"],
        *(names[model] for model in MODELS),
        columns["condition"],
        columns["section"],
        columns["sources"],
    ], rows


def _form_rows(words: dict) -> tuple[list[str], list[list]]:
    rows = [[form["aspect"], *form["texts"], _links(form)] for form in data()["forms"]]
    return [
        words["columns"]["aspect"],
        *(words["form_names"][form] for form in FORMS),
        words["columns"]["sources"],
    ], rows


def _links(row: dict) -> list[Link]:
    return [_documents()[key] for key in row["sources"]]


def _sentence(values: dict, words: dict) -> str:
    """The live sentence of the start view, as the browser also writes it."""
    if values["show"] == "forms":
        return say(words["sentence_forms"], n=len(data()["forms"]))
    powers = data()["powers"]
    seen = say(words["sentence_powers"], n=len(powers), total=len(powers))
    differing = sum(len(set(power["answers"])) > 1 for power in powers)
    counts = [
        say(
            words["sentence_model"],
            model=words["model_short"][model],
            **{answer: _count(powers, place, answer) for answer in ANSWERS},
        )
        for place, model in enumerate(MODELS)
    ]
    return " ".join([seen, say(words["sentence_differences"], n=differing), *counts])


def _count(powers: list[dict], place: int, answer: str) -> int:
    return sum(power["answers"][place] == answer for power in powers)
