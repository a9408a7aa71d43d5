"""The evidence explorer operated by a reader: every control by mouse and keyboard, its outputs, other ways of
reading."""

import functools

import pytest
from explorer_pages import control, csv_rows, sentence, table

from section287g import tables
from section287g.explorers import assets
from section287g.explorers.evidence import widget

TABLE = tables.load("studies")
SOURCES = tables.load("sources").set_index("source_key")
WORDS = assets.words("evidence")
STUDIES = widget.data()["studies"]


@pytest.fixture
def evidence(alive):
    """A function that opens the evidence page, alive."""
    return functools.partial(alive, "evidence")


def marks(page):
    return page.locator(".explorer-live [role=option]")


def card(page):
    return page.locator(".v-card").inner_text()


def test_start_view_shows_all_studies_and_opens_the_first(evidence):
    page = evidence()
    assert marks(page).count() == len(TABLE)
    assert sentence(page).startswith(page.locator(".explorer-still .explorer-sentence").text_content())
    assert STUDIES[0]["title"] in card(page)
    assert (
        page.locator(".explorer-live .explorer-source").inner_text()
        == page.locator(".explorer-still .explorer-source").text_content()
    )
    assert page.console_errors == [] and page.outside == []


def test_every_mark_opens_its_card_with_words_and_source(evidence):
    page = evidence()
    seen = page.evaluate(
        """() => [...document.querySelectorAll('.explorer-live [role=option]')].map(it => it.dataset.id).map(id => {
      const option = () => document.querySelector(`[role=option][data-id="${id}"]`);
      option().click();
      const link = document.querySelector('.v-card a');
      return [id, document.querySelector('.v-card').textContent, option().getAttribute('aria-selected'),
        option().firstChild.className, link.href, link.rel];
    })"""
    )
    rows = TABLE.set_index("study_id")
    assert {study_id for study_id, *_ in seen} == set(rows.index)
    for study_id, text, selected, look, address, rel in seen:
        row = rows.loc[study_id]
        for column in (
            "title",
            "authors",
            "year",
            "venue",
            "question",
            "finding",
            "limits",
            "data_and_design",
            "program_studied",
        ):
            assert row[column] in text, (study_id, column)
        for words in (
            WORDS["directions_long"][row["direction"]],
            WORDS["peers"][row["peer_reviewed"]],
            WORDS["reads"][row["how_read"]],
        ):
            assert words in text
        assert SOURCES.loc[row["source_key"], "publisher"] in text
        assert (selected, rel) == ("true", "noreferrer") and address == SOURCES.loc[row["source_key"], "url"]
        assert look.split() == ["v-mark", f"v-peer-{row['peer_reviewed']}", f"v-read-{row['how_read']}"]


def test_marks_stand_in_the_column_of_their_direction(evidence):
    page = evidence()
    columns = page.evaluate("""() => Object.fromEntries([...document.querySelectorAll('.v-row')].flatMap(row =>
      [...row.children].flatMap((cell, place) => [...cell.children].map(it => [it.dataset.id, place]))))""")
    assert columns == {row.study_id: widget.MENUS["direction"].index(row.direction) for row in TABLE.itertuples()}
    heads = page.locator(".v-heads span")
    assert heads.all_inner_texts() == list(WORDS["directions"].values())
    for place in range(4):
        head, mark = (
            heads.nth(place).bounding_box(),
            page.locator(f".v-cell:nth-child({place + 1}) [role=option]").first.bounding_box(),
        )
        assert head["x"] - 1 <= mark["x"] < head["x"] + head["width"]


def test_mark_opens_by_mouse(evidence):
    page = evidence()
    page.locator("[role=option][data-id=ST35]").click()
    assert "United States v. Johnson" in card(page)
    assert page.evaluate("document.activeElement.dataset.id") == "ST35"
    page.keyboard.press("ArrowRight")
    assert STUDIES[[study["id"] for study in STUDIES].index("ST35") + 1]["title"] in card(page)


def test_marks_by_keyboard(evidence):
    page = evidence()
    marks(page).first.focus()
    for key, place in (
        ("ArrowRight", 1),
        ("ArrowDown", 2),
        ("ArrowLeft", 1),
        ("End", len(TABLE) - 1),
        ("ArrowDown", len(TABLE) - 1),
        ("Home", 0),
        ("ArrowUp", 0),
    ):
        page.keyboard.press(key)
        assert STUDIES[place]["title"] in card(page), key
        assert page.evaluate("document.activeElement.dataset.id") == STUDIES[place]["id"]


