"""Collects the pages' titles, headings and first words, and writes the file of the search box."""

from __future__ import annotations

from collections import Counter
from functools import cache
from hashlib import sha256
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.search.en import SearchEnglish
from sphinx.search.es import SearchSpanish

from section287g import search
from section287g.sphinx_ext import usage
from section287g.sphinx_ext.blocks import BookPage, block
from section287g.words import without_accents

# Folder -> what its pages are called, where that is not "page".
KINDS = {"book/teach/slides/": "slides", "notebooks/": "lab"}
# A heading that more pages have, such as "Sources", leads to none of them.
MOST_ALIKE = 2


def _parts(env: BuildEnvironment) -> dict[str, list[search.Part]]:
    """The parts of every page read so far, their addresses without the page."""
    if not hasattr(env, "section287g_search"):
        env.section287g_search = {}
    return env.section287g_search


def _collect(app: Sphinx, doctree: nodes.document) -> None:
    name = app.env.docname
    if any(collection.startswith("place-") for collection in usage.of_current_page(app.env).shows):
        return  # a place has entries of its own
    sections = list(doctree.findall(nodes.section))
    if not sections:
        return
    kind = next((kind for folder, kind in KINDS.items() if name.startswith(folder)), "page")
    title = _title(sections[0])
    found = [search.Part(kind, title, "", _first_words(sections[0]), "")]
    if kind != "slides":
        found += [_part_of(section, title) for section in sections[1:] if "activity" not in _blocks(section)]
    _parts(app.env)[name] = found


def _title(section: nodes.section) -> str:
    title = section.next_node(nodes.title)
    return title.astext() if title else ""


def _part_of(section: nodes.section, page: str) -> search.Part:
    kind = "plan" if "plan" in _blocks(section) else "part"
    return search.Part(kind, _title(section), f"#{section['ids'][0]}", _first_words(section), page)


def _blocks(section: nodes.section) -> set[str]:
    return {place["block"] for place in section.findall(block)}


def _first_words(section: nodes.section) -> str:
    """The first paragraph of a part, not that of a part inside it unless it has none."""
    paragraphs = section.findall(nodes.paragraph)
    paragraph = next((node for node in paragraphs if not _in_box(node)), None)
    return search.excerpt(paragraph.astext()) if paragraph else ""


def _in_box(node: nodes.Node) -> bool:
    """Whether it stands in a table, or in a box such as those that begin a page with its question and its aims."""
    return node is not None and (isinstance(node, nodes.Admonition | nodes.table) or _in_box(node.parent))


def _purge(app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    _parts(env).pop(docname, None)


def _merge(app: Sphinx, env: BuildEnvironment, docnames: list[str], other: BuildEnvironment) -> None:
    _parts(env).update({name: parts for name, parts in _parts(other).items() if name in docnames})


def _write(app: Sphinx, error: Exception | None) -> None:
    if error or app.builder.name != "html" or not usage.pages_showing(app.env, "places"):
        return  # a book without places, as tests make, has no box to fill
    known, found = Path(app.doctreedir, "search.txt"), _found(app.env)
    if known.is_file() and known.read_text(encoding="utf-8") == found:
        return
    page = BookPage(app, "index")  # which stands at the top of the built book
    titles = Counter(part.title for found in _parts(app.env).values() for part in found)
    parts = [
        search.Part(part.kind, part.title, page.address(name) + part.address, part.text, part.page)
        for name, found in sorted(_parts(app.env).items())
        for part in found
        if not part.page or titles[part.title] <= MOST_ALIKE
    ]
    for file, content in search.scripts(page, parts).items():
        Path(app.outdir, "_static", file).write_text(content, encoding="utf-8", newline="\n")
    known.write_text(found, encoding="utf-8")


def _found(env: BuildEnvironment) -> str:
    """What the files depend on besides data and code, with whose change everything is built anew: as long as it stays
    the same, so do they."""
    used = {name: (list(page.facts), sorted(page.shows)) for name, page in usage.by_page(env).items()}
    return sha256(repr((sorted(_parts(env).items()), sorted(used.items()))).encode()).hexdigest()


class StemmedOnce:
    """Most words of a book come again, and Sphinx looks for the stem of each anew."""

    def init(self, options: dict) -> None:
        super().init(options)
        self.stem = cache(self.stem)


class English(StemmedOnce, SearchEnglish):
    pass


class AccentsOptional(StemmedOnce, SearchSpanish):
    """Spanish words stand in the index of the search page as they are written and without accents: each is found both
    ways."""

    def split(self, text: str) -> list[str]:
        return super().split(f"{text} {without_accents(text)}")


def setup(app: Sphinx) -> None:
    app.add_search_language(English)
    app.add_search_language(AccentsOptional)
    app.connect("doctree-read", _collect)
    app.connect("env-purge-doc", _purge)
    app.connect("env-merge-info", _merge)
    app.connect("build-finished", _write)
