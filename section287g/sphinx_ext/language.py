"""The book's language in Sphinx: of its own words, of the catalogues of pages, and of the templates of pages."""

from __future__ import annotations

import copy
import gettext
import json
import re
from functools import cache
from pathlib import Path

import sphinx
import sphinx.locale
from docutils import frontend, nodes
from docutils.utils.smartquotes import smartchars
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms import SphinxTransform, i18n
from sphinx.util.nodes import extract_messages

from section287g import building, words
from section287g.sphinx_ext import sharing
from section287g.words import _

OF_SPHINX = [_("Link to this heading")]  # what Sphinx has in English only


def _set_templates(app: Sphinx) -> None:
    """Let ``_`` and ``trans`` in templates find our messages; Sphinx's own come from Sphinx."""
    templates = getattr(app.builder, "templates", None)
    if templates is None:
        return

    def ours_or_sphinx(message: str) -> str:
        ours = words._(message)
        return sphinx.locale._(message) if ours == message else ours

    templates.environment.policies["ext.i18n.trimmed"] = True  # as the messages are collected
    templates.environment.install_gettext_callables(
        ours_or_sphinx, words.ngettext, newstyle=True, pgettext=words.pgettext
    )


def _name_parts(app: Sphinx, doctree: nodes.document) -> None:
    """Parts of the table of contents, which the pages' own catalogues do not hold, by their names in the language."""
    for contents in doctree.findall(addnodes.toctree):
        if contents.get("caption"):
            contents["caption"] = words._(contents["caption"])


@cache
def _of_pages() -> gettext.NullTranslations:
    """The book's catalogue as pages need it: a title such as "2. Agencies" is not to be read as a list."""
    pages = copy.copy(words.catalogue())
    if words.language() != words.MADE_UP:
        pages._catalog = {
            message: re.sub(r"^(\d+)\.", r"\1\\.", text) if isinstance(text, str) else text
            for message, text in pages._catalog.items()
        }
    return pages


class OneCatalogue(SphinxTransform):
    """Pages take their messages from our catalogues, in whichever file one stands; those of the made-up language are
    what a page holds, in brackets."""

    default_priority = i18n.Locale.default_priority - 1

    def apply(self) -> None:
        catalogue = _of_pages()
        if words.language() == words.MADE_UP:  # Sphinx looks up only what a catalogue lists
            messages = (message for _node, message in extract_messages(self.document))
            catalogue._catalog = {message: catalogue.gettext(message) for message in messages}
        i18n.init_locale = lambda dirs, language, domain: (catalogue, True)


def _prepare_settings_once() -> None:
    """Each message is a document of its own, whose settings are always the same: a tenth of the time of a build."""
    once = cache(frontend.get_default_settings)
    frontend.get_default_settings = lambda *components: once(*components).copy()


class NameSources(SphinxTransform):
    """Cells of tables inside of a directive have no source, and what has none is not translated."""

    default_priority = OneCatalogue.default_priority - 1

    def apply(self) -> None:
        for text in self.document.findall(nodes.TextElement):
            text.source = text.source or self.env.doc2path(self.env.docname)


class KeepAnchors(SphinxTransform):
    """Addresses of headings stay those of the English page; translating a heading overwrites MyST's list of them."""

    default_priority = i18n.Locale.default_priority + 1

    def apply(self) -> None:
        if anchors := getattr(self.document, "myst_slugs", None):
            self.env.metadata[self.env.docname]["myst_slugs"] = anchors


# A quotation of an English text, which is followed by its translation: “in one piece” («de una pieza»). What stands in
# tags and in code is none.
QUOTATION = re.compile(
    r"<(script|style|pre|code)\b.*?</\1>|<[^>]*>|“((?:[^“”<>]|<(strong|em)>[^“”<>]*</\3>)+)”(?=\s*\(«)", re.DOTALL
)


