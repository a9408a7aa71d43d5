"""The checks of accessibility find what they are made to find."""

import accessible
import pytest

PAGE = """<!doctype html><html lang="en"><head><title>A page</title>
<meta name="viewport" content="width=device-width"><style>
:focus-visible {{ outline: 3px solid blue }}
.still:focus-visible {{ outline: none }} .wide {{ width: 2000px }} .moves {{ transition: color 1s }}</style></head>
<body><header class="top"><search><input aria-label="Search"></search></header>
<nav aria-label="Book"><a href="#a">A</a></nav>
<main><h1>Title</h1>{body}</main><footer>End</footer></body></html>"""


@pytest.fixture
def show(open_page):
    """A function that opens a page with `body` in it."""

    def show(body):
        page = open_page("about:blank", reduced_motion="reduce")
        page.set_content(PAGE.format(body=body))
        return page

    return show


def test_sound_page_has_no_barrier(show):
    page = show("<h2>Part</h2><p><a href='#b'>Link</a> <button>Press</button></p>")
    for check in (
        accessible.headings,
        accessible.landmarks,
        accessible.names,
        accessible.motion,
        accessible.keyboard,
        accessible.reflow,
    ):
        assert check(page) == []


@pytest.mark.parametrize(
    ("check", "body"),
    [
        (accessible.headings, "<h3>Skips a level</h3>"),
        (accessible.headings, "<h1>A second</h1>"),
        (accessible.landmarks, "<nav>Without a name</nav>"),
        (accessible.landmarks, "<nav aria-label='Book'>The same name</nav>"),
        (accessible.names, "<button><svg width='9' height='9'></svg></button>"),
        (accessible.names, "<img src='data:,' alt='growth.svg' width='9' height='9'>"),
        (accessible.names, "<select><option>a</option></select>"),
        (accessible.keyboard, "<a href='#c' class='still'>No frame</a>"),
        (accessible.keyboard, "<button>Later</button><button tabindex='1'>Out of order</button>"),
        (accessible.motion, "<p class='moves'>Moves</p>"),
        (accessible.reflow, "<p class='wide'>Wide</p>"),
    ],
)
def test_barrier_is_found(show, check, body):
    assert check(show(body)) != []


def test_lists_are_shortened(show):
    page = show("<ul>" + "<li>entry</li>" * 100 + "</ul>")
    accessible.shorten(page)
    assert page.locator("li").count() == accessible.ENTRIES
