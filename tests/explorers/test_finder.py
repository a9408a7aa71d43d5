"""The finder from Python: its data, settings, words, what it writes into a page, and its search beside a plain pandas
filter."""

import itertools
import json
import re

import pytest
from explorer_pages import in_node, still_sentence
from hypothesis import given
from hypothesis import strategies as st

from section287g import counts, explorers, facts, places, tables
from section287g.explorers import assets
from section287g.explorers.finder import widget

TABLE = widget.agreements()
COUNTIES = tables.load("county_population").set_index("fips")
STATES = tables.load("states").set_index("state")["name"]
WORKBOOK = counts.newest("ice_workbook")["date"]
FILTERS = {"state": "state", "model": "model", "status": "status", "kind": "agency_kind"}

# Answers each line of settings (JSON) with what the browser's code finds.
SERVE = """
const [data, words] = JSON.parse(require("fs").readFileSync(process.argv[1], "utf-8"));
const start = { search: "", state: "all", model: "all", status: "all", kind: "all", year: "all", sort: "name",
  batches: "1", view: "picture" };
const view = { data, words, settings: start, get: (name) => view.settings[name] };
const place = new Map(all(view).name.map((row, index) => [row, index]));
(async () => {
  for await (const line of require("readline").createInterface({ input: process.stdin })) {
    view.settings = { ...start, ...JSON.parse(line) };
    const rows = found(view);
    const asked = placeAsked(view);
    const answer = { rows: rows.map((row) => place.get(row)), agencies: agenciesOf(rows), sentence: sentence(view),
      title: title(view), reason: rows.length ? null : reason(view), place: "", page: "" };
    if (asked) answer.place = asked.county ? nameOf(view, asked) : data.places[asked.state][0];
    if (asked) answer.page = placePath(data.places[asked.state][4], asked.county);
    console.log(JSON.stringify(answer));
  }
})();
"""


@pytest.fixture(scope="module")
def find(tmp_path_factory):
    """The browser's search as a function of Python: settings -> {rows (places in TABLE), agencies, sentence, title,
    reason}."""
    file = tmp_path_factory.mktemp("finder") / "data.json"
    file.write_text(json.dumps([widget.data(), assets.words("finder")]), encoding="utf-8")
    code = assets.module("finder").replace("export default", "const widget =") + SERVE
    with in_node(code, str(file)) as ask:
        yield lambda search="", **settings: ask({"search": search, **settings})


def county_names():
    """The county in which the pages of places name each agreement, "" where they name it in none."""
    fips = places.agreements().set_index("agreement_id")["fips"].loc[TABLE["agreement_id"]]
    return fips.map(COUNTIES["county"]).fillna("").set_axis(TABLE.index)


def searched_text():
    """What a search looks at, as a plain reader of the table would put it: one text for each row, a space before each
    word."""
    cells = counts.as_meant(TABLE).assign(placed=county_names(), name=TABLE["state"].map(STATES))
    cells = cells.join(TABLE[["agency", "county", "state"]]).fillna("")
    whole = cells.agg(" ".join, axis=1).str.lower()
    forms = (whole.str.replace(form, mark, regex=True) for form, mark in ((r"[^a-z0-9]+", " "), (r"[^a-z0-9\s]", "")))
    text = " " + next(forms) + " " + next(forms) + " "
    for short, long in widget.SHORT_FORMS.items():
        has_short, has_long = text.str.contains(f" {short} "), text.str.contains(f" {long} ")
        text = text.mask(has_short, text + long + " ").mask(has_long, text + short + " ")
    return text


def at(mask):
    return TABLE.index[mask].tolist()


def page(**options):
    return explorers.static_html("finder", image=lambda svg, file: file, **options)


# ---------------------------------------------------------------- data


def test_every_agreement_travels_with_its_source():
    sent = widget.data()["agreements"]
    assert sent["length"] == len(TABLE) == len(tables.load("agreements"))
    added = {"agency_meant", "county_meant", "placed"}
    assert {*sent["coded"], *sent["plain"]["names"]} == {*tables.load("agreements"), *added} - {"agreement_id"}
    assert set(explorers.source_keys("finder")) >= set(TABLE["source_key"])


