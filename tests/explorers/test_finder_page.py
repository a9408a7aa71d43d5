"""The finder operated by a reader: search and filters by mouse and keyboard, its outputs, other ways of reading."""

import functools
import random
import statistics

import pytest
from explorer_pages import control, csv_rows, sentence, table
from speed import slowness

from section287g import counts, facts
from section287g.bench.pages import percentile
from section287g.explorers.finder import widget
from section287g.explorers.listing import pack

TABLE = widget.agreements()
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


def search(page, text):
    control(page, "search").fill(text)


def has(word):
    return TABLE[TABLE["agency"].str.contains(word) | TABLE["county"].fillna("").str.contains(word)]


def test_start_view(finder):
    page = finder()
    assert cards(page).count() == widget.BATCH
    assert sentence(page) == page.locator(".explorer-still .explorer-sentence").text_content()
    assert (
        page.locator(".explorer-live .explorer-source").inner_text()
        == page.locator(".explorer-still .explorer-source").text_content()
    )
    assert (
        page.locator(".explorer-live .explorer-picture-title").inner_text()
        == f"The first {widget.BATCH} of {len(TABLE):,} agreements found"
    )
    assert page.console_errors == [] and page.outside == []


def test_best_fit_stands_first(finder):
    page = finder("#explorer-finder?search=harris%20county&state=GA")
    assert cards(page).locator("h4").first.inner_text().startswith("Harris County")


def test_search_as_you_type(finder):
    page = finder()
    control(page, "search").press_sequentially("okaloosa")
    rows = has("Okaloosa")
    assert cards(page).count() == len(rows) <= widget.BATCH
    assert sentence(page).startswith(f'Found for "okaloosa": {len(rows)} agreements')
    assert page.evaluate("document.activeElement.dataset.trait") == "search"
    assert all("Florida" in text for text in cards(page).locator("h4").all_inner_texts())


def test_card_says_what_the_row_says(finder, site):
    page = finder()
    for model in counts.MODELS:
        row = TABLE[
            (TABLE["model"] == model)
            & (TABLE["status"] == "listed")
            & TABLE["document_url"].notna()
            & TABLE["county"].notna()
        ].iloc[0]
        control(page, "state").select_option(row["state"])
        control(page, "model").select_option(model)
        search(page, row["agency"])
        text = cards(page).first.inner_text()
        for part in (
            row["agency"],
            row["county"],
            facts.written_day(row["signed"]),
            facts.written_day(row["first_listed"]),
            f"On ICE's list as of {NEWEST}",
        ):
            assert part in text
        words = page.evaluate("JSON.parse(document.querySelector('.explorer-data').textContent).words")
        assert words["allows"][model] in text and words["model_names"][model] in text
        link = cards(page).first.locator("a[rel=noreferrer]")
        assert link.get_attribute("href") == row["document_url"]


def test_link_to_the_models_page_only_where_there_is_one(finder):
    page = finder()
    search(page, "okaloosa")
    assert cards(page).locator("a:not([rel])").count() == 0
    page.evaluate("document.documentElement.dataset.content_root = '../../'")
    for model, address in widget.MODEL_PAGES.items():
        control(page, "model").select_option(model)
        search(page, "florida")
        assert cards(page).first.locator("a:not([rel])").get_attribute("href") == f"../../{address}"


def test_agreement_that_left_says_between_which_lists(finder):
    page = finder()
    control(page, "status").select_option("left")
    left = TABLE[TABLE["status"] == "left"]
    lists = sorted(date for date, _ in widget.data()["lists"])
    shown = page.locator(".explorer-live .f-standing").all_inner_texts()
    for row, text in zip(left.itertuples(), shown, strict=False):
        last = f"{row.last_listed:%Y-%m-%d}"
        following = next(date for date in lists if date > last)
        assert (
            text == f"Left the list after {facts.written_date(last)}; not on the next list here, of"
            f" {facts.written_date(following)}"
        )
    assert sentence(page).startswith(f"Found: {len(left)} agreements") and "None of them is on ICE's list" in sentence(
        page
    )


def test_dates_that_do_not_fit_are_named(finder):
    page = finder()
    search(page, "mohawk village")
    assert "These dates do not fit together." in cards(page).inner_text()
    search(page, "autauga")
    assert "do not fit" not in cards(page).first.inner_text()


@pytest.mark.parametrize(
    ("name", "column", "value"),
    [("state", "state", "GA"), ("model", "model", "jail"), ("kind", "agency_kind", "state_agency")],
)
def test_filters_by_keyboard(finder, name, column, value):
    page = finder()
    control(page, name).focus()
    for _ in range(80):
        if control(page, name).input_value() == value:
            break
        page.keyboard.press("ArrowDown")
    assert sentence(page).startswith(f"Found: {(TABLE[column] == value).sum()} agreements")


