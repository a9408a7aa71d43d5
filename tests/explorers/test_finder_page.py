"""The finder operated by a reader: search, filters, cards, what is not found, table and file."""

import functools
import random
import re
import statistics

import pytest
from explorer_pages import choose, control, csv_rows, focused, links, open_tab, sent, sentence, table
from speed import slowness

from section287g import counts, facts
from section287g.bench.pages import percentile
from section287g.explorers.finder import widget
from section287g.explorers.listing import pack
from section287g.places import answers

TABLE = widget.agreements()
DATA, WORDS = sent("finder")["data"], sent("finder")["words"]
BATCH = DATA["batch"]
NEWEST = facts.written_day(counts.newest()["date"])

# Types text letter by letter five times; gives for each letter the milliseconds that the page's scripts work, the least
# of the five because other programs run on the machine.
TYPE = """text => {
  const input = document.querySelector('[data-trait=search]');
  const type = (value) => {
    input.value = value;
    const start = performance.now();
    input.dispatchEvent(new Event('input', {bubbles: true}));
    return performance.now() - start;
  };
  const rounds = [1, 2, 3, 4, 5].map(() => type('') && [...text].map((_, place) => type(text.slice(0, place + 1))));
  return rounds[0].map((_, place) => Math.min(...rounds.map((round) => round[place])));
}"""


@pytest.fixture
def finder(alive):
    """A function that opens the finder, alive."""
    return functools.partial(alive, "finder")


def cards(page):
    return page.locator(".explorer-live .f-card")


def has(word):
    return TABLE[TABLE["agency"].str.contains(word) | TABLE["county"].fillna("").str.contains(word)]


def test_an_empty_box_shows_examples_that_find_something(finder):
    page = finder()
    examples = page.locator(".explorer-live .explorer-content").get_by_role("button")
    assert cards(page).count() == 0 and examples.all_inner_texts() == WORDS["examples"]
    for example in WORDS["examples"]:
        examples.get_by_text(example).click()
        assert control(page, "search").input_value() == example and focused(page) == "search"
        assert cards(page).count() or ": no agreement on ICE's list of" in sentence(page)
        choose(page, search="")


def test_box_and_answer_stand_in_the_first_screen_of_a_phone(asking):
    page = asking("finder", "#explorer-finder?search=Knox+County+TN", width=360, height=740)
    page.locator(".explorer-frame").evaluate("frame => frame.scrollIntoView()")
    boxes = [control(page, "search"), page.locator(".explorer-live .explorer-sentence")]
    first, second = (box.bounding_box() for box in boxes)
    assert 0 < first["y"] < second["y"] and second["y"] + second["height"] < 740
    assert "On ICE's list" in page.locator(".explorer-live .f-standing").first.inner_text()
    assert "Left the list" in page.locator(".explorer-live .f-standing").last.inner_text()


def test_a_name_of_several_counties_is_asked_for(finder):
    page = finder()
    choose(page, search="Fairfax VA")
    page.get_by_role("button", name="Fairfax County, Virginia").click()
    assert sentence(page).startswith("Fairfax County, Virginia: no agreement") and focused(page) == "search"
    choose(page, search="Washington County")
    asked = page.locator(".explorer-live .f-which")
    assert "counties have this name" in asked.inner_text() and asked.get_by_role("button").count() == 0


def test_where_nothing_is_found_the_states_number_and_rule_are_told(finder):
    page = finder()
    for search, settings in (("Loving County TX", {}), ("zzz", {"state": "TX"}), ("zzz texas", {"state": "all"})):
        choose(page, search=search, **settings)
        told = page.locator(".f-none").inner_text()
        assert answers.of_state("TX") in told and "Rule of Texas: Requires, as of January 1, 2026" in told


def test_search_as_you_type_and_best_fit_first(finder):
    page = finder()
    control(page, "search").press_sequentially("okeechobee")
    rows = has("Okeechobee")
    assert cards(page).count() == len(rows) <= BATCH and focused(page) == "search"
    assert sentence(page).startswith("Okeechobee County, Florida: yes.")
    assert all("Florida" in text for text in cards(page).locator("h4").all_inner_texts())
    assert page.get_by_role("list", name=WORDS["list_label"]).get_by_role("listitem").count() == len(rows)
    assert page.locator(".explorer-live .explorer-sentence").get_attribute("aria-live") == "polite"
    order = "document.querySelector('.explorer-live .explorer-sentence').compareDocumentPosition"
    # It comes before the results.
    assert page.evaluate(f"{order}(document.querySelector('.explorer-live .explorer-panel'))") & 4
    choose(page, search="harris county", state="GA")
    assert cards(page).locator("h4").first.inner_text().startswith("Harris County")


