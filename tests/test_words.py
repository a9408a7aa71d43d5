"""Words by language: every message comes through the catalogue, and the catalogues are complete and stable."""

import ast
import json
import os
import re
import subprocess
import sys

import pytest
from babel.messages.catalog import Catalog
from bracketed import run_in, seen, unbracketed

from section287g import building, catalogues, tables, words
from section287g.programs import ROOT


def test_made_up_language_brackets_messages_and_keeps_places():
    code = """
import json
from section287g.words import _, counted, fill, pgettext, written_date
print(json.dumps([_("a <b>bold</b> word"), fill(_("{n} rows of {x}"), n=1234, x="Y"), counted("{n} gap", "{n} gaps", 1),
                  counted("{n} gap", "{n} gaps", 2), pgettext("of a list", "left"), written_date("on 2026-05-18")]))
"""
    said = ["[a <b>bold</b> word]", "[1,234 rows of Y]", "[1 gap]", "[2 gaps]", "[left]", "on [May 18, 2026]"]
    assert run_in("xx", code) == said


@pytest.mark.parametrize(
    "message, value, said",
    [("At {x}.", "9 p.m.", "At 9 p.m."), ("See {x}.", "the list", "See the list."), ("{x}", "../book/a", "../book/a")],
)
def test_an_abbreviation_brings_the_full_stop_of_its_sentence(message, value, said):
    assert words.fill(message, x=value) == said


def test_prose_of_tables_is_in_the_book_s_language_and_keys_stay():
    code = """
import json
from section287g import tables
row = tables.load("glossary").iloc[0]
columns = {column["name"]: column for column in tables.describe("glossary")["schema"]["fields"]}
print(json.dumps([row["term"], row["definition"], tables.in_words("glossary", row["term"]),
                  tables.source("glossary").iloc[0]["definition"], columns["definition"]["description"]]))
"""
    term, definition, shown_term, source, description = run_in("xx", code)
    assert shown_term == f"[{term}]"
    assert definition == f"[{source}]"
    assert description == "[Meaning in plain words]"


def test_unknown_language_is_named():
    environment = {**os.environ, building.LANGUAGE: "qq"}
    code = "from section287g import words; words.language()"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True)
    assert "no catalogue for the language 'qq'" in done.stderr


# ---- collecting ----


@pytest.mark.parametrize("part", sorted({*words.PARTS} - {"book"}))  # that is collected by Sphinx
def test_collecting_is_stable(part):
    assert catalogues.as_text(catalogues.collect(part)) == catalogues.as_text(catalogues.collect(part))


def test_every_text_of_a_strings_file_is_collected():
    path = ROOT / "section287g" / "explorers" / "growth" / "strings.json"
    collected = catalogues.collect("strings")
    found = collected.get("January 2021", "section287g/explorers/growth/strings.json, sinces, 2021")
    assert found is not None
    assert words.strings(path) == json.loads(path.read_text(encoding="utf-8"))


def test_every_cell_of_a_prose_column_is_collected():
    collected = catalogues.collect("data")
    for row in tables.source("glossary").itertuples():
        context = f"data/glossary.csv, {row.term}, definition"
        assert collected.get(row.definition, context) is not None


def is_message(node):
    return isinstance(node, ast.Call) and node.args and ast.unparse(node.func) in catalogues.KEYWORDS


def test_messages_and_f_strings_stay_apart():
    """A message made of an f-string cannot be looked up, one inside of an f-string is not collected."""
    found = []
    for path in (ROOT / "section287g").rglob("*.py"):
        nodes = [*ast.walk(ast.parse(path.read_text(encoding="utf-8")))]
        made = [call for call in nodes if is_message(call) and isinstance(call.args[0], ast.JoinedStr)]
        inside = [node for outer in nodes if isinstance(outer, ast.JoinedStr) for node in ast.walk(outer)]
        inside = [call for call in inside if is_message(call) and isinstance(call.args[0], ast.Constant)]
        found += [f"{path.relative_to(ROOT)}: {ast.unparse(call)}" for call in made + inside]
    assert found == []


