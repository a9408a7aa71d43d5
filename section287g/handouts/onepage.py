"""The program on one page: what it is, the law, the models, growth, money, both sides, what is not known."""

from __future__ import annotations

import re

from section287g import citing, facts, fairness, tables
from section287g.counts import MODEL_LABELS, MODELS
from section287g.handouts.words import words
from section287g.words import fill

# Rows of ``arguments``, three of each side with about as many words, and of ``debate_themes``.
ARGUMENTS = ("PS-S1", "EF-S1", "RL-S1", "CT-O1", "EF-O1", "CL-O2")
UNKNOWNS = ("public_safety", "cost_and_liability", "civil_rights_and_profiling")
LAW = ("usc1357g", "ice2025moatfm")


def sheet() -> dict:
    """Content of the page."""
    said = words("onepage")
    arguments = tables.load("arguments").set_index("argument_id").loc[list(ARGUMENTS)]
    first = fairness.first_side(0)
    themes = tables.load("debate_themes").set_index("theme").loc[list(UNKNOWNS)]
    return {
        **said,
        "models": [
            {
                "name": MODEL_LABELS[model],
                "gist": words("models")["gist"][model],
                "count": fill(said["model_count"], n=facts.get(f"{model}_newest").text),
            }
            for model in MODELS
        ],
        "models_heading": _filled(said["models_heading"]),
        "growth": {**said["growth"], "text": _filled(said["growth"]["text"])},
        "pay": {**said["pay"], "text": _filled(said["pay"]["text"])},
        "sides": [
            {"name": said["sides"][side], "arguments": arguments.loc[arguments["side"] == side, "argument"].tolist()}
            for side in sorted(fairness.SIDES, key=lambda side: side != first)
        ],
        "unknown": themes["not_known"].tolist(),
        "cited": "; ".join(dict.fromkeys(map(citing.short, source_keys()))),
    }


def source_keys() -> list[str]:
    """Keys of the sources of the page, once each; of an argument its first one."""
    said = words("onepage")
    named = [name for part in ("growth", "pay") for name in _names(said[part]["text"])]
    of_facts = [key for name in named for key in facts.get(name).source_keys]
    arguments = tables.load("arguments").set_index("argument_id").loc[list(ARGUMENTS)]
    return list(dict.fromkeys([*LAW, *of_facts, *(cell.split("; ")[0] for cell in arguments["source_keys"])]))


def _filled(text: str) -> str:
    """A text with the numbers that it names."""
    return text.format(**{name: facts.get(name).text for name in _names(text)})


def _names(text: str) -> list[str]:
    return re.findall(r"{(\w+)}", text)


SHEETS = {"one-page": sheet}
