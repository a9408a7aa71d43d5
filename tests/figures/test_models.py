"""Pictures of the three models: every step rests on the table of powers, every mark on the table of forms."""

import pytest

from section287g import figures, tables
from section287g.counts import MODELS
from section287g.figures import models

POWERS = tables.load("model_powers").set_index("power_id")
FORMS = tables.load("form_changes").set_index("aspect_id")
every_model = pytest.mark.parametrize("model", MODELS)


@every_model
def test_a_power_that_a_step_gives_is_in_the_form(model):
    for step in models.PATHS[model].steps:
        if step.heading == "The officer may":
            assert set(POWERS.loc[list(step.powers), model]) <= {"yes", "conditional"}, step


@every_model
def test_every_power_of_a_model_is_in_its_steps(model):
    """Of the powers over people and papers; those of the task force beyond are in the explorer."""
    powers = POWERS[POWERS["group"].isin(["Place and people", "Arrest and custody", "Paperwork"])]
    given = set(powers.index[powers[model].isin(["yes", "conditional"])])
    drawn = {power for step in models.PATHS[model].steps for power in step.powers}
    left_out = {"hold_longer_contract", "dhs_databases", "take_custody_for_ice", "process_violation", "act_in_jail"}
    assert given - drawn <= left_out


@every_model
def test_questions_lead_on_both_ways_and_every_step_has_a_section(model):
    steps = models.PATHS[model].steps
    assert all(bool(step.if_no) == ("?" in step.text) for step in steps)
    assert not steps[-1].if_no and all(models.clauses(step, model) for step in steps)
    headings = [step.heading for step in steps]
    assert {"Before", "Where", "The officer may", "Supervision", "The end"} <= set(headings)


def test_sections_are_those_of_the_table_each_once():
    step = models.Step("", "", ("act_in_jail", "act_in_field"))
    assert models.clauses(step, "task_force") == "I, XI"
    assert models.clauses(step, "jail") == "II, App. A"
    assert models.clauses(models.Step("", "", ("serve_arrest_warrant", "hold_48_hours")), "warrant") == "App. A"


@every_model
def test_table_and_alternative_text_say_every_step(model):
    picture = figures.draw(f"{model}_steps")
    drawn = " ".join(text.get_text() for text in picture.figure.axes[0].texts)
    for step in models.PATHS[model].steps:
        assert step.text in picture.alt and step.text in set(picture.table["What the form says or asks"])
        assert step.heading in drawn and all(word in drawn for word in step.text.split())


@every_model
def test_text_stays_in_its_box(model):
    figure = figures.draw(f"{model}_steps").figure
    figure.canvas.draw()
    axes = figure.axes[0]
    inverse = axes.transData.inverted()
    for text in axes.texts:
        (left, _), (right, _) = inverse.transform(text.get_window_extent().get_points())
        edges = models.MAIN if text.get_position()[0] < models.MAIN[1] else models.ASIDE
        if text.get_ha() == "left":
            assert left >= edges[0] and right <= edges[1], text.get_text()


def test_marks_follow_the_table():
    for aspect, marks in {
        "steering_committee": ["yes", "yes", "no", "no"],
        "citizenship_claim": ["not known", "yes", "yes", "no"],
        "statistics": ["not known", "not known", "no", "yes"],
    }.items():
        assert [models._has_clause(FORMS.loc[aspect, form]) for form in models.FORM_COLUMNS] == marks
    picture = figures.draw("form_clauses")
    assert set(picture.table["Point compared"]) == set(FORMS["aspect"])
    assert "A steering committee: About 2009 yes" in picture.alt
