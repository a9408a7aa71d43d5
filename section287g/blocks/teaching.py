"""Blocks for teachers: plans and activities with minutes and materials, sheets, decks, what a slide shows, seats of a
machine."""

from __future__ import annotations

import nbformat
import pandas as pd
from markupsafe import Markup

from section287g import fairness, handouts, question_files, seats, tables, teaching
from section287g.blocks.markup import keys, set_words
from section287g.blocks.registry import Page, block
from section287g.handouts import lessons, onepage
from section287g.handouts.words import words
from section287g.labs import copies
from section287g.words import _, counted, fill, number

DECKS = "book/teach/slides"
LABELS = {
    "question": _("Question"),
    "group": _("Groups"),
    "prepare": _("Before it begins"),
    "bring": _("Bring too"),
    "tell_first": _("Tell the room first"),
    "quiet_option": _("Quiet alternative"),
    "without_projector": _("Without a projector"),
    "online": _("Online"),
    "goes_wrong": _("What usually goes wrong"),
    "if_hot": _("If the room gets hot"),
}
PAPERS = {"us-letter": Markup(_("US&nbsp;Letter")), "a4": "A4"}
SIDE_TITLES = {"supports": _("A supporter’s argument"), "opposes": _("A critic’s argument")}
REPLY_TITLES = {"supports": _("Critics reply"), "opposes": _("Supporters reply")}
HANDOUTS = {"sheets": _("Sheets"), "keys": _("Keys")}
LIMITS = {"rule": _("What it leaves open:"), "referral": _("Before you refer:")}
OPTION = {_("What it protects"): "value", _("What is done"): "actions", _("What is given up"): "gives_up"}

# What each drawing on a slide shows.
DRAWINGS = {
    "wall-sheet": _("A sheet with nine lines on a wall"),
    "answers": _("A sheet with numbered answers"),
    "own-sheet": _("A person who writes alone"),
    "two-lines": _("A sheet with a check mark and a question mark"),
    "signed-paper": _("A federal building and three local ones, with a signed paper between them"),
    "grid": _("A table of three columns: in one row a single cell is filled, in another all three are alike"),
    "steps": _("A path with four numbered steps"),
    "pair": _("Two people at a table with a card and a sheet"),
    "marks": _("A sheet with corrected answers and a circle around one of them"),
    "two-cards": _("Two people, each with a card"),
    "say-back": _("Two people: what the second says equals what the first said"),
    "four": _("Two pairs at a table, each with a card of its own"),
    "strong-points": _("Two sheets, the strongest points first"),
    "present": _("One pair speaks for three minutes, and the other listens"),
    "present-other": _("The other pair speaks for three minutes, and the first listens"),
    "swap": _("Two people who exchange papers"),
    "three-parts": _("A sheet in three parts, with four signatures"),
    "facts-and-values": _("Bars under a magnifying glass, and a pair of scales"),
    "unknown": _("A speech bubble with a question mark"),
    "strip": _("A sentence under a magnifying glass, with a paper, a calendar and a book"),
    "relay": _("Five people who hand on a strip"),
    "verdicts": _("Two sheets with different verdicts"),
    "sentence": _("A sentence that rests on a paper, a day and a book"),
    "slips": _("A box for slips of paper"),
    "circle": _("People in a circle around a sheet"),
    "cup": _("A cup of something warm"),
    "two-voices": _("Two speech bubbles of the same size, and a question"),
    "twice": _("The same sheet before and after"),
    "book": _("An open book"),
    "open-sentence": _("A speech bubble with a sentence that is not finished"),
    "five-lines": _("A sheet with two, two and one lines, and a coin"),
    "turn": _("A line with several turns, one of them with a flag"),
    "law-text": _("A text with some words underlined"),
    "lots": _("A bag with lots"),
    "hall": _("A hearing: people around a table with a chair"),
    "ask": _("One person asks, and another answers with a book"),
    "three": _("Three people with two papers"),
    "leave": _("A person who leaves a seat and speaks from another one"),
    "three-marks": _("A table whose rows have a check mark, a wave or a question mark"),
    "three-cases": _("Three bars: one above zero, one near it, one below"),
    "memos": _("Three people, each with a paper"),
    "conditions": _("A list of conditions to check, and a calendar"),
    "option-field": _("A patrol car on a street with houses"),
    "option-jail": _("A booking desk inside a jail, with a barred window"),
    "option-none": _("A county building, and a paper without a signature"),
}


