"""Lab 06: answers that its checks are tried with (see test_every_check)."""

import pandas as pd
from labs.sliders import slider

from section287g import tables

STUDIES = tables.load("studies")
OURS = STUDIES["program_studied"].str.contains("287(g)", regex=False)
REVIEWED = STUDIES["peer_reviewed"] == "yes"
ABOUT = int(OURS.sum())
FAIR = (
    "Who pays for an agreement is disputed. In 2025 the Department of Homeland Security said that it would repay"
    " salaries and part of the overtime of trained officers [dhs2025reimbursement]. Critics answer, as the Niskanen"
    " Center did in about 2020, that local budgets have carried most of the bill in the past [niskanen2020]. The two"
    " speak of different years."
)


def directions(rows):
    return STUDIES[rows]["direction"].value_counts()


DIRECTIONS, SIDES = STUDIES["direction"], tables.load("arguments")["side"]
CRIME, ABSTRACT = STUDIES["topic"].str.split("; ").str[0] == "crime", STUDIES["how_read"] == "abstract"
RIGHT = {
    "mixed": [(DIRECTIONS == "mixed").sum()],
    "crime_abstracts": [(CRIME & ABSTRACT).sum()],
    "year_slider": [slider(year=(2009, 2026)), slider(year=(2009, 2026)).widget],
    "of_critics": [(SIDES == "opposes").sum()],
    "about_the_program": [ABOUT],
    "reviewed": [directions(OURS & REVIEWED), directions(OURS & REVIEWED)[::-1]],
    "paragraph": [FAIR, FAIR.replace(" [niskanen2020].", ". [niskanen2020]")],
    "count_of_studies": ["A count of studies shows what was studied, not who is right"],
}
WRONG = {
    "mixed": [
        (len(STUDIES), "all studies"), ((DIRECTIONS == "none").sum(), "of use to both"),
        (DIRECTIONS.isin(["mixed", "none"]).sum(), "none as well"), (7, "sum() counts"),
    ],
    "crime_abstracts": [
        (CRIME.sum(), "all studies about crime"), (ABSTRACT.sum(), "all subjects"),
        ((CRIME | ABSTRACT).sum(), "& or |"), (0, "Nothing was found"), (7, "its own brackets"),
    ],
    "year_slider": [
        (slider(year=(2019, 2026)), "from 2019 to 2026"), (slider(year=2020), "from -2020 to 6060"),
        (slider(since=(2009, 2026)), "no slider for year"), ((2009, 2026), "of type tuple"),
    ],
    "of_critics": [
        (len(SIDES), "of everyone"), ((SIDES == "mixed").sum(), "mixed views"), (0, "written opposes"),
        (7, "sum() counts"),
    ],
    "about_the_program": [
        ("many", "one whole number"), (int((STUDIES["program_studied"] == "287(g)").sum()), "287(g) alone"),
        (len(STUDIES), "all studies"), (len(STUDIES) - ABOUT, "other programs only"), (0, "regex=False"),
        (1, ".str.contains()"),
    ],
    "reviewed": [
        (3, "a pandas Series"), (directions(OURS & ~OURS), "no study was kept"),
        (directions(OURS & REVIEWED)[:1], "other directions"), (directions(OURS), "Keep those that are peer-reviewed"),
        (directions(REVIEWED), "Keep those of 287(g)"), (directions(OURS | True), "Two conditions"),
        (directions(OURS & ~REVIEWED), "not peer-reviewed"),
        (directions((STUDIES["program_studied"] == "287(g)") & REVIEWED), "together with something else"),
        (directions(OURS & REVIEWED) + 1, "numbers are not"), (pd.Series({"good": 3}), "hold directions"),
    ],
    "paragraph": [
        (5, "a text in quotation marks"), ("Both sides have a point.", "words; 40 to 160 are asked for"),
        (FAIR * 4, "words; 40 to 160 are asked for"),
        (FAIR.replace("niskanen2020", "niskanen1820"), "No argument has the source"),
        (FAIR.replace("[niskanen2020]", ""), "No source of critics"),
        (FAIR.replace("[dhs2025reimbursement]", ""), "No source of supporters"),
        (FAIR.replace("in about 2020", "once"), "put the year into the sentence"),
        (FAIR.replace("In 2025", "Recently"), "put the year into the sentence"),
        (FAIR.replace("Who pays", "Obviously, who pays"), "a verdict of your own"),
        (
            FAIR.replace(
                "Critics answer, as the Niskanen Center did in about 2020, that local budgets have carried most of the"
                " bill in the past", "Critics in 2020 differ",
            )
            + " More could be said here.", "equal room",
        ),
    ],
    "count_of_studies": [
        ("Most studies vote against, so the matter is settled", "Who chose what was studied"),
        ("Studies contradict each other, so they show nothing", "Sort them by program studied"),
        ("It depends", "Choose one of"),
    ],
}  # fmt: skip
SECRETS = {"about_the_program": [f"{ABOUT} "]}
