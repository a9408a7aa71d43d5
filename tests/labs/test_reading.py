"""Lab 01: answers that its checks are tried with (see test_every_check)."""

import pandas as pd

from section287g import counts, labs, tables

AGREEMENTS = tables.load("agreements")
NEWEST_DAY = counts.newest("ice_workbook")["date"]
NEWEST = counts.on_list(AGREEMENTS, NEWEST_DAY)
TASK_FORCE = NEWEST.loc[NEWEST["model"] == "task_force", "state"].value_counts()
AGENCIES = int(counts.newest("ice_workbook")["agencies"])


def in_force(agreements, day):
    return len(counts.on_list(agreements, day))


def raises(agreements, day):
    raise ZeroDivisionError("division by zero")


IN_FLORIDA, IN_2025 = NEWEST["state"] == "FL", NEWEST["signed"].dt.year == 2025
BY_STATE = NEWEST["state"].value_counts()
TOP = int(BY_STATE.head(15).sum())
RIGHT = {
    "models_as_typed": [5], "in_texas": [BY_STATE["TX"]],
    "top_share": [round(100 * TOP / len(NEWEST)), 100 * TOP / len(NEWEST)],
    "signed_2025": [(IN_FLORIDA & IN_2025).sum()], "agencies": [AGENCIES], "task_force_states": [TASK_FORCE.head(5)],
    "in_force": [in_force], "kind_in_texas": ["county agencies"],
    "fewer_agencies": ["An agency can hold more than one agreement"],
}  # fmt: skip
WRONG = {
    "models_as_typed": [(11, "number of rows"), (3, "in several ways"), (8, "nunique()"), ("five", "one number")],
    "in_texas": [
        (0, "two letters"), ((AGREEMENTS["state"] == "TX").sum(), "whole table"), (len(NEWEST), "all rows of the list"),
        (7, "len()"), (NEWEST[NEWEST["state"] == "TX"], "one number"),
    ],
    "top_share": [
        (TOP / len(NEWEST), "fraction"), (TOP, "how many agreements they hold"), (100, "by itself"),
        (100 * len(NEWEST) / TOP, "whole by the part"), (100 * 15 / len(BY_STATE), "share of the states"),
        (7, "totals.sum()"),
    ],
    "signed_2025": [
        (0, "holds text"), (IN_FLORIDA.sum(), "all agreements of Florida"), (IN_2025.sum(), "all states"),
        ((IN_FLORIDA | IN_2025).sum(), "& or |"), (7, "in its own brackets"),
    ],
    "agencies": [
        (len(NEWEST), "number of rows"), (len(AGREEMENTS), "whole table"), (NEWEST["agency"].nunique(), "share a name"),
        (AGREEMENTS["agency"].nunique(), "Two things"),
        (len(AGREEMENTS[["state", "agency"]].drop_duplicates()), "Begin with the rows of the newest list"),
        (NEWEST["state"].nunique(), "states and territories"), (17, "Which rows belong to one agency"),
        ("1551", "one whole number"), (True, "one whole number"), (NEWEST, "one whole number"),
    ],
    "task_force_states": [
        ([1, 2], "a pandas Series"), (TASK_FORCE, "Five states"),
        (NEWEST.loc[NEWEST["model"] == "Task Force Model", "state"].value_counts().head(5), "no row was kept"),
        (TASK_FORCE.head(5)[::-1], "largest first"), (NEWEST["state"].value_counts().head(5), "all three models"),
        (AGREEMENTS.loc[AGREEMENTS["model"] == "task_force", "state"].value_counts().head(5), "whole table"),
        (TASK_FORCE.head(5) + 1, "numbers are not"), (TASK_FORCE.iloc[3:8], "other states"),
        (pd.Series([5, 4, 3, 2, 1]), "index should hold states"),
    ],
    "in_force": [
        (5, "The answer is a function"), (raises, "stops with ZeroDivisionError"),
        (lambda agreements, day: None, "gives nothing back"), (lambda agreements, day: "many", "one whole number"),
        (lambda agreements, day: (agreements["signed"] <= day).sum(), "also those that had left"),
        (
            lambda agreements, day: ((agreements["signed"] <= day) & (agreements["last_listed"] >= day)).sum(),
            "date signed",
        ),
        (lambda agreements, day: (agreements["first_listed"] <= day).sum(), "had left again"),
        (lambda agreements, day: (agreements["last_listed"] >= day).sum(), "had not arrived"),
        (
            lambda agreements, day: ((agreements["first_listed"] < day) & (agreements["last_listed"] >= day)).sum(),
            "< or <=",
        ),
        (
            lambda agreements, day: ((agreements["first_listed"] <= day) & (agreements["last_listed"] > day)).sum(),
            "> or >=",
        ),
        (lambda agreements, day: (agreements["status"] == "listed").sum(), "column status"),
        (lambda agreements, day: in_force(agreements, day) + 1, "larger"),
    ],
    "kind_in_texas": [
        ("municipal agencies", "another bar longer"), ("state agencies", "another bar longer"),
        ("tribal agencies", "Choose one of"),
    ],
    "fewer_agencies": [
        ("Some agencies have left the list", "left the list too"),
        ("Agreements are counted once in each state", "nothing is counted twice"),
        ("Some agreements have no agency", "names its agency"),
    ],
}  # fmt: skip
SECRETS = {"agencies": [f"{AGENCIES:,}", str(AGENCIES)], "task_force_states": [f"{TASK_FORCE.iloc[0]:,}"]}


def test_a_learners_function_cannot_spoil_the_table():
    def spoils(agreements, day):
        agreements["first_listed"] = pd.NaT
        return 0

    labs.check("in_force", spoils)
    assert tables.load("agreements")["first_listed"].notna().all()
