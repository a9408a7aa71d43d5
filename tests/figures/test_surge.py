"""Pictures: findings and texts that equal the data, three vintages apart, the same SVG every time."""

import functools
import re
import xml.etree.ElementTree as ElementTree

import pandas as pd
import pytest

from section287g import counts, figures, tables
from section287g.counts import MODELS
from section287g.figures import style, surge
from section287g.palette import DARK, FONTS, LIGHT

SOURCES = set(tables.load("sources")["source_key"])
COPY = "copy of ICE's list"
every_picture = pytest.mark.parametrize("name", figures.names())


def number(value) -> str:
    return f"{int(value):,}"


def texts(svg: str) -> list[str]:
    return [
        "".join(element.itertext()).strip()
        for element in ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")
    ]


def in_force_at_inauguration() -> pd.Series:
    lists = tables.load("lists")
    return lists[lists["date"] <= surge.INAUGURATION].iloc[-1]


@functools.cache  # many tests look at one picture
def drawn(name, theme="light"):
    """A picture and its SVG."""
    picture = figures.draw(name, theme)
    return picture, picture.svg()


@every_picture
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_picture_is_complete_and_only_in_colours_of_the_palette(name, theme):
    picture, svg = drawn(name, theme)
    assert picture.title[0].isupper() and not picture.title.endswith(".")
    assert len(picture.alt) > 100 and picture.alt.endswith(".")
    assert not picture.table.empty
    assert picture.unit and re.search(r"\b20\d\d\b", picture.as_of)
    assert picture.source_keys and set(picture.source_keys) <= SOURCES
    assert set(re.findall(r"#[0-9a-f]{6}\b", svg)) <= set({"light": LIGHT, "dark": DARK}[theme].values())


@every_picture
def test_svg_is_the_same_twice_and_has_no_date_and_its_size(name):
    picture, svg = drawn(name)
    assert svg == figures.draw(name).svg()
    assert "dc:date" not in svg and "DejaVu" not in svg and FONTS in svg
    width, height = ElementTree.fromstring(svg).get("viewBox").split()[2:]  # matplotlib writes points there
    assert picture.size == (round(float(width) * 4 / 3), round(float(height) * 4 / 3))


@every_picture
def test_text_is_large_enough_on_a_phone_and_stays_inside(name):
    picture, svg = drawn(name)
    root = ElementTree.fromstring(svg)
    styles = " ".join(element.get("style", "") for element in root.iter())
    sizes = map(float, re.findall(r"font(?:-size)?: (?:bold )?([\d.]+)px", styles))
    assert min(sizes) * 340 / float(root.get("viewBox").split()[2]) >= 8.9
    renderer = picture.figure.canvas.get_renderer() if hasattr(picture.figure.canvas, "get_renderer") else None
    box = picture.figure.get_tightbbox(renderer)
    assert box.x0 >= -0.02 and box.x1 <= style.WIDTH + 0.02
    assert box.y0 >= -0.02 and box.y1 <= picture.figure.get_figheight() + 0.02


def test_growth_title_and_alternative_text_say_the_numbers():
    before, newest = in_force_at_inauguration(), counts.newest("ice_workbook")
    picture = figures.draw("growth")
    assert f"from {number(before['rows'])} to {number(newest['rows'])}" in picture.title
    assert f"{round(100 * newest['task_force'] / newest['rows'])} percent" in picture.title
    first, copy = tables.load("lists").iloc[0], counts.newest("transcript")
    for model in MODELS:
        assert f"{number(first[model])} on " in picture.alt
        assert f"{number(newest[model])} on " in picture.alt
        assert f"{number(copy[model])} {surge.SHORT_LABELS[model].lower()}" in picture.alt
    assert "gaps without a list in this book" in picture.alt


@pytest.mark.parametrize("unit", ["agreements", "agencies"])
@pytest.mark.parametrize("state", [None, "TX", "MD"])
def test_growth_table_equals_the_counts(state, unit):
    table = figures.draw("growth", state=state, unit=unit).table
    own = table[table["What it is"].isin(surge.KINDS.values())]
    counted = counts.over_time(state).drop_duplicates("date", keep="last")
    assert own["Date"].tolist() == counted["date"].tolist()
    for model, label in surge.SHORT_LABELS.items():
        column = model if unit == "agreements" else f"{model}_agencies"
        assert own[label].tolist() == counted[column].tolist()
    assert own[f"All {unit}"].tolist() == counted[unit].tolist()


def test_growth_never_joins_the_vintages():
    axes = figures.draw("growth").figure.axes[0]
    newest = counts.newest("ice_workbook")["date"]
    own = set(tables.load("lists").query("kind != 'transcript'")["date"])
    for line in axes.get_lines():
        dates = pd.to_datetime(line.get_xdata())
        joined = line.get_linestyle() != "None"
        assert not joined or dates.max() <= newest
        assert joined or not set(dates) & own


