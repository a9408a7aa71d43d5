"""Pictures of the three models: what an officer may do, as one row of steps for each model, and which clauses stand in
which form.

Made for paper and for a phone: shapes and words tell the kinds of steps apart, colour only repeats the model.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.font_manager import FontProperties
from matplotlib.patches import Circle, FancyArrowPatch, FancyBboxPatch, Polygon
from matplotlib.textpath import TextToPath

from section287g import tables
from section287g.clauses import clause
from section287g.counts import MODEL_LABELS
from section287g.figures.style import WIDTH, Picture, inch_canvas
from section287g.words import _, fill

# Inches. Steps stand below each other on the left; what follows from "no" stands on the right.
MAIN, ASIDE = (0.03, 3.3), (3.65, 4.97)  # left and right edges
PADDING, GAP, LINE = 0.1, 0.24, 0.18
TEXT, SMALL = 10, 9.5  # points
FORM_COLUMNS = {
    "form_2009": _("About\n2009"),
    "form_2020": _("2019-20\njail and\nwarrant"),
    "form_2025": _("2025\njail and\nwarrant"),
    "form_2025_task_force": _("2025\ntask\nforce"),
}
CLAUSES = {  # row of the table `form_changes` -> what is looked for in each form
    "priorities": _("Whom to look for first"),
    "duration": _("An end date"),
    "steering_committee": _("A steering committee"),
    "yearly_meeting": _("A yearly meeting with ICE"),
    "supervision": _("When to contact ICE"),
    "citizenship_claim": _("Report a claim of U.S.\ncitizenship in an hour"),
    "hold": _("A limit on the hold"),
    "complaints": _("A way to complain"),
    "statistics": _("A duty to keep statistics"),
}
NO_CLAUSE = ("None", "No clause", "No end date")  # how the table's texts begin when the form has no such clause
NO_SECTION = tables.remark("model_powers", "moa_section", "no clause")
UNKNOWN = "Not known"
MEANINGS = {"yes": _("in the form"), "no": _("not in the form"), "not known": _("not known")}
ANSWERS = {"yes": _("yes"), "no": _("no"), "not known": _("not known")}


@dataclass(frozen=True)
class Step:
    """One step: a heading, what the form says or asks, the rows of `model_powers` it rests on, and what follows from
    "no" to a question."""

    heading: str
    text: str
    powers: tuple[str, ...]
    if_no: str = ""


@dataclass(frozen=True)
class Path:
    """The steps of one model, with the finding they show, the dates of what was read, and the sources."""

    title: str
    steps: tuple[Step, ...]
    as_of: str
    source_keys: tuple[str, ...]


IN_JAIL = Step(
    _("Where"),
    _("Is the person held in the agency's own jail?"),
    ("act_in_jail", "act_in_field"),
    _("No federal power. Local law only."),
)
IN_TIME = Step(
    _("The clock"),
    _("Has ICE taken the person within 48 hours?"),
    ("hold_48_hours",),
    _("The jail must release the person."),
)
ICE_DECIDES = Step(_("The end"), _("ICE has the person and decides what follows."), ("sign_nta",))

PATHS = {
    "jail": Path(
        _("Jail model: seven powers, all of them tied to jail duty"),
        (
            Step(
                _("Before"),
                _(
                    "U.S. citizen with law enforcement authority and jail security training. ICE checks the"
                    " background. Training reported in 2021: four weeks, in person."
                ),
                ("citizen_officer", "background_check", "online_training"),
            ),
            IN_JAIL,
            Step(
                _("Whom"),
                _("Does the officer believe that the person is a noncitizen?"),
                ("ask_status",),
                _("No question about status with federal power."),
            ),
            Step(
                _("The officer may"),
                _(
                    "ask about status, take prints and sworn statements, write the file (I-213), issue a detainer"
                    " (I-247A), and draft the Notice to Appear. An ICE officer signs that notice."
                ),
                (
                    "ask_status",
                    "process_violation",
                    "sworn_statements",
                    "prepare_i213",
                    "issue_detainer",
                    "prepare_nta",
                ),
            ),
            Step(
                _("Supervision"),
                _(
                    "ICE supervises. The officer tells it of a detainer within about 24 hours, and of a claim of U.S."
                    " citizenship generally within one hour."
                ),
                ("ice_supervision", "contact_ice", "citizenship_claim"),
            ),
            Step(
                _("At release"),
                _("Is there an ICE warrant (I-200 or I-205) for this person?"),
                ("serve_arrest_warrant", "serve_removal_warrant"),
                _("No hold under the form."),
            ),
            Step(
                _("The officer may"),
                _("serve the warrant, hold the person up to 48 hours, and drive to a place ICE has approved."),
                ("serve_arrest_warrant", "serve_removal_warrant", "hold_48_hours", "transport"),
            ),
            IN_TIME,
            ICE_DECIDES,
        ),
        _("form revised February 15, 2025, in copies saved from May to July 2025; training as reported in 2021"),
        ("ice2025moajem", "crs2021if11898"),
    ),
    "warrant": Path(
        _("Warrant model: two powers, both used when the person would have left the jail"),
        (
            Step(
                _("Before"),
                _(
                    "U.S. citizen with law enforcement authority and jail security training. ICE may check the"
                    " background. Training reported in 2019: eight hours."
                ),
                ("citizen_officer", "background_check", "online_training"),
            ),
            IN_JAIL,
            Step(
                _("Whom"),
                _("Has ICE signed a warrant (I-200 or I-205) that names the person?"),
                ("ask_status", "issue_detainer", "serve_arrest_warrant", "serve_removal_warrant"),
                _("Nothing: no question about status, no detainer, no papers."),
            ),
            Step(
                _("When"),
                _("Is it the time of scheduled release from criminal custody?"),
                ("serve_arrest_warrant", "serve_removal_warrant"),
                _("Not yet."),
            ),
            Step(
                _("The officer may"),
                _("serve the warrant and hold the person up to 48 hours."),
                ("serve_arrest_warrant", "serve_removal_warrant", "hold_48_hours"),
            ),
            Step(
                _("Supervision"),
                _(
                    "ICE supervises. The officer tells it at once that the warrant was served, and of a claim of U.S."
                    " citizenship generally within one hour."
                ),
                ("ice_supervision", "contact_ice", "citizenship_claim"),
            ),
            IN_TIME,
            ICE_DECIDES,
        ),
        _("form revised February 15, 2025, in copies saved from May to July 2025; training as reported in 2019"),
        ("ice2025moawso", "ice2019wso", "orlandosentinel2019"),
    ),
    "task_force": Path(
        _("Task force model: nine powers, wherever the agency has jurisdiction"),
        (
            Step(
                _("Before"),
                _(
                    "U.S. citizen with two years of police work. ICE may ask for information on the background. "
                    "Training reported in 2025: 40 hours, online."
                ),
                ("citizen_officer", "two_years", "background_check", "online_training"),
            ),
            Step(
                _("Where"),
                _("Is it in the agency's jurisdiction: jail, road or street?"),
                ("act_in_jail", "act_in_field"),
                _("No federal power."),
            ),
            Step(
                _("The officer may"),
                _(
                    "ask any person believed to be a noncitizen about status. Asking is not holding: a stop needs its"
                    " own legal ground."
                ),
                ("ask_status", "ask_before_arrest"),
            ),
            Step(
                _("Grounds for arrest"),
                _(
                    "Is there one of these? An ICE arrest warrant (I-200). An unlawful entry in the officer's view."
                    " Reason to believe both that the person is here in violation of law and is likely to escape"
                    " before a warrant can be obtained. An immigration felony."
                ),
                ("serve_arrest_warrant", "civil_arrest_no_warrant", "felony_arrest_no_warrant"),
                _("No arrest under the form. Local law only."),
            ),
            Step(
                _("Supervision"),
                _(
                    "ICE supervises. Contact at the time, or as soon as practicable after. No clause asks for"
                    " approval of each arrest."
                ),
                ("ice_supervision", "contact_ice"),
            ),
            Step(
                _("The officer may"),
                _(
                    "take sworn statements. For categories ICE sets: issue a detainer (I-247A), write the record"
                    " (I-213), draft the Notice to Appear. An ICE officer signs that notice."
                ),
                ("sworn_statements", "issue_detainer", "prepare_i213", "prepare_nta"),
            ),
            Step(
                _("The end"),
                _(
                    "Transport to ICE on the same day, after notice to the ICE supervisor. The form has no 48-hour"
                    " hold and no rule on a claim of U.S. citizenship."
                ),
                ("transport", "hold_48_hours", "citizenship_claim"),
            ),
        ),
        _("form revised March 7, 2025, in copies saved from May to July 2025; training as reported in 2025"),
        ("ice2025moatfm", "usc1357a", "cfr2878", "wftv2025"),
    ),
}


def _rows(path: Path) -> pd.DataFrame:
    """The rows of the table `model_powers` that a path rests on."""
    return (
        tables.load("model_powers").set_index("power_id").loc[[power for step in path.steps for power in step.powers]]
    )


def clauses(step: Step, model: str) -> str:
    """Where the model's form says what the step says, from the table `model_powers`; each section once."""
    sections = tables.load("model_powers").set_index("power_id")["moa_section"]
    found = [
        part
        for power in step.powers
        for part in clause(sections[power], model).split("; ")
        if part and part != NO_SECTION
    ]
    return "; ".join(part for part in dict.fromkeys(found) if not any(_within(part, other) for other in found))


