"""The picture beside a link that is shared: a page's title, and the growth of agreements as an area below it.

Drawn with Pillow, in a hundredth of a second each, because every page has one. They have one color, from the surface to
the ink.
"""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path

import matplotlib
import pandas as pd
from PIL import Image, ImageDraw, ImageFont

from section287g.palette import LIGHT
from section287g.words import number

SIZE = WIDTH, HEIGHT = 1200, 630  # pixels; what most services ask for
MARGIN = 72
HIGHEST = 230  # of the area, in pixels
LAST = 24  # pixels across for the last number
INK, MUTED, WASH = 255, 190, 30  # of 255
TONES = 16  # in the file


def card(name: str, title: str, said: str, line: pd.Series, label: str) -> bytes:
    """A PNG with the book's name, a page's title and what is said below it, over the area below a line.

    ``line`` is a number by date that stands until the next; it may be empty. ``label`` says what it counts.
    """
    image = Image.new("L", SIZE)
    pen = ImageDraw.Draw(image)
    if not line.empty:
        _draw_area(pen, line, label)
    y = MARGIN
    for text, size, bold, tone in ((name, 30, True, MUTED), (title, 72, True, INK), (said, 36, False, INK)):
        font = _font(size, bold)
        wrapped = _wrapped(text, font)
        pen.multiline_text((MARGIN, y), wrapped, tone, font, spacing=size / 4)
        y = pen.multiline_textbbox((MARGIN, y), wrapped, font, spacing=size / 4)[3] + 36
    image = image.point([round(tone / 255 * (TONES - 1)) for tone in range(256)])
    image.putpalette(_palette())
    png = io.BytesIO()
    image.save(png, "PNG", bits=4)
    return png.getvalue()


def _draw_area(pen: ImageDraw.ImageDraw, line: pd.Series, label: str) -> None:
    first, last, most = line.index[0], line.index[-1], line.max()
    xs = [(WIDTH - LAST) * ((day - first) / (last - first)) for day in line.index]
    ys = [HEIGHT - HIGHEST * value / most for value in line]
    steps = [point for x, after, y in zip(xs, xs[1:], ys, strict=False) for point in ((x, y), (after, y))]
    pen.polygon([(0, HEIGHT), *steps, (WIDTH, ys[-1]), (WIDTH, HEIGHT)], fill=WASH)
    font = _font(24, bold=False)
    pen.text((MARGIN, HEIGHT - 28), label, MUTED, font, anchor="ls")
    pen.text((WIDTH - 16, ys[-1] - 10), number(line.iloc[-1]), INK, _font(30, bold=True), anchor="rs")


def _wrapped(text: str, font: ImageFont.FreeTypeFont) -> str:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if font.getlength(longer) > WIDTH - 2 * MARGIN:
            lines.append(word)
        else:
            lines[-1] = longer
    return "\n".join(lines)


@cache
def _font(size: int, bold: bool) -> ImageFont.FreeTypeFont:
    """A font that comes with matplotlib: the same on every machine."""
    file = "DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"
    return ImageFont.truetype(Path(matplotlib.get_data_path(), "fonts", "ttf", file), size)


@cache
def _palette() -> list[int]:
    """Red, green and blue of each tone from the surface to the ink."""
    surface, ink = (bytes.fromhex(LIGHT[color][1:]) for color in ("surface", "ink"))
    shares = [tone / (TONES - 1) for tone in range(TONES)]
    return [round(light + (dark - light) * share) for share in shares for light, dark in zip(surface, ink, strict=True)]
