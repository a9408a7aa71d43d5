"""The pages of the built book as continuous text, for paper and e-readers.

Scripts, menus, controls and dark pictures go. What a click opens on a screen stands open, or at the end of its page:
notes about numbers and terms, and answers to questions. A long table gives way to a line that says where it is.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from bs4 import BeautifulSoup, Tag

from section287g.words import _, counted

LONGEST_TABLE = 60  # rows of a table that is folded on the screen or belongs to an explorer
NOT_FOR_PAPER = (
    "script, form, .link-maker, input, .headerlink, .only-dark, .quiz-verdict, .numbers-used, .toctree-wrapper,"
    " .listed-filter, .print-lesson"
)
_SCREEN_ATTRIBUTES = re.compile(r"data-|aria-(?!hidden)|tabindex|role|open|loading|download|rel|popover")
_SCRIPT = re.compile(r"<script\b.*?</script>", re.DOTALL)  # an explorer's data are larger than its page


@dataclass(frozen=True)
class Page:
    """A page: its address in the site without ``.html``, the part of the book it stands in ("" for the first page), its
    text."""

    name: str
    part: str
    title: str
    body: Tag


def places() -> dict[str, str]:
    """Folder of the built book -> the folder of the pack in which readers find the same files."""
    return {
        "_downloads/handouts/": "site/_downloads/handouts/",
        "_downloads/questions/": "questions/",
        "_downloads/": "data/",
        "": "site/",
    }


def read(site: Path) -> list[Page]:
    """All pages of the built book in ``site`` but slides and the quiz, which repeats other pages, in the order of its
    menu, as continuous text; links still lead through the site."""
    first = _first(site)
    pages, part = [], ""
    for entry in _parse(site / first).select(".menu-pages .caption, .menu-pages a"):
        if entry.name == "p":
            part = entry.get_text()
            continue
        file = (
            first
            if entry["href"] == "#"
            else posixpath.normpath(posixpath.join(posixpath.dirname(first), entry["href"]))
        )
        page = _parse(site / file)
        if "deck" not in page.body.get("class", []) and not page.select_one(".quiz-score"):
            pages.append(_page(page.article, file.removesuffix(".html"), part))
    return pages


def first(site: Path) -> Page:
    """The first page of the built book in ``site``, as in ``read``."""
    file = _first(site)
    return _page(_parse(site / file).article, file.removesuffix(".html"), "")


def data_dates(site: Path) -> str:
    """What the foot of the site says about the dates of the data, as one sentence."""
    return _parse(site / _first(site)).select_one(".foot p").get_text()


def connect(pages: list[Page], link: Callable[[str, str], str], image: Callable[[str], str]) -> None:
    """Give every link and picture the address it has in a book of another form.

    ``link(page name, id or "")`` and ``image(path in the site)`` return addresses. A link to a view of an explorer
    leads to the explorer. A link to a file becomes the file's name, since readers may hold the book without the files;
    one to slides becomes words.
    """
    ids = {page.name: {tag["id"] for tag in page.body.select("[id]")} for page in pages}
    for page in pages:
        for picture in page.body.select("img[src]"):
            if not picture["src"].startswith("data:"):
                picture["src"] = image(_in_site(page, picture["src"]))
        for anchor in page.body.select("a[href]"):
            _connect_link(page, anchor, ids, link)


def _first(site: Path) -> str:
    """File of the first page, to which the site's index leads."""
    return _parse(site / "index.html").a["href"]


def _parse(path: Path) -> BeautifulSoup:
    return BeautifulSoup(_SCRIPT.sub("", path.read_text(encoding="utf-8")), "html.parser")


def _page(body: Tag, name: str, part: str) -> Page:
    body.name = "section"
    for tag in body.select(NOT_FOR_PAPER):
        tag.decompose()
    notes = list(_end_notes(body))
    answers = [_plain_question(question) for question in body.select("fieldset.quiz")]
    for fold in body.select("details"):
        _unfold(fold)
    for table in body.select(".unfolded:not(.listed) table, .explorer table"):
        _shorten(table, name)
    for tag in body.find_all(True):
        _remove_screen_attributes(tag)
    body.append(_section(_("Answers"), "answers", "".join(filter(None, answers))))
    body.append(_section(_("Notes"), "notes", f"<ol>{''.join(notes)}</ol>" if notes else ""))
    return Page(name, part, body.h1.get_text(), body)


