"""Directives ``{plan} ID SESSION`` and ``{activity} ID``: steps with their minutes, summed, and links to everything they need.

``{activities}`` lists all activities to choose from.
"""

from __future__ import annotations

from html import escape

import pandas as pd
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from section287g import tables, teaching
from section287g.sphinx_ext import usage
from section287g.sphinx_ext.errors import PageError
from section287g.sphinx_ext.markup import set_words, table

DECKS = "book/teach/slides"
SKIP = "may be left out when time is short"
LABELS = {"question": "Question", "group": "Groups", "quiet_option": "Quiet alternative", "online": "Online", "goes_wrong": "What usually goes wrong", "if_hot": "If the room gets hot"}


class teaching_box(nodes.General, nodes.Element):
    """Attributes ``kind`` (plan, activity or activities), ``name``, ``session`` and ``line``. Links are known only when the page is written."""


class PlanDirective(SphinxDirective):
    required_arguments = 1
    optional_arguments = 1

    def run(self) -> list[nodes.Node]:
        self.env.note_dependency("data/lesson_plans.csv")
        session = int(self.arguments[1]) if len(self.arguments) > 1 else 1
        return [teaching_box(kind="plan", name=self.arguments[0], session=session, line=self.lineno)]


class ActivityDirective(SphinxDirective):
    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        self.env.note_dependency("data/activities.csv")
        usage.of_current_page(self.env).shows.add(f"activity-{self.arguments[0]}")
        return [teaching_box(kind="activity", name=self.arguments[0], session=1, line=self.lineno)]


class ActivitiesDirective(SphinxDirective):
    def run(self) -> list[nodes.Node]:
        self.env.note_dependency("data/activities.csv")
        self.env.note_dependency("data/activity_steps.csv")
        return [teaching_box(kind="activities", name="", session=1, line=self.lineno)]


def _visit_html(translator, node: teaching_box) -> None:
    page = _Page(translator.builder, translator.builder.current_docname)
    try:
        write = {"plan": lambda: page.plan(node["name"], node["session"]), "activity": lambda: page.activity(node["name"]), "activities": page.activities}
        html = write[node["kind"]]()
    except (KeyError, ValueError) as error:
        raise PageError(page.builder.env, page.docname, node["line"], str(error.args[0])) from None
    translator.body.append(html)
    raise nodes.SkipNode


def material_links(builder, docname: str, materials: list[teaching.Material]) -> str:
    """Materials as links from page ``docname``, as HTML. Raises ValueError for one that does not exist."""
    return _Page(builder, docname).links(materials)


class _Page:
    """Writes boxes for one page, from which links lead."""

    def __init__(self, builder, docname: str):
        self.builder, self.docname = builder, docname

    def plan(self, plan_id: str, session: int) -> str:
        rows = teaching.plan(plan_id)
        rows = rows[rows["session"] == session]
        if rows.empty:
            raise ValueError(f"plan {plan_id!r} has no session {session}")
        several = len(teaching.plan(plan_id)["session"].unique()) > 1
        return self._steps(f"Steps of session {session}, with minutes" if several else "Steps of the plan, with minutes", rows)

    def activity(self, activity_id: str) -> str:
        row, rows = teaching.activity(activity_id), teaching.steps(activity_id)
        said = "".join(f"<dt>{label}</dt><dd>{set_words(row[column])}</dd>" for column, label in LABELS.items())
        needs = f"<dt>Materials</dt><dd>{self._links(row['materials'])}</dd>"
        return f'<div id="activity-{activity_id}"><dl class="activity">{said}{needs}</dl>{self._steps(row["title"], rows)}</div>'

    def activities(self) -> str:
        cells = []
        for activity_id, row in tables.load("activities").set_index("activity_id").iterrows():
            rows = teaching.steps(activity_id)
            total, least = int(rows["minutes"].sum()), teaching.shortest(rows)
            cells.append([self._link("activity", activity_id), f"{least} to {total}" if least < total else str(total), set_words(row["question"])])
        return table("Activities, with their minutes and questions", ["Activity", "Minutes", "Question"], cells)

    def _steps(self, caption: str, rows: pd.DataFrame) -> str:
        ends = rows["minutes"].cumsum()
        cells = [[f"{end - row.minutes}–{end}<br><small>{row.minutes} min</small>", self._step(row)] for end, row in zip(ends, rows.itertuples(), strict=True)]
        total, least = int(rows["minutes"].sum()), teaching.shortest(rows)
        shorter = f", {least} when the steps marked so are left out" if least < total else ""
        return f'<p class="plan-total"><b>{total} minutes</b>{shorter}.</p>{table(caption, ["Minutes", "What happens"], cells)}'

    def _step(self, row) -> str:
        title = f"<b>{set_words(row.title)}.</b> " if hasattr(row, "title") else ""
        skip = f" <i>({SKIP})</i>" if row.may_skip == "yes" else ""
        more = ""
        if hasattr(row, "materials") and pd.notna(row.materials):
            more += f"<br><b>You need:</b> {self._links(row.materials)}"
        if hasattr(row, "goes_wrong"):
            more += f"<br><b>What usually goes wrong:</b> {set_words(row.goes_wrong)}"
        return f"{title}{set_words(row.what)}{skip}{more}"

    def _links(self, cell: str) -> str:
        return self.links(teaching.materials(cell))

    def links(self, materials: list[teaching.Material]) -> str:
        return "; ".join(self._link(*material) for material in materials)

    def _link(self, kind: str, name: str) -> str:
        words, address = getattr(self, f"_{kind}")(name)
        return f'<a href="{escape(address)}">{escape(words)}</a>'

    def _sheet(self, name: str) -> tuple[str, str]:
        from section287g import handouts

        if name not in handouts.sheets():
            raise ValueError(f"no handout {name!r}")
        return handouts.sheets()[name][1]()["title"], f"{self._showing('handouts')}#handout-{name}"

    def _page(self, name: str) -> tuple[str, str]:
        if name not in self.builder.env.titles:
            raise ValueError(f"no page {name!r}")
        return self.builder.env.titles[name].astext(), self.builder.get_relative_uri(self.docname, name)

    def _explorer(self, name: str) -> tuple[str, str]:
        address = self._showing(f"explorer-{name}")
        title = self.builder.env.titles[usage.pages_showing(self.builder.env, f"explorer-{name}")[0]].astext()
        return f"explorer in “{title}”", f"{address}#explorer-{name}"

    def _activity(self, name: str) -> tuple[str, str]:
        return teaching.activity(name)["title"], f"{self._showing(f'activity-{name}')}#activity-{name}"

    def _slides(self, name: str) -> tuple[str, str]:
        if name not in teaching.decks():
            raise ValueError(f"no slides {name!r}")
        return self._page(f"{DECKS}/{name}")

    def _showing(self, collection: str) -> str:
        """Address of the page that shows something."""
        if not usage.pages_showing(self.builder.env, collection):
            raise ValueError(f"no page shows {collection!r}")
        return usage.address(self.builder, self.docname, collection)


def setup(app: Sphinx) -> None:
    app.add_node(teaching_box, html=(_visit_html, None))
    app.add_directive("plan", PlanDirective)
    app.add_directive("activity", ActivityDirective)
    app.add_directive("activities", ActivitiesDirective)
