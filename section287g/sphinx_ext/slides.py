"""Directive ``{deck} LESSON``: the slides of a lesson, in the order and with the minutes of the table ``slides``.

A slide is a file in the folder ``parts`` beside the deck, so that several lessons show it: a title (``# ...``), what
the room sees, and ``{notes}`` for the speaker. The notes begin with a script of as many minutes as the slide has in
that lesson: ``{say}`` is spoken, ``{room}`` is what the room does in the rest of the time. A page with a deck is laid
out by ``deck.html``; ``deck.js`` turns it into slides.
"""

from __future__ import annotations

import math
from pathlib import Path

from docutils import nodes
from docutils.statemachine import StringList
from markupsafe import Markup, escape
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from section287g import teaching
from section287g.blocks.markup import cite, set_words
from section287g.blocks.teaching import DECKS, material_links
from section287g.facts import written_date
from section287g.sphinx_ext import usage
from section287g.sphinx_ext.blocks import BookPage, block
from section287g.sphinx_ext.charts import chart, unit_and_date
from section287g.sphinx_ext.errors import PageError
from section287g.sphinx_ext.roles import fact_number
from section287g.words import _, counted, fill, ngettext

MOST_NAMED = 3  # sources named on a slide; more are left to the list at the end
HOW_TO_TURN = _("Turn the slides with the arrow keys. Notes, minutes and a clock: Speaker window, below.")
COVER = Markup('<ol class="slide-plan">{}</ol><p class="slide-sources">{}</p>')
COVER_STEP = Markup("<li><b>{}</b> {}</li>")
LINE = Markup('<p class="slide-sources">{} {}</p>')
STEP = Markup('<dl class="slide-step-plan">{}</dl>')
STEP_LINE = Markup("<dt>{}</dt><dd>{}</dd>")
CUE = Markup('<div class="cue"><p class="cue-time">{} <b>{}</b></p>')
CUES = {"say": _("Say"), "room": _("In the room")}
WORDS_A_MINUTE = 130  # spoken slowly


class slide(nodes.General, nodes.Element):
    """Attributes ``number`` (0 is the cover), ``starts`` and ``minutes``. Holds one ``slide_face`` and, if it belongs
    to a step, ``slide_notes``."""


class slide_face(nodes.General, nodes.Element):
    """What the room sees."""


class slide_title(nodes.General, nodes.TextElement):
    """Heading of a slide; attribute ``number``."""


class slide_notes(nodes.General, nodes.Element):
    """What the speaker sees. In a deck it has ``step`` (the step's row, as a dict; None if the step began on an earlier
    slide) and ``minutes``."""


class cue(nodes.General, nodes.Element):
    """A line of the script; attributes ``kind`` (``say`` or ``room``), ``least`` (minutes that its slide must have for
    it to be there), and in a deck ``starts`` and ``lasts``, in seconds."""