@block("plan")
def plan(page: Page, plan_id: str, session: str = "1") -> dict:
    """One session of a lesson plan: its print, what to know before it, its steps."""
    steps = teaching.plan(plan_id)
    rows = steps[steps["session"] == int(session)]
    if rows.empty:
        raise ValueError(f"plan {plan_id!r} has no session {session}")
    several = len(steps["session"].unique()) > 1
    caption = _("Steps of session {session}, with minutes") if several else _("Steps of the plan, with minutes")
    name = teaching.session(plan_id, int(session))
    return {
        "said": _said(name),
        "prints": _prints(page, name),
        "slides": _slides_of(page, name),
        **_steps(page, fill(caption, session=session), rows),
    }


@block("activity", shows=lambda activity_id: [f"activity-{activity_id}"])
def activity(page: Page, activity_id: str) -> dict:
    """An activity: what it asks, how it is done, what it needs, its print, its steps."""
    row = teaching.activity(activity_id)
    return {
        "id": f"activity-{activity_id}",
        "said": _said(activity_id),
        "needs": material_links(page, row["materials"]),
        "prints": _prints(page, activity_id),
        "slides": _slides_of(page, activity_id),
        **_steps(page, row["title"], teaching.steps(activity_id)),
    }


def _slides_of(page: Page, lesson: str) -> Markup:
    return material_links(page, f"slides:{lesson}" if lesson in teaching.decks() else None)


def _said(lesson: str) -> dict[str, str]:
    """What to know of a lesson beside its steps, by label."""
    row = teaching.lesson(lesson)
    return {label: row[column] for column, label in LABELS.items() if column in row}


def _prints(page: Page, lesson: str) -> list[list[str]]:
    """For each size of class the file that holds everything, on either paper, with its sheets of paper."""
    return [
        [fill(_("For {n} learners"), n=learners), *(_print(page, lesson, paper, learners) for paper in PAPERS)]
        for learners in lessons.SIZES
    ]


def _print(page: Page, lesson: str, paper: str, learners: int) -> Markup | str:
    if learners not in lessons.OFFERED[paper]:
        return ""
    made = lessons.prints(lesson, paper)[learners]
    address = page.download(f"handouts/{lessons.file_name(lesson, paper, learners)}", made)
    sheets = counted("{n} sheet", "{n} sheets", handouts.pages(made))
    return Markup('<a href="{}">{}</a>, {}').format(address, _("PDF"), sheets)


@block("activities")
def activities(page: Page) -> dict:
    """Every activity with its minutes and its question, to choose from."""
    rows = tables.load("activities").to_dict("records")
    return {"rows": [_choice(page, row["activity_id"], row["question"]) for row in rows]}


def _choice(page: Page, activity_id: str, question: str) -> list[str]:
    return [material_links(page, f"activity:{activity_id}"), _span(teaching.steps(activity_id)), set_words(question)]


@block("plans")
def plans(page: Page) -> dict:
    """Every session of a plan with its minutes, its print for the middle size of class, and its slides."""
    names = tables.load("lessons")["lesson"]
    size = lessons.SIZES[1]
    return {
        "header": [_("Lesson"), _("Minutes"), fill(_("Print, for {n} learners"), n=size), _("Slides")],
        "rows": [
            [
                teaching.lesson(name)["title"],
                _span(teaching.steps_of(name)),
                _print(page, name, "us-letter", size),
                Markup('<a href="{}">{}</a>').format(page.address(f"{DECKS}/{name}"), _("Slides")),
            ]
            for name in names
        ],
    }