def test_templates_give_single_and_counted_messages(tmp_path):
    template = tmp_path / "book" / "_templates" / "one.html"
    template.parent.mkdir(parents=True)
    (tmp_path / "book" / "_toc.yml").write_text("parts: []", encoding="utf-8")
    template.write_text(
        "{{ _('Plain') }} {% trans file=f %}In {{ file }}.{% endtrans %}"
        " {% trans n=1 %}{{ n }} row{% pluralize %}{{ n }} rows{% endtrans %}",
        encoding="utf-8",
    )
    found = [message.id for message in catalogues.collect("templates", tmp_path) if message.id]
    assert found == ["Plain", "In %(file)s.", ("%(n)s row", "%(n)s rows")]


def test_cells_are_looked_up_where_they_were_collected():
    code = """
import json
from section287g import tables, words
words.language = lambda: "xx"
looked_up = set()
words.pgettext = lambda context, message: looked_up.add(context) or message
for name in tables.names():
    tables.load(name)
print(json.dumps(sorted({context for name in tables.names() for context, text in tables.prose(name)} - looked_up)))
"""
    unread = {(context.split(", ")[0], context.split(", ")[-1]) for context in run_in("en", code)}
    assert unread <= {("data/glossary.csv", "term"), ("data/search_words.csv", "said")}  # keys: tables.in_words


# ---- nothing that a reader sees stays out of the catalogue ----

SHOWN = """
import json
from section287g import explorers, facts, figures, incentives


def words_of(picture):
    table = picture.table.to_html(index=False, na_rep="")
    return [picture.svg(), picture.title, picture.alt, picture.note, table]


shown = {}
for name in figures.names():
    picture = figures.draw(name)
    shown[f"picture {name}"] = words_of(picture)
for measure in figures.places.LIMITS:
    shown[f"picture map {measure}"] = words_of(figures.draw("map", measure=measure))
for options in ({"state": "TX"}, {"unit": "agencies"}):
    shown[f"picture growth {options}"] = words_of(figures.draw("growth", **options))
for name in explorers.names():
    shown[f"explorer {name}"] = [explorers.static_html(name, lambda svg, file: file)]
for name in facts.names():
    fact = facts.get(name)
    shown[f"number {name}"] = [fact.text, fact.definition, fact.as_of_text]
shown["estimate"] = [incentives.LABEL, *(text for one in incentives.AMBIGUITIES for text in (one.question, one.reason))]
print(json.dumps(shown))
"""


@pytest.fixture(scope="module")
def shown():
    """In the made-up language: picture, explorer or number -> texts and HTML that readers see."""
    return run_in("xx", SHOWN)


def test_every_word_of_pictures_explorers_and_numbers_is_a_message(shown):
    left = {what: sorted({word for text in texts for word in unbracketed(text)}) for what, texts in shown.items()}
    assert {what: words for what, words in left.items() if words} == {}


def test_every_place_of_a_message_is_filled(shown):
    place = re.compile(r"\{[a-z_]+\}")
    left = {
        what: place.findall(" ".join(seen(text, with_data=False) for text in texts)) for what, texts in shown.items()
    }
    assert {what: places for what, places in left.items() if places} == {}


SOURCES = """
import json
from section287g import tables
columns = "source_key title publisher".split()
print(json.dumps([each("sources")[columns].fillna("").to_numpy().tolist() for each in (tables.source, tables.load)]))
"""


def test_remarks_of_ours_in_names_of_sources_are_messages_and_the_names_stay():
    printed, shown = run_in("xx", SOURCES)
    assert _without_brackets(shown) == _without_brackets(printed)
    remarks = {remark for row in shown for cell in row for remark in re.findall(r"\[(.*?)\]", cell)}
    assert {"via", "title ours"} <= remarks


def _without_brackets(rows):
    return [[re.sub(r"[\[\]]", "", cell) for cell in row] for row in rows]


PAGES = """
import json, pathlib
from sphinx.application import Sphinx

folder = pathlib.Path(FOLDER)
settings = {"extensions": ["myst_parser", "section287g.sphinx_ext.language"], "myst_heading_anchors": 2}
app = Sphinx(folder, None, folder / "html", folder / "trees", "html", confoverrides=settings, status=None)
app.build()
print(json.dumps([(folder / "html" / f"{name}.html").read_text(encoding="utf-8") for name in ("index", "other")]))
"""


