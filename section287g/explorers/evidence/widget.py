"""Research on 287(g) and on programs near it: the table `studies` for a page and as a widget for JupyterLab."""

from __future__ import annotations

from functools import cache
from html import escape

import pandas as pd

from section287g import citing, facts, tables
from section287g.explorers import assets, html, spec
from section287g.explorers.base import Link, Still, say, settings_of, sources
from section287g.facts import newest_document, written_date, written_day
from section287g.words import full_stop

NAME = "evidence"
ANY = "any"
# Settings that are menus, each with the values to choose from, in the order of the page.
MENUS = {name: declared["choices"] for name, declared in spec.load(NAME)["settings"].items() if "first" in declared}


@cache
def studies() -> pd.DataFrame:
    """The table `studies` in the order of the picture, with the columns `topics` and `programs` (tuples) for its
    menus."""
    table = tables.load("studies")
    table = table.assign(
        topics=table["topic"].str.split("; ").map(tuple), programs=table["program_studied"].map(programs)
    )
    order = [
        (MENUS["topic"].index(topics[0]), MENUS["direction"].index(direction), peer == "no", study_id)
        for topics, direction, peer, study_id in zip(
            table["topics"], table["direction"], table["peer_reviewed"], table["study_id"], strict=True
        )
    ]
    return table.assign(order=order).sort_values("order").drop(columns="order").reset_index(drop=True)


def programs(studied: str) -> tuple[str, ...]:
    """Which programs the words of the column `program_studied` name."""
    named = {"287g": "287(g)" in studied, "secure_communities": "Secure Communities" in studied}
    return tuple(name for name, is_named in named.items() if is_named) or ("other",)


@cache
def data() -> dict:
    """Studies and their sources as JSON-ready values, about 12 kB compressed."""
    return {
        "studies": [
            {
                "id": row.study_id,
                "authors": row.authors,
                "year": citing.dated(row.year),
                "title": row.title,
                "venue": row.venue,
                "studied": row.program_studied,
                "question": row.question,
                "data": row.data_and_design,
                "finding": row.finding,
                "limits": row.limits,
                "level": row.read_level,
                "topic": list(row.topics),
                "program": list(row.programs),
                "design": row.design,
                "direction": row.direction,
                "stance": row.stance,
                "peer": row.peer_reviewed,
                "read": row.how_read,
                "source": row.source_key,
            }
            for row in studies().itertuples()
        ],
        "newest": newest_document(source_keys()),
        "checked": f"{tables.last_checked(studies()):%Y-%m-%d}",
        "sources": sources(source_keys()),
        "guess": {"all": len(studies()), "answer": facts.get("studies_287g_reviewed").text},
    }


settings = settings_of(NAME, data)


def source_keys() -> list[str]:
    """Keys into the table `sources` of everything the explorer shows."""
    return sorted(tables.load("studies")["source_key"].unique())


def still(values: dict) -> Still:
    """The view that stands in the page without scripts and on paper: every study that the menus in `values` let pass,
    as a list."""
    words = assets.words(NAME)
    shown = [study for study in data()["studies"] if passes(study, values)]
    return Still(
        sentence=_sentence(shown, words),
        source=_source_line(words),
        body=_body(shown, values["topic"], words),
    )


def passes(study: dict, values: dict) -> bool:
    """Whether a study of `data()` passes all menus."""
    return all(values[name] in (ANY, *_values(study, name)) for name in MENUS)


def _values(study: dict, menu: str) -> list[str]:
    """What a study has in a menu: several topics and programs, one of anything else."""
    return study[menu] if isinstance(study[menu], list) else [study[menu]]


def _sentence(shown: list[dict], words: dict) -> str:
    if not shown:
        return say(words["none_shown"], all=len(studies()))
    found = {direction: sum(study["direction"] == direction for study in shown) for direction in MENUS["direction"]}
    peer = sum(study["peer"] == "yes" for study in shown)
    return f"{say(words['shown'], n=len(shown), all=len(studies()), peer=peer)} {say(words['by_direction'], **found)}"


def _source_line(words: dict) -> str:
    newest, checked = written_date(newest_document(source_keys())), written_day(tables.last_checked(studies()))
    return say(words["source"], n=len(source_keys()), date=newest, checked=checked)


def _body(shown: list[dict], topic: str, words: dict) -> str:
    """Studies under their main topic, or under the one that was chosen, as HTML."""
    parts = []
    for name in MENUS["topic"]:
        entries = "".join(
            _entry(study, words) for study in shown if (study["topic"][0] if topic == ANY else topic) == name
        )
        if entries:
            parts.append(f"<h4>{escape(words['topics'][name])}</h4><ol>{entries}</ol>")
    return html.region("v-still", words["list_label"], "".join(parts))


def _entry(study: dict, words: dict) -> str:
    source = data()["sources"][study["source"]]
    parts = words["parts"]
    about = {
        "program": study["studied"],
        "data": study["data"],
        "finding": study["finding"],
        "limits": study["limits"],
        "direction": words["directions"][study["direction"]],
        "stance": words["stances"][study["stance"]],
        "peer": words["peers"][study["peer"]],
        "read": how_far(study, words),
    }
    said = " ".join(
        f"<strong>{escape(parts[name])}:</strong> {escape(full_stop(text))}" for name, text in about.items()
    )
    published = say(words["source_of"], publisher=source["publisher"], date=source["date"])
    return (
        f"<li><p><strong>{escape(study['question'])}</strong> {escape(study['title'])}."
        f" {escape(say(words['published'], authors=study['authors'], year=study['year'], venue=study['venue']))}</p>"
        f'<p>{said}</p><p class="v-about">{escape(parts["source"])}:'
        f" {html.links([Link(source['title'], source['url'])])}, {escape(published)}</p></li>"
    )


def how_far(study: dict, words: dict) -> str:
    """How far a study was read, in words, with the detail the table gives."""
    how = words["reads"][study["read"]]
    return how if study["level"] == study["read"] else say(words["read_detail"], how=how, detail=study["level"])