def test_counts_are_those_of_the_lists():
    newest, workbook = counts.newest(), counts.newest("ice_workbook")
    listed = TABLE[TABLE["status"] == "listed"]
    assert (len(listed), counts.agencies_of(listed)) == (newest["agreements"], newest["agencies"])
    assert TABLE["on_workbook"].sum() == workbook["agreements"]
    by_state = {row[0]: row[1:] for row in widget._by_state()}
    newest_counts = counts.on(newest["list"]), counts.on(workbook["list"])
    assert sum(row[1] for row in by_state.values()) == newest_counts[0]["agreements"]
    if newest["list"] != workbook["list"]:  # else the one column stands for both
        assert sum(row[3] for row in by_state.values()) == newest_counts[1]["agreements"]
    for state, name in STATES.items():
        if name in by_state:
            ever, listed, agencies, *_, left = by_state[name]
            assert ever == listed + left == (TABLE["state"] == state).sum()
            assert (listed, agencies) == tuple(counts.on(newest["list"], state)[["agreements", "agencies"]])


def test_words_about_a_model_follow_the_table_of_powers():
    allows = assets.words("finder")["allows"]
    powers = tables.load("model_powers").set_index("power_id")
    for model in counts.MODELS:
        answer = powers[model]
        assert ("may ask people" in allows[model]) == (answer["ask_status"] != "no")
        assert ("ordinary duty" in allows[model]) == (answer["act_in_field"] == "yes")
        assert ("In the agency's own jail" in allows[model]) == (answer["act_in_field"] == "no")
        assert ("without a warrant" in allows[model]) == (answer["civil_arrest_no_warrant"] != "no")
        assert ("48 hours" in allows[model]) == (answer["hold_48_hours"] == "conditional")
        assert len(re.findall(r"\w[.]", allows[model])) <= 3


def test_nothing_is_called_complete():
    assert "complete" not in page().lower()


# ---------------------------------------------------------------- search


def test_every_word_of_every_agency_finds_what_pandas_finds(find):
    text = searched_text()
    words = sorted({word for agency in TABLE["agency"].str.lower() for word in re.findall("[a-z0-9]+", agency)})
    assert len(words) > 1000
    for word in words:
        answer = find(word)
        if not answer["place"]:
            assert answer["rows"] == at(text.str.contains(f" {word}", regex=False)), word


def test_county_and_state_are_found(find):
    assert find("mariposa county nowhere")["rows"] == []
    for search in ("TX", "texas", "TEXAS"):
        assert set(find(search)["rows"]) >= set(at(TABLE["state"] == "TX"))
    assert find("davidson county", state="TN")["rows"] == at(
        (TABLE["state"] == "TN")
        & (TABLE["county"].eq("Davidson County") | TABLE["agency"].str.contains("Davidson County"))
    )


@pytest.mark.parametrize(
    ("search", "state", "agency"),
    [
        ("Acadia", "LA", "Morse Police Department"),
        ("Flagler County", "FL", "Bunnell Police Department"),
        ("Flager", "FL", "Bunnell Police Department"),
        ("Loudon Sheriff", "TN", "Louden County Sheriff's Office"),
    ],
)
def test_what_is_misspelt_is_found_by_both_names(find, search, state, agency):
    assert set(at((TABLE["state"] == state) & (TABLE["agency"] == agency))) <= set(find(search)["rows"])


@pytest.mark.parametrize(
    "ways",
    [
        (
            "harris county sheriff's office", "Harris County Sheriff’s Office", "HARRIS COUNTY SHERIFFS OFFICE",
            "  office, sheriffs;  harris-county ", "härris çounty shériffs office",
        ),
        ("st. lucie", "st lucie", "St.Lucie", "saint lucie"), ("miami-dade", "miami dade", "Miami – Dade"),
        ("miami police department", "miami PD", "miami p.d."), ("fort myers", "ft. myers", "FT MYERS"),
    ],
)  # fmt: skip
def test_ways_of_writing_make_no_difference(find, ways):
    rows = [sorted(find(way)["rows"]) for way in ways]
    assert rows[0] and all(other == rows[0] for other in rows)


