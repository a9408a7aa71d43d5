"""What the tests of words share: programs in the made-up language, and what stands outside of its brackets."""

import json
import os
import re
import subprocess
import sys
from functools import cache

from bs4 import BeautifulSoup

from section287g import building, citing, tables
from section287g.clauses import PREFIXES
from section287g.programs import ROOT

# What is no message: names of sources, studies and agencies, and references to the sections of a document.
NAMED_IN = {
    "sources": ("title", "publisher", "date"), "studies": ("authors", "title", "venue", "year"),
    "agreements": ("agency", "county"), "agreements_2002_2018": ("agency",), "model_powers": ("moa_section",),
    "states": ("state",), "county_population": ("county",), "county_fixes": ("meant",), "agency_fixes": ("meant",),
    "claims": ("figure",), "polls": ("pollster",),
}  # fmt: skip
SYNONYMS = ["department of public safety", "police department"]  # for the search of agencies, not shown
NAMES = [*SYNONYMS, "FactCheck.org", "NBC News", "CBS News", "DHS", "ICE", "Secure Communities", "287(g)", "NaN"]
PIECES = re.compile(r"; |, | \(| via |/| to |: ")
ARGUMENT = re.compile(r"\b[A-Z]{2}-[A-Z]\d+\b")  # an identifier of the table `arguments`
WORD = re.compile(r"[^\W\d_]{2,}")


def run_in(language, code):
    """What a Python program prints, as JSON, when the book's language is this one."""
    environment = {**os.environ, building.LANGUAGE: language}
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@cache
def names():
    """A pattern of what may stand outside of messages."""
    cells = [
        part
        for table, columns in NAMED_IN.items()
        for column in columns
        for cell in tables.source(table)[column].dropna().unique()
        for part in {cell, *_beside_remarks(table, column, cell)}
    ]
    parts = {*NAMES, *citing.SHORT_NAMES.values(), *tables.source("studies")["authors"].str.split(",").str[0]}
    for cell in [*cells, *(re.sub(r"\d{4}-\d\d(-\d\d)?", "", cell) for cell in cells)]:
        parts |= {cell, *PIECES.split(cell), *(piece.rstrip(".)") for piece in PIECES.split(cell))}
        parts |= {part.removeprefix(f"{form} ") for part in PIECES.split(cell) for form in PREFIXES.values()}
        parts.add(cell.replace("Department of", "Dept. of"))
        parts.add(re.sub(r" (?:Borough|Census Area|City|County|Municipality|Parish|Planning Region)$", "", cell))
        parts.add(cell.removeprefix(citing.NO_DATE).strip())
        parts |= {piece.strip(" ,.") for piece in re.split(r"\[.*?\]", cell)}  # what is in brackets goes before names
    return re.compile(rf"(?<!\w){one_of(sorted({spaced(part) for part in parts if WORD.search(part)}))}(?!\w)")


def _beside_remarks(table, column, cell):
    """What is left of a name without the remarks in it, which are messages."""
    fields = {field["name"]: field for field in tables.describe(table)["schema"]["fields"]}
    pattern = fields[column].get("remarks")
    return [part.strip(" ,;.()") for part in re.split(pattern, cell)] if pattern else []


def one_of(texts):
    """A pattern of any of the texts, longer ones first. They share their beginnings: a list of thousands is slow."""
    rests = {}
    for text in texts:
        rests.setdefault(text[:1], []).append(text[1:])
    parts = [re.escape(first) + one_of(rest) for first, rest in rests.items() if first] + [""] * ("" in rests)
    return parts[0] if len(parts) == 1 else f"(?:{'|'.join(parts)})"


def spaced(text):
    """A text as it is compared: single blanks, straight quotation marks."""
    return " ".join(text.translate(str.maketrans("“”‘’", "\"\"''")).split())


def seen(text, with_data=True):
    """The words of a text, or of a piece of HTML or SVG, with alternative texts and what an explorer's data say."""
    if "<" not in text:
        return spaced(text)
    soup = BeautifulSoup(
        text[text.index("<svg") :] if text.startswith("<?xml") and "<svg" in text else text, "html.parser"
    )
    said = [tag[name] for tag in soup.find_all(True) for name in ("alt", "aria-label", "title") if tag.get(name)]
    for data in soup.find_all("script", class_="explorer-data") if with_data else ():
        said += sentences(json.loads(data.string))
    for hidden in soup(["script", "style", "metadata", "defs"]):
        hidden.decompose()
    return spaced(" ".join([soup.get_text(" "), *said]))


def sentences(content):
    """Every text with a blank in it, at any depth."""
    if isinstance(content, str):
        return [content] if " " in content.strip() else []
    parts = content.values() if isinstance(content, dict) else content if isinstance(content, list) else ()
    return [text for part in parts for text in sentences(part)]


def outside_of_brackets(text):
    """The part of a text that is in no brackets; None if brackets do not match."""
    while (shorter := re.sub(r"\[[^\[\]]*\]", " ", text)) != text:
        text = shorter
    return None if "[" in text or "]" in text else text


def unbracketed(text):
    """The words of a text or a piece of HTML that are neither in brackets nor names, sorted; brackets must match."""
    rest = outside_of_brackets(seen(text))
    assert rest is not None, f"brackets do not match: {seen(text)[:300]}"
    return sorted(set(WORD.findall(names().sub(" ", ARGUMENT.sub(" ", spaced(rest))))))
