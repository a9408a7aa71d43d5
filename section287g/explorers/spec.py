"""What `spec.json` of an explorer declares: settings with their checks, their documentation and the browser's copy.

`spec.json` is ``{"about": what the widget shows, "settings": {name: declaration}}``. The order of the settings is that
of the controls and of a link. A declaration has

- `kind`: select, set (several of a few values), check, search (free text), range (slider over values) or number;
  without it, no control shows the setting;
- `label`: key of the control's label in strings.json; `unit`: that of a number's unit;
- `choices`: values, or where data() has them: ``{"from": "lists.key"}`` names a list of values, of [value, text, ...]
  or of {"id", "title" or "name"}, or a mapping {value: text}; ``{"to": "longest"}`` names the largest of the whole
  numbers from 1;
- `names`: key of the words {value: text} that name the choices; `first`, `last`: {value: key of its word} before and
  after the choices;
- `optional`: may be blank (""); `start`: where it starts, else at its first value, with all of a set, unticked, or
  blank; may also be ``{"from": ...}``;
- `min`, `max`, `decimals` of a number; `max` may also be ``{"from": ...}``;
- `shown`: {other setting: values with which the control is shown}; `also`: settings that change with it;
- `place`: "below" the picture, or "aside", where the explorer itself puts it;
- `help`: what it means, for the documentation of the widget.

`guess` declares in the same way what a reader is asked before the explorer is seen; its `kind` is number, choice (one)
or tiles (up to `most` of them). It is a setting too, blank until it is given, or "skipped"; a link never holds it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Setting:
    """One thing a reader can change: where it starts and what it may be (text or True/False).

    ``several`` allows any of the values joined by commas, in their order, or none of them; ``allowed`` None is free
    text.
    """

    default: str | bool
    allowed: tuple | None
    several: bool = False
    most: int | None = None  # of several
    also: tuple[str, ...] = ()  # permitted besides

    def permits(self, value) -> bool:
        """Whether the setting may take this value, type included."""
        if value in self.also:
            return True
        if type(value) is not type(self.default):
            return False
        if self.allowed is None:
            return True
        if self.several:
            found = [choice for choice in self.allowed if choice in value.split(",")]
            return value == ",".join(found) and len(found) <= (self.most or len(found))
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
    also: tuple[str, ...] = ()  # permitted besides

    def permits(self, value) -> bool:
        if value == "":
            return self.optional
        if value in self.also:
            return True
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
        others = [f", or {word!r}" for word in self.also] + [", or blank"] * self.optional
        return f"{kind} from {self.least:,} to {self.most:,}{''.join(others)}"


SKIPPED = "skipped"  # the guess of a reader who gave none
GUESS = {
    "optional": True,
    "help": 'what the reader guessed, "" until it is given; "skipped" shows the explorer at once',
}
VIEW = {"choices": ["picture", "table"], "help": "the tab that is open"}  # of every explorer; the frame makes its tabs


@cache
def load(name: str) -> dict:
    """`spec.json` of an explorer, with the setting `view` of all explorers, and its guess as a setting."""
    spec = json.loads((FOLDER / name / "spec.json").read_text(encoding="utf-8"))
    guess = {"guess": {**GUESS, **spec["guess"]}} if "guess" in spec else {}
    return {**spec, "settings": {**spec["settings"], "view": VIEW, **guess}}


def settings_of(name: str, data: Callable[[], dict]) -> Callable[[], dict[str, Setting | Number]]:
    """A function that gives the settings of an explorer; `data()` has the choices that come from tables."""

    @cache
    def settings() -> dict[str, Setting | Number]:
        found = {setting: _setting(declared, data) for setting, declared in load(name)["settings"].items()}
        if "guess" in found:
            found["guess"] = replace(found["guess"], also=(SKIPPED,))
        return found

    return settings


def _setting(declared: dict, data: Callable[[], dict]) -> Setting | Number:
    kind, start = declared.get("kind"), _found(declared.get("start"), data)
    optional = declared.get("optional", False)
    if kind == "check":
        return Setting(start or False, (False, True))
    if kind == "search":
        return Setting("", None)
    if kind == "number":
        most = _found(declared["max"], data)
        return Number(start or "", declared["min"], most, declared.get("decimals", 0), optional)
    choices = _values(_found(declared["choices"], data))
    if kind == "set":
        return Setting(",".join(choices), choices, several=True)
    if kind == "tiles":
        return Setting("", choices, several=True, most=declared["most"])
    allowed = (*([""] if optional else []), *declared.get("first", {}), *choices, *declared.get("last", {}))
    return Setting(allowed[0] if start is None else start, allowed)


def _found(value, data: Callable[[], dict]):
    """A value of a declaration, looked up in the data if it only says where to find it."""
    if not isinstance(value, dict):
        return value
    found = data()
    for key in (value.get("from") or value["to"]).split("."):
        found = found[key]
    return found if "from" in value else [str(number) for number in range(1, found + 1)]


def _values(choices: list | dict) -> tuple[str, ...]:
    """Choices without the texts that name them."""
    if isinstance(choices, dict):
        return tuple(choices)
    return tuple(
        choice["id"] if isinstance(choice, dict) else choice if isinstance(choice, str) else choice[0]
        for choice in choices
    )


def for_browser(name: str) -> dict:
    """The settings as the browser needs them: without documentation, and without `view`, which the frame adds."""
    return {
        setting: {key: value for key, value in declared.items() if key not in ("help", "start")}
        for setting, declared in load(name)["settings"].items()
        if setting != "view"
    }


def word_keys(name: str) -> set[str]:
    """Keys of strings.json that the settings name."""
    keys = set()
    for declared in load(name)["settings"].values():
        named = [declared.get(key) for key in ("label", "unit", "names")]
        named += [*declared.get("first", {}).values(), *declared.get("last", {}).values()]
        keys |= {key.partition(".")[0] for key in named if key}
    return keys


def documentation(name: str) -> str:
    """What the widget shows and its settings, for `help()`."""
    lines = [
        load(name)["about"],
        "",
        "Settings are keyword arguments and synced traits; a wrong value raises TraitError naming the allowed ones:",
        "",
    ]
    for setting, declared in load(name)["settings"].items():
        lines.append(f"{setting}: {help_of(declared)}")
    return "\n".join(lines)


def help_of(declared: dict) -> str:
    """What a setting means and may be, as far as `spec.json` itself says it."""
    choices = declared.get("choices", [])
    fixed = [*declared.get("first", {}), *(choices if isinstance(choices, list) else []), *declared.get("last", {})]
    kinds = {
        "check": "True or False",
        "search": "words that must all occur",
        "number": f"a number from {declared.get('min')}, as text or number",
        "set": "any of these joined by commas",
        "tiles": f"up to {declared.get('most')}, joined by commas",
    }
    allowed = ", ".join(filter(None, [kinds.get(declared.get("kind")), *(f'"{value}"' for value in fixed)]))
    return "; ".join(filter(None, [declared.get("help"), allowed]))


def check(settings: dict[str, Setting | Number], name: str, value):
    """`value` if setting `name` may take it (a number as text); else ValueError that names the allowed values."""
    if isinstance(settings[name], Number) and type(value) in (int, float):
        value = str(int(value) if value == int(value) else value)
    if settings[name].permits(value):
        return value
    if isinstance(settings[name], Number):
        raise ValueError(f"{name} must be {settings[name].wanted}; got {value!r}")
    allowed = (*(settings[name].allowed or ("any text",)), *settings[name].also)
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