def _span(rows: pd.DataFrame) -> str:
    total, least = _minutes(rows)
    return fill(_("{least} to {most}"), least=least, most=total) if least < total else str(total)


def _minutes(rows: pd.DataFrame) -> tuple[int, int]:
    """Minutes of some steps: of all, and of those that may not be skipped."""
    return int(rows["minutes"].sum()), teaching.shortest(rows)


def _steps(page: Page, caption: str, rows: pd.DataFrame) -> dict:
    total, least = _minutes(rows)
    ends = rows["minutes"].cumsum()
    filled = {"title": None, "goes_wrong": None, "materials": None}  # steps of activities have none of these
    records = rows.astype(object).where(rows.notna(), None).to_dict("records")
    steps = [
        {**filled, **row, "end": end, "needs": material_links(page, row.get("materials"))}
        for end, row in zip(ends, records, strict=True)
    ]
    return {"caption": caption, "total": total, "least": least, "steps": steps}


def material_links(page: Page, cell: str | float | None) -> Markup:
    """The materials named in a cell ("KIND:NAME; ...") as links. Raises ValueError for one that does not exist."""
    link = Markup('<a href="{}">{}</a>')
    return Markup("; ").join(link.format(address, words) for words, address in named_materials(page, cell))


def named_materials(page: Page, cell: str | float | None) -> list[tuple[str, str]]:
    """Words and address of each material named in a cell. Raises ValueError for one that does not exist."""
    return [_MATERIALS[material.kind](page, material.name) for material in teaching.materials(cell)]


def _sheet(page: Page, name: str) -> tuple[str, str]:
    if name not in handouts.sheets():
        raise ValueError(f"no handout {name!r}")
    return handouts.content(name)["title"], _sheet_file(page, name, "us-letter")


def _sheet_file(page: Page, name: str, paper: str) -> str:
    return page.download(f"handouts/{paper}/{name}.pdf", handouts.make(name, paper))


def sheet_row(page: Page, name: str) -> tuple[str, str]:
    """Title of a handout, and the address of its line in the list of all."""
    return handouts.content(name)["title"], f"{_showing(page, 'handouts')}#handout-{name}"


def _page(page: Page, name: str) -> tuple[str, str]:
    return page.title(name), page.address(name)


def _explorer(page: Page, name: str) -> tuple[str, str]:
    address = _showing(page, f"explorer-{name}")
    title = page.title_showing(f"explorer-{name}")
    return fill(_("explorer in “{page}”"), page=title), f"{address}#explorer-{name}"


def _activity(page: Page, name: str) -> tuple[str, str]:
    return teaching.activity(name)["title"], f"{_showing(page, f'activity-{name}')}#activity-{name}"


def _slides(page: Page, name: str) -> tuple[str, str]:
    if name not in teaching.decks():
        raise ValueError(f"no slides {name!r}")
    return _page(page, f"{DECKS}/{name}")


_MATERIALS = {"sheet": _sheet, "page": _page, "explorer": _explorer, "activity": _activity, "slides": _slides}


def _showing(page: Page, collection: str) -> str:
    """Address of the page that shows something."""
    page.title_showing(collection)  # refuses what no page shows
    return page.showing(collection)


@block("handouts", shows=lambda kind: ["handouts"])
def handout_list(page: Page, kind: str) -> dict:
    """Every handout that is a key (``keys``) or none (``sheets``), with its pages, to download on either paper."""
    if kind not in HANDOUTS:
        raise ValueError(f"no kind of handouts {kind!r}; kinds are {', '.join(HANDOUTS)}")
    chosen = [name for name in handouts.sheets() if name.endswith("-key") == (kind == "keys")]
    return {"title": HANDOUTS[kind], "rows": [_handout(page, name, handouts.content(name)) for name in chosen]}


