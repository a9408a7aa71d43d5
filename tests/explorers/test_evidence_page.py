"""The evidence explorer operated by a reader: marks, menus, search and table."""

from explorer_pages import choose, control, csv_rows, links, open_tab, options, read_each, sent, sentence, table

from section287g import citing, tables
from section287g.explorers.evidence.widget import MENUS

TABLE = tables.load("studies")
SOURCES = tables.load("sources").set_index("source_key")
DATA, WORDS = sent("evidence")["data"], sent("evidence")["words"]
STUDIES = DATA["studies"]
COLUMNS = {"topic": "topic", "design": "design", "direction": "direction", "peer": "peer_reviewed", "read": "how_read"}


def ids(page):
    return options(page).evaluate_all("all => all.map(it => it.dataset.id)")


def card(page):
    return page.locator(".v-card").inner_text()


def test_every_mark_opens_its_card_with_words_and_source(alive):
    page = alive("evidence")
    seen = read_each(
        page,
        """id => {
      const option = document.querySelector(`[role=option][data-id="${id}"]`);
      const link = document.querySelector('.v-card a');
      return [id, document.querySelector('.v-card').textContent, option.getAttribute('aria-selected'),
        option.firstChild.className, link.href, link.rel];
    }""",
    )
    rows = TABLE.set_index("study_id")
    assert sorted(study_id for study_id, *_ in seen) == sorted(rows.index)
    shown = "title authors venue question finding limits data_and_design program_studied".split()
    for study_id, text, *rest in seen:
        row = rows.loc[study_id]
        source = SOURCES.loc[row["source_key"]]
        said = [citing.dated(row["year"]), WORDS["directions_long"][row["direction"]]]
        said += [WORDS["peers"][row["peer_reviewed"]]]
        for part in (*row[shown], *said, WORDS["reads"][row["how_read"]], source["publisher"]):
            assert part in text, (study_id, part)
        look = f"v-mark v-peer-{row['peer_reviewed']} v-read-{row['how_read']}"
        assert rest == ["true", look, source["url"], "noreferrer"]


def test_marks_stand_in_the_column_of_their_direction(alive):
    page = alive("evidence")
    columns = page.evaluate("""() => Object.fromEntries([...document.querySelectorAll('.v-row')].flatMap(row =>
      [...row.children].flatMap((cell, place) => [...cell.children].map(it => [it.dataset.id, place]))))""")
    directions = list(WORDS["directions"])
    assert columns == {row.study_id: directions.index(row.direction) for row in TABLE.itertuples()}
    heads = page.locator(".v-heads span")
    assert heads.all_inner_texts() == list(WORDS["directions"].values())
    for place in range(len(directions)):
        head = heads.nth(place).bounding_box()
        mark = page.locator(f".v-cell:nth-child({place + 1}) [role=option]").first.bounding_box()
        assert head["x"] - 1 <= mark["x"] < head["x"] + head["width"]
    size = "all => Math.min(...all.map(one => Math.min(one.offsetWidth, one.offsetHeight)))"
    assert options(alive("evidence", width=320, height=700)).evaluate_all(size) >= 24


def test_menus_and_search(alive):
    page = alive("evidence")
    for menu, values in MENUS.items():
        for value in values if menu in COLUMNS else []:
            choose(page, **{menu: value})
            wanted = TABLE[TABLE[COLUMNS[menu]].apply(lambda cell, value=value: value in cell.split("; "))]
            assert sorted(ids(page)) == sorted(wanted["study_id"])
            assert sentence(page).startswith(f"{len(wanted)} of {len(TABLE)} ")
            assert f"({len(wanted)})" in control(page, menu).locator(f"option[value='{value}']").inner_text()
        choose(page, **{menu: "any"})
    choose(page, program="secure_communities", topic="crime")
    studied = TABLE["program_studied"].str.contains("Secure Communities") & TABLE["topic"].str.contains("crime")
    assert sorted(ids(page)) == sorted(TABLE.loc[studied, "study_id"])
    assert page.locator(".v-topic").all_inner_texts() == [WORDS["topics"]["crime"]]
    choose(page, direction="for")
    assert sentence(page).startswith(f"None of the {len(TABLE)}") and page.locator(".v-card").count() == 0
    choose(page, program="any", topic="any", direction="any", search="  North CAROLINA births ")
    assert ids(page) == ["ST21"] and "North CAROLINA births" in sentence(page)


def test_table_and_csv_hold_every_study_with_its_source(alive):
    page = alive("evidence")
    open_tab(page, 1)
    found = links(page.locator(".explorer-live tbody"))
    for cells, link, study in zip(table(page), found, STUDIES, strict=True):
        source = SOURCES.loc[study["source"]]
        assert cells[0] == f"{study['authors']} ({study['year']})"
        shown = ("title", "venue", "studied", "question", "data", "finding", "limits")
        assert cells[1:8] == [study[key] for key in shown]
        assert (cells[8], cells[10]) == (WORDS["directions"][study["direction"]], WORDS["peers"][study["peer"]])
        assert WORDS["reads"][study["read"]] in cells[11] and study["level"] in cells[11] + study["read"]
        assert cells[12] == source["title"] and link[:2] == [source["title"], source["url"]]
    choose(page, design="audit")
    name, (header, *rows) = csv_rows(page)
    shown = TABLE[TABLE["design"] == "audit"].sort_values("study_id")
    columns = [column for column in header if column in TABLE]
    assert name == f"287g-studies-as-of-{DATA['newest']}.csv"
    assert [[row[header.index(it)] for it in columns] for row in sorted(rows)] == shown[columns].values.tolist()
    assert [row[-1] for row in sorted(rows)] == SOURCES.loc[shown["source_key"], "url"].tolist()
