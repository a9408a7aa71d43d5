"""Sphinx tags that follow from the data, so that a page can hold a sentence that is only true at times.

In a page: ```{only} copy_newer_than_lists ... ```. When a newer list is imported, such sentences go by themselves.
"""

from __future__ import annotations

from sphinx.application import Sphinx

from section287g import facts

NEWER_THAN_LISTS = {
    "copy_newer_than_lists": "date_copy",  # the newest copy made by others is newer than ICE's newest list
    "totals_newer_than_lists": "date_latest_total",  # the newest published total is newer than ICE's newest list
}


def tags() -> set[str]:
    """The tags that hold for the data as they are."""
    newest = facts.get("date_newest").value
    return {tag for tag, name in NEWER_THAN_LISTS.items() if facts.get(name).value > newest}


def _set_tags(app: Sphinx) -> None:
    for tag in tags():
        app.tags.add(tag)


def setup(app: Sphinx) -> None:
    app.connect("builder-inited", _set_tags)
