"""Explorers with a list of entries of which one is open: mouse, keys and steps lead through them."""

import pytest
from explorer_pages import focused, options, sent

from section287g import tables

# Explorer -> [(id, what its open card says)], in the order of the page.
ENTRIES = {
    "claims": [(row.claim_id, row.claim_id) for row in tables.load("claims").itertuples()],
    "evidence": [(study["id"], study["title"]) for study in sent("evidence")["data"]["studies"]],
    "timeline": [(row.event_id, row.title) for row in tables.load("timeline").itertuples()],
}
ACROSS = {"evidence": (("ArrowRight", 1), ("ArrowDown", 2), ("ArrowLeft", 1))}  # its entries stand in columns
DOWN = (("ArrowDown", 1), ("ArrowDown", 2), ("ArrowUp", 1))


@pytest.mark.parametrize("name", ENTRIES)
def test_entries_by_mouse_and_keyboard_and_steps(alive, name):
    page, entries = alive(name), ENTRIES[name]
    card = page.locator(".explorer-live :is(.c-card, .t-card, .v-card)")
    steps = {step: page.get_by_role("button", name=step, exact=True) for step in ("Next", "Previous")}
    options(page).nth(5).click()
    assert entries[5][1] in card.inner_text() and focused(page) == entries[5][0]
    ends = (("End", -1), ("ArrowDown", -1), ("Home", 0), ("ArrowUp", 0))
    for key, place in (("Home", 0), *ACROSS.get(name, DOWN), *ends):
        page.keyboard.press(key)
        assert focused(page) == entries[place][0] and entries[place][1] in card.inner_text(), key
    steps["Next"].press("Enter")
    assert entries[1][1] in card.inner_text() and f"2 of {len(entries)}" in card.inner_text()
    assert focused(page) == "next"
    steps["Previous"].press("Enter")
    steps["Previous"].dispatch_event("click")  # at the start it does nothing
    assert entries[0][1] in card.inner_text() and f"1 of {len(entries)}" in card.inner_text()