@given(search=st.text(max_size=30), more=st.text(max_size=8), state=st.sampled_from(["all", "TX", "GU"]))
def test_hostile_searches_do_no_harm(find, search, more, state):
    first = find(search, state=state)
    assert set(find(f"{search} {more}", state=state)["rows"]) <= set(first["rows"])
    assert set(first["rows"]) <= set(find(search)["rows"])
    assert sorted(find(f"{more} {search}")["rows"]) == sorted(find(f"{search} {more}")["rows"])


@given(search=st.text(alphabet="abcdeilmnorst '-.&\"()", max_size=24))
def test_likely_searches_find_what_pandas_finds(find, search):
    text, mask = searched_text_once(), True
    for word in search.split():
        letters, pieces = re.sub("[^a-z]", "", word), re.findall("[a-z]+", word)
        if letters:
            mask &= text.str.contains(f" {letters}", regex=False) | _all(
                text.str.contains(f" {piece}", regex=False) for piece in pieces
            )
    assert find(search)["rows"] == (TABLE.index.tolist() if mask is True else at(mask))


def searched_text_once(kept=[]):  # noqa: B006 (kept between the examples of one test)
    if not kept:
        kept.append(searched_text())
    return kept[0]


def _all(masks):
    return [*itertools.accumulate(masks, lambda a, b: a & b)][-1]


# ---------------------------------------------------------------- filters, order, words


@pytest.mark.parametrize("name", [*FILTERS, "year"])
def test_each_value_of_a_filter(find, name):
    kinds, years = TABLE["agency_kind"].fillna("not_stated"), TABLE["signed"].dt.year.dropna().astype(int)
    columns = {"kind": kinds, "year": years, "status": [*TABLE["status"], "workbook"]}
    for value in sorted(set(map(str, columns.get(name, TABLE.get(name))))):
        if name == "year":
            wanted = TABLE["signed"].dt.year.eq(int(value))
        elif value == "workbook":
            wanted = (TABLE["first_listed"] <= WORKBOOK) & (TABLE["last_listed"] >= WORKBOOK)
        else:
            wanted = TABLE[FILTERS[name]].fillna("not_stated").eq(value)
        answer = find(**{name: value})
        assert answer["rows"] == at(wanted)
        assert answer["agencies"] == len(TABLE[wanted].drop_duplicates(["state", "agency"]))


def test_filters_together(find):
    wanted = TABLE.eval("state == 'TX' and model == 'jail' and status == 'left' and agency.str.contains('County')")
    assert find("county", state="TX", model="jail", status="left")["rows"] == at(wanted)


def test_those_in_force_come_first_and_of_them_the_best_fits(find):
    rows = find("harris county", sort="fit")["rows"]
    assert sorted(rows) == find("harris county")["rows"]
    ranks = [
        (row.status, 0 if "Harris County" in row.agency else 1 if row.county == "Harris County" else 2)
        for row in TABLE.loc[rows].itertuples()
    ]
    listed = [rank for status, rank in ranks if status == "listed"]
    assert [status for status, _ in ranks] == ["listed"] * len(listed) + ["left"] * (len(ranks) - len(listed))
    assert listed == sorted(listed) and {rank for _, rank in ranks} == {0, 1, 2}
    assert find(sort="fit")["rows"] == [*at(TABLE["status"] == "listed"), *at(TABLE["status"] == "left")]


@pytest.mark.parametrize("column", ["signed", "first_listed"])
def test_newest_first(find, column):
    rows = find(sort=column)["rows"]
    assert sorted(rows) == TABLE.index.tolist()
    assert TABLE.loc[rows, column].is_monotonic_decreasing


def test_sentence_counts_agreements_and_agencies_apart(find):
    rows = TABLE.loc[find("jackson county")["rows"]]
    listed = rows[rows["status"] == "listed"]
    answer = find("jackson county")
    assert len(rows) > counts.agencies_of(rows) and len(rows) > len(listed) > 0
    found = f"{len(rows)} agreements, held by {counts.agencies_of(rows)} agencies."
    assert answer["sentence"].startswith(f'Found for "jackson county": {found}')
    now = f"{len(listed)} agreements, held by {counts.agencies_of(listed)} of the agencies."
    assert f"as of {facts.written_day(counts.newest()['date'])}: {now}" in answer["sentence"]


