"""The book's language in Sphinx: of its own words, of the catalogues of pages, and of the templates of pages."""

from __future__ import annotations

import gettext

import sphinx.locale
from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform, i18n

from section287g import words


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


class MadeUpCatalogue(SphinxTransform):
    """In the made-up language, the catalogue of a page is what its own messages are in brackets."""

    default_priority = i18n.Locale.default_priority - 1

    def apply(self) -> None:
        catalogue = gettext.NullTranslations()
        messages = (message for _node, message in i18n.extract_messages(self.document))
        catalogue._catalog = {message: words._(message) for message in messages}
        i18n.init_locale = lambda dirs, language, domain: (catalogue, True)


class NameSources(SphinxTransform):
    """Cells of tables inside of a directive have no source, and what has none is not translated."""

    default_priority = MadeUpCatalogue.default_priority - 1

    def apply(self) -> None:
        for text in self.document.findall(nodes.TextElement):
            text.source = text.source or self.env.doc2path(self.env.docname)


class KeepAnchors(SphinxTransform):
    """Addresses of headings stay those of the English page; translating a heading overwrites MyST's list of them."""

    default_priority = i18n.Locale.default_priority + 1

    def apply(self) -> None:
        if anchors := getattr(self.document, "myst_slugs", None):
            self.env.metadata[self.env.docname]["myst_slugs"] = anchors


def setup(app: Sphinx) -> None:
    app.config.language = words.language()
    if app.config.language == words.MADE_UP:
        app.add_transform(MadeUpCatalogue)
    elif app.config.language != words.SOURCE:
        sphinx.locale.init([None], app.config.language)
    app.add_transform(NameSources)
    app.add_transform(KeepAnchors)
    app.connect("doctree-read", _name_parts, priority=900)  # after sphinx_external_toc has put it in
    app.connect("builder-inited", _set_templates)
