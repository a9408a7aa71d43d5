"""Whether the debate is told evenly: measured on the tables ``arguments`` and ``debate_themes``, and on any text in our
own voice.

An argument and its best evidence speak for the side that makes it; the strongest reply speaks for the other side. Mixed
positions speak for neither and are not counted. The rules: each theme has both sides; their numbers of arguments differ
by at most one; the side with fewer words has at least 85 percent of the words of the other; each argument has a source
in which its own side speaks, and its reply has a source; every speaker is named with a stance; loaded words stand in
quotation marks only.

Whoever speaks first frames the question, and whoever speaks last is remembered. So in every list the side that speaks
first changes from place to place (``first_side``), and a page's paragraphs that name both sides name each of them first
about as often.
"""

from __future__ import annotations

import re
from typing import Any

import pandas as pd

from section287g.words import SOURCE, language

SIDES = ("supports", "opposes")
MOST_DIFFERENCE_IN_ARGUMENTS = 1
MOST_DIFFERENCE_IN_TURNS = 1
LEAST_SHARE_OF_WORDS = 0.85

# In each language: loaded words of either side, which may stand in quotation marks, as the words of a source; how the
# sides are named; and how the brackets end in which a speaker's stance stands.
LOADED = {
    "en": """
        illegals? | illegal[ ](?:alien|immigrant|migrant)s?
        | (?:criminal[ ])?aliens? | undocumented | invasions? | invaders?
        | crackdowns? | dragnets? | raids? | amnesty | open[ ]borders | catch[ ]and[ ]release | round-?ups? | draconian
        | xenophob\\w+ | racist | regime | thugs? | terroriz\\w+ | lawless\\w* | radical | kidnap\\w+ | gestapo
        | so-called
        | obviously | of[ ]course | clearly | shocking\\w* | alarming\\w* | skyrocket\\w* | explod\\w+ | explosive
    """,
    "es": """
        (?:[lu][oan]s|unas)[ ]ilegales | (?:inmigrante|migrante|extranjero|persona)s?[ ]ilegal(?:es)?
        | extranjeros?[ ]criminal(?:es)? | indocumentad[oa]s? | invasi[oó]n(?:es)? | invasor(?:as?|es)?
        | redadas? | amnistías? | fronteras[ ]abiertas | draconian[oa]s? | xen[oó]fob\\w+ | racistas? | régimen
        | mat[oó]n(?:es)? | aterroriz\\w+ | radical(?:es)? | secuestr\\w+ | gestapo | así[ ]llamad[oa]s?
        | obviamente | por[ ]supuesto | claramente | impactantes? | alarmantes? | se[ ]dispar\\w+ | explosiv[oa]s?
    """,
}
NAMES = {
    "en": {"supports": r"\bsupporters?\b", "opposes": r"\bcritics?\b"},
    "es": {"supports": r"\bpartidari[oa]s?\b", "opposes": r"\bcrític[oa]s\b|\b(?:un|el|al|del) crítico\b"},
}
STANCE = {
    "en": r"(?:supporters?|critics?|critics of (?:state bans|mandates)|takes? no side)",
    "es": r"(?:partidari[oa]s?|crític[oa]s?(?: de (?:las prohibiciones estatales|los mandatos))?|no toman? partido)",
}


def _in_language(table: dict[str, Any]) -> Any:
    return table.get(language(), table[SOURCE])


def first_side(place: int) -> str:
    """The side that speaks first at a place of a list, counted from 0: supporters at even places, critics at odd
    ones."""
    return SIDES[place % 2]


def named_first(text: str) -> list[str]:
    """For each paragraph, row or list item of ``text`` that names both sides: the side that it names first."""
    turns = []
    for passage in re.split(r"\n\s*\n|\n(?=\s*(?:[-*|]|\d+\.)\s)", text):
        found = {side: re.search(name, passage, re.IGNORECASE) for side, name in _in_language(NAMES).items()}
        if all(found.values()):
            turns.append(min(SIDES, key=lambda side: found[side].start()))
    return turns


def take_turns(turns: list[str]) -> bool:
    """Whether both sides are first about as often."""
    return abs(turns.count(SIDES[0]) - turns.count(SIDES[1])) <= MOST_DIFFERENCE_IN_TURNS


def own_voice(text: str) -> str:
    """``text`` without what stands in quotation marks."""
    return re.sub(r'"[^"\n]*"|“[^”]*”|«[^»]*»', '""', text)


def loaded_words(text: str) -> list[str]:
    """Loaded words that ``text`` uses in its own voice, as they stand there."""
    return re.findall(rf"\b(?:{_in_language(LOADED)})\b", own_voice(text), flags=re.VERBOSE | re.IGNORECASE)


def words(text: str) -> int:
    """Number of words, as a word processor counts them."""
    return len(text.split())


def speeches(arguments: pd.DataFrame) -> pd.DataFrame:
    """Every text of the two sides with the side it speaks for: columns ``argument_id``, ``theme``, ``side``, ``part``,
    ``text``, ``source_keys``."""
    spoken = []
    for row in arguments[arguments["side"].isin(SIDES)].itertuples():
        other = SIDES[1 - SIDES.index(row.side)]
        spoken += [
            (row.argument_id, row.theme, row.side, "argument", row.argument, row.source_keys),
            (row.argument_id, row.theme, row.side, "best_evidence", row.best_evidence, row.source_keys),
            (row.argument_id, row.theme, other, "strongest_reply", row.strongest_reply, row.reply_source_keys),
        ]
    return pd.DataFrame(spoken, columns=["argument_id", "theme", "side", "part", "text", "source_keys"])


