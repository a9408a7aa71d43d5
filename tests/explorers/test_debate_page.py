"""The debate explorer operated by a reader: themes, sides, filters, the private note, cards on paper."""

import pytest
from explorer_pages import choose, csv_rows, links, open_tab, reveal, sent, sentence, table

from section287g import fairness, tables

ARGUMENTS = tables.load("arguments")
ROWS = ARGUMENTS.set_index("argument_id", drop=False)
THEMES = tables.load("debate_themes")
URLS = tables.load("sources").set_index("source_key")["url"]
WORDS = sent("debate")["words"]
ANSWER = {"supports": "opposes", "opposes": "supports", "mixed": "mixed"}
SECRET = "my own view 4711"
STORED = "JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie, location.href, history.state])"


def shown(page):
    """Ids of the arguments side by side, from top to bottom."""
    pairs = page.locator(".explorer-live [data-argument]")
    return pairs.evaluate_all("pairs => pairs.map(pair => pair.dataset.argument)")


def ids(theme, first, rows=ARGUMENTS):
    """Ids of a theme's arguments in the order of the page."""
    own = rows[rows["theme"] == theme]
    order = [first, ANSWER[first], "mixed"]
    return [name for side in order for name in own.loc[own["side"] == side, "argument_id"]]


def all_ids(rows=ARGUMENTS):
    first = map(fairness.first_side, range(len(THEMES)))
    return [name for theme, side in zip(THEMES["theme"], first, strict=True) for name in ids(theme, side, rows)]


def addresses(*cells):
    return [URLS[key] for cell in cells for key in cell.split("; ") if key != "text003"]


def note(page):
    return page.get_by_label(WORDS["note_label"])


def test_every_argument_stands_beside_its_answer_with_sources(alive):
    page = alive("debate")
    choose(page, theme="all")
    seen = page.locator(".explorer-live [data-argument]").evaluate_all(
        """pairs => pairs.map(pair => [pair.dataset.argument, ...[...pair.children].flatMap(card =>
          [card.dataset.side, card.textContent, [...card.querySelectorAll('a')].map(link =>
            [link.getAttribute('href'), link.rel])])])"""
    )
    assert [name for name, *_ in seen] == all_ids()
    for name, side, said, found, other, answer, answer_links in seen:
        row = ROWS.loc[name]
        assert (side, other) == (row["side"], ANSWER[row["side"]]) and row["strongest_reply"] in answer
        kind = WORDS["evidence_kinds"][row["evidence_kind"]]
        assert all(part in said for part in (row["argument"], row["who"], row["best_evidence"], kind))
        assert {address for address, _ in found} == set(addresses(row["source_keys"]))
        assert [address for address, _ in answer_links] == addresses(row["reply_source_keys"])
        assert {rel for _, rel in found + answer_links} == {"noreferrer"}
    assert page.get_by_role("heading", name=WORDS["blocks"]["mixed"]).count() == (ARGUMENTS["side"] == "mixed").sum()


def test_themes_and_who_speaks_first(alive):
    page = alive("debate")
    for place, row in enumerate(THEMES.itertuples()):
        choose(page, theme=row.theme, swap=False)
        sides = ARGUMENTS.loc[ARGUMENTS["theme"] == row.theme, "side"].value_counts()
        first = fairness.first_side(place)
        assert shown(page) == ids(row.theme, first) and WORDS[f"first_{first}"] in sentence(page)
        assert f"{sides.sum()} of {len(ARGUMENTS)} " in sentence(page)
        assert f": {sides['supports']} " in sentence(page) and f", {sides['opposes']} " in sentence(page)
        text = page.locator(".explorer-live .debate").inner_text()
        rethink = (row.supporters_would_rethink, row.critics_would_rethink)
        assert all(part in text for part in (row.question, row.common_ground, *rethink, row.not_known))
        choose(page, swap=True)
        assert shown(page) == ids(row.theme, ANSWER[first]) and WORDS[f"first_{ANSWER[first]}"] in sentence(page)


def test_filters_and_search(alive):
    page = alive("debate")
    choose(page, theme="all")
    for kind in WORDS["who_kinds"]:
        choose(page, who=kind)
        assert shown(page) == all_ids(ARGUMENTS[ARGUMENTS["who_kinds"].str.split("; ").map(lambda it, k=kind: k in it)])
    choose(page, who="all")
    for kind in WORDS["evidence_kinds"]:
        choose(page, evidence=kind)
        assert shown(page) == all_ids(ARGUMENTS[ARGUMENTS["evidence_kind"] == kind])
    choose(page, evidence="all", search="  NORTH carolina ")
    whole = ARGUMENTS[["argument", "best_evidence", "strongest_reply", "who"]].agg(" ".join, axis=1).str.lower()
    found = set(ARGUMENTS.loc[whole.str.contains("north carolina"), "argument_id"])
    assert set(shown(page)) >= found and "NORTH carolina" in sentence(page)
    everywhere = len(shown(page))
    choose(page, theme="public_safety")
    assert shown(page) == [name for name in ids("public_safety", "supports") if name in found]
    assert f"{everywhere - len(shown(page))} more" in sentence(page)
    choose(page, search="nothing like this")
    assert sentence(page).startswith(f"None of the {len(ARGUMENTS)}")
    assert page.locator(".debate").inner_text() == sentence(page)


# --- the private note ---


