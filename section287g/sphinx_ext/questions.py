"""Directive ``{questions}``: the questions of the page, or of the set named, from the question bank; a second argument
names the one kind wanted.

Each is a group of native radio buttons and a folded answer that opens without scripts. ``questions.js`` says whether a
choice fits; nothing is stored or sent.
"""

from __future__ import annotations

import re

from docutils import nodes
from docutils.statemachine import StringList
from markupsafe import escape
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from section287g import questions
from section287g.sphinx_ext import usage
from section287g.sphinx_ext.errors import PageError
from section287g.sphinx_ext.roles import noted
from section287g.words import _, fill

FITS = _("Yes. The answer below says why.")
FITS_NOT = _("Not this one. Look again, or open the answer.")


class QuestionsDirective(SphinxDirective):
    optional_arguments = 2

    def run(self) -> list[nodes.Node]:
        page, *kind = self.arguments or [self.env.docname]
        asked = [question for question in questions.of_page(page) if question.kind in (kind or questions.KINDS)]
        if not asked:
            raise PageError(self.env, self.env.docname, self.lineno, f"the question bank has no question for {page!r}")
        self.env.note_dependency("data/questions.csv")
        used = usage.of_current_page(self.env)
        used.behind.update(dict.fromkeys(key for question in asked for key in question.source_keys))
        return [node for number, question in enumerate(asked, 1) for node in self._question(number, question)]

    def _question(self, number: int, question: questions.Question) -> list[nodes.Node]:
        """Fragments of HTML with the bank's MyST texts parsed between them."""
        name = f"question-{question.question_id}"
        opinion = question.answer is None
        verdicts = (
            ""
            if opinion
            else f' data-answer="{question.answer}" data-fits="{escape(FITS)}" data-fits-not="{escape(FITS_NOT)}"'
        )
        parts = [
            _html(f'<fieldset class="quiz" id="{name}"{verdicts}><legend><b>{number}.</b> '),
            *self._plain(question.prompt),
            _html("</legend>"),
        ]
        for place, choice in enumerate(question.choices):
            letter = "" if opinion else f"<b>{questions.LETTERS[place]}.</b> "
            parts += [
                _html(f'<label><input type="radio" name="{name}" value="{place}">{letter}'),
                *self._plain(choice),
                _html("</label>"),
            ]
        if not opinion:
            answer = fill(_("Answer to {n}"), n=number)
            parts += [
                _html(
                    '<p class="quiz-verdict" role="status"></p><details>'
                    f"<summary>{escape(answer)}</summary>"
                    f"<p><b>{questions.LETTERS[question.answer]}.</b> "
                ),
                *self._text(question.explanation),
                _html("</p></details>"),
            ]
        return [*parts, _html("</fieldset>")]

    def _text(self, text: str) -> list[nodes.Node]:
        """MyST inline text as nodes; a span in place of the paragraph, which may not stand in a legend or label."""
        holder = nodes.Element()
        self.state.nested_parse(StringList([without_html(text)], source="data/questions.csv"), 0, holder)
        return [nodes.inline("", "", *paragraph.children) for paragraph in holder.children]

    def _plain(self, text: str) -> list[nodes.Node]:
        """The same without notes: a click on words of a choice chooses it, and a legend is read with every choice."""
        spans = self._text(text)
        for span in spans:
            for node in list(span.findall(noted)):
                node.replace_self(nodes.Text(node.astext()))
        return spans


def without_html(text: str) -> str:
    """MyST text whose "<" is a letter, except in a role, where it names the target: Markdown lets HTML through, and a
    cell of a table must not."""
    return re.sub(r"(\{\w+\}`[^`]*`)|<", lambda found: found[1] or r"\<", text)


def _html(text: str) -> nodes.raw:
    return nodes.raw("", text, format="html")


def setup(app: Sphinx) -> None:
    app.add_directive("questions", QuestionsDirective)
    app.add_js_file("questions.js", loading_method="defer")