def _section(title: str, kind: str, content: str) -> BeautifulSoup:
    """A section at the end of a page, or nothing if there is no content."""
    return BeautifulSoup(
        f'<section class="{kind}"><h2>{title}</h2>{content}</section>' if content else "", "html.parser"
    )


def _plain_question(question: Tag) -> str:
    """Turn a question into lettered lines. Returns its answer as HTML, which ends in a link back; "" where no answer is
    right."""
    question.name, question.legend.name = "div", "p"
    for choice in question.select("label"):
        choice.name = "p"
        choice["class"] = "choice"
    if not question.details:
        return ""
    answer, number = question.details.extract(), question.p.b.get_text()
    there = f"answer-{question['id']}"
    word = _("Answer")
    question.append(BeautifulSoup(f'<p class="to-answer"><a href="#{there}">{word}</a></p>', "html.parser"))
    return f'<p id="{there}"><a href="#{question["id"]}">{number}</a> {answer.p.decode_contents()}</p>'


def _end_notes(body: Tag) -> Iterator[str]:
    """Turn words with a note into links to a list of notes; yield the items of that list, each note once, as HTML."""
    ids: dict[tuple[str, str], str] = {}
    for noted in body.select(".noted"):
        words, box = noted.button.decode_contents(), noted.select_one(".note-box")
        note = box.decode_contents()
        known = (words, note) in ids
        there = ids.setdefault((words, note), f"note-{len(ids) + 1}")
        noted.replace_with(BeautifulSoup(f'<a class="noteref" href="#{there}">{words}</a>', "html.parser"))
        if not known:
            yield f'<li id="{there}">{note if "term" in noted["class"] else f"<b>{words}</b>: {note}"}</li>'


def _unfold(fold: Tag) -> None:
    """Turn a folded box into an open one with a title."""
    title = fold.summary
    if title.select_one(".collapsed"):  # "Show the code" and "Hide the code"
        title.string = _("Code")
    title.name = "p"
    title["class"] = "unfolded-title"
    fold.name = "div"
    fold["class"] = ["unfolded", *fold.get("class", [])]


def _shorten(table: Tag, name: str) -> None:
    """Put a line in the place of a long table."""
    rows = len(table.select("tbody tr"))
    if rows > LONGEST_TABLE:
        words = counted(
            "This table has {n} row. It is on the website: {page}",
            "This table has {n} rows. It is on the website: {page}",
            rows,
            page=f"<code>{places()['']}{name}.html</code>",
        )
        table.replace_with(BeautifulSoup(f'<p class="table-elsewhere">{words}</p>', "html.parser"))


def _remove_screen_attributes(tag: Tag) -> None:
    for attribute in [name for name in tag.attrs if _SCREEN_ATTRIBUTES.match(name)]:
        del tag[attribute]


def _in_site(page: Page, address: str) -> str:
    """Path in the site of an address on a page."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(page.name), unquote(urlsplit(address).path)))


def _connect_link(page: Page, anchor: Tag, ids: dict[str, set[str]], link: Callable[[str, str], str]) -> None:
    address = urlsplit(anchor["href"])
    if address.scheme:
        return
    file = _in_site(page, anchor["href"]) if address.path else f"{page.name}.html"
    target = file.removesuffix(".html")
    if target in ids:
        wanted = address.fragment.partition("?")[0]
        anchor["href"] = link(target, wanted if wanted in ids[target] else "")
        return
    words = anchor.get_text()
    anchor.attrs = {}
    if file.endswith(".html") or posixpath.basename(file) in words:
        anchor.unwrap()
    else:
        anchor.name, anchor.string = "code", _in_pack(file)


def _in_pack(file: str) -> str:
    folder, place = next((folder, place) for folder, place in places().items() if file.startswith(folder))
    return place + file.removeprefix(folder)
