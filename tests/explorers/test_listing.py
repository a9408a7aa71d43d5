"""Packing of rows for the browser: `unpackRows` in kit.js gives back exactly the rows that were packed."""

import numpy as np
import pandas as pd
import pytest
from explorer_pages import in_node
from hypothesis import given, settings
from hypothesis import strategies as st

from section287g import tables
from section287g.explorers import assets, listing

AGREEMENTS = tables.load("agreements")
SERVE = """
for await (const line of require("readline").createInterface({ input: process.stdin }))
  console.log(JSON.stringify(unpackRows(JSON.parse(line))));
"""


@pytest.fixture(scope="module")
def unpack():
    """`unpackRows` of the explorers' shared code as a function of Python."""
    source = assets.module("finder").replace("export default", "const widget =") + f"\n(async () => {{{SERVE}}})();"
    with in_node(source) as unpack:
        yield unpack


def rows_of(table):
    """The rows as a reader of the table expects them: ISO dates, None for what is missing."""
    texts = pd.DataFrame(
        {name: table[name].dt.strftime("%Y-%m-%d") if table[name].dtype.kind == "M" else table[name] for name in table},
        dtype=object,
    )
    return texts.where(texts.notna(), None).to_dict("records")


def test_agreements_come_back(unpack):
    assert unpack(listing.pack(AGREEMENTS)) == rows_of(AGREEMENTS)


cells = st.one_of(st.none(), st.text(max_size=8))
few = st.one_of(st.none(), st.sampled_from(["jail", "warrant", "", "-1", "__proto__", "Doña Ana"]))
days = st.one_of(st.none(), st.dates(pd.Timestamp("1996-01-01").date(), pd.Timestamp("2099-12-31").date()))


@settings(deadline=None)
@given(rows=st.lists(st.tuples(cells, few, cells, days, days), max_size=40))
def test_any_rows_come_back(unpack, rows):
    table = pd.DataFrame(rows, columns=["agency", "model", "county", "signed", "last_listed"], dtype=object)
    table = table.assign(signed=pd.to_datetime(table["signed"]), last_listed=pd.to_datetime(table["last_listed"]))
    assert unpack(listing.pack(table)) == rows_of(table)


def test_few_values_are_written_once():
    packed = listing.pack(AGREEMENTS[["state", "model", "agency", "signed"]])
    assert set(packed["coded"]) == {"state", "model", "signed"} and packed["plain"]["names"] == ["agency"]
    assert sorted(packed["coded"]["model"]["values"]) == ["jail", "task_force", "warrant"]


@pytest.mark.parametrize("column", [[1, 2], [True, False], [np.nan, 1.5]])
def test_other_types_are_refused(column):
    with pytest.raises(TypeError, match="column 'rows' holds values that are neither text nor dates"):
        listing.pack(pd.DataFrame({"rows": column}))
