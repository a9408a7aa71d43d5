"""The book's language in Sphinx: of its own words, of the catalogues of pages, and of the templates of pages."""

from __future__ import annotations

import json
from pathlib import Path

import sphinx
import sphinx.locale
from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.builders.gettext import I18nBuilder
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


class OneCatalogue(SphinxTransform):
    """Pages take their messages from our catalogues, in whichever file one stands; those of the made-up language are
    what a page holds, in brackets."""

    default_priority = i18n.Locale.default_priority - 1

    def apply(self) -> None:
        catalogue = words.catalogue()
        if words.language() == words.MADE_UP:  # Sphinx looks up only what a catalogue lists
            messages = (message for _node, message in i18n.extract_messages(self.document))
            catalogue._catalog = {message: catalogue.gettext(message) for message in messages}
        i18n.init_locale = lambda dirs, language, domain: (catalogue, True)


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


class Messages(I18nBuilder):
    """Writes what a translator has to translate of pages, as JSON: name of a page -> messages in their order."""

    name = "messages"

    def init(self) -> None:
        self.config.gettext_compact = False  # each page by itself
        super().init()

    def finish(self) -> None:
        found = {page: [message.text for message in catalogue] for page, catalogue in self.catalogs.items()}
        Path(self.outdir, "messages.json").write_text(json.dumps(found), encoding="utf-8")


def setup(app: Sphinx) -> None:
    app.add_builder(Messages)
    app.config.language = words.language()
    if app.config.language != words.SOURCE:
        sphinx.locale.init([str(Path(sphinx.package_dir, "locale"))], app.config.language)
        app.add_transform(OneCatalogue)
    app.add_transform(NameSources)
    app.add_transform(KeepAnchors)
    app.connect("doctree-read", _name_parts, priority=900)  # after sphinx_external_toc has put it in
    app.connect("builder-inited", _set_templates)
