"""What a lab shows: pictures with alternative text, controls that draw again, explorers, questions for people without
Python.

In the book there is no kernel behind a page, so a control would look alive and do nothing. The book's build sets the
environment variable SECTION287G_BOOK=1; then these helpers show the finished default picture and create no widget.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import os
from collections.abc import Callable
from contextlib import suppress
from html import escape

import ipywidgets
import matplotlib.pyplot as plt
import pandas as pd
from IPython.display import HTML, display
from IPython.utils.capture import capture_output
from matplotlib.axes import Axes
from matplotlib.dates import AutoDateLocator, num2date
from matplotlib.figure import Figure
from traitlets import TraitError

from section287g import at_rest, explorers, figures
from section287g.labs import words
from section287g.labs.checking import RIGHT, check
from section287g.labs.stumbles import use_plain_errors
from section287g.palette import LIGHT
from section287g.words import _, fill, short_day, short_month

PICTURE_HEIGHT = "430px"  # room kept for the picture, so that the page does not jump while it is drawn again
ZOOM = 1.4  # on a screen in class a picture is read from the last row
# A choice that takes two lines on a narrow screen: ipywidgets gives each one line, and the second lay over the next.
CHOICES = (
    "<style>.widget-radio .widget-radio-box label"
    " { height: auto; display: flex; flex-direction: row-reverse; justify-content: flex-end; }</style>"
)
PAUSE = 0.1  # seconds without a further change before a picture is drawn again

Control = ipywidgets.Dropdown | ipywidgets.IntSlider | ipywidgets.Checkbox
Controls = dict[str, Control]


class Box(ipywidgets.VBox):
    """Widgets one below the other; where no Python is running, the HTML that ``still`` gives stands for them."""

    def __init__(self, children: list[ipywidgets.Widget], still: Callable[[], str]):
        super().__init__(children)
        self._still = still

    def _ipython_display_(self) -> None:
        at_rest.show(self, self._still())


def in_book() -> bool:
    """Whether this notebook is being executed for the book (no kernel later) instead of in JupyterLab."""
    return os.environ.get("SECTION287G_BOOK") == "1"


def use_house_style() -> None:
    """Draw all further matplotlib figures of this notebook in the book's style, on a white ground; in tables a dollar
    sign is no formula, and an error begins with what to do about it."""
    use_plain_errors()
    pd.set_option("display.html.use_mathjax", False)
    plt.rcParams.update({**figures.settings(), "figure.facecolor": LIGHT["surface"]})


def show(figure: Figure, alt: str) -> None:
    """Show a matplotlib figure once, with alternative text for people who listen to the page."""
    plt.close(figure)  # else the notebook shows it a second time, without the text
    display(HTML(figures.image(figure, alt, zoom=1 if in_book() else ZOOM)))


def date_axis(axes: Axes) -> None:
    """Write the days of the horizontal axis in the book's language: a year at its start, else the month or the day."""
    axes.xaxis.set_major_locator(AutoDateLocator(minticks=3, maxticks=8))
    axes.xaxis.set_major_formatter(lambda place, _position: _short_date(num2date(place)))


def _short_date(day: dt.date) -> str:
    if day.day > 1:
        return short_day(day)
    return f"{day:%Y}" if day.month == 1 else short_month(day)


def controls(draw: Callable[..., None], **wanted: tuple[str, list | range | type[bool], str | int | bool]) -> Controls:
    """Labelled controls above the picture that ``draw`` makes; a choice calls ``draw`` again with all chosen values.

    Each control is named like an argument of ``draw`` and given as (label, options, first choice). Options in a range
    make a slider of whole numbers, ``bool`` makes a box to tick; others are values or (text, value) pairs of a menu.
    Returns the widgets by name. A burst of changes is drawn once, and the new picture takes the old one's place in one
    step. What ``draw`` raises is said in words; labels are shown in the book's language. In the book: draws the first
    choices and returns no widgets.
    """
    if in_book():
        draw(**{name: first for name, (_, _, first) in wanted.items()})
        return {}
    widgets = {name: _control(*one) for name, one in wanted.items()}
    picture = ipywidgets.Output(layout={"min_height": PICTURE_HEIGHT})

    def redraw() -> None:
        picture.outputs = _drawn(draw, {name: widget.value for name, widget in widgets.items()})

    redraw()
    for widget in widgets.values():
        widget.observe(_once_after_a_burst(redraw), "value")
    row = ipywidgets.HBox(list(widgets.values()), layout={"flex_flow": "row wrap"})
    display(Box([row, picture], lambda: _as_html(picture.outputs)))
    return widgets


def _as_html(outputs: tuple[dict, ...]) -> str:
    return "".join(output["data"].get("text/html", "") for output in outputs)


def _control(label: str, options: list | range | type[bool], first: str | int | bool) -> Control:
    look = {"description": label, "style": {"description_width": "initial"}}
    if options is bool:
        return ipywidgets.Checkbox(first, indent=False, **look)
    if not isinstance(options, range):
        return ipywidgets.Dropdown(options=options, value=first, **look)
    wide = {"width": "26em"}  # room for the label beside the slider
    return ipywidgets.IntSlider(first, options[0], options[-1], options.step, readout_format=",d", layout=wide, **look)


