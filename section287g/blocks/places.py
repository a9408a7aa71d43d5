"""Blocks of the pages about single states, D.C. and territories: one that fills such a page, and the list of them
all."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd
from markupsafe import Markup

from section287g import places, stances, tables
from section287g.blocks.markup import keys, sentence
from section287g.blocks.registry import Page, block
from section287g.counts import MODELS
from section287g.explorers import assets
from section287g.facts import written_date, written_day
from section287g.places import answers, drawing
from section287g.places.answers import say
from section287g.places.words import words
from section287g.typography import typographic

# Most agreements, now and earlier, that a sheet of paper names one by one.
NAMED_ON_PAPER = 13
# Most agencies of earlier years that it names.
EARLIER_ON_PAPER = 6
MARKS = {"jail": ("■", "□"), "warrant": ("▲", "△"), "task_force": ("●", "○")}


@block("place", shows=lambda state: [f"place-{state}"], script="places.js")
def place(page: Page, state: str) -> dict:
    """Everything that the page of one place says below its title."""
    if state not in places.names():
        raise ValueError(f"no place {state!r}; places are {', '.join(places.names())}")
    named = {"place": places.names()[state], "page": f"{places.page(state)}.html"}
    return {
        **named,
        "words": words(),
        "answer": answers.of_state(state),
        "answer_more": answers.more(state),
        "bar": _bar(state),
        "line": _line(state),
        "rule": _rule(state),
        "counties": _counties(state),
        "elsewhere": _elsewhere(state),
        "few": len(places.of(state)) <= NAMED_ON_PAPER,
        "print_more": say(words()["print_more"], n=len(places.of(state)), **named),
        "earlier": _earlier(state),
        "compare": _compare(state),
        "unknown": _unknown(state),
        "questions": _questions(state),
        "source_keys": places.source_keys(state),
        "print_sources": _print_sources(state),
        "bibliography": page.showing("sources"),
    }


def _bar(state: str) -> dict | None:
    """The agreements of ICE's own list by model; None where there are none."""
    own = places.counted(state)["own"]
    numbers = {model: int(own[model]) for model in MODELS if own[model]}
    if not numbers:
        return None
    models = words()["models"]
    return {
        "title": say(words()["models_title"], date=answers.dates()["date"]),
        "drawing": drawing.bar(numbers),
        "items": [
            (drawing.model_class(model), MARKS[model][0], f"{number:,} {models[model]}")
            for model, number in numbers.items()
        ],
    }


def _line(state: str) -> dict | None:
    """The line through time with its words and its table; None where no list ever had an agreement."""
    counted = places.line(state)
    if not counted["agreements"].any():
        return None
    models, said = words()["models"], words()
    own = counted[counted["kind"] != "transcript"]
    days = int(own["date"].diff().iloc[2:].dt.days.max())  # the first step is from the list that stood when it begins
    ends = [
        say(said["line_end"], model=models[model], start=int(counted[model].iloc[0]), end=int(counted[model].iloc[-1]))
        for model in MODELS
        if counted[model].any()
    ]
    caption = [say(said["line_own"], date=answers.dates()["date"], days=days)]
    if answers.dates()["copy"]:
        caption.append(say(said["line_copy"], date=answers.dates()["copy"]))
    labels = {model: f"{int(counted[model].iloc[-1]):,} {models[model]}" for model in MODELS}
    return {
        "label": say(said["line_label"], ends="; ".join(ends)),
        "drawing": drawing.line(counted, places.SURGE, labels),
        "caption": " ".join(caption),
        "columns": list(said["line_columns"].values()),
        "rows": [_line_row(row) for row in _by_month(counted).itertuples()],
    }


def _by_month(counted: pd.DataFrame) -> pd.DataFrame:
    """The last list of each month, and the copy."""
    last = ~counted["date"].dt.to_period("M").duplicated(keep="last") | (counted["kind"] == "transcript")
    return counted[last]


def _line_row(row) -> list[str]:
    day = written_day(row.date)
    day = say(words()["line_copy_row"], date=day) if row.kind == "transcript" else day
    return [day, *(f"{getattr(row, name):,}" for name in ("agreements", *MODELS))]


def _rule(state: str) -> dict:
    """The state's rule in two forms: the book's word with its meaning, and the law or order with its date."""
    row, said = places.rule(state), words()
    if row is None:
        return {"title": said["rule_title_other"], "none": say(said["rule_none"], place=places.names()[state])}
    shown = assets.words("states")
    is_state = tables.load("states").set_index("state").loc[state, "kind"] == "state"
    return {
        "title": said["rule_title"] if is_state else said["rule_title_other"],
        "none": "",
        "word": stances.LABELS[row["stance"]],
        "means": say(said["rule_means"], meaning=shown["meanings"][row["stance"]]),
        "law": typographic(sentence(row["law_or_order"])),
        "as_of": say(said["rule_as_of"], date=written_date(row["as_of"]), grade=shown["grades"][row["confidence"]]),
        "doubt": say(said["rule_doubt"], why=_why(row)) if row["doubt"] else "",
        "check": shown["check"],
        "keys": keys(row["source_keys"]),
    }