def test_steps(evidence):
    page = evidence()
    page.get_by_role("button", name="Next").click()
    assert STUDIES[1]["title"] in card(page) and f"2 of {len(TABLE)}" in card(page)
    assert page.evaluate("document.activeElement.textContent") == "Next"
    page.get_by_role("button", name="Previous").click()
    page.get_by_role("button", name="Previous").dispatch_event("click")  # at the start it does nothing
    assert STUDIES[0]["title"] in card(page)


def test_menus(evidence):
    page = evidence()
    for menu, values in widget.MENUS.items():
        for value in values:
            control(page, menu).select_option(value)
            shown = {study["id"] for study in STUDIES if value in widget._values(study, menu)}
            assert set(marks(page).evaluate_all("all => all.map(it => it.dataset.id)")) == shown
            assert sentence(page).startswith(
                f"{len(shown)} of {len(TABLE)} studies {'is' if len(shown) == 1 else 'are'} shown"
            )
            assert f"({len(shown)})" in control(page, menu).locator(f"option[value='{value}']").inner_text()
            if menu == "topic":
                assert page.locator(".v-topic").all_inner_texts() == [WORDS["topics"][value]]
        control(page, menu).select_option("any")


def test_menus_together_and_nothing_left(evidence):
    page = evidence()
    control(page, "program").select_option("secure_communities")
    control(page, "topic").select_option("crime")
    shown = TABLE[TABLE["program_studied"].str.contains("Secure Communities") & TABLE["topic"].str.contains("crime")]
    assert marks(page).count() == len(shown)
    control(page, "direction").select_option("for")
    assert sentence(page).startswith(f"None of the {len(TABLE)} studies is shown.")
    assert marks(page).count() == page.locator(".v-card").count() == 0
    page.get_by_role("tab", name="Table").click()
    assert table(page) == [] and page.console_errors == []


def test_search(evidence):
    page = evidence()
    control(page, "search").fill("  North CAROLINA births ")
    assert marks(page).evaluate_all("all => all.map(it => it.dataset.id)") == ["ST21"]
    assert "Searched for: North CAROLINA births." in sentence(page)
    assert page.evaluate("document.activeElement.dataset.trait") == "search"
    control(page, "search").fill("nothing like this")
    assert sentence(page).startswith(f"None of the {len(TABLE)}")


def test_all_controls_by_keyboard_alone(evidence):
    page = evidence()
    control(page, "topic").focus()
    seen = []
    for _ in range(15):
        seen.append(
            page.evaluate(
                "document.activeElement.dataset.trait ?? document.activeElement.dataset.id ??"
                " document.activeElement.textContent"
            )
        )
        page.keyboard.press("Tab")
    assert seen[:8] == [*widget.MENUS, "search", "Studies"]
    assert seen[8:11] == [STUDIES[0]["id"], "Previous", "Next"]
    assert seen[12:15] == ["Copy link to this view", "Download data (CSV)", "Reset"]
    control(page, "topic").focus()
    page.keyboard.press("ArrowDown")
    assert sentence(page).startswith(f"{TABLE['topic'].str.contains('crime').sum()} of {len(TABLE)}")


def test_table_holds_every_study_with_its_source(evidence):
    page = evidence()
    page.get_by_role("tab", name="Table").click()
    rows = page.locator(".explorer-live tbody tr[data-row]").evaluate_all(
        "rows => rows.map(row => [...row.cells].map(cell =>"
        " cell.textContent).concat(row.querySelector('a').getAttribute('href')))"
    )
    assert len(rows) == len(TABLE)
    for cells, study in zip(rows, STUDIES, strict=True):
        source = SOURCES.loc[study["source"]]
        assert cells[0] == f"{study['authors']} ({study['year']})"
        assert cells[1:8] == [
            study[key] for key in ("title", "venue", "studied", "question", "data", "finding", "limits")
        ]
        assert cells[8:11] == [
            WORDS["directions"][study["direction"]],
            WORDS["stances"][study["stance"]],
            WORDS["peers"][study["peer"]],
        ]
        assert cells[11] == widget.how_far(study, WORDS) and cells[-2:] == [source["title"], source["url"]]