def _drawn(draw: Callable[..., None], values: dict) -> tuple[dict, ...]:
    """What ``draw`` prints and shows, in the form of an Output widget's outputs; a sentence if it fails."""
    with capture_output() as captured:
        try:
            draw(**values)
        except Exception as error:  # a learner's own function: shown in words, the controls go on working
            print(
                fill(
                    _(
                        "This choice could not be drawn. {kind}: {error}\nMake another choice, or look at the function"
                        " {function} above."
                    ),
                    kind=type(error).__name__,
                    error=error,
                    function=draw.__name__,
                )
            )
    text = captured.stdout.rstrip("\n")
    printed = [{"text/plain": text, "text/html": words.as_html(text)}] if text else []
    shown = [output.data for output in captured.outputs]
    return tuple({"output_type": "display_data", "data": data, "metadata": {}} for data in printed + shown)


def _once_after_a_burst(act: Callable[[], None]) -> Callable[[dict], None]:
    """An observer that calls ``act`` when no further change has come for PAUSE seconds; at once where no kernel is
    running."""
    waiting = None

    def changed(_change: dict) -> None:
        nonlocal waiting
        if waiting:
            waiting.cancel()
        try:
            waiting = asyncio.get_running_loop().call_later(PAUSE, act)
        except RuntimeError:
            act()

    return changed


def explorer(name: str, **values: str | bool):
    """The explorer ``name`` as a live widget with these starting values; in the book its default picture, or its
    sentence if it has none."""
    if in_book():
        return HTML(explorers.view(name, **values))
    return getattr(explorers, name.capitalize())(**values)


def link(widgets: Controls, explorer, *names: str) -> None:
    """Tie a lab's own controls to an explorer's settings of the same names: whichever changes, the other follows if it
    can.

    In the book, where neither is alive, nothing happens.
    """
    if in_book():
        return
    for name in names:
        setattr(explorer, name, widgets[name].value)
        _follow(widgets[name], "value", explorer, name)
        _follow(explorer, name, widgets[name], "value")


def switch(explorer, setting: str, label: str) -> None:
    """Show a box to tick that turns a setting of an explorer on and off in the browser itself, without Python. In the
    book: nothing."""
    if in_book():
        return
    box = ipywidgets.Checkbox(getattr(explorer, setting), description=label, indent=False, layout={"width": "auto"})
    ipywidgets.jslink((box, "value"), (explorer, setting))
    display(Box([box], lambda: f"<p>{escape(label)}</p>"))


def _follow(leader: ipywidgets.Widget, trait: str, follower: ipywidgets.Widget, followers_trait: str) -> None:
    """Give ``follower`` each new value of ``leader``; one it does not know (a state missing from its menu) leaves it as
    it is."""

    def pass_on(change: dict) -> None:
        with suppress(TraitError):
            setattr(follower, followers_trait, change["new"])

    leader.observe(pass_on, trait)


def ask(exercise: str, question: str, options: list[str] | None = None, lines: int = 1) -> ipywidgets.VBox | None:
    """A question answered without Python: choices, or room to type (``lines`` high), a button Check, and the verdict of
    ``check``.

    Words are shown in the book's language; a whole number that was typed is checked as a number. Returns the box
    (question, answer, button, verdict). In the book: the question's words only, and None.
    """
    options = list(options or [])
    asked = f"<p><strong>{escape(question)}</strong></p>"
    listed = "".join(f"<li>{escape(option)}</li>" for option in options)
    words_only = f"{asked}<ul>{listed}</ul>" if listed else asked
    if in_book():
        display(HTML(words_only))
        return None
    answer = _answer(options, lines)
    button = ipywidgets.Button(
        description=_("Check"), tooltip=fill(_("Check the answer to: {question}"), question=question)
    )
    verdict = ipywidgets.HTML()

    def show_verdict(_button: ipywidgets.Button) -> None:
        verdict.value = f'<p role="status">{escape(repr(check(exercise, _typed(answer.value))))}</p>'

    button.on_click(show_verdict)
    box = Box([ipywidgets.HTML(CHOICES + asked), answer, button, verdict], lambda: words_only + verdict.value)
    display(box)
    return box


def progress() -> None:
    """Show how many of the exercises checked in this session are right so far, and which are still open."""
    still_open = [exercise for exercise, right in RIGHT.items() if not right]
    said = fill(_('{right} of {all} checks say "Right."'), right=len(RIGHT) - len(still_open), all=len(RIGHT))
    if still_open:
        said += " " + fill(
            _("Still open: {exercises}. No later cell needs them, so go on, and come back when you like."),
            exercises=", ".join(still_open),
        )
    display(HTML(words.as_html(said)))


def _answer(options: list[str], lines: int) -> ipywidgets.RadioButtons | ipywidgets.Textarea | ipywidgets.Text:
    wide = {"width": "95%"}
    if options:
        return ipywidgets.RadioButtons(options=options, value=None, description=_("Answer"), layout=wide)
    if lines > 1:
        return ipywidgets.Textarea(description=_("Answer"), rows=lines, layout=wide)
    return ipywidgets.Text(description=_("Answer"))


def _typed(value: str | None) -> object:
    """What was typed as ``check`` wants it: nothing as ``...``, a whole number (1,551 too) as int, else the text."""
    if not value or not value.strip():
        return ...
    digits = value.strip().replace(",", "")
    return int(digits) if digits.isdigit() else value