def _why(row: dict) -> str:
    """Why a rule is in doubt: its own note, or what makes it doubtful."""
    if row["note"]:
        return row["note"]
    kind = "not_established" if row["stance"] == "not_established" else "unverified"
    return words()[f"rule_doubt_{kind}"]


def _counties(state: str) -> dict | None:
    """Every county with its marks and its agreements; None where the book has no counties."""
    found, said, dates = places.counties(state), words(), answers.dates()
    if not found:
        return None
    with_own = sum(any(row.on_own for row in county.rows) for county in found)
    sentences = [say(said["counties_own"], n=with_own, all=len(found), date=dates["date"])]
    if dates["copy"]:
        with_copy = sum(any(row.on_copy for row in county.rows) for county in found)
        sentences.append(say(said["counties_copy"], n=with_copy, date=dates["copy"]))
    titles, items = said["counties_titles"], [_county(county, found) for county in found]
    return {
        "title": titles.get(state, titles[""]),
        "sentence": " ".join(sentences),
        "any": any(county.rows for county in found),
        "key": _key([row for county in found for row in county.rows]),
        "kinds": _kinds([item["name"] for item in items]),
        "items": items,
    }


def _kinds(names: list[str]) -> str:
    """What the English words in names of counties mean, such as "Borough", where the book's language has others."""
    kinds = words()["county_kinds"]
    used = {next((kind for kind in kinds if name.endswith(f" {kind}")), "") for name in names}
    meanings = [meaning for kind, meaning in kinds.items() if kind in used and meaning != kind]
    return say(words()["county_kinds_said"], kinds="; ".join(meanings)) if meanings else ""


def _key(rows: Iterable) -> list[tuple[str, str, str]]:
    """Class, marks and words of every mark that these rows use."""
    rows, said, dates = list(rows), words(), answers.dates()
    key = [
        (drawing.model_class(model), MARKS[model][0], said["models"][model])
        for model in MODELS
        if any(row.model == model and (row.on_own or row.on_copy) for row in rows)
    ]
    if key:
        key.append(("", "■▲●", say(said["counties_key_own"], date=dates["date"])))
    if any(row.on_copy and not row.on_own for row in rows):
        key.append(("", "□△○", say(said["counties_key_copy"], date=dates["copy"])))
    if any(answers.has_left(row) for row in rows):
        key.append(("place-left", f"{said['counties_key_left']}:", said["counties_key_left_means"]))
    return key


def _county(county: places.County, among: list[places.County]) -> dict:
    listed = [row for row in county.rows if not answers.has_left(row)]
    return {
        "anchor": county.anchor,
        "name": _short(county.name, among),
        "marks": _marks(listed),
        "left": words()["mark"]["left"] if county.rows and not listed else "",
        "sentence": answers.of_county(county.rows),
        "rows": [_row(row) for row in county.rows],
    }


def _short(name: str, among: list[places.County]) -> str:
    """A county without the word that all share, where that leaves it a name of its own."""
    short = name.removesuffix(" County").removesuffix(" Parish")
    alike = [other.name for other in among if other.name.removesuffix(" city") == short and other.name != name]
    return name if alike else short


def _marks(rows: list) -> list[tuple[str, str, str]]:
    """Class, sign and words of each model in a county: filled on ICE's own list, hollow only in the copy."""
    said, found = words(), []
    for model in MODELS:
        of_model = [row for row in rows if row.model == model]
        if of_model:
            own = any(row.on_own for row in of_model)
            name = say(said["mark"]["own" if own else "copy"], model=said["models"][model])
            found.append((drawing.model_class(model), MARKS[model][0 if own else 1], name))
    return found


def _row(row) -> dict:
    return {
        "class": drawing.model_class(row.model),
        "text": answers.of_agreement(row),
        "document": "" if pd.isna(row.document_url) else row.document_url,
    }


def _elsewhere(state: str) -> dict | None:
    rows, said = places.elsewhere(state), words()
    if not rows:
        return None
    in_counties = bool(places.counties(state))
    return {
        "title": say(said["elsewhere" if in_counties else "elsewhere_none"], n=len(rows)),
        "why": said["elsewhere_why"] if in_counties else "",
        "marks": _marks([row for row in rows if not answers.has_left(row)]),
        "sentence": answers.standing(rows),
        "rows": [_row(row) for row in rows],
    }


