"""Can a reader answer from the page alone? Each answer is a sentence of the page, and the table bears it out."""

import re
from pathlib import Path

from section287g import tables
from section287g.explorers.encounter import widget

ROOT = Path(__file__).resolve().parents[2]
PAGE = re.sub(r"[*_]|\{\w+\}`[^`]*`", "", (ROOT / "book" / "models" / "encounter.md").read_text(encoding="utf-8"))
TABLE = tables.load("encounters")


def test_does_the_warrant_model_change_anything_during_a_traffic_stop():
    assert "A warrant agreement changes nothing during a traffic stop." in PAGE
    assert all(letters[0] == letters[2] for name in ("tail_light", "ncic_hit") for letters in widget.ANSWERS[name])


def test_where_do_the_four_columns_first_differ():
    assert "In the traffic stop, the four columns first differ at step 2, the question about status." in PAGE
    assert [len(set(letters)) > 1 for letters in widget.ANSWERS["tail_light"]].index(True) + 1 == 2
    assert TABLE.query("scenario_id == 'tail_light' and step == 2")["step_label"].iloc[0] == "A question about status"
    assert "The other three give the same answer at every step." in PAGE
    assert all(len(set(letters[:3])) == 1 for letters in widget.ANSWERS["tail_light"])


def test_where_jail_and_warrant_part_and_meet():
    assert (
        "the jail and warrant columns differ at fingerprints, questions and paperwork. At release they agree again"
        in PAGE
    )
    apart = [number for number, letters in enumerate(widget.ANSWERS["dui"], 1) if letters[1] != letters[2]]
    labels = TABLE[TABLE["scenario_id"] == "dui"].drop_duplicates("step").set_index("step")["step_label"]
    assert labels.loc[apart].tolist() == ["Fingerprints", "Questions in the jail", "The paperwork"]


def test_how_much_of_the_law_is_settled():
    assert "Most cells are settled. More than half of the contested steps turn on one of four questions" in PAGE
    assert (TABLE["settled"] == "settled").mean() > 0.5
    contested = set(TABLE[TABLE["settled"] == "contested"][["scenario_id", "step"]].itertuples(index=False, name=None))
    of_the_four = {  # the length of a stop; a hold and state law; likely to escape; facts for a suspicion
        ("tail_light", 3), ("tail_light", 4), ("dui", 5), ("charges_dropped", 3), ("lpr", 3), ("field_suspicion", 3),
        ("tail_light", 2), ("field_suspicion", 1),
    }  # fmt: skip
    assert of_the_four <= contested and len(of_the_four) > len(contested) / 2


def test_page_gives_no_advice_and_says_so():
    assert "This is general information, not legal advice." in PAGE and "Your state may differ." in PAGE