class DeckDirective(SphinxDirective):
    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        for table in ("lesson_plans", "activity_steps", "slides"):
            self.env.note_dependency(f"data/{table}.csv")
        (lesson,) = self.arguments
        try:
            rows = teaching.slides(lesson)
        except KeyError as error:
            raise self._error(error.args[0]) from None
        steps = teaching.steps_of(lesson).set_index("step")
        shown = [self._cover(steps)]
        for number, row in enumerate(rows.itertuples(), 1):
            shown.append(self._slide(number, row, steps))
        used = usage.of_current_page(self.env)
        used.shows.clear()  # other pages link to where a thing stands first, and that is not a slide
        if used.sources:
            shown.append(self._sources(len(shown)))
        return shown

    def _cover(self, steps) -> slide:
        items = Markup().join(
            COVER_STEP.format(set_words(row.title), fill(_("{n}\N{NO-BREAK SPACE}min"), n=row.minutes))
            for row in steps.itertuples()
        )
        face = slide_face("", nodes.raw("", str(COVER.format(items, HOW_TO_TURN)), format="html"))
        return slide("", face, number=0, starts=0, minutes=0)

    def _slide(self, number: int, row, steps) -> slide:
        path = Path(self.env.doc2path(self.env.docname)).parent / "parts" / f"{row.slide}.md"
        if not path.is_file():
            raise self._error(f"no slide {row.slide!r}: {path.name} is not in the folder parts")
        self.env.note_dependency(str(path))
        title, _end, text = path.read_text(encoding="utf-8").removeprefix("# ").partition("\n")

        step = steps.loc[row.step]
        place = fill(_("{title} · step {n} of {all}"), title=step["title"], n=row.step, all=len(steps))
        face = slide_face("", nodes.paragraph("", place, classes=["slide-step"]), self._title(number, title, path))
        self.state.nested_parse(StringList(text.split("\n"), source=str(path)), 0, face)
        notes = self._notes(face, row)
        if row.first_of_step:
            notes["step"] = step.to_dict()
        _tell_sources(face)
        return slide("", face, notes, number=number, starts=row.starts, minutes=row.minutes)

    def _notes(self, face: slide_face, row) -> slide_notes:
        """The slide's own notes, taken out of its face."""
        found = list(face.findall(slide_notes))
        if len(found) != 1:
            raise self._error(f"slide {row.slide!r} needs one {{notes}} and has {len(found)}")
        found[0].parent.remove(found[0])
        found[0]["minutes"], found[0]["step"] = row.minutes, None
        self._time(found[0], row)
        return found[0]

    def _time(self, notes: slide_notes, row) -> None:
        """Let the script take as long as the slide: what is spoken by its words, the room's parts all that is left."""
        for line in list(notes.findall(cue)):
            if line["least"] > row.minutes:
                line.parent.remove(line)
        script = list(notes.findall(cue))
        spoken = {id(line): _seconds(line) for line in script if line["kind"] == "say"}
        room, left = len(script) - len(spoken), 60 * row.minutes - sum(spoken.values())
        if not spoken or left < 0 or (not room and left > 15 * row.minutes):
            raise self._error(f"slide {row.slide!r}: a script of {sum(spoken.values())} s for {row.minutes} min")
        starts = 0
        for line in script:
            line["starts"], line["lasts"] = starts, spoken.get(id(line), left // max(1, room))
            starts += line["lasts"]

    def _sources(self, number: int) -> slide:
        usage.of_current_page(self.env).blocks.add("sources")
        panel = block(block="sources", arguments=["open"], line=self.lineno)
        return slide("", slide_face("", self._title(number, _("Sources")), panel), number=number, starts=0, minutes=0)

    def _title(self, number: int, text: str, path: Path | None = None) -> slide_title:
        """The heading of a slide; from a file of a slide it is translated with the page."""
        found, _messages = self.state.inline_text(text, self.lineno)
        title = slide_title(text if path else "", "", *found, number=number)
        title.source = str(path or "")
        return title

    def _error(self, message: str) -> PageError:
        return PageError(self.env, self.env.docname, self.lineno, message)


def _seconds(line: cue) -> int:
    return math.ceil(len(line.astext().split()) * 60 / WORDS_A_MINUTE / 5) * 5


def _tell_sources(face: slide_face) -> None:
    """Below what is shown: dates and sources of its numbers, and a short note in place of each chart's own."""
    for picture in face.findall(chart):
        picture.children[-1] = _line(unit_and_date(picture["unit"], picture["as_of"]), picture["sources"])
    facts = [node["fact"] for node in face.findall(fact_number)]
    if facts:
        dates = ", ".join(dict.fromkeys(fact.as_of_text for fact in facts))
        said = fill(_("Numbers as of: {dates}."), dates=dates)
        face += _line(said, dict.fromkeys(key for fact in facts for key in fact.source_keys))


def _line(said: str, source_keys) -> nodes.raw:
    keys = list(source_keys)
    more = len(keys) - MOST_NAMED
    named = _("Source: {sources}.")
    if more > 0:
        named = ngettext(
            "Source: {sources}, and {n} more at the end.", "Source: {sources}, and {n} more at the end.", more
        )
    sources = Markup(named).format(sources=cite(keys[:MOST_NAMED]), n=more)
    return nodes.raw("", str(LINE.format(written_date(said), sources)), format="html")


class NotesDirective(SphinxDirective):
    has_content = True

    def run(self) -> list[nodes.Node]:
        return [self._filled(slide_notes())]

    def _filled(self, node: nodes.Element) -> nodes.Element:
        self.state.nested_parse(self.content, self.content_offset, node)
        return node


class CueDirective(NotesDirective):
    """``{say}`` or ``{room}``; with a number, only where the slide has at least so many minutes."""

    optional_arguments = 1

    def run(self) -> list[nodes.Node]:
        return [self._filled(cue(kind=self.name, least=int(self.arguments[0]) if self.arguments else 0))]


def _visit_slide(translator, node: slide) -> None:
    number = node["number"]
    times = f'data-starts="{node["starts"]}" data-minutes="{node["minutes"]}"'
    if number:
        translator.body.append(
            f'<section class="slide" id="slide-{number}" {times} aria-labelledby="slide-{number}-title">'
        )
    else:  # named by the page's own heading, which stands above it
        translator.body.append(f'<div class="slide slide-cover" id="slide-0" {times}>')


def _depart_slide(translator, node: slide) -> None:
    translator.body.append("</section>\n" if node["number"] else "</div>\n")


def _visit_face(translator, node: slide_face) -> None:
    translator.body.append('<div class="slide-stage"><div class="slide-face">')


def _depart_face(translator, node: slide_face) -> None:
    translator.body.append("</div></div>")


def _visit_title(translator, node: slide_title) -> None:
    translator.body.append(f'<h2 id="slide-{node["number"]}-title">')


def _depart_title(translator, node: slide_title) -> None:
    translator.body.append("</h2>")


def _visit_notes(translator, node: slide_notes) -> None:
    summary = counted("Notes: {n} minute", "Notes: {n} minutes", node["minutes"])
    translator.body.append(f'<details class="slide-notes fold"><summary>{escape(summary)}</summary><div>')


def _depart_notes(translator, node: slide_notes) -> None:
    if node["step"]:
        page = BookPage(translator.builder.app, translator.builder.current_docname)
        translator.body.append(_step(page, node["step"]))
    translator.body.append("</div></details>")


def _visit_cue(translator, node: cue) -> None:
    time = f"{node['starts'] // 60}:{node['starts'] % 60:02}"
    translator.body.append(CUE.format(time, CUES[node["kind"]]))


def _depart_cue(translator, node: cue) -> None:
    translator.body.append("</div>")


def _step(page: BookPage, step: dict) -> Markup:
    """What the lesson plan says of the step that begins here."""
    what = set_words(step["what"])
    if step["may_skip"] == "yes":
        what += " " + _("It may be left out when time is short.")
    lines = [(counted("The whole step, {n} minute", "The whole step, {n} minutes", step["minutes"]), what)]
    materials = teaching.materials(step.get("materials", math.nan))  # steps of activities name none
    needed = "; ".join(f"{kind}:{name}" for kind, name in materials if kind != "slides")
    if needed:
        lines.append((_("You need"), material_links(page, needed)))
    if "goes_wrong" in step:
        lines.append((_("What usually goes wrong"), set_words(step["goes_wrong"])))
    return STEP.format(Markup().join(STEP_LINE.format(*line) for line in lines))


def is_deck(doctree: nodes.document | None) -> bool:
    """Whether a page is a deck of slides."""
    return doctree is not None and next(iter(doctree.findall(slide)), None) is not None


def _lay_out(app: Sphinx, pagename: str, template: str, context: dict, doctree: nodes.document | None) -> str | None:
    """A deck has a layout of its own."""
    if not is_deck(doctree):
        for place, side in enumerate(("prev", "next"), 1):
            _skip_decks(app, pagename, context, place, side)
        return None
    context["decks_page"] = usage.address(app.builder, pagename, "decks")
    return "deck.html"


def _skip_decks(app: Sphinx, pagename: str, context: dict, place: int, side: str) -> None:
    """Let the links to the previous and next page lead past the decks."""
    relations = app.builder.relations
    name = relations.get(pagename, (None, None, None))[place]
    if not _is_deck_page(name):
        return
    while _is_deck_page(name):
        name = relations[name][place]
    context[side] = name and {
        "link": app.builder.get_relative_uri(pagename, name),
        "title": escape(app.env.titles[name].astext()),
    }


def _is_deck_page(name: str | None) -> bool:
    return name is not None and name.startswith(f"{DECKS}/")


def setup(app: Sphinx) -> None:
    app.add_node(slide, html=(_visit_slide, _depart_slide))
    app.add_node(slide_face, html=(_visit_face, _depart_face))
    app.add_node(slide_title, html=(_visit_title, _depart_title))
    app.add_node(slide_notes, html=(_visit_notes, _depart_notes))
    app.add_node(cue, html=(_visit_cue, _depart_cue))
    app.add_directive("deck", DeckDirective)
    app.add_directive("notes", NotesDirective)
    app.add_directive("say", CueDirective)
    app.add_directive("room", CueDirective)
    app.add_js_file("deck.js", loading_method="defer")
    app.add_css_file("deck.css", priority=900)
    app.connect("html-page-context", _lay_out)