def _earlier(state: str) -> dict | None:
    rows, said = places.earlier(state), words()
    if not rows:
        return None
    items = [
        say(
            said["earlier_row_open" if pd.isna(row["ended"]) else "earlier_row"],
            agency=row["agency"],
            signed=written_day(row["signed"]),
            ended="" if pd.isna(row["ended"]) else written_date(row["ended"]),
        )
        for row in rows
    ]
    return {
        "sentence": say(said["earlier"], n=len(rows)),
        "items": items,
        "few": len(items) <= EARLIER_ON_PAPER,
        "print_more": say(said["print_earlier"], page=f"{places.page(state)}.html"),
    }


def _compare(state: str) -> dict:
    said, found = words(), places.compared(state)
    dates = {"before": written_day(places.INAUGURATION), "copy": answers.dates()["copy"]}
    rows = [
        [
            say(said["compare"][name], date=dates.get(name, answers.dates()["date"])),
            _number(count["here"], count.get("of") if name == "sheriff_counties" else None),
            _number(count["all"], count.get("all_of")),
            _rank(count),
        ]
        for name, count in found.items()
    ]
    columns = said["compare_columns"]
    return {
        "caption": say(said["compare_caption"], place=places.names()[state]),
        "columns": [columns["what"], places.names()[state], columns["all"], columns["rank"]],
        "rows": rows,
    }


def _number(value: float | None, of: int | None) -> str:
    if value is None:
        return words()["compare_unknown"]
    if of is not None:
        return say(words()["compare_of"], n=value, of=of)
    return f"{value:,}" if isinstance(value, int) else f"{value:,.1f}"


def _rank(count: dict) -> str:
    """The rank of a count, "" where none is made of it."""
    if "rank" not in count:
        return ""
    if count["rank"] is None:
        return words()["compare_unranked"]
    return say(words()["compare_rank_shared" if count["shared"] > 1 else "compare_rank"], **count)


def _unknown(state: str) -> list[str]:
    said, rows, row = words()["unknown"], places.of(state), places.rule(state)
    without_county = sum(not answers.has_left(row) for row in places.elsewhere(state)) if places.counties(state) else 0
    total = tables.load("published_totals").dropna(subset="agreements")["date"].max()
    later = "later_totals" if total > places.lists().last["date"] else "later"
    parts = {
        "use": bool(rows),
        "other_help": not rows,
        later: True,
        "left": any(answers.has_left(row) for row in rows),
        "elsewhere": without_county > 0,
        "rule_none": row is None,
        "rule": row is not None and row["stance"] == "not_established",
        "rule_doubt": row is not None and row["doubt"] and row["stance"] != "not_established",
    }
    values = {
        "date": answers.dates()["last"],
        "total": written_day(total),
        "place": places.names()[state],
        "n": without_county,
    }
    return [say(said[name], **values) for name, holds in parts.items() if holds]


def _questions(state: str) -> list[str]:
    said, own, row = words()["question"], places.counted(state)["own"], places.rule(state)
    first = "none" if not own["agreements"] else "units" if own["agreements"] != own["agencies"] else "few"
    decided = row is not None and row["stance"] in ("requires", "encourages", "restricts", "bans")
    counted = places.line(state)["agreements"]
    chosen = [
        first,
        "who_decides" if decided else "which_document",
        "line" if counted.nunique() > 2 else "check",
    ]
    values = {
        "place": places.names()[state],
        "date": answers.dates()["date"],
        "n": int(own["agreements"]),
        "agencies": int(own["agencies"]),
    }
    return [say(said[name], **values) for name in chosen]


def _print_sources(state: str) -> str:
    said, dates = words(), answers.dates()
    copy = say(said["print_sources_copy"], date=dates["copy"]) if dates["copy"] else ""
    return say(
        said["print_sources"],
        date=dates["date"],
        copy=copy,
        n=len(places.source_keys(state)),
        page=f"{places.page(state)}.html",
    )


@block("places", sources=lambda: tables.cited(tables.load("lists")), shows=lambda: ["places"])
def all_places(page: Page) -> dict:
    """All places by name: agreements and agencies on ICE's own list, agreements in the copy, and the word for the
    rule."""
    said, dates = words(), answers.dates()
    columns = dict(said["list_columns"])
    columns["agreements"] = say(columns["agreements"], date=dates["date"])
    columns["copy"] = say(columns["copy"], date=dates["copy"])
    rows = [_list_row(page, state) for state in places.names()]
    if not dates["copy"]:
        del columns["copy"]
        rows = [row[:-1] for row in rows]
    return {
        "caption": say(said["list_caption"], date=dates["date"]),
        "columns": list(columns.values()),
        "rows": rows,
    }


def _list_row(page: Page, state: str) -> list[str]:
    counted, row = places.counted(state), places.rule(state)
    link = Markup('<a href="{}">{}</a>').format(page.address(places.page(state)), places.names()[state])
    return [
        link,
        stances.LABELS[row["stance"]] if row else words()["list_no_rule"],
        f"{counted['own']['agreements']:,}",
        f"{counted['own']['agencies']:,}",
        f"{counted['copy']['agreements']:,}" if "copy" in counted else "",
    ]