def code_to_build(pages, folder):
    """Code that builds a book of these pages (name -> Markdown), which are written into the folder."""
    for name, text in pages.items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    return PAGES.replace("FOLDER", repr(str(folder)))


def test_pages_are_in_the_book_s_language_and_links_to_their_parts_hold(tmp_path):
    pages = {
        "index": "# First\n\nSee [that](other.md#one-part).\n\n```{toctree}\nother\n```\n",
        "other": "# Second\n\n## One part\n\nIts text.\n\n## Other part\n",
    }
    index, other = run_in("xx", code_to_build(pages, tmp_path))
    assert '<html lang="xx"' in index and "<p>[Its text.]</p>" in other
    (anchor,) = re.findall(r'href="other.html#([^"]+)"><span[^>]*>that<', index)
    assert f'id="{anchor}"' in other


SPANISH = """
import datetime as dt, json, pathlib
from section287g import words
words.LOCALE = pathlib.Path(LOCALE)
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po
from section287g.words import _, counted, fill, number, pgettext, written_date, written_month

def write(name, *messages):
    found = Catalog(locale="es")
    for message, translation, options in messages:
        found.add(message, translation, **options)
    path = words.LOCALE / "es" / "LC_MESSAGES" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, found)

lists = ("{n} list of {day}", "{n} lists of {day}"), ("{n} lista del {day}", "{n} listas del {day}")
write("code/one.po", ("Jail", "Cárcel", {}), (*lists, {}), ("left", "salió", {"context": "of a list"}),
      ("{n} percent", "{n} por ciento", {}),
      ("Old", "Viejo", {"flags": {"fuzzy"}}))
write("book/two.po", ("Second", "Segunda", {}), ("One part", "Una parte", {}),
      ("See **that** [part](other.md#one-part).", "Vea [la parte](other.md#one-part) **esa**: podría.", {}))
day = dt.date(2026, 5, 18)
said = [_("Jail"), *(counted(*lists[0], n, day=day) for n in (0, 1, 1843)), pgettext("of a list", "left"), _("left"),
        _("Old"), number(45.5, 1), words.written_number(1234.5, "percent", 1), written_date("2026-05"),
        written_month(day)]
"""


def test_a_language_has_its_own_words_plurals_dates_and_numbers(tmp_path):
    code = SPANISH.replace("LOCALE)", f"{str(tmp_path)!r})") + "print(json.dumps(said))"
    assert run_in("es", code) == [
        "Cárcel",
        "0 listas del 18 de mayo de 2026",
        "1 lista del 18 de mayo de 2026",
        "1,843 listas del 18 de mayo de 2026",
        "salió",
        "left",
        "Old",  # a stale translation is not shown
        "45.5",
        "1,234.5 por ciento",
        "mayo de 2026",
        "mayo de 2026",
    ]


def test_pages_in_a_language_keep_their_addresses_and_are_found_without_accents(tmp_path):
    pages = {
        "index": "# First\n\nSee **that** [part](other.md#one-part).\n\n```{toctree}\nother\n```\n",
        "other": "# Second\n\n## One part\n\nIts text.\n",
    }
    build = code_to_build(pages, tmp_path).replace('.language"]', '.language", "section287g.sphinx_ext.search"]')
    index, other = run_in("es", SPANISH.replace("LOCALE)", f"{str(tmp_path / 'locale')!r})") + build)
    assert '<html lang="es"' in index and "<strong>esa</strong>: podría." in index
    assert "<h1>Segunda" in other and '<section id="one-part"' in other and 'href="other.html#one-part"' in index
    words_found = (tmp_path / "html" / "searchindex.js").read_text(encoding="utf-8")
    assert '"podr"' in words_found and '"podri"' in words_found


# ---- bringing a language up to date ----


def template(*messages):
    catalogue = Catalog()
    for message, context in messages:
        catalogue.add(message, context=context)
    return catalogue


