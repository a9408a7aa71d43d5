"""What the page on the encounter says of its table in words is what the table says."""

from section287g import tables
from section287g.explorers.encounter import widget

TABLE = tables.load("encounters")


def differing(situation, *columns):
    """Labels of the steps of a situation in which these columns (places among the four) answer differently."""
    letters = widget.ANSWERS[situation]
    steps = [number for number, step in enumerate(letters, 1) if len({step[place] for place in columns}) > 1]
    labels = TABLE[TABLE["scenario_id"] == situation].drop_duplicates("step").set_index("step")["step_label"]
    return labels.loc[steps].tolist()


def test_where_the_columns_differ():
    assert differing("tail_light", 0, 2) == differing("ncic_hit", 0, 2) == []  # a warrant agreement changes nothing
    assert differing("tail_light", 0, 1, 2, 3)[0] == "A question about status"
    assert differing("tail_light", 0, 1, 2) == []
    assert differing("dui", 1, 2) == ["Fingerprints", "Questions in the jail", "The paperwork"]


def test_how_much_of_the_law_is_settled():
    """Most cells; more than half of the contested steps turn on one of four questions."""
    assert (TABLE["settled"] == "settled").mean() > 0.5
    contested = set(TABLE[TABLE["settled"] == "contested"][["scenario_id", "step"]].itertuples(index=False, name=None))
    of_the_four = {  # the length of a stop; a hold and state law; likely to escape; facts for a suspicion
        ("tail_light", 3), ("tail_light", 4), ("dui", 5), ("charges_dropped", 3), ("lpr", 3), ("field_suspicion", 3),
        ("tail_light", 2), ("field_suspicion", 1),
    }  # fmt: skip
    assert of_the_four <= contested and len(of_the_four) > len(contested) / 2