def _within(part: str, other: str) -> bool:
    """Whether a reference is named by another one already: "I" by "I, XI", "App. A bullet 1" by "App. A"."""
    return part != other and (
        other.startswith(f"{part}, ") or other.endswith(f", {part}") or part.startswith(f"{other} ")
    )


def _decision(colours: dict[str, str], model: str) -> Picture:
    """The steps of one model from training to the end, top to bottom."""
    path = PATHS[model]
    heights = [_height(step, model) for step in path.steps]
    height = sum(heights) + GAP * (len(heights) - 1) + 0.06
    figure, axes = inch_canvas(height)
    top = height - 0.03
    for place, (step, own) in enumerate(zip(path.steps, heights, strict=True)):
        _draw_step(axes, step, model, top, own, colours)
        if place + 1 < len(path.steps):
            _arrow(
                axes,
                (_middle(MAIN), top - own),
                (_middle(MAIN), top - own - GAP),
                colours,
                ANSWERS["yes"] if step.if_no else "",
            )
        top -= own + GAP
    return Picture(
        figure,
        path.title,
        " ".join(
            [
                _("Steps for an officer under the {model}, from top to bottom.").format(model=MODEL_LABELS[model]),
                *(_in_words(step) for step in path.steps),
            ]
        ),
        pd.DataFrame(
            {
                _("Step"): [step.heading for step in path.steps],
                _("What the form says or asks"): [step.text for step in path.steps],
                _("If no"): [step.if_no for step in path.steps],
                _("Section of the form"): [clauses(step, model) for step in path.steps],
            }
        ),
        fill(_("{forms}; last checked {day}"), forms=path.as_of, day=tables.last_checked(_rows(path))),
        _("steps, with the sections of the form; their order is our reading"),
        path.source_keys,
    )


