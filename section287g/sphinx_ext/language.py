"""The book's language in Sphinx: of its own words, of the catalogues of pages, and of the templates of pages."""

from __future__ import annotations

import gettext

import sphinx.locale
from sphinx.application import Sphinx
from sphinx.transforms import i18n

from section287g import catalogues, words


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


def _made_up_catalogue(dirs: list[str], language: str, domain: str) -> tuple[gettext.NullTranslations, bool]:
    """In place of the catalogue of a folder of pages: all its messages in brackets, as far as they were collected."""
    catalogue = gettext.NullTranslations()
    collected = catalogues.TEMPLATES / f"{domain}.pot"
    messages = catalogues.read(collected, words.SOURCE) if collected.is_file() else ()
    catalogue._catalog = {message.id: words._(message.id) for message in messages if message.id}
    return catalogue, bool(catalogue._catalog)


def setup(app: Sphinx) -> None:
    app.config.language = words.language()
    if app.config.language == words.MADE_UP:
        i18n.init_locale = _made_up_catalogue
    elif app.config.language != words.SOURCE:
        sphinx.locale.init([None], app.config.language)
    app.connect("builder-inited", _set_templates)