def test_card_says_what_the_row_says(finder):
    page = finder()
    whole = TABLE[(TABLE["status"] == "listed") & TABLE["document_url"].notna() & TABLE["county"].notna()]
    for model in counts.MODELS:
        row = whole[whole["model"] == model].iloc[0]
        choose(page, state=row["state"], model=model, search=row["agency"])
        days = (facts.written_day(row[column]) for column in ("signed", "first_listed"))
        text = cards(page).first.inner_text()
        for part in (row["agency"], row["county"], *days, NEWEST, WORDS["allows"][model], WORDS["model_names"][model]):
            assert part in text
        assert cards(page).first.locator("a[rel=noreferrer]").get_attribute("href") == row["document_url"]
    choose(page, state="all", model="all", search="mohawk village")
    assert WORDS["dates_do_not_fit"] in cards(page).inner_text()
    choose(page, search="autauga")
    assert WORDS["dates_do_not_fit"] not in cards(page).first.inner_text()


def test_link_to_the_models_page_only_where_there_is_one(finder):
    page = finder("#explorer-finder?search=okaloosa")
    assert cards(page).locator("a:not([rel])").count() == 0
    page.evaluate("document.documentElement.dataset.content_root = '../../'")
    for model, address in DATA["model_pages"].items():
        choose(page, model=model, search="florida")
        assert f"../../{address}" in [link for _, link, _ in links(cards(page).first)]


def test_links_lead_to_the_county_on_the_page_of_its_state(finder):
    page = finder()
    page.evaluate("document.documentElement.dataset.content_root = '../../'")
    counties = {"Knox County TN": "tennessee.html#knox-county", "Loving County TX": "texas.html#loving-county"}
    for search, address in (counties | {"Vermont": "vermont.html", "Guam": "guam.html"}).items():
        choose(page, search=search)
        found = [link for _, link, _ in links(page.locator(".explorer-live .explorer-content"))]
        assert f"../../book/places/{address}" in found, search


def test_agreement_that_left_says_between_which_lists(finder):
    page = finder()
    choose(page, status="left")
    left = TABLE[TABLE["status"] == "left"]
    lists = sorted(date for date, _ in DATA["lists"])
    for row, text in zip(left.itertuples(), page.locator(".explorer-live .f-standing").all_inner_texts(), strict=False):
        last = f"{row.last_listed:%Y-%m-%d}"
        following = next(date for date in lists if date > last)
        assert facts.written_date(last) in text and text.endswith(f"{facts.written_date(following)}")
    assert f"Found: {len(left)} agreements" in sentence(page) and NEWEST in sentence(page)


def test_year_and_sort(finder):
    page = finder()
    choose(page, year="2025", sort="signed")
    in_2025 = TABLE[TABLE["signed"].dt.year == 2025]
    assert sentence(page).startswith(f"Found: {len(in_2025):,} agreements")
    assert facts.written_day(in_2025["signed"].max()) in cards(page).first.inner_text()


def test_show_more_goes_on_at_the_first_new_result_and_a_link_restores_it(finder):
    page = finder(height=600)
    choose(page, state="TX")
    page.get_by_role("button", name=f"Show {BATCH} more").click()
    assert cards(page).count() == 2 * BATCH
    first_new = cards(page).nth(BATCH).locator("h4").inner_text()
    assert page.evaluate("document.activeElement.textContent") == first_new
    page.get_by_role("button", name="Copy link").click()
    other = finder(f"#{page.url.split('#')[1]}", height=600)
    assert cards(other).all_inner_texts() == cards(page).all_inner_texts()
    choose(page, model="jail")
    assert cards(page).count() == BATCH  # another question starts at the top
    choose(page, search="okeechobee", model="all", state="all")
    assert page.get_by_role("button", name="Show").count() == 0 and cards(page).count() == len(has("Okeechobee"))
    choose(other, search="a" * 90)
    other.set_viewport_size({"width": 320, "height": 700})
    assert other.evaluate("document.documentElement.scrollWidth") <= 320


