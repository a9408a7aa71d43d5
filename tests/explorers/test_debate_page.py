"""The debate explorer operated by a reader: every control by mouse and keyboard, the private note, its outputs, other
ways of reading."""

import functools
import statistics

import pytest
from explorer_pages import control, csv_rows, sentence, table
from speed import slowness

from section287g import fairness, tables
from section287g.bench.pages import CHANGE
from section287g.explorers import assets
from section287g.explorers.debate import widget

ARGUMENTS = tables.load("arguments")
THEMES = tables.load("debate_themes")
SOURCES = tables.load("sources").set_index("source_key")
WORDS = assets.words("debate")
SECRET = "my own view 4711"


@pytest.fixture
def debate(alive):
    """A function that opens the debate page, alive."""
    return functools.partial(alive, "debate")


def shown(page):
    """Ids of the arguments side by side, from top to bottom."""
    return page.locator(".explorer-live [data-argument]").evaluate_all(
        "pairs => pairs.map(pair => pair.dataset.argument)"
    )


def choose(page, setting, value):
    control(page, setting).select_option(value)


def ids(theme, first, rows=ARGUMENTS):
    """Ids of a theme's arguments in the order of the page."""
    second = fairness.SIDES[1 - fairness.SIDES.index(first)]
    own = rows[rows["theme"] == theme]
    return [name for side in (first, second, "mixed") for name in own.loc[own["side"] == side, "argument_id"]]


def all_ids(rows=ARGUMENTS):
    return [
        name for place, theme in enumerate(THEMES["theme"]) for name in ids(theme, fairness.first_side(place), rows)
    ]


def note(page):
    return page.get_by_label(WORDS["note_label"])


def test_start_view_is_the_first_theme(debate):
    page = debate()
    assert shown(page) == ids("public_safety", "supports")
    sides = ARGUMENTS[ARGUMENTS["theme"] == "public_safety"]["side"].value_counts()
    supporters, critics = sides["supports"], sides["opposes"]
    assert (
        sentence(page)
        == f"{supporters + critics} of {len(ARGUMENTS)} arguments are shown: {supporters} by supporters, {critics} by"
        " critics, 0 mixed. Supporters speak first."
    )
    assert page.locator(".explorer-live h5").all_inner_texts() == [
        WORDS["blocks"]["supports"],
        WORDS["blocks"]["opposes"],
        WORDS["rethink_label"],
    ]
    assert page.locator(".explorer-still").is_hidden()
    assert (
        page.locator(".explorer-live .explorer-source").inner_text()
        == page.locator(".explorer-still .explorer-source").text_content()
    )
    assert page.console_errors == [] and page.outside == []


def test_every_argument_stands_beside_its_answer_with_sources(debate):
    page = debate()
    choose(page, "theme", "all")
    seen = page.locator(".explorer-live [data-argument]").evaluate_all(
        """pairs => pairs.map(pair => [pair.dataset.argument, ...[...pair.children].flatMap(card =>
          [card.dataset.side, card.textContent, [...card.querySelectorAll('a')].map(link => [link.textContent,
            link.getAttribute('href'), link.rel])])])"""
    )
    rows = ARGUMENTS.set_index("argument_id")
    assert [name for name, *_ in seen] == all_ids() and len(seen) == len(ARGUMENTS)
    for name, side, said, links, other, answer, answer_links in seen:
        row = rows.loc[name]
        assert (side, other) == (
            row["side"],
            {"supports": "opposes", "opposes": "supports", "mixed": "mixed"}[row["side"]],
        )
        assert (
            all(row[part] in said for part in ("argument", "who", "best_evidence"))
            and WORDS["evidence_kinds"][row["evidence_kind"]] in said
        )
        assert row["strongest_reply"] in answer
        assert {address for _, address, _ in links} == {
            SOURCES.loc[key, "url"] for key in row["source_keys"].split("; ") if key != "text003"
        }
        assert [address for _, address, _ in answer_links] == [
            SOURCES.loc[key, "url"] for key in row["reply_source_keys"].split("; ")
        ]
        assert {rel for *_, rel in links + answer_links} == {"noreferrer"}


@pytest.mark.parametrize("theme", THEMES["theme"])
def test_theme(debate, theme):
    page = debate(f"#explorer-debate?theme={theme}")
    place = THEMES["theme"].tolist().index(theme)
    assert shown(page) == ids(theme, fairness.first_side(place))
    assert WORDS[f"first_{fairness.first_side(place)}"] in sentence(page)
    text = page.locator(".explorer-live .debate").inner_text()
    for column in ("question", "common_ground", "supporters_would_rethink", "critics_would_rethink", "not_known"):
        assert THEMES.loc[place, column] in text
    control(page, "swap").check()
    other = fairness.SIDES[(place + 1) % 2]
    assert shown(page) == ids(theme, other) and WORDS[f"first_{other}"] in sentence(page)


