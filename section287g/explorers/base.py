"""What every explorer is made of: settings with allowed values, data counted in Python, words, and the live widget."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

import anywidget
import traitlets

from section287g import citing, tables


@dataclass(frozen=True)
class Setting:
    """One thing a reader can change: where it starts and what it may be (text or True/False).

    ``several`` allows any of the values joined by commas, in their order, or none of them; ``allowed`` None is free
    text.
    """

    default: str | bool
    allowed: tuple | None
    several: bool = False

    def permits(self, value) -> bool:
        """Whether the setting may take this value, type included."""
        if type(value) is not type(self.default):
            return False
        if self.allowed is None:
            return True
        if self.several:
            return value == ",".join(choice for choice in self.allowed if choice in value.split(","))
        return value in self.allowed


@dataclass(frozen=True)
class Number:
    """A setting that is a number within limits, kept as text ("89.5") because links and a page's options are text.

    At most `decimals` decimals; blank ("") is possible if `optional`.
    """

    default: str
    least: int
    most: int
    decimals: int = 0
    optional: bool = False

    def permits(self, value) -> bool:
        if value == "":
            return self.optional
        pattern = rf"\d+(\.\d{{1,{self.decimals}}})?" if self.decimals else r"\d+"
        return (
            isinstance(value, str)
            and re.fullmatch(pattern, value) is not None
            and self.least <= float(value) <= self.most
        )

    @property
    def wanted(self) -> str:
        kind = (
            f"a number with at most {self.decimals} decimal{'s' if self.decimals > 1 else ''}"
            if self.decimals
            else "a whole number"
        )
        return f"{kind} from {self.least:,} to {self.most:,}{', or blank' if self.optional else ''}"


@dataclass(frozen=True)
class Link:
    """A table cell that leads to a document: its name in words and its address (only http and https become links)."""

    text: str
    url: str


def documents(keys: Iterable[str]) -> dict[str, Link]:
    """Source key -> the source as a link, named by publisher and date."""
    urls = tables.load("sources").set_index("source_key")["url"].fillna("")
    return {key: Link(citing.short(key), urls[key]) for key in keys}


@dataclass(frozen=True)
class Still:
    """What a page shows without scripts and on paper: a sentence, a table, a source line, and options for
    `figures.draw`.

    Without a picture the table stands unfolded, or `body` (HTML whose values are escaped) instead of it. A cell may
    also be a list of Links; a row of one cell heads the rows below it. `more` says where to find what is not shown;
    `below` is HTML after it (values escaped).
    """

    sentence: str
    columns: list[str]
    rows: list[list[str | int | list[Link]]]
    table_caption: str
    source: str
    picture: dict[str, str] | None = None
    body: str = ""
    more: str = ""
    below: str = ""


def say(template: str | dict[str, str], **values: str | int) -> str:
    """A template with its {names} filled in; numbers get thousands separators, {"one", "other"} is chosen by `n` (as in
    kit.js)."""
    text = template if isinstance(template, str) else template["one" if values["n"] == 1 else "other"]
    return text.format(**{name: f"{value:,}" if isinstance(value, int) else value for name, value in values.items()})


def check(settings: dict[str, Setting | Number], name: str, value):
    """`value` if setting `name` may take it (a number as text); else ValueError that names the allowed values."""
    if isinstance(settings[name], Number) and type(value) in (int, float):
        value = str(int(value) if value == int(value) else value)
    if settings[name].permits(value):
        return value
    if isinstance(settings[name], Number):
        raise ValueError(f"{name} must be {settings[name].wanted}; got {value!r}")
    allowed = settings[name].allowed or ("any text",)
    by_lower = {str(choice).lower(): choice for choice in allowed}
    near = get_close_matches(str(value).lower(), list(by_lower), n=1, cutoff=0.5)
    hint = f" (did you mean {by_lower[near[0]]!r}?)" if near else ""
    listed = [repr(choice) for choice in allowed]
    shown = (
        ", ".join(listed) if len(listed) <= 60 else f"{', '.join(listed[:3])}, ... {listed[-1]} ({len(listed)} values)"
    )
    raise ValueError(f"{name} must be one of {shown}; got {value!r}{hint}")


def from_text(settings: dict[str, Setting | Number], options: dict[str, str | bool]) -> dict:
    """All settings, at their start or as given in `options` (text as in a page's source: "true" and "false" become
    booleans)."""
    unknown = set(options) - set(settings)
    if unknown:
        raise ValueError(f"no setting {sorted(unknown)[0]!r}; settings are {', '.join(settings)}")
    values = {name: setting.default for name, setting in settings.items()}
    for name, value in options.items():
        if isinstance(settings[name].default, bool) and isinstance(value, str):
            value = {"true": True, "false": False}.get(value.lower(), value)
        values[name] = check(settings, name, value)
    return values


class Explorer(anywidget.AnyWidget):
    """A live explorer. `data` and `words` travel to the browser once; the settings are synced both ways."""

    data = traitlets.Dict().tag(sync=True)
    words = traitlets.Dict().tag(sync=True)


def synced(settings_of, name: str, default: str | bool) -> traitlets.TraitType:
    """A synced trait for one setting. `settings_of()` gives the settings; wrong values raise TraitError naming the
    allowed ones."""

    class Checked(traitlets.TraitType):
        def validate(self, owner, value):
            try:
                return check(settings_of(), name, value)
            except ValueError as error:
                raise traitlets.TraitError(str(error)) from None

    return Checked(default).tag(sync=True)