def test_nothing_found_helps(finder):
    page = finder()
    choose(page, search="Hilsborough")
    assert "Hilsborough" in sentence(page) and '"hilsborough"' in sentence(page)
    said = page.locator(".f-none").inner_text()
    assert facts.get("date_first").text in said and NEWEST in said
    page.get_by_role("button", name='Search for "hillsborough" instead').click()
    assert control(page, "search").input_value() == "hillsborough" and cards(page).count() > 0
    assert focused(page) == "search"
    choose(page, state="WY")
    found = int(re.search(r"fits (\d+) agreements that the filters leave out", sentence(page))[1])
    assert found >= len(has("Hillsborough"))
    page.get_by_role("button", name="Remove the filters").click()
    assert control(page, "state").input_value() == "all" and cards(page).count() == min(found, BATCH)
    choose(page, search="hillsborough laramie")
    assert WORDS["none_together"] in sentence(page)
    page.get_by_role("button", name="Clear the search").click()
    assert control(page, "search").input_value() == "" and focused(page) == "search"


def test_menus_on_a_phone_show_their_first_choice_whole(finder):
    page = finder(width=360)
    cut = page.evaluate("""() => [...document.querySelectorAll('.explorer-live select')].filter(menu => {
      const pen = document.createElement('canvas').getContext('2d');
      const { font, paddingLeft, paddingRight } = getComputedStyle(menu);
      pen.font = font;
      const arrow = 16;
      return pen.measureText(menu.selectedOptions[0].text).width
        > menu.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight) - arrow;
    }).map(menu => menu.selectedOptions[0].text)""")
    assert page.locator(".explorer-live select").count() == 6 and cut == []


def test_table_and_csv_hold_the_same_rows(finder):
    page = finder()
    choose(page, search="harris county", state="GA")
    open_tab(page, 1)
    rows = TABLE[(TABLE["state"] == "GA") & TABLE["county"].eq("Harris County")]
    for cells, row in zip(table(page), rows.itertuples(), strict=True):
        assert cells[:3] == [row.agency, "Georgia", row.county]
        assert cells[5:7] == [facts.written_day(row.signed), facts.written_day(row.first_listed)]
    page.get_by_role("button", name="Reset").click()
    open_tab(page, 1)
    assert len(table(page)) == 50
    page.get_by_role("button", name="Show 50 more").click()
    assert len(table(page)) == 100
    choose(page, state="TX", model="task_force")
    name, (header, *rows) = csv_rows(page)
    wanted = TABLE[(TABLE["state"] == "TX") & (TABLE["model"] == "task_force")][header]
    assert name == f"287g-agreements-as-of-{counts.newest()['date']:%Y-%m-%d}.csv"
    texts = wanted.apply(lambda it: it.dt.strftime("%Y-%m-%d") if it.dtype.kind == "M" else it).fillna("")
    assert rows == texts.values.tolist()


def made_up(length):
    """A table of `length` agreements of agencies that do not exist; some names are hostile."""
    chance = random.Random(287)
    names = [
        "".join(chance.choices("abdeiklmnorstu", k=chance.randint(4, 11))).capitalize() for _ in range(length // 2)
    ]
    kinds = ["County Sheriff's Office", "Police Department", "Township Police Department", "Constable Precinct 1"]
    rows = TABLE.sample(length, replace=True, random_state=287).reset_index(drop=True)
    return rows.drop(columns=["agreement_id", "on_workbook"]).assign(
        agency=[f"{chance.choice(names)} {chance.choice(kinds)}" for _ in range(length)]
    )


def test_names_that_are_words_of_the_language_are_found(altered):
    rows = made_up(40)
    rows["agency"] = ["__proto__", "constructor", "</script><b>", "Plain Police Department"] * 10
    page = altered("finder", lambda values: values["data"].update(agreements=pack(rows)))
    for name in ("__proto__", "constructor"):
        choose(page, search=name)
        assert sentence(page).startswith(f'Found for "{name}": 10 agreements')
    assert page.locator(".explorer-live b").count() == 0 and page.console_errors == []


def test_three_thousand_rows_are_filtered_within_a_frame(altered):
    page = altered("finder", lambda values: values["data"].update(agreements=pack(made_up(3000))))
    assert "3,000 agreements" in sentence(page)
    times = []
    for text in ("sheriffs office", "ba county texas", "police department xqz"):
        times += page.evaluate(TYPE, text)
    print(
        f"own work per keystroke over 3,000 rows: median {statistics.median(times):.1f} ms, p95"
        f" {percentile(times, 0.95):.1f} ms, most {max(times):.1f} ms"
    )
    assert statistics.median(times) < 16 * slowness(page)