def test_mixed_positions_stand_in_their_own_group(debate):
    page = debate("#explorer-debate?theme=all")
    assert page.get_by_role("heading", name=WORDS["blocks"]["mixed"]).count() == 3
    mixed = page.locator(".explorer-live [data-argument]").filter(has=page.locator("[data-side=mixed]"))
    assert mixed.count() == (ARGUMENTS["side"] == "mixed").sum() == 3


@pytest.mark.parametrize("kind", widget.settings()["who"].allowed[1:])
def test_who(debate, kind):
    page = debate("#explorer-debate?theme=all")
    choose(page, "who", kind)
    assert shown(page) == all_ids(ARGUMENTS[ARGUMENTS["who_kinds"].str.split("; ").apply(lambda kinds: kind in kinds)])


def test_kinds_of_evidence(debate):
    page = debate("#explorer-debate?theme=all")
    for kind in widget.settings()["evidence"].allowed[1:]:
        choose(page, "evidence", kind)
        assert shown(page) == all_ids(ARGUMENTS[ARGUMENTS["evidence_kind"] == kind])


def test_search_looks_in_the_theme_and_says_what_is_elsewhere(debate):
    page = debate()
    control(page, "search").fill("  NORTH carolina ")
    assert shown(page) == ["PS-O1"] and "more fit in other themes. Searched for: NORTH carolina." in sentence(page)
    assert page.evaluate("document.activeElement.dataset.trait") == "search"
    choose(page, "theme", "all")
    whole = ARGUMENTS[["argument", "best_evidence", "strongest_reply", "who"]].agg(" ".join, axis=1).str.lower()
    assert set(shown(page)) >= set(ARGUMENTS.loc[whole.str.contains("north carolina"), "argument_id"])
    control(page, "search").fill("nothing like this")
    assert shown(page) == [] and sentence(page).startswith(f"None of the {len(ARGUMENTS)} arguments is shown.")
    assert page.locator(".debate").inner_text() == sentence(page)
    page.get_by_role("tab", name="Table").click()
    assert table(page) == [] and page.console_errors == []


def test_all_controls_by_keyboard_alone(debate):
    page = debate()
    control(page, "theme").focus()
    seen = []
    for _ in range(7):
        seen.append(page.evaluate("document.activeElement.dataset.trait ?? document.activeElement.textContent"))
        page.keyboard.press("Tab")
    assert seen[:6] == ["theme", "who", "evidence", "search", "swap", "Side by side"]
    control(page, "theme").focus()
    page.keyboard.type("Rule")
    assert shown(page) == ids("rule_of_law", "opposes")
    control(page, "swap").focus()
    page.keyboard.press("Space")
    assert shown(page) == ids("rule_of_law", "supports")
    page.get_by_role("tab", name="Side by side").focus()
    page.keyboard.press("ArrowRight")
    assert page.locator(".explorer-live table").is_visible()
    note(page).focus()
    page.keyboard.type("a note")
    for _ in range(3):
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Reset"
    page.keyboard.press("Enter")
    assert shown(page) == ids("public_safety", "supports") and note(page).input_value() == "a note"


# --- the private note ---


def test_note_is_never_stored_linked_sent_or_printed(debate):
    page = debate("#explorer-debate?theme=all", permissions=["clipboard-read", "clipboard-write"])
    before = page.evaluate(
        "JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie, location.href, history.state])"
    )
    requests = []
    page.on("request", lambda request: requests.append(request.url))
    note(page).fill(SECRET)
    choose(page, "who", "police")  # the view is drawn again
    choose(page, "who", "all")
    assert note(page).input_value() == SECRET
    assert (
        page.evaluate(
            "JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie, location.href, history.state])"
        )
        == before
    )
    assert page.evaluate("indexedDB.databases().then(all => all.length)") == 0
    page.get_by_role("button", name="Copy link").click()
    page.get_by_text("Link copied.").wait_for()
    assert "4711" not in page.evaluate("navigator.clipboard.readText()") + page.url
    assert "4711" not in str(csv_rows(page))
    page.get_by_role("tab", name="Table").click()
    assert "4711" not in str(table(page)) and "4711" not in page.content()
    assert [url for url in requests if not url.startswith("blob:")] == []
    page.emulate_media(media="print")
    assert note(page).is_hidden()
    page.emulate_media(media="screen")
    assert (
        note(page).get_attribute("autocomplete"),
        note(page).get_attribute("spellcheck"),
        note(page).get_attribute("name"),
    ) == ("off", "false", None)
    assert note(page).locator("xpath=ancestor::form").count() == 0
    page.reload()
    page.wait_for_selector("section.explorer[data-ready]")
    assert note(page).input_value() == ""


