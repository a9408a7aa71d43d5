"""What an agency could claim under the published terms: settings and words for a page, and the widget for JupyterLab.

The arithmetic is that of `section287g.incentives`; widget.js does the same in the browser, with the same exact result.
"""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from html import escape

from section287g import citing, incentives, tables
from section287g.explorers import assets, html, spec
from section287g.explorers.base import Link, Still, say, settings_of
from section287g.facts import written_date
from section287g.incentives import AMBIGUITIES, CHOICES, QUARTERS, Agency, Assumptions

NAME = "incentives"
DECLARED = {name: about for name, about in spec.load(NAME)["settings"].items() if name != "guess"}
NUMBERS = [name for name, about in DECLARED.items() if about.get("kind") == "number"]
LOCATED = tuple(f"located_{quarter}" for quarter in QUARTERS)
FIRST_QUARTERS = ("2025-10-01", "2026-10-01", "2027-10-01", "2028-10-01", "2029-01-01", "2029-10-01")
TERM_OF_PART = {  # the award stands for its three tiers
    "pay": incentives.PAY,
    "overtime": incentives.OVERTIME,
    "award": "dhs_award_t1",
    "equipment": incentives.EQUIPMENT,
    "vehicles": incentives.VEHICLES,
}
ALSO_STATED_BY = {"equipment": ("fop2025reimbursement",), "vehicles": ("fop2025reimbursement",)}
# The worked examples: what differs from the start, which is the first of them.
EXAMPLES = {
    "small": {},
    "ceiling": {
        "officers": "20", "new_officers": "20", "base_pay_usd": "75000", "benefits_percent": "45",
        "overtime_percent": "30",
        **dict.fromkeys(LOCATED, "95"),
    },
    "hours": {
        "officers": "20", "new_officers": "20", "base_pay_usd": "75000", "benefits_percent": "45",
        "overtime_percent": "30",
        **dict.fromkeys(LOCATED, "95"), "claimed_percent": "15",
    },
    "florida": {
        "officers": "974", "new_officers": "974", "base_pay_usd": "0", "benefits_percent": "0", "overtime_percent": "0",
        **dict.fromkeys(LOCATED, ""), "agreements": "27",
    },
}  # fmt: skip


def inputs(values: dict) -> tuple[Agency, Assumptions]:
    """Agency and assumptions that settings stand for. Newly trained officers count up to the officers trained."""
    number = {name: None if values[name] == "" else Decimal(values[name]) for name in NUMBERS}
    whole = {
        name: int(number[name])
        for name in ("officers", "new_officers", "agreements", "other_trained", "listed", "delay_months")
    }
    whole["new_officers"] = min(whole["new_officers"], whole["officers"])
    given = {
        **number,
        **whole,
        **{name: values[name] for name in CHOICES},
        "first_quarter": date.fromisoformat(values["first_quarter"]),
    }
    agency = {name: given[name] for name in Agency.__dataclass_fields__ if name in given}
    assumptions = {name: given[name] for name in Assumptions.__dataclass_fields__}
    return Agency(**agency, located_percent=tuple(number[name] for name in LOCATED)), Assumptions(**assumptions)


@cache
def data() -> dict:
    """Published amounts, limits, open points, examples and sources as JSON-ready values, about 4 kB compressed."""
    terms = incentives.terms()
    return {
        "tiers": [[int(term.located_share_min), int(term.amount_usd), term.term_id] for term in incentives.tiers()],
        "pay_percent": int(terms[incentives.PAY].percent),
        "overtime_cap_percent": int(terms[incentives.OVERTIME].percent),
        "vehicles_usd": int(terms[incentives.VEHICLES].amount_usd),
        "funded": {
            day: [incentives.is_funded(date.fromisoformat(day), quarter) for quarter in QUARTERS]
            for day in FIRST_QUARTERS
        },
        "checked": f"{tables.last_checked(tables.load('incentive_terms')):%Y-%m-%d}",
        "funds_end": terms[incentives.FUNDS].effective_to,
        "parts": {part: _part(part) for part in incentives.PARTS},
        "points": [
            {
                "number": point.number,
                "question": point.question,
                "reason": point.reason,
                "settings": list(point.switches),
                "sources": [_source(key) for key in _keys(point)],
            }
            for point in AMBIGUITIES
        ],
        "equipment_usd": int(terms[incentives.EQUIPMENT].amount_usd),
        "first_quarters": list(FIRST_QUARTERS),
        "choices": {name: list(values) for name, values in CHOICES.items()},
        "examples": {name: {**_start(), **changes} for name, changes in EXAMPLES.items()},
        "guess": _guess(incentives.estimate(*inputs(_start()))),
    }