def _handout(page: Page, name: str, content: dict) -> list[str]:
    link = Markup('<a href="{}">{}</a>')
    title = Markup('<span id="handout-{}">{}</span>').format(name, content["title"])
    pages = counted("{n} page", "{n} pages", handouts.pages(handouts.make(name)))
    files = Markup("<br>").join(link.format(_sheet_file(page, name, paper), PAPERS[paper]) for paper in PAPERS)
    return [title, set_words(content["lead"]), pages, files]


@block("prints")
def prints(page: Page) -> dict:
    """Every lesson with its files, and how many copies of which sheet they hold."""
    return {
        "header": [_("Sheet"), _("For whom"), _("Pages"), *(fill(_("For {n}"), n=size) for size in lessons.SIZES)],
        "lessons": [
            {
                "title": teaching.lesson(name)["title"],
                "prints": _prints(page, name),
                "rows": [
                    [
                        fill(_("{title} (if time)"), title=entry.title) if entry.may_skip else entry.title,
                        entry.for_whom,
                        str(pages),
                        *map(str, entry.copies.values()),
                    ]
                    for entry, pages in lessons.contents(name)
                ],
            }
            for name in teaching.lessons()
        ],
    }


@block("one-page", sources=onepage.source_keys)
def one_page(page: Page) -> dict:
    """The program on one page, as on its sheet."""
    return {**handouts.content("one-page"), "files": {PAPERS[it]: _sheet_file(page, "one-page", it) for it in PAPERS}}


@block("welcome")
def welcome(page: Page) -> dict:
    """What a leader says first."""
    return {"text": words("house")["welcome"]}


@block("question-files")
def question_file_list(page: Page) -> dict:
    """The question bank as files for learning systems, to download."""
    bank = question_files.quizzes(page.title)
    kinds = [
        (
            _("Canvas (QTI 1.2)"),
            "questions-287g.qti.zip",
            question_files.qti(bank),
            _("Settings, Import course content, QTI .zip file. One quiz for each page."),
        ),
        (
            _("Moodle (GIFT)"),
            "questions-287g.gift.txt",
            question_files.gift(bank),
            _("Question bank, Import, GIFT format. One category for each page."),
        ),
        (
            _("Anything else (CSV)"),
            "questions-287g.csv",
            question_files.table(bank),
            _("Opens in a spreadsheet; one question in a row."),
        ),
    ]
    link = Markup('<a href="{}" download>{}</a>')
    return {
        "rows": [
            [system, link.format(page.download(f"questions/{file}", content), _("Download")), how]
            for system, file, content, how in kinds
        ]
    }


@block("quiz-score")
def quiz_score(page: Page) -> dict:
    """How many questions of the page were answered, and how many at the first choice."""
    return {}


@block("decks", shows=lambda: ["decks"])
def decks(page: Page) -> dict:
    """Every deck of slides with its minutes and number of slides."""
    return {"decks": [_deck(page, name) for name in teaching.decks()]}


def _deck(page: Page, name: str) -> dict:
    rows, place = teaching.slides(name), f"{DECKS}/{name}"
    return {
        "address": page.address(place),
        "title": page.title(place),
        "slides": len(rows),
        "minutes": rows["minutes"].sum(),
    }


@block("two-sides", sources=lambda *ids: tables.cited(_arguments(*ids)[["source_keys"]]))
def two_sides(page: Page, *ids: str) -> dict:
    """An argument of each side; as on the cards, who speaks first changes from theme to theme."""
    return {
        "sides": [
            row | {"title": SIDE_TITLES[row["side"]], "sources": keys(row["source_keys"])} for row in _by_turns(ids)
        ]
    }


@block("two-replies", sources=lambda *ids: tables.cited(_arguments(*ids)[["reply_source_keys"]]))
def two_replies(page: Page, *ids: str) -> dict:
    """The same arguments, each with the strongest reply of the other side."""
    titles = {"title": SIDE_TITLES, "reply_title": REPLY_TITLES}
    return {
        "sides": [
            row
            | {name: said[row["side"]] for name, said in titles.items()}
            | {"sources": keys(row["reply_source_keys"])}
            for row in _by_turns(ids)
        ]
    }