def test_note_is_gone_when_the_reader_comes_back(debate, site_base):
    page = debate()
    note(page).fill(SECRET)
    page.goto(f"{site_base}/timeline.html")
    page.go_back()
    page.wait_for_selector("section.explorer[data-ready]")
    assert note(page).input_value() == ""


def test_note_is_no_setting(debate):
    page = debate()
    note(page).fill(SECRET)
    assert "4711" not in page.evaluate("document.querySelector('script.explorer-data').textContent")
    assert "note" not in widget.settings()


# --- outputs ---


def test_table_holds_what_is_shown_with_sources(debate):
    page = debate("#explorer-debate?theme=all&view=table")
    rows = ARGUMENTS.set_index("argument_id").loc[all_ids()]
    assert [[row[0], *row[2:4], row[6]] for row in table(page)] == rows[
        ["argument", "who", "best_evidence", "strongest_reply"]
    ].to_numpy().tolist()
    assert [row[1] for row in table(page)] == [WORDS["sides"][side] for side in rows["side"]]
    assert page.locator(".explorer-live .explorer-group").all_inner_texts() == THEMES["title"].tolist()
    addresses = page.locator(".explorer-live tbody a").evaluate_all(
        "links => links.map(link => link.getAttribute('href'))"
    )
    keys = [
        key
        for row in rows.itertuples()
        for cell in (row.source_keys, row.reply_source_keys)
        for key in cell.split("; ")
        if key != "text003"
    ]
    assert addresses == [SOURCES.loc[key, "url"] for key in keys]


def test_csv_is_the_view(debate):
    page = debate()
    choose(page, "theme", "rule_of_law")
    choose(page, "evidence", "legal_text")
    name, (header, *rows) = csv_rows(page)
    assert name == "287g-arguments-rule-of-law.csv" and header == WORDS["csv_columns"]
    expected = ARGUMENTS.set_index("argument_id", drop=False).loc[shown(page), header[:9]]
    assert [row[:9] for row in rows] == expected.to_numpy().tolist() and len(rows) > 1
    assert all(row[9].startswith("http") and row[10].startswith("http") and row[11].startswith("http") for row in rows)


def test_link_restores_the_view(debate):
    page = debate()
    choose(page, "theme", "community_trust")
    choose(page, "who", "scholars")
    control(page, "swap").check()
    control(page, "search").fill("survey")
    page.get_by_role("button", name="Copy link").click()
    again = debate(page.evaluate("location.hash"))
    assert (shown(again), sentence(again)) == (shown(page), sentence(page)) and control(again, "swap").is_checked()
    again.get_by_role("button", name="Reset").click()
    assert shown(again) == ids("public_safety", "supports")


def test_wrong_links_do_no_harm(debate):
    page = debate("#explorer-debate?theme=nowhere&who=%3Cimg%3E&swap=maybe&search=%3Cimg%20src%3Dx%3E&note=hello")
    assert control(page, "theme").input_value() == "public_safety" and note(page).input_value() == ""
    assert (
        sentence(page).startswith(f"None of the {len(ARGUMENTS)}") and page.locator(".explorer-live img").count() == 0
    )
    assert page.console_errors == []


def test_values_from_data_stay_text(altered):
    hostile = "<img src=x onerror=\"document.title='broken'\">"

    def alter(values):
        first = values["data"]["arguments"][0]
        first.update(argument=hostile, who=hostile, evidence=hostile, reply="=1+1")
        values["data"]["documents"][first["own"]] = [hostile, "javascript:document.title='broken'"]

    page = altered("debate", alter)
    assert page.locator(".explorer-live [data-argument]").first.inner_text().count(hostile) >= 4
    assert page.locator(".explorer-live img").count() == 0 and page.title() == "An explorer"
    assert csv_rows(page)[1][1][8] == "'=1+1"


# --- other ways of reading ---


def test_works_from_disk(open_page, site):
    page = open_page((site / "debate.html").as_uri())
    choose(page, "theme", "cost_and_liability")
    assert shown(page) == ids("cost_and_liability", "opposes") and page.console_errors == []