def test_sentence_of_the_start_is_that_of_the_still_view(find):
    assert find()["sentence"] == still_sentence("finder")


@pytest.mark.parametrize(
    ("search", "better"),
    [("hilsborough", "hillsborough"), ("lubock texas", "lubbock texas"), ("hillsboruogh county", "hillsborough county"),
     ("zzzzzz", ""), ("<qqq>", "")],
)  # fmt: skip
def test_nothing_found_gives_the_nearest_spelling(find, search, better):
    answer = find(search)
    assert answer["rows"] == [] and answer["reason"]["search"] == better
    assert better == "" or find(better)["rows"]


def test_nothing_found_because_of_filters(find):
    answer = find("hillsborough", state="TX")
    assert answer["rows"] == [] and answer["reason"] == {"withoutFilters": len(find("hillsborough")["rows"])}
    assert find("hillsborough lubbock")["reason"] == {"withoutFilters": 0}


# ---------------------------------------------------------------- a county, a state

OWN, COPY = facts.written_day(WORKBOOK), facts.written_day(counts.newest()["date"])
NEVER = "no agreement on ICE's list of {own}, nor on any other list here"


@pytest.mark.parametrize(
    ("search", "settings", "place", "says"),
    [
        ("Collin County, Texas", {}, "Collin County, Texas", "yes. Sheriff's Office: jail (signed January 26, 2026)"),
        ("collin", {"state": "TX"}, "Collin County, Texas", "; no warrant or task force agreement on ICE's list of"),
        ("Knox County TN", {}, "Knox County, Tennessee", "yes. Sheriff's Office: jail (signed June 8, 2020)"),
        ("Acadia", {}, "Acadia Parish, Louisiana", "yes. Morse Police Department: task force (signed"),
        ("saint johns county", {}, "St. Johns County, Florida", "all on ICE's list of {own}."),
        ("Loving County TX", {}, "Loving County, Texas", NEVER),
        ("fairfax county, virginia", {}, "Fairfax County, Virginia", NEVER),
        ("dona ana county", {}, "Doña Ana County, New Mexico", NEVER),
        ("Vermont", {}, "Vermont", "ICE’s list of {own} has no agreement in Vermont."),
        ("Texas", {}, "Texas", "In another project's copy of the list of {copy}: "),
    ],
)
def test_a_place_is_answered_in_one_line(find, search, settings, place, says):
    answer = find(search, **settings)
    assert answer["place"] == place and says.format(own=OWN, copy=COPY) in answer["sentence"]


@pytest.mark.parametrize(
    ("search", "settings"),
    # a city elsewhere; a county and a city; a name in several states; another question; no name of a place
    [("Houston", {}), ("Houston TX", {}), ("Fairfax VA", {}), ("Knox County", {}), ("TX", {}), ("in", {}),
     ("Collin County", {"model": "jail"}), ("Collin County", {"state": "TN"})],
)  # fmt: skip
def test_what_may_be_another_place_is_not_guessed(find, search, settings):
    assert find(search, **settings)["place"] == ""


def test_every_county_is_found_by_its_name_and_counted_as_on_its_page(find):
    named = county_names()
    for fips, row in COUNTIES.sample(300, random_state=287).iterrows():
        answer = find(f"{row.county}, {STATES[row.state]}")
        assert answer["place"] == f"{row.county}, {STATES[row.state]}"
        assert answer["rows"] == at((TABLE["state"] == row.state) & (named == row.county))
        assert answer["page"] == places.address(fips)
        own = sum(TABLE.loc[answer["rows"], "on_workbook"])
        assert ("yes. " in answer["sentence"]) == (own > 0) or "only in another project's copy" in answer["sentence"]


# ---------------------------------------------------------------- a page


def test_page_reads_without_scripts():
    body = page().split('<script type="application/json"')[0]
    assert body.count("<tr>") == TABLE["state"].nunique() + 1
    assert body.count("<li>") == widget.BATCH
    newest = TABLE["signed"].max()
    assert f"signed {facts.written_day(newest)}" in body and "agreements.csv" in body
