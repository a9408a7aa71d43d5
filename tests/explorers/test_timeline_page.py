"""The timeline explorer operated by a reader: kinds, search, steps, strip and list."""

from explorer_pages import box, choose, csv_rows, links, open_tab, options, read_each, sentence, table

from section287g import citing, tables
from section287g.facts import written_date

TABLE = tables.load("timeline")
SOURCES = tables.load("sources").set_index("source_key")
TITLES = TABLE["title"].tolist()


def card(page):
    return page.locator(".t-card").inner_text()


def test_every_event_opens_with_its_words_and_source_and_stands_in_the_table(alive):
    page = alive("timeline")
    assert options(page).count() == page.locator(".t-dot").count() == len(TABLE)
    seen = read_each(
        page,
        """() => {
      const link = document.querySelector('.t-card a');
      return [document.querySelector('.t-card').textContent, link.textContent, link.getAttribute('href'), link.rel];
    }""",
    )
    open_tab(page, 1)
    rows = table(page)
    addresses = [address for _, address, _ in links(page.locator(".explorer-live tbody"))]
    assert addresses == SOURCES.loc[TABLE["source_key"], "url"].tolist()
    for (text, *link), cells, row in zip(seen, rows, TABLE.itertuples(), strict=True):
        source = SOURCES.loc[row.source_key]
        assert link == [source["title"], source["url"], "noreferrer"]
        assert cells[:3] == [written_date(row.date), row.title, row.description] and cells[5] == source["title"]
        assert all(part in text for part in (*cells[:3], source["publisher"], citing.date(source)))
        assert source["publisher"] in cells[6]


def test_kinds(alive):
    page = alive("timeline")
    kinds = TABLE["kind"].unique().tolist()
    for kind in kinds:
        choose(page, kinds=kind)
        shown = TABLE[TABLE["kind"] == kind]
        assert options(page).count() == page.locator(".t-dot:not(.t-hidden)").count() == len(shown)
        assert sentence(page).startswith(f"{len(shown)} of {len(TABLE)} events")
        assert shown["title"].iloc[0] in card(page)
    name, (header, *rows) = csv_rows(page)
    assert name == f"287g-timeline-as-of-{TABLE['date'].iloc[-1]}.csv"
    assert [row[:6] for row in rows] == shown[header[:6]].values.tolist()
    assert [row[-1] for row in rows] == SOURCES.loc[shown["source_key"], "url"].tolist()
    box(page, "kinds", kinds[-1]).focus()
    page.keyboard.press("Space")
    assert sentence(page).startswith(f"None of the {len(TABLE)} events")
    assert options(page).count() == page.locator(".t-card").count() == 0


def test_search(alive):
    page = alive("timeline")
    choose(page, search="  MARICOPA jail ")
    text = (TABLE["title"] + " " + TABLE["description"]).str.lower()
    shown = options(page).all_inner_texts()
    for title in TABLE.loc[text.str.contains("maricopa") & text.str.contains("jail"), "title"]:
        assert any(title in found for found in shown)
    assert "MARICOPA jail" in sentence(page)
    choose(page, search="june 25, 2012")  # dates are searched as they are written
    assert options(page).count() == (TABLE["date"] == "2012-06-25").sum()


def test_strip_and_list_go_together(alive):
    page = alive("timeline")
    event = TABLE.iloc[40]
    page.locator(f".t-dot[data-id='{event['event_id']}']").click()
    assert event["title"] in card(page)
    page.wait_for_function("""() => {
      const list = document.querySelector('.t-list').getBoundingClientRect();
      const chosen = document.querySelector('[role=option][aria-selected=true]').getBoundingClientRect();
      return chosen.top >= list.top && chosen.bottom <= list.bottom + 1;
    }""")
    list_ = page.locator(".t-list")
    list_.evaluate("list => { list.scrollTop = 900; }")
    seen = list_.evaluate("""list => [...list.querySelectorAll('[role=option]')]
      .findIndex(option => option.getBoundingClientRect().top > list.getBoundingClientRect().top + 150)""")
    options(page).nth(seen).dispatch_event("click")
    page.wait_for_timeout(50)
    assert list_.evaluate("list => list.scrollTop") == 900  # it stays where it was scrolled