settings = settings_of(NAME, data)


def _guess(found: incentives.Estimate) -> dict[str, str]:
    return {
        "answer": str(found.results_percent_of_recurring),
        "award": _dollars(found.part_usd("award")),
        "recurring": _dollars(found.recurring_usd),
    }


def _start() -> dict[str, str]:
    """What the estimate starts with, as spec.json says."""
    return {name: declared["start"] for name, declared in DECLARED.items() if "start" in declared}


def _part(part: str) -> dict:
    """Term, grade and sources of a part of the estimate."""
    term = incentives.terms()[TERM_OF_PART[part]]
    return {
        "term": term.term_id,
        "from": term.effective_from,
        "confidence": term.confidence,
        "sources": [_source(key) for key in (term.source_key, *ALSO_STATED_BY.get(part, ()))],
    }


def _source(key: str) -> list[str]:
    """Publisher and date, and address, of a source."""
    row = tables.load("sources").set_index("source_key").loc[key]
    return [f"{row['publisher']}, {citing.date(row)}", row["url"]]


def source_keys() -> list[str]:
    """Keys into the table `sources` of everything the explorer shows."""
    of_parts = {incentives.terms()[term].source_key for term in TERM_OF_PART.values()}
    return sorted(of_parts.union(*ALSO_STATED_BY.values(), *map(_keys, AMBIGUITIES)))


def _keys(point: incentives.Ambiguity) -> tuple[str, ...]:
    return (incentives.terms()[point.term_id].source_key, *point.also_source_keys)


def still(values: dict) -> Still:
    """The view that stands in the page without scripts and on paper: the estimate of `values`, its terms, and the open
    points."""
    words = assets.words(NAME)
    found = incentives.estimate(*inputs(values))
    return Still(
        sentence=_sentence(found, words),
        columns=[*words["columns"].values()],
        rows=[*(_row(found, part, words) for part in incentives.PARTS), _total_row(found, words)],
        table_caption=say(words["title"], total=_dollars(found.first_year_usd)),
        source=_source_line(words),
        more=_inputs_line(values, words),
        below=_points(words),
    )


def _row(found: incentives.Estimate, part: str, words: dict) -> list:
    lines = {line.quarter: line.amount_usd for line in found.lines if line.part == part}
    about = _part(part)
    return [
        words["parts"][part],
        *(_whole_dollars(lines.get(quarter, Decimal(0))) for quarter in (*QUARTERS, None)),
        _whole_dollars(found.part_usd(part)),
        words["terms"][part],
        words["grades"][about["confidence"]],
        [Link(*source) for source in about["sources"]],
    ]


def _total_row(found: incentives.Estimate, words: dict) -> list:
    sums = [*(found.quarter_usd(quarter) for quarter in QUARTERS), found.one_time_usd, found.first_year_usd]
    return [words["total"], *map(_whole_dollars, sums), "", "", []]


def _sentence(found: incentives.Estimate, words: dict) -> str:
    """The live sentence, as the browser also writes it."""
    return say(
        words["sentence"],
        total=_dollars(found.first_year_usd),
        recurring=_dollars(found.recurring_usd),
        once=_dollars(found.one_time_usd),
        share=str(found.results_percent_of_recurring),
        share_first=str(found.results_percent_of_first_year),
    )


def _source_line(words: dict) -> str:
    return say(
        words["source"],
        date=written_date(incentives.terms()[incentives.PAY].effective_from),
        checked=written_date(data()["checked"]),
    )


def _inputs_line(values: dict, words: dict) -> str:
    main = [name for name in NUMBERS if "place" not in DECLARED[name]]
    shown = [
        say(words["input"], name=words["labels"][name], value=_shown(name, values[name], words))
        for name in (*(name for name in main if name not in LOCATED), *LOCATED)
    ]
    return say(words["inputs"], list="; ".join(shown))


def _shown(name: str, value: str, words: dict) -> str:
    if value == "":
        return words["no_list"]
    return " ".join(filter(None, [f"{Decimal(value):,}", words["units"].get(name, "")]))


def _points(words: dict) -> str:
    """The open points as HTML."""
    items = "".join(
        f"<li><strong>{escape(point['question'])}</strong> {escape(point['reason'])}"
        f" {html.links([Link(*source) for source in point['sources']])}</li>"
        for point in data()["points"]
    )
    return f"<h4>{escape(words['points_title'])}</h4><ol>{items}</ol>"


def _whole_dollars(amount: Decimal) -> int:
    return int(amount.quantize(Decimal(1), ROUND_HALF_UP))


def _dollars(amount: Decimal) -> str:
    return f"${_whole_dollars(amount):,}"
