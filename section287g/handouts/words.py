"""The words of the handouts that are not in a table."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path


@cache
def words(sheet: str) -> dict:
    """The words of one module's sheets, from ``strings.json``."""
    return json.loads((Path(__file__).parent / "strings.json").read_text(encoding="utf-8"))[sheet]