def _in_words(step: Step) -> str:
    text = f"{step.heading}: {step.text}"
    if not step.if_no:
        return text
    return _("{step} If no: {answer}").format(step=text, answer=_uncapitalized(step.if_no))


def _uncapitalized(sentence: str) -> str:
    """A sentence as it follows a colon."""
    return re.sub(r"\w", lambda letter: letter[0].lower(), sentence, count=1)


# --- drawing the steps ---


def _middle(edges: tuple[float, float]) -> float:
    return sum(edges) / 2


def _inset(step: Step) -> float:
    """Questions have slanted ends, so their text is narrower."""
    return 0.24 if step.if_no else PADDING


def _main_lines(step: Step) -> list[str]:
    return _wrapped(step.text, MAIN[1] - MAIN[0] - 2 * _inset(step), TEXT)


def _aside_lines(step: Step) -> list[str]:
    return _wrapped(step.if_no, ASIDE[1] - ASIDE[0] - 2 * PADDING, SMALL) if step.if_no else []


def _clause_lines(step: Step, model: str) -> list[str]:
    """The sections below the text; none if they find room beside the heading."""
    return (
        []
        if _beside_heading(step, model)
        else _wrapped(clauses(step, model), MAIN[1] - MAIN[0] - 2 * _inset(step), SMALL)
    )


