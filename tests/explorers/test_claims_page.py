"""The claims explorer operated by a reader: reading claims, making numbers, its outputs, other ways of reading."""

import itertools
import xml.etree.ElementTree as ElementTree

import pytest
from explorer_pages import control, csv_rows, open_tab, options, read_each, saved_picture, sentence, table

from section287g import claims, counts, tables
from section287g.counts import MODELS
from section287g.explorers.claims import widget
from section287g.explorers.growth.widget import UNITS as COLUMNS
from section287g.facts import written_date

TABLE = tables.load("claims")
LISTS = tables.load("lists")["list"].tolist()

# Sets controls of the explorer and gives the cells of its table: [[trait, value], ...]; a range takes the key of a
# list.
CHOOSE = """([choices, keys]) => {
  for (const [trait, value] of choices) {
    const input = document.querySelector(`.explorer-live [data-trait=${trait}]`);
    input.value = input.type === 'range' ? keys.indexOf(value) : value;
    input.dispatchEvent(new Event('input', {bubbles: true}));
  }
  return [...document.querySelectorAll('.explorer-live tbody tr[data-row]')]
    .map(row => [...row.cells].map(cell => cell.textContent));
}"""


@pytest.fixture
def explorer(alive):
    """A function that opens the page of the explorer, alive; keyword arguments are the settings of a link."""

    def explorer(height=900, width=1280, **settings):
        query = "&".join(f"{name}={value}" for name, value in settings.items())
        return alive("claims", f"#explorer-claims?{query}" if query else "", height=height, width=width)

    return explorer


def choose(page, **values):
    return page.evaluate(CHOOSE, [[[trait, str(value)] for trait, value in values.items()], LISTS])


def card(page):
    return page.locator(".c-card").inner_text()


def numbers(page):
    return page.locator(".c-number strong").all_inner_texts()


def test_every_claim_opens_with_what_is_known_about_it(explorer):
    page = explorer()
    seen = read_each(
        page,
        """() => {
      const card = document.querySelector('.c-card');
      return [card.textContent, [...card.querySelectorAll('a')].map(link => link.getAttribute('href')),
        card.querySelector('svg.c-chart') !== null];
    }""",
    )
    urls = TABLE["source_key"].map(tables.load("sources").set_index("source_key")["url"]).fillna("")
    shown = "claim_id claim as_of primary_says recomputed_value recomputed_definition list_date explanation".split()
    for (text, links, drawn), url, row in zip(seen, urls, TABLE.fillna("").to_dict("records"), strict=True):
        assert [column for column in shown if written_date(row[column]) not in text] == [], row["claim_id"]
        assert ("cannot test this claim" in text) == (row["recomputed_value"] == "")
        assert ("ICE's lists give" in text) == (row["claim_id"] not in claims.NOT_FROM_LISTS)
        assert (url in links or not url) and drawn == (row["claim_id"] in widget.PICTURES)


def test_filters_and_search(explorer):
    page = explorer()
    for trait, column in (("text", "text_id"), ("kind", "kind"), ("verdict", "verdict")):
        for value, number in TABLE[column].value_counts().items():
            control(page, trait).select_option(value)
            assert options(page).count() == number and sentence(page).startswith(f"{number} of {len(TABLE)} claims")
        control(page, trait).select_option("all")
    control(page, "search").fill("  FLORIDA share ")
    assert any("C002-08" in text for text in options(page).all_inner_texts()) and options(page).count() < 10
    control(page, "search").fill("nothing like this")
    assert options(page).count() == page.locator(".c-card").count() == 0


# The numbers that texts name, by the reader's own hands; tests/book/test_checking.py does the same on the page.


def test_from_a_claim_to_its_number_and_back_from_a_link(explorer):
    page = explorer()
    options(page).nth(5).click()
    assert f"gives {tenths(claims.recompute(TABLE['claim_id'].iloc[5]).value)}%" in card(page)
    page.get_by_role("button", name="Make this number yourself").click()
    before, after = (claims.count(key) for key in (claims.BEFORE, claims.SEPTEMBER_2_AFTERNOON))
    assert numbers(page) == [f"{before}", f"{after}", f"+{claims.rounded(after - before, before)}%"]
    stated = claims.stated_total("dhs2025reimbursement", "2025-09-02")
    assert f"{stated} agreements" in page.locator(".c-stated").inner_text()
    choose(page, unit="agencies")
    assert page.locator(".c-stated").count() == 0


