"""Rules that hold for each explorer: its code, its words, its settings, and what it writes into a page."""

import json
import re
import subprocess
from html.parser import HTMLParser

import pytest
from playwright._impl._driver import compute_driver_executable

from section287g import explorers, tables
from section287g.explorers import assets, spec

NAMES = explorers.names()
LIVE = {name: getattr(explorers, name.capitalize()) for name in NAMES}
every_explorer = pytest.mark.parametrize("name", NAMES)
UNSAFE = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|\bfetch\(|import\("
NAMED_BY_TAB = {"tab_picture", "tab_table"}


def page(name, **options):
    return explorers.static_html(name, image=lambda svg, file: file, **options)


def code_of(name):
    """Kit, widget and the book's host without comments."""
    return re.sub(
        r"^\s*//.*$|//\s.*$", "", assets.module(name) + explorers.scripts(name)["host.js"], flags=re.MULTILINE
    )


@every_explorer
def test_scripts_are_valid(name):
    node = compute_driver_executable()[0]  # Playwright brings its own
    for kind, text in (
        ("module", assets.module(name)),
        *(("commonjs", text) for text in explorers.scripts(name).values()),
    ):
        checked = subprocess.run([node, "--check", f"--input-type={kind}"], input=text, text=True, capture_output=True)
        assert checked.returncode == 0, checked.stderr


@every_explorer
def test_code_holds_no_words_and_no_unsafe_calls(name):
    literals = re.findall(r'"([^"\n]*)"', code_of(name))
    sentences = [
        text
        for text in literals
        if re.search(r"[a-z]{2} [a-z]{3}", text) and not re.match(rf"(explorer|x|{name})-", text)
    ]
    assert sentences == []
    assert not re.search(UNSAFE, code_of(name))


@every_explorer
def test_every_word_is_used_and_every_used_word_exists(name):
    python = "".join(
        path.read_text(encoding="utf-8")
        for path in (assets.FOLDER / "__init__.py", *(assets.FOLDER / name).glob("*.py"))
    )
    used = set(re.findall(r"words\.(\w+)", code_of(name))) | set(
        re.findall(r"""words(?:\(NAME\))?\[["'](\w+)["']\]""", python)
    )
    used |= spec.word_keys(name)
    only_of_pictures = set() if "function picture(" in code_of(name) else {"picture_help"}
    of_blocks = {"decides", "decides_title"} if name == "states" else set()  # shown on the page by a block
    assert used | of_blocks | NAMED_BY_TAB == set(assets.words(name)) | only_of_pictures


class Outline(HTMLParser):
    """Collects tags with their attributes."""

    def __init__(self, text):
        super().__init__()
        self.tags = []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))


@every_explorer
def test_page_obeys_the_content_policy_and_is_the_same_each_time(name):
    assert page(name) == page(name)
    tags = Outline(page(name)).tags
    assert [
        attribute
        for _, attributes in tags
        for attribute in attributes
        if attribute == "style" or attribute.startswith("on")
    ] == []
    for tag, attributes in tags:
        if tag == "a" and not attributes["href"].startswith("#"):
            assert re.match("https?://", attributes["href"]) and attributes["rel"] == "noreferrer"


@every_explorer
def test_page_refuses_unknown_settings(name):
    with pytest.raises(ValueError, match="no setting 'colour'"):
        page(name, colour="red")


@every_explorer
def test_widget_has_exactly_the_settings_synced(name):
    live, settings = LIVE[name](), explorers.settings(name)
    assert {*settings, "data", "words"} <= set(live.traits(sync=True))
    assert {setting: settings[setting].default for setting in settings} == {
        setting: getattr(live, setting) for setting in settings
    }


@every_explorer
def test_menus_of_the_page_are_in_the_order_of_the_words(name):
    sent = re.search(r'class="explorer-data">(.*)</script>', page(name))[1]
    assert json.dumps(json.loads(sent)["words"]) == json.dumps(assets.words(name))


@every_explorer
def test_still_view_has_no_accessibility_violation(name, open_page, site_base, axe_violations):
    still = open_page(f"{site_base}/{name}.html")
    still.evaluate(
        "document.querySelector('section.explorer').removeAttribute('data-ready');"
        " document.querySelector('.explorer-live').remove()"
    )
    for summary in still.locator("summary").all():
        summary.click()
    assert axe_violations(still, ".explorer") == []


@every_explorer
def test_sources_exist(name):
    assert set(explorers.source_keys(name)) <= set(tables.load("sources")["source_key"])


@every_explorer
def test_the_last_check_is_the_same_live_as_without_scripts(alive, name):
    source = alive(name).locator(".explorer-source")
    live, still = (re.findall(r"[Ll]ast checked (\w+ \d+, \d+)", text) for text in source.all_text_contents())
    assert live == still
