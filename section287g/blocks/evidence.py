"""Blocks about what is argued and known: polls, claims of the five texts, how even the debate is, what a rule of a
state is called."""

from __future__ import annotations

from section287g import citing, claims, fairness, stances, tables
from section287g.blocks.markup import GRADES, KINDS
from section287g.blocks.registry import Page, block
from section287g.explorers import assets
from section287g.facts import written_day

SUBJECTS = {
    "local_help": "What state and local governments should do",
    "trust": "Trust in the police",
    "deportation": "Deportation in general",
    "ice": "ICE and its officers",
}
WORDING = {
    "exact": ("The question:", ""),
    "part": ("People were asked", "Of the exact wording, we saw only the words in quotation marks."),
    "no": ("People were asked", "We did not see the exact wording."),
}
VERDICTS = {
    "accurate": "accurate",
    "accurate_when_dated": "accurate when dated",
    "rounded": "rounded",
    "imprecise": "imprecise",
    "ambiguous": "ambiguous",
    "outdated": "outdated",
    "contradicted": "contradicted",
    "unverified": "not verified",
    "opinion_not_checkable": "opinion or forecast",
}
GIVEN = {"arguments": "Arguments", "words": "Words", "sources": "Documents"}
WHO = {"supports": "Supporters", "opposes": "Critics"}


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
    return {**row, "label": label, "caution": caution, "question": question + stop, "grade": grade}


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
        row["by"] = "Worked out again" if row["claim_id"] in claims.NOT_FROM_LISTS else "The lists"
        row["how"] = [row[cell] for cell in ("recomputed_definition", "list_date") if not citing.missing(row[cell])]
        row["counted"] = not citing.missing(row["recomputed_value"])
    return {"caption": f"Claims of text {text}, {tally(rows)}", "rows": rows}


def claim_view(claim: str) -> str:
    """The view of the explorer that shows this claim."""
    return f"claims?claim={claim}"


def tally(rows: list[dict]) -> str:
    """How many of these claims got which verdict, in words: ``15 claims: 5 accurate; 3 imprecise``."""
    found = [row["verdict"] for row in rows]
    parts = [f"{found.count(verdict)} {words}" for verdict, words in VERDICTS.items() if verdict in found]
    return f"{len(rows)} claims: {'; '.join(parts)}"


@block("debate-balance")
def debate_balance(page: Page) -> dict:
    """How even the debate is, in numbers, as ``section287g.fairness`` measures them."""
    arguments, themes = tables.load("arguments"), tables.load("debate_themes")
    given = fairness.balance(arguments, themes)
    pairs = [[f"{row[what, 'supports']:,} / {row[what, 'opposes']:,}" for what in GIVEN] for _, row in given.iterrows()]
    behind = fairness.sources_by_side(arguments, tables.load("sources")).reindex(list(GRADES), fill_value=0)
    documents = [
        [GRADES[kind], *(f"{number:,}" for number in row)]
        for kind, row in zip(behind.index, behind.to_numpy(), strict=True)
    ]
    documents.append(["All", *(f"{number:,}" for number in behind.sum())])
    return {
        "themes": [[title, *cells] for title, cells in zip(themes["title"], pairs, strict=True)],
        "themes_header": ["Theme", *(f"{what} (supporters / critics)" for what in GIVEN.values())],
        "documents": documents,
        "documents_header": ["Kind", *(WHO[side] for side in behind.columns)],
    }


@block("state-rules")
def state_rules(page: Page) -> dict:
    """What each word for a state's rule means, in the explorer's own words, and how many places it fits."""
    words = assets.words("states")
    found = stances.by_state()["stance"].value_counts()
    rules = [(label, found.get(stance, 0), words["meanings"][stance]) for stance, label in stances.LABELS.items()]
    return {"rules": rules, "title": words["decides_title"], "decides": words["decides"]}
