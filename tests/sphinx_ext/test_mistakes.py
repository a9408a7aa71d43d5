"""A mistake in a page stops the build with one sentence: where it is, and of a name which one may be meant."""

import pytest
from book_pages import PANEL

from section287g.sphinx_ext.errors import PageError

MISTAKES = {
    "There were {fact}`agreement_newest`.": "unknown fact 'agreement_newest'; did you mean agreements_newest",
    "A {term}`detainor`.": r"no term 'detainor' in the glossary; did you mean Detainer\?$",
    "So it is {source}`dhs2025thousands`.": "unknown source 'dhs2025thousands'; did you mean dhs2025thousand",
    "```{source-list} rumour\n```": "no kind of source 'rumour'; kinds are primary, secondary",
    "```{chart} groth\n```": "chart 'groth'",
    "```{explorer} groth\n```": "explorer 'groth'",
    "```{explorer} silent\n```": "explorer 'silent': strings.json lacks guess",
    "```{explorer} growth\n:state: XX\n```": "explorer 'growth': no state 'XX'",
    "```{unverified} rumours\n```": "no part 'rumours'; parts are statements, marked",
}


@pytest.mark.parametrize("text", MISTAKES)
def test_a_mistake_stops_the_build(build, text):
    with pytest.raises(PageError, match=rf"^index\.md:3: {MISTAKES[text]}"):
        build({"index": f"# Title\n\n{text}{PANEL}"})


def test_a_page_with_sources_needs_a_panel(build):
    with pytest.raises(Exception, match="no {sources} panel"):
        build({"index": "# Title\n\nSo it is {source}`ice`."})