def test_note_is_never_stored_linked_sent_or_printed(alive, site_base):
    page = alive("debate", "#explorer-debate?theme=all&note=hello", permissions=["clipboard-read", "clipboard-write"])
    assert note(page).input_value() == ""
    before = page.evaluate(STORED)
    requests = []
    page.on("request", lambda request: requests.append(request.url))
    note(page).fill(SECRET)
    choose(page, who="police")  # the view is drawn again
    choose(page, who="all")
    assert note(page).input_value() == SECRET and page.evaluate(STORED) == before
    assert page.evaluate("indexedDB.databases().then(all => all.length)") == 0
    page.get_by_role("button", name="Copy link").click()
    page.get_by_text("Link copied.").wait_for()
    open_tab(page, 1)
    told = [page.evaluate("navigator.clipboard.readText()"), page.url, page.content()]
    assert "4711" not in str([*told, csv_rows(page), table(page)])
    assert [url for url in requests if not url.startswith("blob:")] == []
    page.emulate_media(media="print")
    assert note(page).is_hidden()
    page.emulate_media(media="screen")
    attributes = [note(page).get_attribute(name) for name in ("autocomplete", "spellcheck", "name")]
    assert attributes == ["off", "false", None]
    assert note(page).locator("xpath=ancestor::form").count() == 0
    page.get_by_role("button", name="Reset").click()
    assert note(page).input_value() == SECRET
    page.reload()
    page.wait_for_selector("section.explorer[data-ready]")
    assert note(page).input_value() == ""
    note(page).fill(SECRET)
    page.goto(f"{site_base}/timeline.html")
    page.go_back()
    page.wait_for_selector("section.explorer[data-ready]")
    assert note(page).input_value() == ""


# --- outputs ---


def test_table_and_csv_hold_what_is_shown_with_sources(alive):
    page = alive("debate", "#explorer-debate?theme=all&view=table")
    rows = ROWS.loc[all_ids()]
    expected = rows[["argument", "side", "who", "best_evidence", "strongest_reply"]]
    cells = [[*row[:4], row[6]] for row in table(page)]
    assert cells == expected.assign(side=rows["side"].map(WORDS["sides"])).values.tolist()
    assert page.locator(".explorer-live .explorer-group").all_inner_texts() == THEMES["title"].tolist()
    found = [address for _, address, _ in links(page.locator(".explorer-live tbody"))]
    assert found == addresses(*rows[["source_keys", "reply_source_keys"]].to_numpy().ravel())
    choose(page, theme="rule_of_law", evidence="legal_text")
    name, (header, *rows) = csv_rows(page)
    assert name == "287g-arguments-rule-of-law.csv" and header == WORDS["csv_columns"]
    legal = ids("rule_of_law", fairness.first_side(THEMES["theme"].tolist().index("rule_of_law")))
    legal = [argument for argument in legal if ROWS.loc[argument, "evidence_kind"] == "legal_text"]
    assert [row[:9] for row in rows] == ROWS.loc[legal, header[:9]].values.tolist() and len(rows) > 1
    assert all(cell.startswith("http") for row in rows for cell in row[9:12])


# Inside the book's margins, in CSS pixels of 1/96 inch: A4 and Letter less 16 mm at the sides and 18 mm above and
# below.
PAPER = {"A4": (673, 986), "Letter": (695, 919)}


@pytest.mark.parametrize("paper", PAPER)
def test_cards_fit_the_paper_in_black_on_white(open_page, site_base, paper):
    width, height = PAPER[paper]
    page = open_page(f"{site_base}/debate.html", width=width, height=height)
    reveal(page)
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    page.emulate_media(media="print")
    cards = page.locator(".debate-still .debate-card")
    assert page.locator(".debate-still [data-argument]").count() == len(ARGUMENTS)
    sizes = cards.evaluate_all(
        "cards => cards.map(card => [card.offsetWidth, card.offsetHeight, getComputedStyle(card).breakInside,"
        " getComputedStyle(card).borderColor])"
    )
    assert max(tall for _, tall, *_ in sizes) < height / 1.6 and max(wide for wide, *_ in sizes) <= width / 2
    assert {(breaks, frame) for *_, breaks, frame in sizes} == {("avoid", "rgb(0, 0, 0)")}
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    colours = "all => [...new Set(all.map(one => getComputedStyle(one).color))]"
    assert cards.locator(":is(p, h5, a, span, svg)").evaluate_all(colours) == ["rgb(0, 0, 0)"]


def test_button_prints_the_cards_that_are_shown(alive):
    page = alive("debate")
    choose(page, theme="community_trust", who="police")
    page.evaluate("window.print = () => { window.printed = true; }")
    page.get_by_role("button", name=WORDS["print_cards"]).click()
    assert page.evaluate("window.printed")
    page.emulate_media(media="print")
    cards = page.locator(".debate-still [data-argument]")
    visible = "cards => cards.filter(card => card.checkVisibility()).map(card => card.dataset.argument)"
    assert set(cards.evaluate_all(visible)) == set(shown(page))
    assert page.locator("h1").is_hidden() and page.locator(".explorer-still .explorer-title").is_hidden()
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert len(cards.evaluate_all(visible)) == len(ARGUMENTS) and page.locator("h1").is_visible()


def test_argument_and_answer_stand_side_by_side_or_below_each_other(alive):
    page = alive("debate")
    pair = page.locator(".explorer-live [data-argument]").first.locator("article")
    places = "cards => cards.map(card => card.getBoundingClientRect().toJSON())"
    said, answer = pair.evaluate_all(places)
    assert said["y"] == answer["y"] and said["width"] == pytest.approx(answer["width"], abs=1)
    page.set_viewport_size({"width": 360, "height": 900})
    pair.nth(1).wait_for()  # cards are drawn anew at another width
    said, answer = pair.evaluate_all(places)
    assert said["x"] == answer["x"] and answer["y"] >= said["y"] + said["height"]