def test_year_and_sort(finder):
    page = finder()
    control(page, "year").select_option("2025")
    control(page, "sort").select_option("signed")
    in_2025 = TABLE[TABLE["signed"].dt.year == 2025]
    assert sentence(page).startswith(f"Found: {len(in_2025):,} agreements")
    assert facts.written_day(in_2025["signed"].max()) in cards(page).first.inner_text()


def test_all_controls_by_keyboard_alone(finder):
    page = finder("#explorer-finder?search=okaloosa")
    control(page, "search").focus()
    seen = []
    for _ in range(16):
        seen.append(page.evaluate("document.activeElement.dataset.trait ?? document.activeElement.textContent"))
        page.keyboard.press("Tab")
    assert seen[:8] == ["search", "state", "model", "status", "kind", "year", "sort", "Results"]
    links = [text for text in seen if text.startswith("Read the agreement")]
    assert len(links) == has("Okaloosa")["document_url"].notna().sum()
    assert seen[8 + len(links) : 11 + len(links)] == ["Copy link to this view", "Download data (CSV)", "Reset"]


def test_show_more_goes_on_at_the_first_new_result(finder):
    page = finder()
    page.get_by_role("button", name=f"Show {widget.BATCH} more").click()
    assert cards(page).count() == 2 * widget.BATCH
    assert (
        page.evaluate("document.activeElement.textContent") == cards(page).nth(widget.BATCH).locator("h4").inner_text()
    )
    control(page, "model").select_option("jail")
    assert cards(page).count() == widget.BATCH  # another question starts at the top
    rows = has("Okaloosa")
    search(page, "okaloosa")
    control(page, "model").select_option("all")
    assert page.get_by_role("button", name="Show").count() == 0 and cards(page).count() == len(rows)


def test_nothing_found_helps(finder):
    page = finder()
    search(page, "Hilsborough")
    assert (
        sentence(page)
        == 'No agreement on the lists here fits "Hilsborough". Nothing on the lists begins with "hilsborough".'
    )
    said = page.locator(".f-none").inner_text()
    assert f"ended before {facts.get('date_first').text}" in said and f"signed after {NEWEST}" in said
    page.get_by_role("button", name='Search for "hillsborough" instead').click()
    assert control(page, "search").input_value() == "hillsborough" and cards(page).count() > 0
    assert page.evaluate("document.activeElement.dataset.trait") == "search"
    control(page, "state").select_option("WY")
    assert "agreements that the filters leave out" in sentence(page)
    page.get_by_role("button", name="Remove the filters").click()
    assert control(page, "state").input_value() == "all" and cards(page).count() > 0
    search(page, "hillsborough laramie")
    assert "no agreement has all of them" in sentence(page)
    page.get_by_role("button", name="Clear the search").click()
    assert cards(page).count() == widget.BATCH


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


def test_nothing_found_in_the_table(finder):
    page = finder("#explorer-finder?search=zzzz&view=table")
    assert table(page) == [] and sentence(page).startswith("No agreement") and page.console_errors == []


def test_table_holds_the_same_rows(finder):
    page = finder()
    search(page, "harris county")
    control(page, "state").select_option("GA")
    page.get_by_role("tab", name="Table").click()
    rows = TABLE[(TABLE["state"] == "GA") & TABLE["county"].eq("Harris County")]
    for cells, row in zip(table(page), rows.itertuples(), strict=True):
        assert (cells[0], cells[1], cells[2], cells[5], cells[6]) == (
            row.agency,
            "Georgia",
            row.county,
            facts.written_day(row.signed),
            facts.written_day(row.first_listed),
        )
    page.get_by_role("button", name="Reset").click()
    page.get_by_role("tab", name="Table").click()
    assert len(table(page)) == 50
    page.get_by_role("button", name="Show 50 more").click()
    assert len(table(page)) == 100


def test_csv_is_the_whole_result(finder):
    page = finder()
    control(page, "state").select_option("TX")
    control(page, "model").select_option("task_force")
    name, (header, *rows) = csv_rows(page)
    wanted = TABLE[(TABLE["state"] == "TX") & (TABLE["model"] == "task_force")]
    assert name == f"287g-agreements-as-of-{counts.newest()['date']:%Y-%m-%d}.csv"
    texts = (
        wanted[header]
        .apply(lambda column: column.dt.strftime("%Y-%m-%d") if column.dtype.kind == "M" else column)
        .fillna("")
    )
    assert rows == texts.to_numpy().tolist()


def test_link_restores_the_view(finder):
    page = finder(height=600, permissions=["clipboard-read", "clipboard-write"])
    search(page, "county sheriff’s")
    control(page, "state").select_option("FL")
    control(page, "status").select_option("listed")
    control(page, "sort").select_option("signed")
    page.get_by_role("button", name=f"Show {widget.BATCH} more").click()
    said, last = sentence(page), cards(page).last.inner_text()
    page.get_by_role("button", name="Copy link").click()
    page.get_by_text("Link copied.").wait_for()
    other = finder(f"#{page.url.split('#')[1]}", height=600)
    assert (sentence(other), cards(other).last.inner_text(), cards(other).count()) == (said, last, 2 * widget.BATCH)
    other.get_by_role("button", name="Reset").click()
    assert control(other, "search").input_value() == "" and cards(other).count() == widget.BATCH