def test_growth_downward_none_and_from_zero(explorer):
    page = explorer(mode="growth")
    high, low = (claims.count(key) for key in (claims.SEPTEMBER_17, claims.END_OF_FIRST_TERM))
    choose(page, baseline=claims.SEPTEMBER_17, date=claims.END_OF_FIRST_TERM)
    assert f"down {claims.rounded(high - low, high)} percent" in sentence(page)
    choose(page, date=claims.SEPTEMBER_17)
    assert "no change" in sentence(page)
    control(page, "model").select_option("task_force")
    choose(page, baseline=claims.BEFORE)
    assert "no percentage" in sentence(page) and numbers(page)[2] == "–"
    control(page, "mode").select_option("share")
    choose(page, date="2021-01-13")
    assert "there is no share" in sentence(page) and numbers(page)[2] == "–"


def counted(mode, date, unit="agreements", model="all", **more):
    """The two numbers behind an example, counted here."""
    if mode == "growth":
        return [claims.count(key, unit) for key in (more["baseline"], date)]
    if mode == "share":
        return [claims.count(date, model=model, state=state) for state in (more["state"], None)]
    return [claims.signed_on_list(int(more["year"]), date), claims.count(date)]


def test_every_example_is_reached_by_its_button(explorer):
    page = explorer()
    for examples in widget.EXAMPLES.values():
        control(page, "mode").select_option(examples[0]["mode"])
        for place, settings in enumerate(examples):
            page.locator(".c-examples button").nth(place).click()
            assert numbers(page)[:2] == [f"{number:,}" for number in counted(**settings)]
            assert page.evaluate("document.activeElement.dataset.focus") == f"example-{place}"


def tenths(value):
    return f"{value:,.1f}"


def shown_list(cells):
    return list(reversed(cells))  # newest first


def test_growth_in_the_browser_is_that_of_python_over_a_grid(explorer):
    page = explorer(mode="growth", view="table")
    frame = counts.over_time()
    for unit, model, baseline in itertools.product(
        claims.UNITS, ("all", *MODELS), ("2021-01-13", "2024-12-18", "2025-06-05-pm", "2026-07-20")
    ):
        column = frame[COLUMNS[unit]["total" if model == "all" else model]]
        before = int(column[baseline])
        rows = shown_list(choose(page, unit=unit, model=model, baseline=baseline))
        assert [row[1] for row in rows] == [f"{count:,}" for count in column]
        assert [row[2] for row in rows] == [
            tenths(claims.rounded(int(count) - before, before)) if before else "" for count in column
        ]


def test_shares_in_the_browser_are_those_of_python_over_a_grid(explorer):
    page = explorer(mode="share", view="table")
    for state, unit, model in itertools.product(("FL", "TX", "GU", "MD"), claims.UNITS, ("all", *MODELS)):
        name = COLUMNS[unit]["total" if model == "all" else model]
        parts, wholes = counts.over_time(state)[name], counts.over_time()[name]
        rows = shown_list(choose(page, state=state, unit=unit, model=model))
        assert [row[1:] for row in rows] == [
            [f"{part:,}", f"{whole:,}", tenths(claims.rounded(int(part), int(whole))) if whole else ""]
            for part, whole in zip(parts, wholes, strict=True)
        ]


def test_years_of_signing_in_the_browser_are_those_of_python_over_a_grid(explorer):
    page = explorer(mode="signed", view="table")
    signed = tables.load("list_signed").groupby(["list", "signed_year"])[list(MODELS)].sum()
    signed["all"] = signed.sum(axis=1)
    for year, model in itertools.product(widget.years(), ("all", *MODELS)):
        column = signed[model].xs(int(year), level="signed_year").reindex(LISTS, fill_value=0)
        rows = shown_list(choose(page, year=year, model=model))
        assert [row[1] for row in rows] == [f"{count:,}" for count in column]