def _mark_quotations(app: Sphinx, pagename: str, template: str, context: dict, doctree: nodes.document | None) -> None:
    """Tell screen readers which quotations are read as English."""
    for part in {"body", "explorer"} & context.keys():  # of a page, of an explorer by itself
        context[part] = QUOTATION.sub(
            lambda found: f'“<span lang="{words.SOURCE}">{found[2]}</span>”' if found[2] else found[0], context[part]
        )


def _blocks_of_text(document: nodes.document) -> list[tuple[nodes.literal_block, str]]:
    """Fences of plain text, such as a calculation, with what they say; Sphinx translates all fences, programs too, or
    none."""
    blocks = document.findall(nodes.literal_block)
    return [(block, block.astext().rstrip()) for block in blocks if block.get("language") == "text"]


class TranslateBlocks(SphinxTransform):
    """Each fence of plain text is one message."""

    default_priority = i18n.Locale.default_priority + 1

    def apply(self) -> None:
        for block, text in _blocks_of_text(self.document):
            block.rawsource = _of_pages().gettext(text)
            block[:] = [nodes.Text(block.rawsource)]


def _link_editions(app: Sphinx, pagename: str, template: str, context: dict, doctree: nodes.document | None) -> None:
    """The same page in the other languages in which the book is built: for the switch, and for search engines."""
    project = Path(app.srcdir)
    if app.builder.name != "html" or len(building.editions(project)) < 2:
        return
    page = app.builder.get_target_uri(pagename)
    top = "../" * (page + building.folder_of(words.language(), project)).count("/")
    context["editions"] = [
        {
            "code": language,
            "page": f"{top}{place}",
            "address": sharing.address(app.config.html_baseurl, place) or f"{top}{place}",
            "name": "" if language == words.language() else words.own_name(language),  # only others are offered
        }
        for language in building.editions(project)
        for place in [building.folder_of(language, project) + page]
    ]


def _messages(env: BuildEnvironment) -> dict[str, list[str]]:
    """What a translator has to translate of every page read so far, in the order of the page."""
    if not hasattr(env, "section287g_messages"):
        env.section287g_messages = {}
    return env.section287g_messages


def _collect(app: Sphinx, doctree: nodes.document) -> None:
    settings = {id(node) for info in doctree.findall(nodes.docinfo) for node in info.findall()}  # such as "nosearch"
    found = (
        message
        for node, message in extract_messages(doctree)
        if isinstance(node, nodes.TextElement) and id(node) not in settings
    )
    blocks = (text for _block, text in _blocks_of_text(doctree))
    _messages(app.env)[app.env.docname] = list(dict.fromkeys((*found, *blocks)))


def _purge(app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    _messages(env).pop(docname, None)


def _merge(app: Sphinx, env: BuildEnvironment, docnames: list[str], other: BuildEnvironment) -> None:
    _messages(env).update({name: found for name, found in _messages(other).items() if name in docnames})


def _write(app: Sphinx, error: Exception | None) -> None:
    if not error:
        Path(app.doctreedir, building.MESSAGES).write_text(json.dumps(_messages(app.env)), encoding="utf-8")


def setup(app: Sphinx) -> None:
    app.add_config_value("editions", "", "html")  # read by ``building``
    app.config.language = words.language()
    if app.config.language == words.SOURCE:
        app.connect("doctree-read", _collect, priority=100)
        app.connect("env-purge-doc", _purge)
        app.connect("env-merge-info", _merge)
        app.connect("build-finished", _write)
    else:
        of_sphinx, _found = sphinx.locale.init([str(Path(sphinx.package_dir, "locale"))], app.config.language)
        of_sphinx.add_fallback(words.catalogue())
        _prepare_settings_once()
        app.add_transform(OneCatalogue)
        app.connect("html-page-context", _mark_quotations)
        app.add_transform(TranslateBlocks)
        smartchars.quotes[app.config.language] = smartchars.quotes["en"]  # “these”, as in tables and U.S. newspapers
    app.add_transform(NameSources)
    app.add_transform(KeepAnchors)
    app.connect("doctree-read", _name_parts, priority=900)  # after sphinx_external_toc has put it in
    app.connect("builder-inited", _set_templates)
    app.connect("html-page-context", _link_editions)
