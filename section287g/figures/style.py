"""The house style, and what a picture is: a figure with the words and numbers that belong to it."""

from __future__ import annotations

import io
import re
from base64 import b64encode
from dataclasses import dataclass
from html import escape

import matplotlib
import matplotlib.dates as mdates
import matplotlib.ticker
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

from section287g.palette import DARK, FONTS, LIGHT
from section287g.words import _, number

# How sure a source is (column ``confidence`` of several tables).
CONFIDENCE = {
    "primary": _("primary"),
    "official": _("official"),
    "secondary": _("secondary"),
    "advocacy": _("advocacy"),
    "unverified": _("unverified"),
}
WIDTH = 5.0  # inches; 480 CSS pixels
THEMES = {"light": LIGHT, "dark": DARK}
# What matplotlib writes into each drawing and nobody sees: a document type, which is an error in an EPUB, words about
# the file, and turns of text by no angle.
UNSEEN = re.compile(r"<!DOCTYPE[^>]*>\n?| <metadata>.*?</metadata>\n| transform=\"rotate\(-0 [^)]*\)\"", re.DOTALL)
PATH = re.compile(r'(?<= d=")[^"]*')
COORDINATE = re.compile(r"-?\d+\.\d+(?:e-\d+)?")
_SETTINGS = {
    "font.family": ["DejaVu Sans"],  # comes with matplotlib: the layout is the same on every machine
    "font.size": 10,
    "axes.labelsize": 10,
    "xtick.labelsize": 10,
    "ytick.labelsize": 10,
    "legend.fontsize": 9.5,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.spines.left": False,
    "axes.grid": True,
    "axes.grid.axis": "y",
    "axes.axisbelow": True,
    "ytick.major.size": 0,
    "legend.frameon": False,
    "lines.linewidth": 2,
    "hatch.linewidth": 1,
    "svg.fonttype": "none",
    "svg.hashsalt": "section287g",
}


@dataclass(frozen=True)
class Picture:
    """A drawn figure with the words and numbers that belong to it.

    ``title`` states the finding, ``alt`` says the same for a listener, ``table`` holds the numbers drawn (one row a
    point or bar), ``as_of`` the dates of the data in words, ``unit`` what is counted, ``source_keys`` keys of
    ``data/sources.csv``, ``states`` codes of the states drawn one by one, whose pages a page then links.
    """

    figure: Figure
    title: str
    alt: str
    table: pd.DataFrame
    as_of: str
    unit: str
    source_keys: tuple[str, ...]
    surface: str = LIGHT["surface"]
    states: tuple[str, ...] = ()

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in CSS pixels, so that a page keeps room before the picture has loaded."""
        return round(96 * self.figure.get_figwidth()), round(96 * self.figure.get_figheight())

    @property
    def note(self) -> str:
        """What is counted, and as of when, in a line below the picture."""
        return _("Unit: {unit}. As of: {dates}.").format(unit=self.unit, dates=self.as_of)

    def svg(self, fonts: str = FONTS) -> str:
        """The picture as transparent SVG text (see ``svg_text``)."""
        return svg_text(self.figure, fonts=fonts)

    def _repr_html_(self) -> str:
        """What a notebook shows: title, picture with alternative text, unit and dates."""
        return (
            f"<figure><p><strong>{escape(self.title)}</strong></p>{image(self.figure, self.alt, self.surface)}"
            f"<figcaption>{escape(self.note)}</figcaption></figure>"
        )


def svg_text(figure: Figure, background: str = "auto", fonts: str = FONTS) -> str:
    """A matplotlib figure as SVG text: the same text on every call and machine, set in ``fonts``: the reader's own
    sans-serif one."""
    text = io.StringIO()
    with matplotlib.rc_context(_SETTINGS):
        FigureCanvasSVG(figure).print_figure(
            text, format="svg", facecolor=background, metadata={"Date": None, "Creator": None}
        )
    return PATH.sub(_short, UNSEEN.sub("", text.getvalue())).replace("'DejaVu Sans'", fonts)


def _short(path: re.Match) -> str:
    """The same line in fewer letters: coordinates to a tenth of a point (of curves, which are small, a hundredth), and
    no letter before each point of a line."""
    digits = 2 if "C" in path[0] else 1
    rounded = COORDINATE.sub(lambda found: f"{round(float(found[0]), digits):g}", path[0])
    spaced = re.sub(r" ?([A-Za-z]) ?", r"\1", " ".join(rounded.split()))
    return re.sub(r"(?<=\d)L", " ", spaced) if "C" not in spaced else spaced


def image(figure: Figure, alt: str, background: str = "auto", zoom: float = 1) -> str:
    """A matplotlib figure as an HTML image that carries its data and its alternative text, for notebooks; ``zoom``
    times its size."""
    data = b64encode(svg_text(figure, background).encode()).decode()
    return (
        f'<img alt="{escape(alt)}" width="{figure.get_figwidth() * 96 * zoom:.0f}"'
        f' src="data:image/svg+xml;base64,{data}">'
    )


def settings(theme: str = "light") -> dict:
    """The house style as matplotlib settings (rcParams)."""
    return {**_SETTINGS, **_themed(THEMES[theme])}


def _themed(colours: dict[str, str]) -> dict[str, str]:
    ink, muted, line = colours["ink"], colours["muted"], colours["line"]
    return {
        "text.color": ink,
        "axes.edgecolor": muted,
        "axes.labelcolor": ink,
        "xtick.color": muted,
        "ytick.color": muted,
        "xtick.labelcolor": ink,
        "ytick.labelcolor": ink,
        "grid.color": line,
        "figure.facecolor": "none",
        "axes.facecolor": "none",
        "savefig.facecolor": "none",
    }


def canvas(
    height: float, left: float = 0.1, right: float = 0.8, top: float = 0.84, bottom: float = 0.1
) -> tuple[Figure, Axes]:
    """A figure WIDTH inches wide with one set of axes; margins are fractions, the right one holds labels of lines."""
    figure = Figure(figsize=(WIDTH, height))
    axes = figure.add_axes((left, bottom, right - left, top - bottom))
    return figure, axes


def inch_canvas(height: float) -> tuple[Figure, Axes]:
    """A canvas whose data units are inches from its lower left corner."""
    figure, axes = canvas(height, left=0, right=1, top=1, bottom=0)
    axes.set(xlim=(0, WIDTH), ylim=(0, height))
    axes.axis("off")
    return figure, axes


def hollow(colours: dict[str, str]) -> dict:
    """Look of unjoined, unfilled markers: what somebody else copied or stated."""
    return {"linestyle": "none", "markerfacecolor": colours["surface"], "markersize": 6, "markeredgewidth": 1.5}


def years(axes: Axes, every: int = 1) -> None:
    """Label the time axis with every ``every``-th year."""
    axes.xaxis.set_major_locator(mdates.YearLocator(every))
    axes.xaxis.set_major_formatter(mdates.DateFormatter("%Y"))


def thousands(axes: Axes) -> None:
    """Label the vertical axis with a few whole numbers, thousands separated."""
    axes.yaxis.set_major_locator(matplotlib.ticker.MaxNLocator(5, integer=True))
    axes.yaxis.set_major_formatter(lambda value, _place: number(value))