def test_csv_is_the_view(evidence):
    page = evidence()
    control(page, "design").select_option("audit")
    name, (header, *rows) = csv_rows(page)
    shown = TABLE[TABLE["design"] == "audit"].sort_values("study_id")
    assert name == f"287g-studies-as-of-{widget.data()['newest']}.csv"
    columns = [column for column in header if column in TABLE]
    assert [[row[header.index(column)] for column in columns] for row in sorted(rows)] == shown[
        columns
    ].to_numpy().tolist()
    assert [row[-1] for row in sorted(rows)] == SOURCES.loc[shown["source_key"], "url"].tolist()


def test_link_restores_the_view(evidence):
    page = evidence(height=600, permissions=["clipboard-read", "clipboard-write"])
    control(page, "topic").select_option("profiling")
    control(page, "search").fill("county")
    marks(page).last.click()
    said, opened = sentence(page), card(page)
    page.get_by_role("button", name="Copy link").click()
    page.get_by_text("Link copied.").wait_for()
    other = evidence(f"#{page.url.split('#')[1]}", height=600)
    assert (sentence(other), card(other)) == (said, opened)
    other.get_by_role("button", name="Reset").click()
    assert sentence(other).startswith(f"{len(TABLE)} of {len(TABLE)}") and STUDIES[0]["title"] in card(other)


def test_wrong_links_do_no_harm(evidence):
    page = evidence("#explorer-evidence?topic=zz&study=%3Cimg%3E&direction=for&search=%3Cimg%20src%3Dx%3E")
    assert sentence(page).startswith(f"None of the {len(TABLE)}") and page.locator(".explorer-live img").count() == 0
    assert control(page, "topic").input_value() == "any" and control(page, "direction").input_value() == "for"
    assert page.console_errors == []


def test_values_from_data_stay_text(altered):
    def alter(values):
        values["data"]["studies"][0]["title"] = "<img src=x onerror=alert(1)>"
        values["data"]["sources"][values["data"]["studies"][0]["source"]]["url"] = "javascript:alert(1)"

    page = altered("evidence", alter)
    assert "<img src=x" in card(page) and page.locator(".explorer-live img").count() == 0
    assert page.locator(".v-card a").count() == 0


def test_works_from_disk(open_page, site):
    page = open_page((site / "evidence.html").as_uri())
    control(page, "peer").select_option("yes")
    assert (
        sentence(page).startswith(f"{(TABLE['peer_reviewed'] == 'yes').sum()} of {len(TABLE)}")
        and page.console_errors == []
    )


@pytest.mark.parametrize("javascript", [True, False])
def test_on_paper_and_without_scripts_every_study_is_read(open_page, site_base, javascript):
    page = open_page(f"{site_base}/evidence.html", javascript=javascript)
    if not javascript:
        assert page.locator(".v-still").evaluate("list => list.scrollHeight - list.clientHeight") == 0
    page.emulate_media(media="print")
    assert page.locator(".v-still li").count() == len(TABLE) and page.locator(".v-still li").last.is_visible()
    assert page.locator(".v-still").evaluate("list => list.scrollHeight - list.clientHeight") <= 1
    assert page.locator(".explorer-live").count() == 0 or page.locator(".explorer-live").is_hidden()


@pytest.mark.parametrize("tab", ["Studies", "Table"])
def test_narrow_screen_does_not_scroll_sideways(evidence, tab):
    page = evidence(width=320, height=700)
    page.get_by_role("tab", name=tab).click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    sizes = page.locator(".explorer-live :is(p, td, dd, button, .v-topic)").evaluate_all(
        "all => all.map(one => parseFloat(getComputedStyle(one).fontSize))"
    )
    assert min(sizes) >= 13
    if tab == "Studies":
        assert (
            marks(page).evaluate_all("all => Math.min(...all.map(one => Math.min(one.offsetWidth, one.offsetHeight)))")
            >= 24
        )


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
def test_no_accessibility_violation_in_any_state(evidence, axe_violations, theme, width):
    page = evidence(width=width)
    page.evaluate(f"document.documentElement.dataset.theme = '{theme}'")
    assert axe_violations(page, ".explorer") == []
    control(page, "search").fill("nothing like this")
    assert axe_violations(page, ".explorer") == []
    control(page, "search").fill("county")
    page.get_by_role("tab", name="Table").click()
    assert axe_violations(page, ".explorer") == []
