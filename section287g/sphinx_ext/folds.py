"""Boxes that a click opens: ``{fold} TITLE``, and what a page aims at and covers, of which only the title is seen.

They are native ``details``: they open without scripts, and the print stylesheet opens them on paper. The key points
stay open; the top of the page links to them.
"""

from __future__ import annotations

from typing import ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

FOLDED = {"fold", "objectives", "scope"}  # classes of admonitions that are folded
TEACHERS = "for-teachers"  # id of the fold with the class "teacher"
KEY_POINTS = "key-points"  # id of the box with the class "keypoints"


class fold(nodes.General, nodes.Element):
    """A folded box; its first child is a ``fold_title``."""


class fold_title(nodes.General, nodes.TextElement):
    """What is seen while the box is closed."""


class FoldDirective(SphinxDirective):
    required_arguments = 1
    final_argument_whitespace = True
    has_content = True
    option_spec: ClassVar = {"class": directives.class_option}

    def run(self) -> list[nodes.Node]:
        words, messages = self.state.inline_text(self.arguments[0], self.lineno)
        title = nodes.title(self.arguments[0], "", *words)  # a title is translated
        title.source, title.line = self.state_machine.get_source_and_line(self.lineno)
        box = nodes.admonition("", title, classes=["fold", *self.options.get("class", [])])
        self.state.nested_parse(self.content, self.content_offset, box)
        return [box, *messages]


def _fold(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    for box in list(doctree.findall(nodes.admonition)):
        if "keypoints" in box["classes"]:
            box["ids"].append(KEY_POINTS)
        if not FOLDED.intersection(box["classes"]):
            continue
        title, *content = box.children
        ids = [TEACHERS] if "teacher" in box["classes"] else []
        box.replace_self(fold("", fold_title("", "", *title.children), *content, classes=["fold"], ids=ids))


def _visit_fold(translator, node: fold) -> None:
    translator.body.append(translator.starttag(node, "details"))


def _depart_fold(translator, node: fold) -> None:
    translator.body.append("</details>\n")


def _visit_title(translator, node: fold_title) -> None:
    translator.body.append("<summary>")


def _depart_title(translator, node: fold_title) -> None:
    translator.body.append("</summary>")


def setup(app: Sphinx) -> None:
    app.add_node(fold, html=(_visit_fold, _depart_fold))
    app.add_node(fold_title, html=(_visit_title, _depart_title))
    app.add_directive("fold", FoldDirective)
    app.connect("doctree-resolved", _fold)
