"""The incentives explorer from Python: its arithmetic in JavaScript against section287g.incentives, its settings, and
its page."""

import gzip
import itertools
import json
import random
import subprocess
from decimal import Decimal
from html import escape

import pytest
import traitlets
from playwright._impl._driver import compute_driver_executable

from section287g import explorers, incentives
from section287g.explorers import Incentives, assets
from section287g.explorers.base import Number
from section287g.explorers.incentives import widget

WORDS = assets.words("incentives")
START = {name: setting.default for name, setting in widget.settings().items()}
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
    given = json.dumps({"data": widget.data(), "cases": cases})
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

    def draw(name, setting):
        if not isinstance(setting, Number):
            return chance.choice(setting.allowed)
        if name in widget.LOCATED:
            return chance.choice(
                [
                    "",
                    "0",
                    "69.4",
                    "69.5",
                    "70",
                    "79",
                    "79.5",
                    "80",
                    "89",
                    "89.4",
                    "89.5",
                    "90",
                    "100",
                    f"{chance.randint(0, 999) / 10:g}",
                ]
            )
        return str(
            chance.choice(
                [
                    setting.least,
                    setting.most,
                    int(setting.default),
                    *(chance.randint(setting.least, setting.most) for _ in range(3)),
                ]
            )
        )

    return [{name: draw(name, setting) for name, setting in widget.settings().items()} for _ in range(number)]


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
    (javascript, _), = in_javascript([widget.data()["examples"][example]])  # fmt: skip
    assert sum(money(line["amount"]) for line in javascript["lines"]) == first_year


# --- settings ---


@pytest.mark.parametrize(
    ("setting", "value", "expected"),
    [
        ("officers", 0, "officers must be a whole number from 1 to 5,000; got '0'"),
        ("base_pay_usd", -1, "base_pay_usd must be a whole number from 0 to 500,000; got '-1'"),
        ("located_2", 120, "located_2 must be a number with at most 1 decimal from 0 to 100, or blank; got '120'"),
        ("located_2", "89.55", "got '89.55'"),
        ("rounding", "up", "rounding must be one of 'reach', 'nearest'"),
        ("first_quarter", "2026-01-01", "first_quarter must be one of"),
        ("view", "chart", "'picture', 'table'"),
    ],
)
def test_widget_refuses_wrong_values_and_names_the_possible_ones(setting, value, expected):
    with pytest.raises(traitlets.TraitError) as error:
        Incentives(**{setting: value})
    assert expected in str(error.value)


def test_widget_has_exactly_the_settings_synced():
    live = Incentives(officers=20, located_1=89.5, rounding="nearest")
    assert (live.officers, live.located_1, live.rounding) == ("20", "89.5", "nearest")
    assert {*widget.settings(), "data", "words"} <= set(live.traits(sync=True))
    assert {name: getattr(Incentives(), name) for name in widget.settings()} == START


def test_every_setting_has_words_and_a_place():
    names = [name for name in widget.settings() if name != "view"]
    assert sorted(WORDS["labels"]) == sorted(names)
    for name, choices in incentives.CHOICES.items():
        assert list(WORDS["choices"][name]) == list(choices)
    in_points = {name for point in incentives.AMBIGUITIES for name in point.switches}
    assert set(names) - in_points <= {
        *widget.LOCATED,
        "officers",
        "new_officers",
        "base_pay_usd",
        "benefits_percent",
        "overtime_percent",
        "agreements",
    }
    assert list(WORDS["starts"]) == ["own", *widget.EXAMPLES]


# --- the page ---


def page(**options):
    return explorers.static_html("incentives", image=lambda svg, file: file, **options)


def test_page_shows_the_first_example_and_all_open_points_without_scripts():
    still = page().split("<script")[0]
    assert "First year: $487,000. Of this, $357,000 recurs each year and $130,000 comes once." in still
    assert "not a promise of payment" in still and "not a statement of entitlement" in still
    for point in incentives.AMBIGUITIES:
        assert escape(point.question) in still and escape(point.reason) in still
    assert "ICE will fully reimburse participating agencies" in still and "Officers trained 4" in still
    assert "<img" not in still and "<details" not in still


def test_page_takes_options_and_refuses_impossible_ones():
    assert "First year: $518,000" in page(
        agreements="1", officers="4", new_officers="4", located_1="95", equipment_usd="7500", base_pay_usd="65000"
    )
    with pytest.raises(ValueError, match="officers must be a whole number from 1 to 5,000; got '0'"):
        page(officers="0")


def test_nothing_says_that_awards_were_paid():
    own = (assets.FOLDER / "incentives" / "strings.json").read_text(encoding="utf-8").lower()
    assert "was paid" not in own and "were paid" not in own and "bounty" not in own


def test_explorer_is_light():
    parts = [page(), *explorers.scripts("incentives").values()]
    assert sum(len(gzip.compress(part.encode(), 6)) for part in parts) < 60_000