def test_wrong_links_do_no_harm(finder):
    page = finder("#explorer-finder?state=ZZ&batches=999&year=x&search=%3Cimg%20src%3Dx%3E")
    assert sentence(page).startswith("No agreement") and page.locator(".explorer-live img").count() == 0
    assert control(page, "state").input_value() == "all" and page.console_errors == []


def made_up(length):
    """A table of `length` agreements of agencies that do not exist; some names are hostile."""
    chance = random.Random(287)
    names = [
        "".join(chance.choices("abdeiklmnorstu", k=chance.randint(4, 11))).capitalize() for _ in range(length // 2)
    ]
    kinds = [
        "County Sheriff's Office",
        "Police Department",
        "Township Police Department",
        "County Constable Precinct 1",
    ]
    rows = TABLE.sample(length, replace=True, random_state=287).reset_index(drop=True)
    return rows.drop(columns=["agreement_id", "on_workbook"]).assign(
        agency=[f"{chance.choice(names)} {chance.choice(kinds)}" for _ in range(length)]
    )


def test_hostile_values_stay_text(altered):
    def alter(values):
        rows = made_up(40)
        rows["agency"] = ["<img src=x onerror=alert(1)>", "=HYPERLINK(1)", "__proto__", "</script><b>"] * 10
        rows["document_url"] = "javascript:alert(1)"
        values["data"]["agreements"] = pack(rows)

    page = altered("finder", alter)
    assert "<img src=x onerror=alert(1)>" in cards(page).first.inner_text()
    assert (
        page.locator(".explorer-live :is(img, b)").count() == 0
        and page.locator(".explorer-live .f-card a").count() == 0
    )
    search(page, "__proto__")
    assert sentence(page).startswith('Found for "__proto__": 10 agreements')
    search(page, "hyperlink")
    _, (header, *rows) = csv_rows(page)
    assert {row[header.index("agency")] for row in rows} == {"'=HYPERLINK(1)"}
    page.get_by_role("tab", name="Table").click()
    assert page.locator(".explorer-live tbody a").count() == 0 and page.console_errors == []


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


def test_works_from_disk(open_page, site):
    page = open_page((site / "finder.html").as_uri())
    search(page, "guam")
    assert cards(page).count() > 0 and page.console_errors == []


@pytest.mark.parametrize("javascript", [True, False])
def test_on_paper_and_without_scripts_states_are_read(open_page, site_base, javascript):
    page = open_page(f"{site_base}/finder.html", javascript=javascript)
    if not javascript:
        assert (
            page.locator(".explorer-still tbody tr").last.is_visible() and page.locator(".f-still li").last.is_visible()
        )
    page.emulate_media(media="print")
    rows = page.locator(".explorer-still tbody tr")
    assert (
        rows.count() == TABLE["state"].nunique()
        and rows.last.is_visible()
        and page.locator(".f-still li").last.is_visible()
    )
    assert page.locator(".explorer-still .explorer-scroll").evaluate("it => it.scrollHeight - it.clientHeight") <= 1
    assert page.locator(".explorer-live").count() == 0 or page.locator(".explorer-live").is_hidden()


@pytest.mark.parametrize("tab", ["Results", "Table"])
def test_narrow_screen_does_not_scroll_sideways(finder, tab):
    page = finder(width=320, height=700)
    page.get_by_role("tab", name=tab).click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    search(page, "a" * 90)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
def test_no_accessibility_violation_in_any_state(finder, axe_violations, theme, width):
    page = finder("#explorer-finder?status=left", width=width)
    page.evaluate(f"document.documentElement.dataset.theme = '{theme}'")
    assert axe_violations(page, ".explorer") == []
    search(page, "hilsborough")
    assert axe_violations(page, ".explorer") == []
    search(page, "texas")
    page.get_by_role("tab", name="Table").click()
    assert axe_violations(page, ".explorer") == []


def test_results_are_a_list_with_headings(finder):
    page = finder("#explorer-finder?search=okaloosa")
    assert page.get_by_role("list", name="Agreements found").get_by_role("listitem").count() == cards(page).count()
    assert page.locator(".explorer-live").get_by_role("heading", level=4).count() == cards(page).count()
    assert page.locator(".explorer-live .explorer-sentence").get_attribute("aria-live") == "polite"
    above = page.evaluate(
        "document.querySelector('.explorer-live"
        " .explorer-sentence').compareDocumentPosition(document.querySelector('.explorer-tabs'))"
    )
    assert above & 4  # the sentence comes before the results