def test_growth_line_breaks_in_gaps():
    axes = figures.draw("growth").figure.axes[0]
    lines = [line for line in axes.get_lines() if line.get_linestyle() != "None"]
    own = counts.over_time()
    gaps = surge.gaps(own[own["kind"] != "transcript"])
    assert len(lines) == len(MODELS) and len(gaps) > 5
    for line in lines:
        points = pd.Series(line.get_ydata(), index=pd.to_datetime(line.get_xdata()))
        assert set(points.index[points.isna()]) == {start for start, _ in gaps}


def test_growth_of_a_state_that_lost_all():
    picture = figures.draw("growth", state="MD")
    assert picture.title.startswith("Maryland: agreements fell from 3 to 0 ")


def test_by_model_shares_add_up():
    picture = figures.draw("by_model")
    newest = counts.newest("ice_workbook")
    share = round(100 * newest["task_force"] / newest["rows"])
    assert f"to {share} percent of {number(newest['rows'])}" in picture.title
    shares = picture.table[[column for column in picture.table if column.endswith("percent")]]
    assert (shares.sum(axis=1) - 100).abs().max() < 0.2
    counted = picture.table[list(surge.SHORT_LABELS.values())]
    assert counted.sum(axis=1).tolist() == picture.table["All agreements"].tolist()
    drawn = texts(picture.svg())
    for label in surge.SHORT_LABELS.values():
        for value in picture.table[label]:
            assert value == 0 or number(value) in drawn


def test_agreements_and_agencies_are_two_counts_of_one_list():
    picture = figures.draw("agreements_and_agencies")
    newest = counts.newest("ice_workbook")
    assert f"{number(newest['rows'])} agreements held by {number(newest['agencies'])} agencies" in picture.title
    own = picture.table[picture.table["What it is"] != COPY]
    assert own[["Agreements", "Agencies"]].iloc[-1].tolist() == [newest["rows"], newest["agencies"]]
    assert (picture.table["Agencies"] <= picture.table["Agreements"]).all()


def test_net_change_accounts_for_every_agreement():
    table = figures.draw("net_change").table
    before, newest, copy = in_force_at_inauguration(), counts.newest("ice_workbook"), counts.newest("transcript")
    with_copy = copy["date"] > newest["date"]
    own = table.iloc[:-1] if with_copy else table
    agreements = tables.load("agreements")

    def listed(day):
        return int(((agreements["first_listed"] <= day) & (agreements["last_listed"] >= day)).sum())

    assert own["Net change"].sum() == listed(newest["date"]) - listed(before["date"])
    if with_copy:
        assert table.iloc[-1]["Net change"] == listed(copy["date"]) - listed(newest["date"])
    assert (table["Came"] - table["Left"] == table["Net change"]).all()
    title = figures.draw("net_change").title
    assert f"{own['Came'].sum():,} agreements came and {own['Left'].sum():,} left" in title


def test_published_totals_stand_beside_our_count_of_the_day():
    picture = figures.draw("published_totals")
    totals = tables.load("published_totals").dropna(subset=["agreements"]).sort_values("date")
    last, newest = totals.iloc[-1], counts.newest("ice_workbook")
    assert f"count {number(last['agreements'])} agreements" in picture.title
    assert f"{number(last['agreements'] - newest['rows'])} more" in picture.title
    of_others = totals[totals["confidence"] != "primary"]
    assert picture.table["Total published"].tolist() == of_others["agreements"].tolist()
    dhs = picture.table[picture.table["Date"] == "2025-09-17"].iloc[0]
    assert (dhs["Total published"], dhs["Our count of the list in force"]) == (1001, 1000)
    later = picture.table[picture.table["Date"] > newest["date"]]
    assert later["Our count of the list in force"].isna().all()


def test_notebook_view_has_title_and_alternative_text():
    picture = figures.draw("by_model", "dark")
    html = picture._repr_html_()
    assert f"<strong>{picture.title}</strong>" in html and 'alt="Four bars' in html
    assert " style=" not in html


@pytest.mark.parametrize(
    ("name", "theme", "options"),
    [("pie", "light", {}), ("growth", "sepia", {}), ("growth", "light", {"unit": "officers"}),
     ("growth", "light", {"state": "XX"})],
)  # fmt: skip
def test_what_is_not_known_is_refused_with_what_is(name, theme, options):
    with pytest.raises((KeyError, ValueError), match="growth|light|XX|officers"):
        figures.draw(name, theme, **options)
