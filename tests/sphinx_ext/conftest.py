"""A tiny book with invented numbers, built with the book's own templates."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pandas as pd
import pytest
from book_pages import parsed
from changed_tables import forget
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

import section287g
import section287g.sphinx_ext  # before `pictures` puts others in the place of modules that it takes parts from
from section287g import citing, facts, tables

ROOT = Path(__file__).resolve().parents[2]
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 72 36"><title>{theme}</title></svg>'

LISTS = pd.DataFrame(
    [
        ("2021-01-13", "2021-01-13", "ice_workbook", None, 3, 3, 2, 0, 1, 2, 0),
        ("2025-01-10", "2025-01-10", "web_table_copy", "2025-02-01", 4, 4, 2, 0, 2, 2, 0),
        ("2025-09-09-pm", "2025-09-09", "ice_workbook", None, 1000, 831, 38, 1, 100, 300, 600),
        ("2026-05-18", "2026-05-18", "ice_workbook", None, 1843, 1551, 38, 2, 182, 499, 1162),
        ("2026-07-20", "2026-07-20", "transcript", None, 2000, 1600, 39, 2, 200, 500, 1300),
    ],
    columns="list date kind unchanged_until rows agencies states territories jail warrant task_force".split(),
).assign(source_key=["ice", "ice", "ice", "ice", "migrant"])
AGREEMENTS = pd.DataFrame(
    [
        ("TX", "Ames County Sheriff", "jail", "2019-03-01", "2021-01-13", "2026-07-20"),
        ("TX", "Ames County Sheriff", "task_force", "2025-03-01", "2025-09-09", "2026-05-18"),
        ("FL", "Bell Police", "warrant", "2020-03-01", "2021-01-13", "2021-01-13"),
        ("FL", "Cole Police", "warrant", "2026-06-01", "2026-07-20", "2026-07-20"),
    ],
    columns="state agency model signed first_listed last_listed".split(),
)
TOTALS = pd.DataFrame(
    [("2025-09-17", 1001, "dhs2025thousand"), ("2026-10-09", 2654, "migrant"), ("2026-10-01", None, "migrant")],
    columns="date agreements source_key".split(),
)
SOURCES = pd.DataFrame(
    [
        ("ice", "Participating agencies", "U.S. Immigration and Customs Enforcement", "2026-05-18",
            "https://example.org/ice", "primary", None),
        ("migrant", "Copy of the list <b>", "MigrantUSA", "2026-07-20", None, "secondary", None),
        ("dhs2025thousand", "More than 1,000", "U.S. Department of Homeland Security", "2025-09-17",
            "https://example.org/dhs", "primary", "supports"),
    ],
    columns="source_key title publisher date url kind side".split(),
).assign(seen=["first-hand", "copy", "summary"], note=[None, "names are garbled", None])  # fmt: skip
FACTS = pd.DataFrame(
    [("officer_payment", "7500", "US dollars", "2025-10-01", "Payment for each officer", "dhs2025thousand")],
    columns="name value unit as_of definition source_key".split(),
).assign(check_by=pd.NaT)
GLOSSARY = pd.DataFrame(
    [
        ("Detainer", "A request to hold a person up to 48 hours", "Jail enforcement model (JEM)", "ice"),
        ("Jail enforcement model (JEM)", "A form for officers <inside> a jail", None, "ice; migrant"),
    ],
    columns="term definition related_terms source_keys".split(),
)
DATES = {
    "lists": ["date", "unchanged_until"],
    "agreements": ["signed", "first_listed", "last_listed"],
    "published_totals": ["date"],
}


def fake_tables() -> dict[str, pd.DataFrame]:
    found = {
        "sources": SOURCES,
        "lists": LISTS,
        "agreements": AGREEMENTS,
        "published_totals": TOTALS,
        "facts": FACTS,
        "glossary": GLOSSARY,
    }
    return {
        name: table.assign(**{column: pd.to_datetime(table[column]) for column in DATES.get(name, [])})
        for name, table in found.items()
    }


@pytest.fixture
def numbers(monkeypatch):
    """Invented tables behind section287g.facts and the citations."""
    found = fake_tables()
    for reader in ("load", "source"):
        monkeypatch.setattr(tables, reader, lambda name: found[name].copy())
    monkeypatch.setattr(tables, "names", lambda: list(found))
    forget(facts, citing)
    yield found
    forget(facts, citing)


def _draw(name, theme="light", **options):
    if name != "growth":
        raise KeyError(f"no figure {name!r}")
    title = f"Agreements grew in {options.get('state', 'all states')}"
    table = pd.DataFrame({"Date": pd.to_datetime(["2025-01-10", "2026-05-18"]), "Agreements": [4, 1843]})
    return SimpleNamespace(
        title=title, alt="A rising line.", table=table, as_of="2026-05-18", unit="agreements", source_keys=["ice"],
        svg=lambda: SVG.format(theme=theme), size=(96, 48), states=(),
    )  # fmt: skip


def _static_html(name, image, **values):
    if values.get("state") == "XX":
        raise ValueError("no state 'XX'")
    address = image(SVG.format(theme="explorer"), "growth-explorer.svg")
    return (
        f'<section class="explorer" data-state="{values.get("state", "")}"><h3>How many?</h3><img src="{address}"'
        ' alt="A line"></section>'
    )


@pytest.fixture
def pictures(monkeypatch):
    """Invented figures and explorers."""

    def source_keys(name):
        if name == "silent":
            raise ValueError("strings.json lacks guess")
        return {"growth": ["migrant"]}[name]

    fakes = {
        "figures": {"draw": _draw},
        "explorers": {
            "source_keys": source_keys,
            "static_html": _static_html,
            "scripts": lambda name: {"host.js": "/* host */", f"{name}.js": "/* drawing */"},
            "styles": lambda name: {"explorers.css": ".explorer {}", f"{name}.css": f".{name} {{}}"},
        },
    }
    for name, content in fakes.items():
        module = ModuleType(f"section287g.{name}")
        vars(module).update(content)
        monkeypatch.setitem(sys.modules, module.__name__, module)
        monkeypatch.setattr(section287g, name, module, raising=False)


@pytest.fixture
def build(tmp_path, numbers, pictures):
    """Build pages (name -> Markdown; ``index`` is the first) and return the folder of the HTML."""

    def run(pages: dict[str, str], folder: str = "book", warnings_are_errors: bool = True, **more_settings) -> Path:
        source = tmp_path / folder
        source.mkdir(exist_ok=True)
        others = "\n".join(name for name in pages if name != "index")
        contents = f"\n\n```{{toctree}}\n:hidden:\n{others}\n```\n" if others else "\n"
        for name, text in pages.items():
            (source / f"{name}.md").write_text(text + (contents if name == "index" else ""), encoding="utf-8")
        settings = {
            "extensions": ["myst_parser", "section287g.sphinx_ext"],
            "html_theme": "basic",
            "templates_path": [str(ROOT / "book/_templates")],
            "html_static_path": [str(ROOT / "book/_static")],
            "html_css_files": ["book.css"],
            "html_title": "Test book",
            **more_settings,
        }
        with patch_docutils(), docutils_namespace():
            app = Sphinx(
                source, None, source / "_html", source / "_doctrees", "html", settings,
                status=None, warning=sys.stderr, warningiserror=warnings_are_errors,
            )  # fmt: skip
            app.build()
        assert app.statuscode == 0
        return source / "_html"

    return run


@pytest.fixture
def page(build):
    """Build pages and return one of them, parsed."""
    return lambda pages, name="index", **how: parsed(build(pages, **how) / f"{name}.html")
