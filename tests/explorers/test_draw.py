"""The line that a reader draws: by keys, hand, finger and number; the sentence that compares; nothing kept."""

import pandas as pd
from explorer_pages import choose, control, open_tab, sent, sentence, still_sentence, table
from playwright.sync_api import expect
from speed import slowness

from section287g import counts, tables
from section287g.explorers import assets
from section287g.explorers.draw.widget import data, newest
from section287g.facts import written_day

WORDS = assets.words("draw")
START, BEFORE = pd.Timestamp(data()["start"][0]), data()["start"][1]
END = pd.Timestamp(data()["end"])
BEGIN = WORDS["begin"].format(end=written_day(END))


def straight(end):
    """The sentence for a straight line from the start to `end`, computed from the tables."""
    parts = []
    for kind, day, number in newest():
        yours = 10 * round((BEFORE + (end - BEFORE) * ((day - START) / (END - START))) / 10)
        parts.append(WORDS["counted_beside"][kind].format(n=f"{number:,}", date=written_day(day), yours=f"{yours:,}"))
    return WORDS["and"][len(parts) - 1].format(**dict(zip(("one", "two", "three"), parts, strict=False)))


def plot(page):
    return page.locator(".draw-plot")


def said(page):
    return plot(page).get_attribute("aria-valuetext")


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def drag(page, *points):
    """Move the mouse over these points of the part to draw in, as shares of its width and height."""
    box = page.locator(".draw-target").bounding_box()
    for place, (across, down) in enumerate(points):
        page.mouse.move(box["x"] + across * box["width"], box["y"] + down * box["height"], steps=8)
        if not place:
            page.mouse.down()
    page.mouse.up()


def test_three_dated_totals_stand_in_the_still_sentence_and_table():
    text = still_sentence("draw")
    total = tables.load("published_totals").sort_values("date").iloc[-1]
    for row in (counts.newest("ice_workbook"), counts.newest("transcript"), total):
        assert f"{row['agreements']:,}" in text and written_day(row["date"]) in text


def test_by_keyboard_alone_with_words_for_each_step(alive):
    page = alive("draw")
    plot(page).focus()
    assert said(page) == "February 2025: not drawn"
    press(page, "ArrowRight", "ArrowUp", "ArrowUp")
    assert said(page) == "February 2025: 240 agreements"
    press(page, "ArrowRight", "PageUp", "ArrowDown")
    assert said(page) == "March 2025: 690 agreements"
    assert sentence(page) == BEGIN  # the live sentence keeps quiet while the slider speaks
    press(page, "End")
    assert said(page) == "October 9, 2026: 690 agreements" and sentence(page) == WORDS["complete"]
    press(page, "Home")
    assert said(page).startswith("February 2025")
    press(page, "Enter")
    assert page.evaluate("document.activeElement.textContent") == WORDS["start_over"]
    assert "1,843 (your line: 690)" in sentence(page)
    press(page, "Enter")
    assert page.evaluate("document.activeElement.getAttribute('role')") == "slider"
    assert said(page) == "February 2025: not drawn" and sentence(page) == BEGIN


def test_sentence_compares_as_computed_in_python(alive):
    page = alive("draw")
    for end in (0, 135, 420, 2300, 4000):
        choose(page, end=str(end))
        page.locator(".draw-button").click()
        assert sentence(page) == straight(end), end
        page.locator(".draw-button").click()  # start over


def test_end_and_up_draw_a_straight_line_as_the_number_does(alive):
    page = alive("draw")
    plot(page).focus()
    press(page, "End", "PageUp", "ArrowUp", "Enter")
    assert control(page, "end").input_value() == "690" and sentence(page) == straight(690)


def test_by_mouse_also_backwards_and_in_parts_and_an_unfinished_line_goes_on_flat(alive):
    page = alive("draw", width=900)
    drag(page, (0.1, 0.9), (0.5, 0.5))
    assert sentence(page).startswith("You are at") and control(page, "end").input_value() == ""
    page.locator(".draw-button").click()
    end = control(page, "end").input_value()
    assert end and f"(yours: {int(end):,})." in sentence(page)
    page.locator(".draw-button").click()  # start over
    drag(page, (0.1, 0.9), (0.5, 0.5))
    drag(page, (0.5, 0.5), (0.99, 0.2))
    assert sentence(page) == WORDS["complete"] and int(control(page, "end").input_value()) > 2500
    drag(page, (0.6, 0.9), (0.4, 0.9))
    open_tab(page, 1)
    lowered = [int(row[2].replace(",", "")) for row in table(page) if row[1] == WORDS["kinds"]["yours"]]
    assert min(lowered[8:13]) < 500 < 2500 < lowered[-1]


def test_by_touch_and_the_rest_of_the_page_scrolls(alive):
    page = alive("draw", width=360, height=740, has_touch=True)
    target = page.locator(".draw-target")
    assert target.evaluate("it => getComputedStyle(it).touchAction") == "none"
    assert plot(page).evaluate("it => getComputedStyle(it).touchAction") == "auto"
    box = target.bounding_box()
    session = page.context.new_cdp_session(page)

    def touch(kind, *point):
        session.send(
            "Input.dispatchTouchEvent", {"type": kind, "touchPoints": [dict(zip("xy", point))] if point else []}
        )

    right, middle = box["x"] + box["width"] - 15, box["y"] + box["height"] / 2
    touch("touchStart", box["x"] + 26, box["y"] + box["height"] - 6)
    for step in range(1, 11):
        touch("touchMove", box["x"] + 26 + (right - box["x"] - 26) * step / 10, middle)
    page.wait_for_timeout(300)  # a finger that rests, or the browser takes the next tap for the end of a fling
    touch("touchMove", right, middle)
    page.wait_for_timeout(300)
    touch("touchEnd")
    expect(page.locator(".explorer-live .explorer-sentence")).to_have_text(WORDS["complete"])
    page.locator(".draw-button").tap()
    expect(page.locator(".draw-guess")).to_have_count(1)
    assert "ICE's list held" in sentence(page)


def test_just_show_me_gives_nothing_away_before_and_all_totals_after_without_motion(alive):
    page = alive("draw", reduced_motion="reduce")
    number = f"{newest()[0][2]:,}"
    assert number not in page.locator(".explorer-live").text_content()
    page.locator(".draw-button").click()
    assert sentence(page) == still_sentence("draw")
    assert page.locator(".draw-hollow").count() == len(data()["copied"]) + len(data()["others"])
    assert page.locator(".draw-wipe").evaluate("it => getComputedStyle(it).animationName") == "none"


def test_nothing_is_stored_or_sent_and_a_step_of_a_key_is_quick(alive):
    page = alive("draw")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    address = page.url
    choose(page, end="420")
    page.locator(".draw-button").click()
    stored = page.evaluate("[localStorage.length, sessionStorage.length, document.cookie.length]")
    assert (asked, stored, page.url) == ([], [0, 0, 0], address)
    page.locator(".draw-button").click()  # start over
    plot(page).focus()
    took = page.evaluate(
        """() => { const plot = document.querySelector(".draw-plot"), start = performance.now();
        for (let step = 0; step < 40; step++)
          plot.dispatchEvent(new KeyboardEvent("keydown", { key: step % 2 ? "ArrowUp" : "ArrowRight", bubbles: true }));
        return (performance.now() - start) / 40; }"""
    )
    assert took < 16 * slowness(page)


def test_data_are_few():
    assert len(sent("draw")["data"]["ice"]) == tables.load("lists").query("kind != 'transcript'")["date"].nunique()
