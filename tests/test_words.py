"""Words by language: every message comes through the catalogue, and the catalogues are complete and stable."""

import json
import os
import subprocess
import sys

import pytest
from babel.messages.catalog import Catalog

from section287g import catalogues, tables, words
from section287g.programs import ROOT


def run_in(language, code):
    """What a Python program prints, as JSON, when the book's language is this one."""
    environment = {**os.environ, words.VARIABLE: language}
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_english_is_the_source():
    assert words.language() == "en"
    assert words._("Jail") == "Jail"


def test_made_up_language_brackets_messages_and_keeps_places():
    code = """
import json
from section287g.words import _, counted, fill, pgettext, written_date
print(json.dumps([_("a <b>bold</b> word"), fill(_("{n} rows of {x}"), n=1234, x="Y"), counted("{n} gap", "{n} gaps", 1),
                  counted("{n} gap", "{n} gaps", 2), pgettext("of a list", "left"), written_date("on 2026-05-18")]))
"""
    assert run_in("xx", code) == [
        "[a <b>bold</b> word]",
        "[1,234 rows of Y]",
        "[1 gap]",
        "[2 gaps]",
        "[left]",
        "on [May 18, 2026]",
    ]


def test_unknown_language_is_named():
    environment = {**os.environ, words.VARIABLE: "qq"}
    code = "from section287g import words; words.language()"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True)
    assert "no catalogue for the language 'qq'" in done.stderr


# ---- collecting ----


@pytest.mark.parametrize("part", words.PARTS)
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


def test_code_has_no_message_made_of_an_f_string():
    """Such a message cannot be looked up."""
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in (ROOT / "section287g").rglob("*.py")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if any(f"{function}(f{quote}" in line for function in ("_", "ngettext", "counted") for quote in "\"'")
        and "__" not in line
    ]
    assert [line for line in found if "catalogues.py" not in line] == []


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
    new = catalogues.brought_up_to_date(
        old,
        template(
            ("Jail", None),
            ("One new sentence", "data/x.csv, 1, note"),
            ("The agreements that came to a list", None),
            ("Something else", None),
        ),
        "es",
    )
    assert catalogues.status(new) == (1, 2)
    stale = new.get("One new sentence", "data/x.csv, 1, note")
    assert (stale.string, stale.fuzzy, stale.previous_id) == ("Una frase", True, ["One old sentence"])
    again = catalogues.brought_up_to_date(new, template(("Jail", None)), "es")
    assert again.get("Jail").string == "Cárcel"


def test_catalogue_file_reads_back_as_written(tmp_path):
    catalogue = Catalog(locale="es")
    catalogue.add(("{n} gap", "{n} gaps"), ("{n} hueco", "{n} huecos"))
    text = catalogues.as_text(catalogue)
    (tmp_path / "code.po").write_text(text, encoding="utf-8")
    assert catalogues.as_text(catalogues.read(tmp_path / "code.po", "es")) == text
    assert "Date" not in text


def test_translation_is_shown(tmp_path):
    catalogue = Catalog(locale="es")
    catalogue.add("{n} percent", "{n} por ciento")
    folder = tmp_path / "es" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "code.po").write_text(catalogues.as_text(catalogue), encoding="utf-8")
    code = f"""
import json, pathlib
from section287g import words
words.LOCALE = pathlib.Path({str(tmp_path)!r})
print(json.dumps([words.written_number(1234.5, "percent", 1), words.written_date("2026-05-18"), words._("Jail")]))
"""
    assert run_in("es", code) == ["1,234.5 por ciento", "18 de mayo de 2026", "Jail"]
