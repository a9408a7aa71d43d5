"""The picture beside a shared link: its size, the same each time, and titles of any length."""

import io

import pandas as pd
import pytest
from PIL import Image

from section287g.figures import sharing

LINE = pd.Series([0, 40, 1843], index=pd.to_datetime(["2025-01-01", "2025-06-01", "2026-05-18"]))


@pytest.mark.parametrize("line", [LINE, LINE[:0]])
@pytest.mark.parametrize("title", ["Texas", "287(g), session 3: growth, and which number is right", "W" * 60])
def test_picture_has_its_size_and_is_the_same_each_time(title, line):
    made = [sharing.card("A book", title, "ICE’s list has one agreement there. " * 2, line, "Agreements") for _ in "ab"]
    image = Image.open(io.BytesIO(made[0]))
    assert image.size == (1200, 630) and made[0] == made[1]
    assert len(image.convert("RGB").getcolors()) > 5


def test_area_rises_to_the_last_number():
    image = Image.open(io.BytesIO(sharing.card("", "", "", LINE, ""))).convert("L")
    heights = [sum(image.getpixel((x, y)) < 250 for y in range(400, 630)) for x in (10, 600, 1190)]
    assert heights[0] < heights[1] < 20 < heights[2] <= sharing.HIGHEST