@pytest.mark.parametrize("javascript", [True, False])
def test_on_paper_and_without_scripts_every_argument_is_read(open_page, site_base, javascript):
    page = open_page(f"{site_base}/debate.html", javascript=javascript)
    if not javascript:
        assert page.locator(".debate-still [data-argument]").last.is_visible()
        assert page.locator(".debate-still").evaluate("list => list.scrollHeight - list.clientHeight") == 0
    page.emulate_media(media="print")
    assert (
        page.locator(".debate-still [data-argument]").count() == len(ARGUMENTS)
        and page.locator(".debate-still [data-argument]").last.is_visible()
    )
    assert page.locator(".explorer-live").count() == 0 or page.locator(".explorer-live").is_hidden()


# Inside the book's margins, in CSS pixels of 1/96 inch: A4 and Letter less 16 mm at the sides and 18 mm above and
# below.
PAPER = {"A4": (673, 986), "Letter": (695, 919)}


@pytest.mark.parametrize("paper", PAPER)
def test_cards_fit_the_paper_in_black_on_white(open_page, site_base, paper):
    width, height = PAPER[paper]
    page = open_page(f"{site_base}/debate.html", width=width, height=height)
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    page.emulate_media(media="print")
    cards = page.locator(".debate-still .debate-card")
    sizes = cards.evaluate_all(
        "cards => cards.map(card => [card.offsetWidth, card.offsetHeight, getComputedStyle(card).breakInside,"
        " getComputedStyle(card).borderColor])"
    )
    assert max(tall for _, tall, *_ in sizes) < height / 1.8 and max(wide for wide, *_ in sizes) <= width / 2
    assert {(breaks, frame) for *_, breaks, frame in sizes} == {("avoid", "rgb(0, 0, 0)")}
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    colours = page.locator(".debate-still .debate-card :is(p, h5, a, span, svg)").evaluate_all(
        "all => [...new Set(all.map(one => getComputedStyle(one).color))]"
    )
    assert colours == ["rgb(0, 0, 0)"]


def test_button_prints_the_cards_that_are_shown(debate):
    page = debate()
    choose(page, "theme", "community_trust")
    choose(page, "who", "police")
    page.evaluate("window.print = () => { window.printed = true; }")
    page.get_by_role("button", name=WORDS["print_cards"]).click()
    assert page.evaluate("window.printed")
    page.emulate_media(media="print")
    visible = "cards => cards.filter(card => card.checkVisibility()).map(card => card.dataset.argument)"
    assert set(page.locator(".debate-still [data-argument]").evaluate_all(visible)) == set(shown(page))
    assert page.locator("h1").is_hidden() and page.locator(".explorer-still .explorer-title").is_hidden()
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert (
        len(page.locator(".debate-still [data-argument]").evaluate_all(visible)) == len(ARGUMENTS)
        and page.locator("h1").is_visible()
    )


@pytest.mark.parametrize(("theme", "width"), [("light", 1280), ("dark", 320)])
def test_no_accessibility_violation_and_no_sideways_scrolling(debate, axe_violations, theme, width):
    page = debate(width=width, height=800)
    page.evaluate(f"document.documentElement.dataset.theme = '{theme}'")
    fits = "document.documentElement.scrollWidth <= innerWidth"
    assert axe_violations(page, ".explorer") == [] and page.evaluate(fits)
    page.get_by_role("tab", name="Table").click()
    assert axe_violations(page, ".explorer") == [] and page.evaluate(fits)
    page.get_by_role("tab", name="Side by side").click()
    choose(page, "theme", "federalism_and_local_control")
    choose(page, "who", "police")
    assert axe_violations(page, ".explorer") == [] and page.evaluate(fits)
    choose(page, "who", "courts")
    assert axe_violations(page, ".explorer") == [] and page.evaluate(fits)


@pytest.mark.parametrize(("width", "columns"), [(1280, 2), (360, 1)])
def test_argument_and_answer_stand_side_by_side_or_below_each_other(debate, width, columns):
    page = debate(width=width)
    said, answer = (
        card.bounding_box() for card in page.locator(".explorer-live [data-argument]").first.locator("article").all()
    )
    if columns == 2:
        assert said["y"] == answer["y"] and said["width"] == pytest.approx(answer["width"], abs=1)
    else:
        assert said["x"] == answer["x"] and answer["y"] >= said["y"] + said["height"]


def test_changes_are_quick(debate):
    page = debate()
    measured = page.evaluate(CHANGE, [9, 60])
    work = [pair[0] for pair in measured]
    print(f"own work p50 {statistics.median(work):.1f} ms")
    assert statistics.median(work) <= 5 * slowness(page)