def test_translation_stays_and_changed_words_make_it_stale():
    old = Catalog(locale="es")
    old.add("Jail", "Cárcel")
    old.add("One old sentence", "Una frase", context="data/x.csv, 1, note")
    old.add("The agreements that came to the list", "Los acuerdos que llegaron")
    others = [("Jail", None), ("The agreements that came to a list", None), ("Something else", None)]
    source = template(*others, ("One new sentence", "data/x.csv, 1, note"))
    new = catalogues.brought_up_to_date(old, source, "es")
    assert catalogues.status(new) == (1, 2)
    stale = new.get("One new sentence", "data/x.csv, 1, note")
    assert (stale.string, stale.fuzzy, stale.previous_id) == ("Una frase", True, ["One old sentence"])
    again = catalogues.brought_up_to_date(new, template(("Jail", None)), "es")
    assert again.get("Jail").string == "Cárcel"


def test_the_old_message_stands_in_the_file_until_its_translation_is_looked_at(tmp_path):
    old, source, file = Catalog(locale="es"), template(("A new sentence", "data/x.csv, 1, note")), tmp_path / "data.po"
    old.add("An old sentence", "Una frase", context="data/x.csv, 1, note", user_comments=["by Ana"])

    def updated(catalogue):
        file.write_text(catalogues.as_text(catalogues.brought_up_to_date(catalogue, source, "es")), encoding="utf-8")
        return catalogues.read(file, "es")

    again = updated(updated(old))
    assert "An old sentence" in file.read_text(encoding="utf-8")
    again.get("A new sentence", "data/x.csv, 1, note").flags.clear()
    updated(again)
    assert "An old sentence" not in file.read_text(encoding="utf-8")
    assert "by Ana" in file.read_text(encoding="utf-8")


def test_catalogue_file_reads_back_as_written(tmp_path):
    catalogue = Catalog(locale="es")
    catalogue.add(("{n} gap", "{n} gaps"), ("{n} hueco", "{n} huecos"))
    text = catalogues.as_text(catalogue)
    (tmp_path / "code.po").write_text(text, encoding="utf-8")
    assert catalogues.as_text(catalogues.read(tmp_path / "code.po", "es")) == text
    assert "Date" not in text


@pytest.mark.parametrize("part", ["code", "strings", "data", "notebooks"])
def test_one_changed_sentence_makes_one_translation_stale_and_is_named(part):
    messages = [message for message in catalogues.collect(part) if message.id and isinstance(message.id, str)]
    changed = max(messages, key=lambda message: len(message.id))
    translated, template = Catalog(locale="es"), Catalog()
    for message in messages:
        translated.add(message.id, f"[{message.id}]", context=message.context)
        text = f"{message.id} And one more." if message is changed else message.id
        template.add(text, context=message.context)
    new = catalogues.brought_up_to_date(translated, template, "es")
    assert catalogues.lacking(new) == [f'"{changed.id[:60]}": stale']


# ---- what a translation must keep ----


@pytest.mark.parametrize(
    ("source", "translation", "lost"),
    [
        ("{n} rows of {x:,}", "{x:,}: {n} filas", None),
        ("{n} rows", "filas", "places: {n} is missing"),
        ("%(n)s rows", "%(m)s filas", "places: %(n)s is missing; %(m)s is new"),
        ("On {fact}`date_newest` 5 left", "El {fact}`date_newest` salieron 5", None),
        ("a {term}`detainer`", "una {term}`orden de retención <detainer>`", None),
        ("a {term}`detainer`", "una {term}`orden de retención`", "roles: {term}`detainer` is missing; "),
        ("[here](other.md#part)", "[aquí](otra.md#part)", "links: other.md#part is missing; otra.md#part is new"),
        ("the column `kind`", "la columna `tipo`", "code: `kind` is missing; `tipo` is new"),
        ("<b>bold</b>", "negrita", "tags: </b is missing; <b is missing"),
        ("May 18, 2026: 1,843", "18 de mayo de 2026: 1,843", None),
        ("1,843 in 287(g)", "1843 en 287(g)", "numbers: 1,843 is missing; 1843 is new"),
        ("one | two", "uno, dos", "choices: 2 choices is missing; 1 choices is new"),
    ],
)
def test_translation_keeps_what_is_the_same_in_every_language(source, translation, lost):
    found = "".join(catalogues.differences(source, translation))
    assert found.startswith(lost) if lost else found == ""


def test_every_translation_keeps_what_is_the_same_in_every_language():
    assert catalogues.faults() == []
