"""The arguments for and against 287(g), each with the other side's answer: the table `arguments` for a page and as a
widget for JupyterLab."""

from __future__ import annotations

from functools import cache
from html import escape

import pandas as pd

from section287g import fairness, tables
from section287g.explorers import assets, html
from section287g.explorers.base import Link, Still, documents, say, settings_of
from section287g.facts import newest_document, written_date

NAME = "debate"
SIDES = (*fairness.SIDES, "mixed")


@cache
def data() -> dict:
    """Themes, arguments and their sources as JSON-ready values, about 20 kB compressed."""
    return {
        "sides": list(SIDES),
        "themes": [
            {
                "id": row.theme,
                "title": row.title,
                "question": row.question,
                "common": row.common_ground,
                "rethink": {"supports": row.supporters_would_rethink, "opposes": row.critics_would_rethink},
                "unknown": row.not_known,
                "first": fairness.first_side(place),
                "sources": row.source_keys.split("; "),
            }
            for place, row in enumerate(tables.load("debate_themes").itertuples())
        ],
        "arguments": [
            {
                "id": row.argument_id,
                "theme": row.theme,
                "side": row.side,
                "who": row.who,
                "whoKinds": row.who_kinds.split("; "),
                "argument": row.argument,
                "evidence": row.best_evidence,
                "kind": row.evidence_kind,
                "reply": row.strongest_reply,
                "sources": row.source_keys.split("; "),
                "own": row.own_source_key,
                "replySources": row.reply_source_keys.split("; "),
            }
            for row in tables.load("arguments").itertuples()
        ],
        "newest": _newest(),
        "documents": {key: [link.text, link.url] for key, link in _documents().items()},
        "guess": _guess(tables.load("arguments")["evidence_kind"]),
    }


settings = settings_of(NAME, data)


def _guess(kinds: pd.Series) -> dict[str, str | int]:
    counts = kinds.value_counts()
    answer = assets.words(NAME)["evidence_kinds"][counts.index[0]]
    return {"all": len(kinds), "answer": answer, "count": int(counts.iloc[0])}


def _newest() -> str:
    """Date of the newest document behind the arguments, written out."""
    return written_date(newest_document(source_keys()))


@cache
def _documents() -> dict[str, Link]:
    """Key -> the source as a link, named by publisher and date."""
    return documents(source_keys())


@cache
def source_keys() -> list[str]:
    """Keys into the table `sources` of everything the explorer shows."""
    return sorted({*tables.cited(tables.load("arguments")), *tables.cited(tables.load("debate_themes"))})


def still(values: dict) -> Still:
    """The view without scripts and on paper: every argument as a card, whatever theme is open at the start."""
    words = assets.words(NAME)
    return Still(
        sentence=say(words["still_sentence"], all=len(data()["arguments"]), themes=len(data()["themes"]), **_counts()),
        source=say(words["source"], n=len(data()["arguments"]), documents=len(source_keys()), date=_newest()),
        body=_body(values["swap"], words),
    )


def _counts() -> dict[str, int]:
    return {side: sum(argument["side"] == side for argument in data()["arguments"]) for side in SIDES}


def _body(swapped: bool, words: dict) -> str:
    themes = "".join(_theme(theme, swapped, words) for theme in data()["themes"])
    return html.region("debate-still", words["cards_label"], themes)


def _theme(theme: dict, swapped: bool, words: dict) -> str:
    """One theme as HTML: its cards in the order in which the sides speak, and what would change a mind on either
    side."""
    order = fairness.SIDES if (theme["first"] == fairness.SIDES[0]) != swapped else fairness.SIDES[::-1]
    own = [
        argument
        for side in (*order, "mixed")
        for argument in data()["arguments"]
        if (argument["theme"], argument["side"]) == (theme["id"], side)
    ]
    rethink = "".join(
        f"<p>{_mark(side)} {_labelled(words['rethink_sides'][side], theme['rethink'][side])}</p>" for side in order
    )
    return (
        f'<section data-theme-id="{theme["id"]}"><h4>{escape(theme["title"])}</h4><p'
        f' class="debate-question">{escape(theme["question"])}</p>'
        f"<p>{_labelled(words['common_label'], theme['common'])}</p>"
        f'<div class="debate-cards">{"".join(_card(argument, theme, words) for argument in own)}'
        f'<article class="debate-card"><h5>{escape(theme["title"])}: {escape(words["rethink_label"])}</h5>{rethink}'
        f"<p>{_labelled(words['unknown_label'], theme['unknown'])}</p>"
        f"{_sources(theme['sources'], words['sources_label'])}</article></div></section>"
    )


def _card(argument: dict, theme: dict, words: dict) -> str:
    side, evidence = argument["side"], words["evidence_kinds"][argument["kind"]]
    others = [key for key in argument["sources"] if key != argument["own"]]
    return (
        f'<article class="debate-card" data-argument="{argument["id"]}" data-side="{side}">'
        f'<p class="debate-side">{_mark(side)} {escape(words["sides"][side])} <span'
        f' class="debate-id">{escape(theme["title"])}, {argument["id"]}</span></p>'
        f'<p class="debate-argument">{escape(argument["argument"])}</p>'
        f"<p>{_labelled(words['who_says'], argument['who'])}</p>"
        f"<p>{_labelled(say(words['best_evidence'], kind=evidence), argument['evidence'])}</p>"
        f"{_sources([argument['own']], words['own_label'])}{_sources(others, words['sources_label'])}"
        f'<p class="debate-side debate-answer">{_mark(_answering(side))} {escape(words["answers"][side])}</p>'
        f"<p>{escape(argument['reply'])}</p>{_sources(argument['replySources'], words['sources_label'])}</article>"
    )


def _answering(side: str) -> str:
    return {"supports": "opposes", "opposes": "supports", "mixed": "mixed"}[side]


def _mark(side: str) -> str:
    """The mark of a side: three shapes of one colour and of the same area."""
    shapes = {
        "supports": '<circle cx="8" cy="8" r="6.2" fill="currentColor"></circle>',
        "opposes": '<rect x="2.5" y="2.5" width="11" height="11" fill="currentColor"></rect>',
        "mixed": '<path d="M8 0.2L15.8 8L8 15.8L0.2 8Z" fill="currentColor"></path>',
    }
    return (
        f'<svg class="debate-mark" width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">{shapes[side]}</svg>'
    )


def _labelled(label: str, text: str) -> str:
    return f"<strong>{escape(label)}</strong> {escape(text)}"


def _sources(keys: list[str], label: str) -> str:
    if not keys:
        return ""
    return f'<p class="debate-sources">{escape(label)} {html.links([_documents()[key] for key in keys])}</p>'