def _beside_heading(step: Step, model: str) -> bool:
    room = MAIN[1] - MAIN[0] - 2 * _inset(step) - 0.15
    return (
        1.15 * _text_width(step.heading, SMALL) + _text_width(clauses(step, model), SMALL) <= room
    )  # a bold heading is wider


def _height(step: Step, model: str) -> float:
    lines = 1 + len(_main_lines(step)) + len(_clause_lines(step, model))
    return LINE * max(lines, len(_aside_lines(step))) + 1.4 * PADDING


def _draw_step(axes: Axes, step: Step, model: str, top: float, height: float, colours: dict[str, str]) -> None:
    _outline(axes, step, top, height, colours[model], colours)
    left = MAIN[0] + _inset(step)
    y = top - 0.7 * PADDING
    axes.text(left, y, step.heading, va="top", size=SMALL, weight="bold", color=colours[model])
    if _beside_heading(step, model):
        axes.text(
            MAIN[1] - _inset(step), y, clauses(step, model), va="top", ha="right", size=SMALL, color=colours["muted"]
        )
    for line in _main_lines(step):
        y -= LINE
        axes.text(left, y, line, va="top", size=TEXT)
    for line in _clause_lines(step, model):
        y -= LINE
        axes.text(left, y, line, va="top", size=SMALL, color=colours["muted"])
    if step.if_no:
        _draw_aside(axes, step, top - height / 2, colours)


def _outline(axes: Axes, step: Step, top: float, height: float, colour: str, colours: dict[str, str]) -> None:
    """A question has pointed ends, anything else is a box with a filled edge on the left."""
    left, right = MAIN
    if step.if_no:
        tip = 0.13
        corners = [(left, top - height / 2), (left + tip, top), (right - tip, top), (right, top - height / 2),
            (right - tip, top - height),
                   (left + tip, top - height)]  # fmt: skip
        axes.add_patch(Polygon(corners, facecolor="none", edgecolor=colour, linewidth=1.6))
        return
    axes.add_patch(_box(left, right, top, height, facecolor=colours["raised"], edgecolor=colours["muted"], linewidth=1))
    axes.plot(
        [left + 0.03, left + 0.03], [top - 0.05, top - height + 0.05], color=colour, linewidth=3, solid_capstyle="butt"
    )


def _draw_aside(axes: Axes, step: Step, middle: float, colours: dict[str, str]) -> None:
    lines = _aside_lines(step)
    height = LINE * len(lines) + 1.2 * PADDING
    top = middle + height / 2
    axes.add_patch(
        _box(*ASIDE, top, height, facecolor="none", edgecolor=colours["muted"], linewidth=1.2, linestyle=(0, (3, 2)))
    )
    for place, line in enumerate(lines):
        axes.text(ASIDE[0] + PADDING, top - 0.6 * PADDING - place * LINE, line, va="top", size=SMALL)
    _arrow(axes, (MAIN[1], middle), (ASIDE[0], middle), colours, ANSWERS["no"])


def _box(left: float, right: float, top: float, height: float, **look) -> FancyBboxPatch:
    return FancyBboxPatch((left, top - height), right - left, height, boxstyle="round,pad=0,rounding_size=0.06", **look)


def _arrow(
    axes: Axes, start: tuple[float, float], end: tuple[float, float], colours: dict[str, str], label: str
) -> None:
    axes.add_patch(
        FancyArrowPatch(
            start, end, arrowstyle="-|>", mutation_scale=9, shrinkA=0, shrinkB=0, color=colours["ink"], linewidth=1.2
        )
    )
    if not label:
        return
    x, y = (start[0] + end[0]) / 2, (start[1] + end[1]) / 2
    if start[1] == end[1]:
        axes.text(x - 0.02, y + 0.03, label, ha="center", va="bottom", size=SMALL, weight="bold")
    else:
        axes.text(x + 0.1, y, label, va="center", size=SMALL, weight="bold")


