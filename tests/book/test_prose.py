"""Rules for the text itself: numbers come from the data, the book's own voice is neutral, nothing is left
unfinished."""

import json
import re

import pytest
from book_pages import NAMES, SLIDES, source

from section287g.fairness import LEAST_SHARE_OF_WORDS, loaded_words, own_voice, words

every_page = pytest.mark.parametrize("name", [*NAMES, *SLIDES])

UNFINISHED = r"\b(?:TODO|TBD|FIXME|XXX|lorem ipsum|placeholder)\b|\?\?\?"
LATIN = r"\b(?:e\.g\.|i\.e\.|etc\.|viz\.|cf\.)"

# What looks like a statistic: money, a percentage, or a number of 100 or more.
STATISTIC = r"""
    \$\s?\d[\d,.]*
    | \d[\d,.]*\s?(?:%|percent\b|per[ ]cent\b)
    | (?<![\w.-])(?:\d{1,3}(?:,\d{3})+|\d{3,})(?:\.\d+)?(?![\w-])
"""
# Numbers that are names or dates. Removed before looking for statistics.
NOT_STATISTICS = [
    r"287\(g\)|\b[Ss]ection\s287\b", r"\b\d{1,4}\sU\.?S\.?C\.?\s(?:§+\s?)?\d+\w*(?:\([a-z0-9]+\))*",
    r"\b\d+\s(?:C\.?F\.?R\.?|F\.\dd|U\.S\.|Stat\.|Fed\.\sReg\.)\s(?:§+\s?)?[\d.,-]+", r"§+\s?[\d.-]+\w*",
    r"\bPub(?:lic|\.)\s(?:Law|L\.)\s[\d-]+", r"\b(?:[Ss]ections?|Executive\sOrder|EO|Order|Division|Title|Chapter|"
    r"[Pp]age|[Pp]\.|No\.|Form|Directive)\s[A-Z]?-?\d[\d.-]*(?:\([a-z0-9]+\))*", r"\byear\b[^.\d]{0,30}\d{4}\b",
    r"\b(?:Chrome|Edge|Firefox|Safari)\s\d+", r"\b00\d\b",  # versions; the five texts
    r"\b(?:H\.?R\.?|S\.|[HS]\.?B\.?|A\.?B\.?|House\sBill|Senate\sBill|Act)\s\d+",
    r"\bCC\sBY\s\d\.\d|\bWCAG\s[\d.]+|\bUTF-8\b|\bISO\s\d+", r"\b\d{4}-\d{2}(?:-\d{2})?(?:-[ap]m)?\b",
    r"(?<![\d,.$])(?:(?:19|20)\d\d|(?<=\bin )1[78]\d\d)(?:s|[-–](?:19|20)?\d\d)?(?![\d,]\d|\s?(?:%|percent))\b",
]  # fmt: skip


def prose(name):
    """The page's text without code, roles, addresses and options; notebooks give their Markdown cells."""
    path = source(name)
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".ipynb":
        cells = json.loads(text)["cells"]
        text = "\n\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")
    return plain(text)


def plain(text):
    """Markdown as its words: what a reader reads, line by line."""
    text = re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.DOTALL)
    text = re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL)
    text = without_code(text)
    text = re.sub(r"^\s*:[\w-]+:.*$", "", text, flags=re.MULTILINE)  # options
    text = re.sub(r"\{[\w:-]+\}`[^`]*`", "", text)  # roles
    text = re.sub(r"`[^`]*`", "", text)
    text = re.sub(r"\]\([^)]*\)", "]", text)
    return re.sub(r"<?https?://\S+", "", text)


def without_code(text):
    """Text without code and without the fences of directives; what stands inside a directive is text."""
    kept, open_fences = [], []  # (mark, whether code follows) of the fences that are open
    for line in text.split("\n"):
        fence = re.match(r"\s*(`{3,}|~{3,}|:{3,})(\{[\w:-]+\})?(.*)$", line)
        if fence and open_fences and fence[1] == open_fences[-1][0] and not fence[2] and not fence[3].strip():
            open_fences.pop()
        elif any(code for _, code in open_fences):
            continue
        elif fence:
            open_fences.append((fence[1], fence[2] in (None, "{code}", "{code-block}", "{code-cell}")))
            kept.append(fence[3] if fence[2] else "")
        else:
            kept.append(line)
    return "\n".join(kept)


