"""A count on every list, in few bytes for the browser."""

from __future__ import annotations

import pandas as pd


def changes(values: pd.Series) -> list[int]:
    """[lists since the last change, change of the count, ...]: small numbers, which compress well; `countsOf` in
    kit/counts.js gives the counts back."""
    change = values.diff().fillna(values).to_numpy()
    places = change.nonzero()[0]
    steps = [later - earlier for earlier, later in zip([0, *places], places, strict=False)]
    return [int(number) for step, place in zip(steps, places, strict=True) for number in (step, change[place])]
