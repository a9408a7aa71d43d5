"""The pages for teachers: the plans lead to sheets that open."""

import io
from urllib.parse import urldefrag, urljoin

from pypdf import PdfReader

from section287g import handouts


def test_every_handout_opens_on_both_papers(open_page, book_dir):
    page = open_page("book/teach/printables.html")
    links = [link.get_attribute("href") for link in page.locator("main td a").all()]
    assert len(links) == len(handouts.PAPERS) * len(handouts.sheets())
    for link in links:
        file = book_dir / "book/teach" / link
        assert PdfReader(io.BytesIO(file.read_bytes())).pages


def test_a_step_leads_to_the_sheet_it_names(open_page):
    page = open_page("book/teach/lesson-plans.html")
    link = page.get_by_role("link", name="Opening agreement").first
    target = urldefrag(urljoin(page.url, link.get_attribute("href")))
    link.click()
    assert urldefrag(page.url).url == target.url
    assert page.locator(f"#{target.fragment}").inner_text() == "Opening agreement"
