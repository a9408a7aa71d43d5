"""The incentives explorer from Python: its arithmetic in JavaScript against section287g.incentives, its settings, and
its page."""

import itertools
import json
import random
import re
import subprocess
from decimal import Decimal
from html import escape

import pytest
import traitlets
from explorer_pages import html, sent
from playwright._impl._driver import compute_driver_executable

from section287g import incentives
from section287g.explorers import Incentives, assets
from section287g.explorers.incentives import widget

WORDS = assets.words("incentives")
DATA = sent("incentives")["data"]
START = {name: value for name, value in sent("incentives").items() if name not in ("data", "words")}


def possible(name):
    """What the explorer says that a setting may be."""
    with pytest.raises(traitlets.TraitError) as error:
        Incentives(**{name: "much"})
    return str(error.value).partition("; got")[0]


POSSIBLE = {name: possible(name) for name in START}
CALCULATE = """
import { readFileSync } from "node:fs";
const { data, cases } = JSON.parse(readFileSync(0, "utf8"));
const text = (value) => (typeof value === "bigint" ? String(value) : value);
for (const values of cases) {
  const get = (name) => values[name];
  console.log(JSON.stringify([estimate(get, data), staircase(get, data)], (_, value) => text(value)));
}
"""


def in_javascript(cases):
    """[estimate, staircase] of the explorer's own code for each case (settings as text), run by the Node that
    Playwright brings."""
    code = assets.module("incentives").replace("export default", "void") + CALCULATE
    given = json.dumps({"data": DATA, "cases": cases})
    node = compute_driver_executable()[0]
    done = subprocess.run(
        [node, "--input-type=module", "--eval", code], input=given, text=True, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def money(text):
    return Decimal(text).scaleb(-12)


def assert_equal(case, found):
    javascript, steps = found
    agency, assumptions = widget.inputs(case)
    python = incentives.estimate(agency, assumptions)
    assert [(line["part"], line["quarter"] or None, money(line["amount"])) for line in javascript["lines"]] == [
        (line.part, line.quarter, line.amount_usd) for line in python.lines
    ], case
    assert [line["term"] for line in javascript["lines"] if line["part"] == "award"] == [
        line.term_id for line in python.lines if line.part == "award"
    ]
    assert [money(javascript[name]) for name in ("overCap", "fronted", "passedOn")] == [
        python.overtime_over_cap_usd, python.fronted_usd, python.passed_on_usd,
    ], case  # fmt: skip
    assert [(step["located"], step["award"], step["gain"]) for step in steps] == [
        (step.located, step.award_usd, step.gain_usd) for step in incentives.staircase(agency, assumptions)
    ], case


def random_cases(number, seed=287):
    """Settings anywhere within their limits, edges as often as anything else."""
    chance = random.Random(seed)
    edges = "0 69.4 69.5 70 79 79.5 80 89 89.4 89.5 90 100".split()

    def draw(name):
        possible = POSSIBLE[name]
        if "one of" in possible:
            return chance.choice(re.findall("'([^']+)'", possible))
        if "blank" in possible:
            return chance.choice(["", *edges, f"{chance.randint(0, 999) / 10:g}"])
        least, most = (int(number.replace(",", "")) for number in re.search(r"from (\S+) to (\S+)", possible).groups())
        inner = [chance.randint(least, most) for _ in range(3)]
        return str(chance.choice([least, most, int(START[name]), *inner]))

    return [{name: draw(name) for name in START} for _ in range(number)]


def test_browser_and_python_agree_for_thousands_of_random_settings():
    cases = random_cases(3_000)
    for case, found in zip(cases, in_javascript(cases), strict=True):
        assert_equal(case, found)


def test_browser_and_python_agree_on_every_share_and_overtime_rate():
    shares = [f"{tenths / 10:g}" for tenths in range(1001)]
    cases = [
        {**START, "rounding": rounding, "located_1": share}
        for rounding, share in itertools.product(("reach", "nearest"), shares)
    ]
    cases += [{**START, "overtime_percent": str(rate), "overtime_worked_by_percent": str(by), "overtime_cap": cap}
              for rate in range(0, 101, 5) for by in (1, 33, 100) for cap in ("officer", "pooled")]  # fmt: skip
    cases += [
        {**START, "listed": str(listed), "rounding": rounding}
        for listed in range(101)
        for rounding in ("reach", "nearest")
    ]
    for case, found in zip(cases, in_javascript(cases), strict=True):
        assert_equal(case, found)


@pytest.mark.parametrize(
    ("example", "first_year"), [("small", 487_000), ("ceiling", 2_880_000), ("hours", 712_500), ("florida", 10_005_000)]
)
def test_worked_examples_in_the_browsers_arithmetic(example, first_year):
    (javascript, _), = in_javascript([DATA["examples"][example]])  # fmt: skip
    assert sum(money(line["amount"]) for line in javascript["lines"]) == first_year


# --- settings ---


def test_every_setting_has_words_and_a_place():
    names = [name for name in START if name not in ("view", "guess")]
    assert sorted(WORDS["labels"]) == sorted(names)
    for name, choices in incentives.CHOICES.items():
        assert list(WORDS["choices"][name]) == list(choices)
    in_points = {name for point in incentives.AMBIGUITIES for name in point.switches}
    asked = "officers new_officers base_pay_usd benefits_percent overtime_percent agreements".split()
    assert set(names) - in_points <= {*widget.LOCATED, *asked}
    assert list(WORDS["starts"]) == ["own", *DATA["examples"]]


# --- the page ---


def test_page_shows_the_first_example_and_all_open_points_without_scripts():
    page = html("incentives").split("<script")[0]
    assert "First year: $487,000. Of this, $357,000 recurs each year and $130,000 comes once." in page
    assert "not a promise of payment" in page and "not a statement of entitlement" in page
    for point in incentives.AMBIGUITIES:
        assert escape(point.question) in page and escape(point.reason) in page
    assert "ICE will fully reimburse participating agencies" in page and "Officers trained 4" in page
    assert "<img" not in page and "<details" not in page


def test_page_takes_options():
    options = {"agreements": "1", "officers": "4", "new_officers": "4", "located_1": "95", "base_pay_usd": "65000"}
    assert "First year: $518,000" in html("incentives", **options, equipment_usd="7500")


def test_nothing_says_that_awards_were_paid():
    own = (assets.FOLDER / "incentives" / "strings.json").read_text(encoding="utf-8").lower()
    assert "was paid" not in own and "were paid" not in own and "bounty" not in own