def _by_turns(ids: tuple[str, ...]) -> list[dict]:
    """The arguments in the order in which their sides speak in the theme."""
    rows = _arguments(*ids)
    first = fairness.first_side(tables.load("debate_themes")["theme"].tolist().index(rows["theme"].iloc[0]))
    return sorted(rows.to_dict("records"), key=lambda row: row["side"] != first)


def _arguments(*ids: str) -> pd.DataFrame:
    return tables.load("arguments").set_index("argument_id").loc[list(ids)]


@block("county-option")
def county_option(page: Page, option_id: str) -> dict:
    """An option of the deliberation: its value, what is done, what is given up."""
    row = tables.load("options").set_index("option_id").loc[option_id]
    return {"title": row["title"], "said": {label: row[column] for label, column in OPTION.items()}}


@block("drawn")
def drawn(page: Page, name: str) -> dict:
    """A line drawing for a slide. Raises ValueError for an unknown one."""
    if name not in DRAWINGS:
        raise ValueError(f"no drawing {name!r}; drawings are {', '.join(DRAWINGS)}")
    return {"name": name, "words": DRAWINGS[name]}


@block("safeguards", sources=lambda part: tables.cited(_safeguards(part)))
def safeguards(page: Page, part: str) -> dict:
    """What a leader should know before teaching: the rules of law (``rule``) or the places to send people
    (``referral``)."""
    rows = _safeguards(part).to_dict("records")
    return {"rows": [row | {"sources": keys(row["source_keys"])} for row in rows], "label": LIMITS[part]}


def _safeguards(part: str) -> pd.DataFrame:
    rows = tables.load("safeguards")
    if part not in LIMITS:
        raise ValueError(f"no part {part!r}; parts are {', '.join(LIMITS)}")
    return rows[rows["part"] == part]


@block("sheet-list")
def sheet_list(page: Page, place: str, first: str = "1", last: str = "") -> dict:
    """Lines of a handout, by the place SHEETS/SHEET/LIST of its words, so that paper and slide say the same."""
    sheets, *names = place.split("/")
    lines = words(sheets)
    for name in names:
        lines = lines[name]
    shown = lines[int(first) - 1 : int(last) if last else None]
    return {"first": first, "lines": [line if isinstance(line, list) else ["", line] for line in shown]}


@block("seats", sources=lambda: seats.runs()["source_key"])
def seats_of_machines(page: Page) -> dict:
    """Measured runs of the labs, and how many seats a machine has."""
    return {
        "machines": [
            [
                fill(_("{cores} cores, {memory} GB"), cores=one.cores, memory=one.memory_gb),
                *map(str, (one.by_memory, one.by_processor, min(one[2:]))),
            ]
            for one in seats.machines()
        ],
        "runs": [_run(run) for run in seats.runs().itertuples()],
    }


def _run(run) -> list[str]:
    lab = lab_title(run.lab)
    if run.via == "browser":
        lab = fill(_("{lab} (in a browser)"), lab=lab)
    memory = number(run.kernel_mb + run.server_mb)
    return [lab, str(run.users), number(run.seconds), number(run.processor_seconds, 1), memory]


@block("link-maker", script="nbgitpuller.js")
def link_maker(page: Page) -> dict:
    """A form for links of nbgitpuller, hidden until its script is there; its menu holds the start page and every
    lab."""
    return {
        "labs": {"start.ipynb": _("The list of labs")} | {path.name: lab_title(path.stem) for path in copies.sources()}
    }


def lab_title(stem: str) -> str:
    """A lab's number and title: "02 How fast did it grow?"."""
    first = nbformat.read(copies.SOURCES / f"{stem}.ipynb", as_version=4).cells[0].source
    return f"{stem[:2]} {_(first.splitlines()[0].removeprefix('# '))}"
