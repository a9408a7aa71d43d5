"""The book's language in Sphinx: of its own words, of the catalogues of pages, and of the templates of pages."""

from __future__ import annotations

import gettext

import sphinx.locale
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform, i18n

from section287g import catalogues, words

ANCHORS = "myst_slugs"  # where MyST keeps the anchors of a page in Sphinx's metadata


def _set_templates(app: Sphinx) -> None:
    """Let ``_`` and ``trans`` in templates find our messages; Sphinx's own come from Sphinx."""
    templates = getattr(app.builder, "templates", None)
    if templates is None:
        return

    def ours_or_sphinx(message: str) -> str:
        ours = words._(message)
        return sphinx.locale._(message) if ours == message else ours

    templates.environment.install_gettext_callables(
        ours_or_sphinx, words.ngettext, newstyle=True, pgettext=words.pgettext
    )


def _made_up_catalogue(dirs: list[str], language: str, domain: str) -> tuple[gettext.NullTranslations, bool]:
    """In place of the catalogue of a folder of pages: all its messages in brackets, as far as they were collected."""
    catalogue = gettext.NullTranslations()
    collected = catalogues.TEMPLATES / f"{domain}.pot"
    messages = catalogues.read(collected, words.SOURCE) if collected.is_file() else ()
    catalogue._catalog = {message.id: words._(message.id) for message in messages if message.id}
    return catalogue, bool(catalogue._catalog)


class KeepAnchors(SphinxTransform):
    """Before Sphinx puts translations into a page: keep the anchors of its headings, which links of other pages use."""

    default_priority = i18n.Locale.default_priority - 1

    def apply(self) -> None:
        self.document.anchors = self.env.metadata[self.env.docname].get(ANCHORS)


class BringAnchorsBack(SphinxTransform):
    """After it: MyST parses each translation like a page, and has put its anchors (none) in the place of the page's."""

    default_priority = i18n.Locale.default_priority + 1

    def apply(self) -> None:
        if self.document.anchors is not None:
            self.env.metadata[self.env.docname][ANCHORS] = self.document.anchors


def setup(app: Sphinx) -> None:
    app.config.language = words.language()
    if app.config.language == words.MADE_UP:
        i18n.init_locale = _made_up_catalogue
    elif app.config.language != words.SOURCE:
        sphinx.locale.init([None], app.config.language)
    app.add_transform(KeepAnchors)
    app.add_transform(BringAnchorsBack)
    app.connect("builder-inited", _set_templates)