@cache
def _text_width(text: str, size: float) -> float:
    """Inches, in the font that comes with matplotlib: readers' own fonts are narrower."""
    return (
        TextToPath().get_text_width_height_descent(text, FontProperties(family="DejaVu Sans", size=size), ismath=False)[
            0
        ]
        / 72
    )


def _wrapped(text: str, width: float, size: float) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and _text_width(longer, size) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


# --- clauses by form ---


def _form_clauses(colours: dict[str, str]) -> Picture:
    """Which of some clauses stand in which form: filled circle yes, empty circle no, question mark not known."""
    forms = tables.load("form_changes").set_index("aspect_id")
    chosen = tables.source("form_changes").set_index("aspect_id").loc[list(CLAUSES)]
    has = chosen[list(FORM_COLUMNS)].map(_has_clause)
    row, head = 0.42, 0.72
    figure, axes = inch_canvas(head + row * len(chosen))
    places = [2.62 + 0.68 * place for place in range(len(FORM_COLUMNS))]
    top = head + row * len(chosen)
    for place, (answer, meaning) in enumerate(MEANINGS.items()):
        _mark(axes, 0.13, top - 0.13 - 0.21 * place, answer, colours)
        axes.text(0.3, top - 0.13 - 0.21 * place, meaning, va="center", size=SMALL)
    for x, label in zip(places, FORM_COLUMNS.values(), strict=True):
        axes.text(x, top - 0.04, label, ha="center", va="top", size=SMALL, linespacing=1.15)
    for place, (aspect, cells) in enumerate(has.iterrows()):
        y = top - head - row * (place + 0.5)
        axes.plot([0.03, WIDTH - 0.03], [y + row / 2, y + row / 2], color=colours["line"], linewidth=1)
        axes.text(0.03, y, CLAUSES[aspect], va="center", size=TEXT, linespacing=1.1)
        for x, cell in zip(places, cells, strict=True):
            _mark(axes, x, y, cell, colours)
    return Picture(
        figure,
        _("The steering committee is in the forms of 2019-20 but in no standard form of 2025"),
        " ".join(
            [
                _("A grid of clauses by form."),
                *(f"{CLAUSES[aspect]}: {_form_words(cells)}.".replace("\n", " ") for aspect, cells in has.iterrows()),
            ]
        ),
        forms.reset_index()[["aspect", *FORM_COLUMNS]].rename(
            columns={
                "aspect": _("Point compared"),
                **{form: label.replace("\n", " ") for form, label in FORM_COLUMNS.items()},
            }
        ),
        fill(
            _(
                "agreements of 2019 to 2025, as published by ICE and saved from May to July 2025; of the forms of about"
                " 2009 only parts were seen; last checked {day}"
            ),
            day=tables.last_checked(forms),
        ),
        _("clauses; yes and no are our reading of the forms"),
        tuple(sorted(tables.cited(forms))),
    )


def _has_clause(text: str) -> str:
    """ "yes", "no" or "not known", by how a text of the table begins."""
    if text.startswith(UNKNOWN):
        return "not known"
    return "no" if text.startswith(NO_CLAUSE) else "yes"


def _form_words(cells: pd.Series) -> str:
    return ", ".join(f"{FORM_COLUMNS[form]} {ANSWERS[answer]}" for form, answer in cells.items())


def _mark(axes: Axes, x: float, y: float, answer: str, colours: dict[str, str]) -> None:
    ink = colours["ink"]
    if answer == "not known":
        axes.text(x, y, "?", ha="center", va="center", size=TEXT, color=colours["muted"])
    else:
        axes.add_patch(
            Circle((x, y), 0.085, facecolor=ink if answer == "yes" else "none", edgecolor=ink, linewidth=1.5)
        )


DRAWERS: dict[str, Callable[..., Picture]] = {
    "jail_steps": partial(_decision, model="jail"),
    "warrant_steps": partial(_decision, model="warrant"),
    "task_force_steps": partial(_decision, model="task_force"),
    "form_clauses": _form_clauses,
}
