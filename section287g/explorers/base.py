"""What every explorer is made of: words, sources, the view without scripts, and the live widget."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape
from types import ModuleType

import anywidget
import traitlets

from section287g import at_rest, citing, figures, tables
from section287g.explorers import assets, spec
from section287g.explorers.spec import Number, Setting, check, from_text, settings_of
from section287g.words import fill

__all__ = [
    "Explorer", "Link", "Number", "Setting", "Still", "check", "documents", "from_text", "live", "say", "settings_of",
    "sources", "view",
]  # fmt: skip


@dataclass(frozen=True)
class Link:
    """A table cell that leads to a document: its name in words and its address (only http and https become links)."""

    text: str
    url: str


def documents(keys: Iterable[str]) -> dict[str, Link]:
    """Source key -> the source as a link, named by publisher and date."""
    urls = tables.load("sources").set_index("source_key")["url"].fillna("")
    return {key: Link(citing.short(key), urls[key]) for key in keys}


def sources(keys: Iterable[str]) -> dict[str, dict[str, str]]:
    """Source key -> title, publisher, date in words and address of the source."""
    table = tables.load("sources").set_index("source_key")[["title", "publisher", "date", "url"]]
    return table.loc[list(keys)].assign(date=lambda rows: rows["date"].map(citing.dated)).to_dict("index")


@dataclass(frozen=True)
class Still:
    """What a page shows without scripts and on paper: a sentence, a table, a source line, and options for
    `figures.draw`.

    Without a picture the table stands unfolded, or `body` (HTML whose values are escaped) instead of it. A cell may
    also be a list of Links; a row of one cell heads the rows below it. `more` says where to find what is not shown;
    `below` is HTML after it (values escaped).
    """

    sentence: str
    source: str
    columns: list[str] = field(default_factory=list)
    rows: list[list[str | int | list[Link]]] = field(default_factory=list)
    table_caption: str = ""
    picture: dict[str, str] | None = None
    body: str = ""
    more: str = ""
    below: str = ""


def say(template: str | dict[str, str], **values: str | int) -> str:
    """A template with its {names} filled in; numbers get thousands separators, {"one", "other"} is chosen by `n` (as in
    kit/format.js)."""
    text = template if isinstance(template, str) else template["one" if values["n"] == 1 else "other"]
    return fill(text, **values)


def view(widget: ModuleType, values: dict[str, str | bool]) -> str:
    """What stands in a notebook for an explorer with these values, as HTML: its picture, or its sentence if it has
    none."""
    still = widget.still(values)
    if still.picture is not None:
        return figures.draw(widget.NAME, **still.picture)._repr_html_()
    return f'<p class="mathjax_ignore">{escape(still.sentence)}</p>'


class Explorer(anywidget.AnyWidget):
    """A live explorer. `data` and `words` travel to the browser once; the settings are synced both ways."""

    data = traitlets.Dict().tag(sync=True)
    words = traitlets.Dict().tag(sync=True)
    widget: ModuleType  # the module of this explorer

    def _ipython_display_(self) -> None:
        values = {setting: getattr(self, setting) for setting in self.widget.settings()}
        at_rest.show(self, view(self.widget, values))


class Checked(traitlets.TraitType):
    """A setting as a trait: it starts where the setting starts; a wrong value raises TraitError naming the allowed
    ones."""

    def __init__(self, widget: ModuleType, setting: str, **options):
        super().__init__(**options)
        self.widget, self.setting = widget, setting

    def make_dynamic_default(self) -> str | bool:
        return self.widget.settings()[self.setting].default

    def validate(self, owner, value):
        try:
            return check(self.widget.settings(), self.setting, value)
        except ValueError as error:
            raise traitlets.TraitError(str(error)) from None


def live(name: str, widget: ModuleType) -> type[Explorer]:
    """The class of the live explorer `name`, whose module is `widget`."""

    def start(self, **values):
        Explorer.__init__(self, data=widget.data(), words=assets.words(name), **values)

    traits = {
        setting: Checked(widget, setting, help=spec.help_of(declared)).tag(sync=True)
        for setting, declared in spec.load(name)["settings"].items()
    }
    about = {
        "__doc__": spec.documentation(name), "__module__": "section287g.explorers", "__init__": start, "widget": widget,
    }  # fmt: skip
    return type(
        name.capitalize(),
        (Explorer,),
        {**about, **traits, "_esm": assets.module(name), "_css": assets.stylesheet(name)},
    )
