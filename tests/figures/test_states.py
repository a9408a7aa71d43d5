"""The picture of state rules: every state is a tile, and what is in doubt looks so."""

from matplotlib.patches import Rectangle

from section287g import figures, stances

TABLE = stances.by_state()


def drawn(picture):
    return [text.get_text() for text in picture.figure.axes[0].texts]


def test_every_state_stands_in_picture_table_and_words():
    picture = figures.draw("states")
    for row in TABLE.itertuples():
        assert row.state in drawn(picture) and row.name in picture.alt
    assert picture.table["State"].tolist() == TABLE["name"].tolist()
    assert picture.table["Rule"].tolist() == [stances.LABELS[stance] for stance in TABLE["stance"]]


def test_title_is_counted_and_names_the_doubt():
    count = TABLE["stance"].value_counts()
    title = figures.draw("states").title
    doubted = {stance: (TABLE["doubt"] & (TABLE["stance"] == stance)).sum() for stance in ("requires", "bans")}
    assert f"in {count['requires']} states ({doubted['requires']} of these in doubt)" in title
    assert f"forbidden in {count['bans']} ({doubted['bans']} in doubt)" in title
    assert f"{count['not_established']} places" in title


def test_dashed_edges_are_as_many_as_rows_in_doubt():
    patches = [patch for patch in figures.draw("states").figure.axes[0].patches if isinstance(patch, Rectangle)]
    dashed = [patch for patch in patches if patch.get_linestyle() != "solid" and patch.get_linestyle() != "-"]
    assert len(dashed) == TABLE["doubt"].sum() + 2  # and two pieces of the legend
