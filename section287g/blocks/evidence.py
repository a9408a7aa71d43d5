"""Blocks about what is argued and known: polls, claims of the five texts, how even the debate is, what a rule of a
state is called."""

from __future__ import annotations

from section287g import citing, claims, fairness, stances, tables
from section287g.blocks.markup import GRADES, KINDS
from section287g.blocks.registry import Page, block
from section287g.explorers import assets
from section287g.facts import written_day
from section287g.words import _, counted, fill, number

SUBJECTS = {
    "local_help": _("What state and local governments should do"),
    "trust": _("Trust in the police"),
    "deportation": _("Deportation in general"),
    "ice": _("ICE and its officers"),
}
WORDING = {
    "exact": (_("The question: {question}"), ""),
    "part": (_("People were asked {question}"), _("Of the exact wording, we saw only the words in quotation marks.")),
    "no": (_("People were asked {question}"), _("We did not see the exact wording.")),
}
VERDICTS = {
    "accurate": _("accurate"),
    "accurate_when_dated": _("accurate when dated"),
    "rounded": _("rounded"),
    "imprecise": _("imprecise"),
    "ambiguous": _("ambiguous"),
    "outdated": _("outdated"),
    "contradicted": _("contradicted"),
    "unverified": _("not verified"),
    "opinion_not_checkable": _("opinion or forecast"),
}
GIVEN = {
    "arguments": _("Arguments (supporters / critics)"),
    "words": _("Words (supporters / critics)"),
    "sources": _("Documents (supporters / critics)"),
}
WHO = {"supports": _("Supporters"), "opposes": _("Critics")}


@block("polls", sources=lambda: tables.load("polls")["source_key"])
def polls(page: Page) -> dict:
    """What polls asked, how much of the wording was seen, what people answered, and who says so."""
    table = tables.load("polls")
    rows = [_poll(row) for row in table.to_dict("records")]
    subjects = {heading: [row for row in rows if row["about"] == subject] for subject, heading in SUBJECTS.items()}
    asked_about = {heading: asked for heading, asked in subjects.items() if asked}
    return {"subjects": asked_about, "checked": written_day(tables.last_checked(table))}


def _poll(row: dict) -> dict:
    label, caution = WORDING[row["wording_seen"]]
    question = row["question_wording"]
    stop = "" if question.rstrip('"').endswith("?") else "."  # none after the question mark of a quotation
    grade = KINDS[row["confidence"]].capitalize()
    return {**row, "asked": fill(label, question=question + stop), "caution": caution, "grade": grade}


def _claims_of(text: str) -> list[dict]:
    rows = tables.load("claims")
    if text not in set(rows["text_id"]):
        raise ValueError(f"no text {text!r}; texts are {', '.join(sorted(set(rows['text_id'])))}")
    return rows[rows["text_id"] == text].to_dict("records")


@block(
    "claims",
    sources=lambda text: [row["source_key"] for row in _claims_of(text) if not citing.missing(row["source_key"])],
)
def claims_of_text(page: Page, text: str) -> dict:
    """The claims of one text with verdict, reason and what the records say."""
    rows = _claims_of(text)
    for row in rows:
        row["address"] = page.view(claim_view(row["claim_id"]))
        row["verdict_words"] = VERDICTS[row["verdict"]].capitalize()
        row["sources"] = [] if citing.missing(row["source_key"]) else [row["source_key"]]
        row["by"] = _("Worked out again") if row["claim_id"] in claims.NOT_FROM_LISTS else _("The lists")
        row["how"] = [row[cell] for cell in ("recomputed_definition", "list_date") if not citing.missing(row[cell])]
        row["counted"] = not citing.missing(row["recomputed_value"])
    return {"caption": fill(_("Claims of text {text}, {tally}"), text=text, tally=tally(rows)), "rows": rows}


def claim_view(claim: str) -> str:
    """The view of the explorer that shows this claim."""
    return f"claims?claim={claim}"


def tally(rows: list[dict]) -> str:
    """How many of these claims got which verdict, in words: ``15 claims: 5 accurate; 3 imprecise``."""
    found = [row["verdict"] for row in rows]
    parts = [_with_verdict(found.count(verdict))[verdict] for verdict in VERDICTS if verdict in found]
    return counted("{n} claim: {verdicts}", "{n} claims: {verdicts}", len(rows), verdicts="; ".join(parts))


def _with_verdict(n: int) -> dict[str, str]:
    """Verdict -> that ``n`` claims got it, as part of a list."""
    return {
        "accurate": counted("{n} accurate", "{n} accurate", n),
        "accurate_when_dated": counted("{n} accurate when dated", "{n} accurate when dated", n),
        "rounded": counted("{n} rounded", "{n} rounded", n),
        "imprecise": counted("{n} imprecise", "{n} imprecise", n),
        "ambiguous": counted("{n} ambiguous", "{n} ambiguous", n),
        "outdated": counted("{n} outdated", "{n} outdated", n),
        "contradicted": counted("{n} contradicted", "{n} contradicted", n),
        "unverified": counted("{n} not verified", "{n} not verified", n),
        "opinion_not_checkable": counted("{n} opinion or forecast", "{n} opinion or forecast", n),
    }


@block("debate-balance")
def debate_balance(page: Page) -> dict:
    """How even the debate is, in numbers, as ``section287g.fairness`` measures them."""
    arguments, themes = tables.load("arguments"), tables.load("debate_themes")
    given = fairness.balance(arguments, themes)
    pairs = [
        [f"{number(row[what, 'supports'])} / {number(row[what, 'opposes'])}" for what in GIVEN]
        for _theme, row in given.iterrows()
    ]
    behind = fairness.sources_by_side(arguments, tables.load("sources")).reindex(list(GRADES), fill_value=0)
    documents = [[GRADES[kind], *map(number, row)] for kind, row in zip(behind.index, behind.to_numpy(), strict=True)]
    documents.append([_("All"), *map(number, behind.sum())])
    return {
        "themes": [[title, *cells] for title, cells in zip(themes["title"], pairs, strict=True)],
        "themes_header": [_("Theme"), *GIVEN.values()],
        "documents": documents,
        "documents_header": [_("Kind"), *(WHO[side] for side in behind.columns)],
    }


@block("state-rules")
def state_rules(page: Page) -> dict:
    """What each word for a state's rule means, in the explorer's own words, and how many places it fits."""
    words = assets.words("states")
    found = stances.by_state()["stance"].value_counts()
    rules = [(label, found.get(stance, 0), words["meanings"][stance]) for stance, label in stances.LABELS.items()]
    return {"rules": rules, "title": words["decides_title"], "decides": words["decides"]}