def balance(arguments: pd.DataFrame, themes: pd.DataFrame) -> pd.DataFrame:
    """For each theme, in the order of ``themes``, what each side is given.

    Index ``theme``; columns pairs of (``arguments``, ``words`` or ``sources``) and a side. Sources are distinct
    documents behind what speaks for the side.
    """
    spoken = speeches(arguments)
    cells = {
        "arguments": spoken[spoken["part"] == "argument"].groupby(["theme", "side"]).size(),
        "words": spoken["text"].map(words).groupby([spoken["theme"], spoken["side"]]).sum(),
        "sources": spoken.groupby(["theme", "side"])["source_keys"].agg(lambda cells: len(_keys(cells))),
    }
    index = pd.MultiIndex.from_product([themes["theme"], SIDES], names=["theme", "side"])
    given = pd.DataFrame(cells).reindex(index).fillna(0).astype(int).unstack("side")
    return given.reindex(index=themes["theme"], columns=pd.MultiIndex.from_product([cells, SIDES]))


def sources_by_side(arguments: pd.DataFrame, sources: pd.DataFrame) -> pd.DataFrame:
    """Distinct documents behind what speaks for each side, by kind of document: index kind (as in ``sources``), one
    column a side."""
    spoken = speeches(arguments)
    kinds = sources.set_index("source_key")["kind"]
    return (
        pd.DataFrame(
            {side: kinds.loc[_keys(spoken.loc[spoken["side"] == side, "source_keys"])].value_counts() for side in SIDES}
        )
        .fillna(0)
        .astype(int)
    )


def findings(arguments: pd.DataFrame, themes: pd.DataFrame, sources: pd.DataFrame) -> list[str]:
    """Every rule that the tables break, each as one sentence naming the theme or argument; empty if the debate is told
    evenly."""
    return [
        *_uneven(balance(arguments, themes)),
        *_uneven_rethinking(themes),
        *_without_sources(arguments, sources),
        *_without_stance(arguments),
        *_loaded(arguments, themes),
    ]


def _keys(cells: pd.Series) -> list[str]:
    return sorted({key for cell in cells.dropna() for key in cell.split("; ") if key})


def _uneven(given: pd.DataFrame) -> list[str]:
    found = []
    for theme, row in given.iterrows():
        supports, opposes = (int(row["arguments", side]) for side in SIDES)
        if not supports or not opposes:
            found.append(f"{theme}: one side has no argument ({supports} support, {opposes} oppose)")
        elif abs(supports - opposes) > MOST_DIFFERENCE_IN_ARGUMENTS:
            found.append(f"{theme}: {supports} arguments support and {opposes} oppose")
        found += _uneven_words(f"{theme}: words", *(int(row["words", side]) for side in SIDES))
    return found


def _uneven_words(what: str, supports: int, opposes: int) -> list[str]:
    if min(supports, opposes) >= LEAST_SHARE_OF_WORDS * max(supports, opposes):
        return []
    return [f"{what}: {supports} for supporters, {opposes} for critics, more than 15 percent apart"]


def _uneven_rethinking(themes: pd.DataFrame) -> list[str]:
    pairs = zip(themes["theme"], themes["supporters_would_rethink"], themes["critics_would_rethink"], strict=True)
    return [
        line
        for theme, supporters, critics in pairs
        for line in _uneven_words(f"{theme}: words on thinking again", words(supporters), words(critics))
    ]


def _without_sources(arguments: pd.DataFrame, sources: pd.DataFrame) -> list[str]:
    side_of = sources.set_index("source_key")["side"]
    found = []
    for row in arguments.itertuples():
        if row.own_source_key not in row.source_keys.split("; "):
            found.append(
                f"{row.argument_id}: the source of its own side, {row.own_source_key}, is not among its sources"
            )
        if row.side in SIDES and side_of.get(row.own_source_key) == SIDES[1 - SIDES.index(row.side)]:
            found.append(f"{row.argument_id}: {row.own_source_key} is a source of the other side")
        if not _keys(pd.Series([row.reply_source_keys])):
            found.append(f"{row.argument_id}: the reply has no source")
    return found


def _without_stance(arguments: pd.DataFrame) -> list[str]:
    """Speakers whose words in brackets do not end with a stance."""
    speakers = [(row.argument_id, speaker) for row in arguments.itertuples() for speaker in row.who.split("; ")]
    return [
        f"{name}: {speaker!r} is named without a stance"
        for name, speaker in speakers
        if not re.search(rf"[( ]{_in_language(STANCE)}\)$", speaker)
    ]


def _loaded(arguments: pd.DataFrame, themes: pd.DataFrame) -> list[str]:
    texts = [
        (row.argument_id, (row.who, row.argument, row.best_evidence, row.strongest_reply))
        for row in arguments.itertuples()
    ]
    texts += [(row.theme, row[2:-1]) for row in themes.itertuples()]
    return [
        f"{name}: loaded word {word!r} in our own voice"
        for name, parts in texts
        for part in parts
        for word in loaded_words(part)
    ]