def test_picture_marks_what_the_list_gives(explorer):
    page = explorer()
    for claim_id in ("C000-06", "C002-08", "C001-18", "C002-06", "C003-05", "C003-07", "C003-38"):
        page.locator(f"[role=option][data-id={claim_id}]").click()
        caption = page.locator(".c-card figcaption").inner_text()
        given = {"C003-05": "45", "C003-38": "0"}.get(claim_id) or claims.recompute(claim_id).value
        assert f"gives {tenths(given) + '%' if isinstance(given, float) else given}." in caption
        assert page.locator(".c-chart .c-at-list").count() == 1 and page.locator(".c-chart .c-line").get_attribute("d")
        assert page.locator(".c-chart .c-at-claimed").count() == (claim_id in widget.CLAIMED)


# Outputs


def test_table_and_csv_hold_the_claims_shown(explorer):
    page = explorer(verdict="rounded")
    open_tab(page, 1)
    shown = TABLE[TABLE["verdict"] == "rounded"].fillna("")
    assert [row[0] for row in table(page)] == shown["claim_id"].tolist()
    name, (header, *rows) = csv_rows(page)
    assert name == "287g-claims.csv" and header[0] == "claim_id"
    assert [[row[0], row[2], row[11]] for row in rows] == shown[["claim_id", "claim", "source_key"]].values.tolist()


def test_csv_of_a_number(explorer):
    name, (header, *rows) = csv_rows(explorer(mode="growth", date=claims.SEPTEMBER_17))
    assert name == "287g-growth-2025-09-16.csv" and [row[0] for row in rows] == LISTS
    assert {row[0]: row[-1] for row in rows}[claims.SEPTEMBER_17] == tenths(
        claims.growth(claims.BEFORE, claims.SEPTEMBER_17)
    )
    name, (header, *rows) = csv_rows(explorer(mode="share", model="task_force"))
    parts = [claims.count(claims.DECEMBER_5, model="task_force", state=state) for state in ("FL", None)]
    row = {row[0]: row[-3:] for row in rows}[claims.DECEMBER_5]
    assert row == [*map(str, parts), tenths(claims.share(claims.DECEMBER_5))] and header[-3:-1] == ["Florida", "All"]


def test_saved_picture_has_its_title_and_numbers_and_is_offered_where_there_is_one(explorer):
    share = f"{tenths(claims.share(claims.DECEMBER_5))}"
    on = claims.DECEMBER_5
    for settings, said in (
        ({"claim": "C002-08"}, ("C002-08", f"{share}%")),
        ({"mode": "share", "model": "task_force", "date": on, "view": "table"}, ("Florida", f"{share} percent")),
    ):
        page = explorer(**settings)
        picture = ElementTree.fromstring(saved_picture(page))
        text = " ".join("".join(it.itertext()) for it in picture.iter("{http://www.w3.org/2000/svg}text"))
        assert all(part in text for part in said)
        strokes = [path.get("stroke") for path in picture.iter("{http://www.w3.org/2000/svg}path")]
        assert strokes.count("none") < 2  # the line has its colour
    page = explorer(claim=next(name for name in TABLE["claim_id"] if name not in widget.PICTURES))
    save = page.get_by_role("button", name="Save picture")
    assert save.count() == 0
    page.locator(f"[role=option][data-id={next(iter(widget.PICTURES))}]").click()
    assert save.is_visible()
    control(page, "search").fill("nothing like this")
    assert save.count() == 0


SHOWN = {
    "claims": "mode text kind verdict search",
    "growth": "mode unit model baseline date",
    "share": "mode state unit model date",
    "signed": "mode year model date",
}


def test_each_mode_has_its_own_labelled_controls_and_no_barrier(explorer, axe_violations):
    page = explorer(width=320, height=700, text="000", claim="C000-06")
    for mode, traits in SHOWN.items():
        control(page, "mode").select_option(mode)
        visible = page.locator(".explorer-live [data-trait]:visible")
        assert visible.evaluate_all("all => all.map(one => one.dataset.trait)") == traits.split()
        labels = "all => all.every(one => one.labels.length === 1 && one.labels[0].textContent.length > 3)"
        assert visible.evaluate_all(labels)
        for tab in (1, 0):
            open_tab(page, tab)
            assert axe_violations(page, ".explorer-live") == []
            assert page.evaluate("document.documentElement.scrollWidth") <= 320
        for chart in page.locator(".c-chart").all():
            right = chart.evaluate("it => it.getBoundingClientRect().right")
            texts = "all => Math.max(...all.map(one => one.getBoundingClientRect().right))"
            assert chart.locator("text").evaluate_all(texts) <= right + 1
