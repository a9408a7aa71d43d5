"""The questions of a page, answered by mouse and by keyboard."""

PAGE = "book/origins/the-law.html"


def test_a_choice_is_judged_and_the_right_one_opens_the_answer(open_page):
    page = open_page(PAGE)
    question = page.locator(".quiz").first
    right = int(question.get_attribute("data-answer"))
    question.locator("label").nth((right + 1) % 3).click()
    assert question.locator(".quiz-verdict").inner_text() == question.get_attribute("data-fits-not")
    assert question.locator("details").get_attribute("open") is None
    question.locator("input").nth(right).focus()
    page.keyboard.press("Space")
    assert question.locator(".quiz-verdict").inner_text() == question.get_attribute("data-fits")
    assert question.locator("details p").is_visible()


def test_nothing_of_an_answer_is_stored_or_put_in_the_address(open_page):
    page = open_page(PAGE)
    kept = "JSON.stringify([location.href, { ...localStorage }, { ...sessionStorage }, document.cookie])"
    before = page.evaluate(kept)
    page.locator(".quiz input").first.check()
    assert page.evaluate(kept) == before


def test_without_scripts_the_answer_opens_and_no_dead_button_is_shown(open_page):
    page = open_page(PAGE, javascript=False)
    question = page.locator(".quiz").first
    assert not question.locator("input").first.is_visible()
    question.locator("summary").click()
    assert question.locator("details p").is_visible()
