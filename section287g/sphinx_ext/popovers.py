"""Words in a sentence that open a note on hover, focus and tap. Without scripts the note still opens: it is a native popover of a button."""

from __future__ import annotations

from html import escape

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms import SphinxTransform

from section287g.sphinx_ext.markup import slug


class noted(nodes.Inline, nodes.TextElement):
    """Words with a note; its child is the text that other builders, headings and links show."""


def new_id(env: BuildEnvironment, kind: str) -> str:
    """An id for one more note, not used elsewhere in the book (the printed book is one page)."""
    return f"{kind}-{slug(env.docname)}-{env.new_serialno(kind)}"


def html(kind: str, text: str, about: str, note_id: str, note: str) -> str:
    """The words and their note as HTML: ``kind`` is a class, ``about`` says to listeners what the note tells."""
    shown = escape(text)
    return (
        f'<span class="noted {kind}"><button type="button" class="noted-text" popovertarget="{note_id}" '
        f'popovertargetaction="show" aria-label="{shown}, {about}">{shown}</button>'
        f'<span class="note-box" id="{note_id}" popover role="note">{note}</span></span>'
    )


def visit_text(translator, node: noted) -> None:
    """Other builders write the words themselves, which are the node's child."""


def add_node(app: Sphinx, node: type[noted], visit_html) -> None:
    """Register a kind of noted words: with a note in HTML, as plain words elsewhere."""
    plain = (visit_text, visit_text)
    app.add_node(node, html=(visit_html, None), epub=plain, latex=plain, text=plain)


class PlainInHeadings(SphinxTransform):
    """Noted words in a heading or a link are plain text: headings are repeated in menus, and buttons do not go into links."""

    default_priority = 500

    def apply(self) -> None:
        for node in list(self.document.findall(noted)):
            parent = node.parent
            while parent is not None and not isinstance(parent, (nodes.title, nodes.reference)):
                parent = parent.parent
            if parent is not None:
                node.replace_self(nodes.Text(node.astext()))


def setup(app: Sphinx) -> None:
    app.add_transform(PlainInHeadings)
    app.add_js_file("book-notes.js", loading_method="defer")
