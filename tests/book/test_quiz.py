"""The quiz over the whole book: every page's questions, and a score that stays on the page."""

from section287g import tables

PAGE = "book/teach/quiz.html"


def test_every_knowledge_question_stands_in_the_quiz(open_page):
    page = open_page(PAGE)
    asked = page.locator(".quiz").evaluate_all("found => found.map((quiz) => quiz.id.replace('question-', ''))")
    bank = tables.source("questions")
    assert asked == list(bank[bank["kind"] == "knowledge"]["question_id"])


def test_the_score_counts_first_choices_and_starts_over(open_page):
    page = open_page(PAGE)
    page.locator("article details").evaluate_all("folds => folds.forEach((fold) => (fold.open = true))")
    score = page.locator(".quiz-score")
    before = page.evaluate("[location.href, localStorage.length, sessionStorage.length, document.cookie]")
    for place, wanted in ((0, "right"), (1, "wrong")):
        question = page.locator(".quiz[data-answer]").nth(place)
        right = int(question.get_attribute("data-answer"))
        question.locator("input").nth(right if wanted == "right" else (right + 1) % 3).check()
    page.locator(".quiz[data-answer]").nth(1).locator("input").nth(right).check()
    numbers = [int(word) for word in score.inner_text().replace(".", " ").replace(":", " ").split() if word.isdigit()]
    assert numbers == [2, page.locator(".quiz[data-answer]").count(), 1]
    assert before == page.evaluate("[location.href, localStorage.length, sessionStorage.length, document.cookie]")
    score.get_by_role("button").press("Enter")
    assert page.locator(".quiz input:checked").count() == 0 and page.locator(".quiz details[open]").count() == 0
    assert score.inner_text().split()[1] == "0"


def test_without_scripts_there_is_no_score(open_page):
    assert not open_page(PAGE, javascript=False).locator(".quiz-score").is_visible()