def statistics(text):
    """Statistics typed by hand."""
    text = own_voice(text)
    for names in NOT_STATISTICS:
        text = re.sub(names, " ", text)
    return [match[0].strip() for match in re.finditer(STATISTIC, text, flags=re.VERBOSE)]


@every_page
def test_no_statistic_is_typed_by_hand(name):
    assert statistics(prose(name)) == [], "write it as {fact}`name`, so that it has a date and a source"


@every_page
def test_own_voice_is_neutral(name):
    assert loaded_words(prose(name)) == []


# Where a page tells both sides one after the other: how each passage begins, in their order, and what follows the
# second.
BOTH_SIDES = [
    ("book/debate/arguments", "## The critics' case", "## The supporters' case", "\n## "),
    ("book/debate/states", "**For a state ban.**", "**For a state mandate.**", "\n\n"),
    ("book/incentives/awards", "**For.**", "**Against.**", "**Where they meet.**"),
    ("book/incentives/who-pays", "**Supporters' savings.**", "**Critics' costs.**", "\n\n"),
    ("book/surge/growth", "**Supporters** point", "**Critics** point", "\n\n"),
    ("book/surge/where", "**Supporters** see", "**Critics** see", "\n\n"),
]


def evenly(supporters, critics):
    """Whether neither of two passages has fewer words than the rule of `section287g.fairness` allows."""
    given = words(plain(supporters)), words(plain(critics))
    return min(given) >= LEAST_SHARE_OF_WORDS * max(given)


@pytest.mark.parametrize(("name", "supporters", "critics", "end"), BOTH_SIDES)
def test_both_sides_have_about_as_many_words(name, supporters, critics, end):
    first, _, rest = source(name).read_text(encoding="utf-8").partition(supporters)[2].partition(critics)
    second = rest.partition(end)[0]
    assert words(plain(first)) > 30 and evenly(first, second)
    half_first, half_second = (" ".join(side.split()[: len(side.split()) // 2]) for side in (first, second))
    assert not evenly(first, half_second) and not evenly(half_first, second)


def test_both_sides_have_about_as_many_words_on_the_models():
    page = source("book/models/side-by-side").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (?:Jail|Warrant|Task force) \| (.*) \| (.*) \|$", page, flags=re.MULTILINE)
    supporters, critics = zip(*rows, strict=True)
    assert len(rows) == 3 and evenly(" ".join(supporters), " ".join(critics))


@every_page
def test_nothing_is_unfinished_and_no_latin_is_used(name):
    assert re.findall(f"{UNFINISHED}|{LATIN}", prose(name)) == []


@every_page
def test_page_has_one_title(name):
    assert len(re.findall(r"^# \S", prose(name), flags=re.MULTILINE)) == 1


def test_text_after_a_directive_is_not_taken_for_code():
    page = (
        "# T\n\n```{explorer} growth\n```\n\nIt is 4,321 now.\n\n```python\ncode = 1234\n```\n\n:::{dropdown}"
        " Answer\nNot 99 percent.\n:::\n\n```{sources}\n```\n"
    )
    assert statistics(plain(page)) == ["4,321", "99 percent"]


@pytest.mark.parametrize(
    "text, found",
    [
        ("There were 1,843 agreements.", ["1,843"]),
        ("About 63 percent, or 63%.", ["63 percent", "63%"]),
        ("It pays $7,500 an officer.", ["$7,500"]),
        ("In 135 places and 1843 rows", ["135", "1843"]),
        ("It grew by 2000 percent in 2025.", ["2000 percent"]),
        ("Section 287(g) of the INA, 8 U.S.C. 1357(g), Pub. L. 104-208, section 133, § 1357.", []),
        ("On May 18, 2026, in 2025-2026 and the 1990s, after Executive Order 14159 and SB 1718.", []),
        ("There were {fact}`agreements_newest` on three lists; 12 of 40.", []),
        ('ICE wrote "more than 1,000 agencies" {source}`ice`.', []),
        ("```python\nrows = 1843\n```\n", []),
        ("See [the list](https://example.org/1843).", []),
    ],
)
def test_rule_finds_statistics_and_lets_names_dates_and_quotations_pass(text, found):
    assert statistics(plain(text)) == found
