"""What the tests look at to say that a page is accessible. Each check is a function (page) -> list of str, one line for
each barrier."""

import re

# What axe-core looks at: its own choice of rules, and controls of at least 24 px, with the exceptions that WCAG 2.2
# allows. Contrast is looked at apart, because it alone depends on the theme and takes long.
STRUCTURE = {
    "resultTypes": ["violations"],
    "rules": {"target-size": {"enabled": True}, "color-contrast": {"enabled": False}},
}
CONTRAST = {"resultTypes": ["violations"], "runOnly": ["color-contrast"]}
ALL_BUT_CONTRAST = {"resultTypes": ["violations"], "rules": {"color-contrast": {"enabled": False}}}

NAMED_ROLES = (
    "button|link|textbox|searchbox|combobox|listbox|checkbox|radio|slider|spinbutton"
    "|tablist|tabpanel|tab|option|img|navigation|dialog"
)
FILE_NAME = re.compile(r"\.(svg|png|jpe?g|gif|html|pdf|csv|ipynb)$|^https?:|[_/\\]", re.IGNORECASE)

HEADINGS = """() => [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")]
  .filter(heading => heading.checkVisibility()).map(heading => [Number(heading.tagName[1]),
    heading.textContent.trim()])"""

LANDMARKS = """() => {
  const found = {};
  for (const [role, selector] of Object.entries({
    banner: "body > header", main: "main", contentinfo: "body > footer", search: "[role=search], search",
    navigation: "nav",
  })) {
    const elements = [...document.querySelectorAll(selector)].filter(element => element.checkVisibility());
    found[role] = elements.map(element => (element.getAttribute("aria-label")
      ?? document.getElementById(element.getAttribute("aria-labelledby"))?.textContent ?? "").trim());
  }
  return found;
}"""

# Writes down every element that gets the focus: whether it looks different than before, comes later in the page than
# the one before, and is not covered. A control may show its focus on itself, on what stands beside it (a label), or, in
# a picture, on its parts.
WATCH_FOCUS = """from => {
  const ring = style => [style.outlineStyle === "none" || style.outlineWidth === "0px" ? "" :
    style.outlineStyle + style.outlineWidth, style.boxShadow];
  const look = element => [element, element.labels?.[0], element.nextElementSibling,
    ...(element instanceof SVGElement ? element.querySelectorAll("*") : [])]
    .filter(Boolean).map(part => { const style = getComputedStyle(part); return [...ring(style), style.stroke,
      style.strokeWidth].join(); }).join("|");
  const says = element => `${element.localName} ${(element.getAttribute("aria-label") ?? element.textContent)
    .trim().slice(0, 60) || element.outerHTML.slice(0, 80)}`;
  const group = radio => [...document.getElementsByName(radio.name)].filter(other => other.form === radio.form);
  const waits = element => element.tabIndex >= 0 && !element.disabled &&
    element.checkVisibility({visibilityProperty: true}) && !element.closest("[inert]")
    && !(element.type === "radio" && !element.checked && group(element).some(other => other.checked));
  const start = document.querySelector(from);
  const waiting = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")]
    .filter(element => start.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING).filter(waits);
  const before = new Map(waiting.map(element => [element, look(element)]));
  const covered = element => {
    const box = element.getClientRects()[0] ?? element.getBoundingClientRect();
    const above = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    return above?.closest(".top") && !above.closest(".top").contains(element);
  };
  const walk = window.walk = {seen: new Set(), barriers: [], last: null, done: waiting.length === 0};
  document.addEventListener("focusin", ({target}) => {
    walk.done ||= walk.seen.has(target) || walk.last !== null && target.matches(".skip");  // round the page
    if (walk.done) return;
    if (walk.last && !(walk.last.compareDocumentPosition(target) & Node.DOCUMENT_POSITION_FOLLOWING))
      walk.barriers.push(`out of order: ${says(target)}`);
    walk.seen.add(target);
    walk.last = target;
    if (before.has(target) ? look(target) === before.get(target) :
      !ring(getComputedStyle(target))[0]) walk.barriers.push(`focus not seen: ${says(target)}`);
    if (covered(target)) walk.barriers.push(`focus under the bar: ${says(target)}`);
  });
  walk.end = () => {
    const reached = element => walk.seen.has(element) || element.type === "radio" &&
      group(element).some(other => walk.seen.has(other));
    return [...walk.barriers, ...waiting.filter(element => element.isConnected &&
      !reached(element)).map(element => `not reached: ${says(element)}`)];
  };
  return waiting.length;
}"""
STEPS = 20  # presses of the Tab key between two looks at how far it came

# Pictures whose description is so long (a path through several steps) that Playwright leaves it out of the tree it
# writes.
LONG_NAMES = "[...document.images].filter(image => image.checkVisibility() && image.alt.length > 900).length"

# The entries of long lists and the rows of long tables are alike: the slow checks look at the first of each, and at
# those further on in which something looks otherwise than in all before (an element with other classes). Notes are made
# of the list of sources, so it stays whole.
SHORTEN = """most => {
  const look = ({localName, classList}) => `${localName}.${[...classList].join(".")}`;
  for (const list of document.querySelectorAll("ul, ol:not(.sources), dl, tbody")) {
    const seen = new Set();
    for (const [place, entry] of [...list.children].entries()) {
      const looks = [entry, ...entry.querySelectorAll("*")].map(look).filter(each => !seen.has(each));
      if (place >= most && !looks.length) entry.remove();
      looks.forEach(each => seen.add(each));
    }
  }
}"""
ENTRIES = 12

MOTION = """() => {
  const moving = document.getAnimations()
    .map(animation => `runs: ${animation.animationName ?? animation.transitionProperty}`);
  const seconds = text => Math.max(...text.split(",").map(parseFloat));
  for (const element of document.querySelectorAll("*")) {
    const style = getComputedStyle(element);
    const lasts = Math.max(seconds(style.transitionDuration), style.animationName === "none" ? 0 :
      seconds(style.animationDuration));
    if (lasts > 0 || style.scrollBehavior === "smooth")
      moving.push(`would move: ${element.localName}.${element.className.baseVal ?? element.className}`);
  }
  return [...new Set(moving)];
}"""

# The spacing of text that WCAG 1.4.12 lets readers choose.
TEXT_SPACING = (
    "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p {"
    " margin-bottom: 2em !important }"
)

# Pictures follow the width in the frame after it has changed.
DRAWN_AGAIN = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))"

WIDER = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  const beyond = [...document.querySelectorAll("main *, header *, footer *")]
    .filter(element => element.getBoundingClientRect().right > width + 1);
  return [`${document.documentElement.scrollWidth} px wide at ${width}: `
    + beyond.slice(0, 3).map(element => element.outerHTML.slice(0, 80)).join(" | ")];
}"""


def headings(page):
    """One h1, and no level skipped on the way down, explorers included."""
    found = page.evaluate(HEADINGS)
    levels = [level for level, _ in found]
    barriers = (
        []
        if levels.count(1) == 1 and levels[0] == 1
        else [f"headings of level 1: {levels.count(1)}, first level {levels[:1]}"]
    )
    barriers += [
        f"level {level} after {before}: {text}"
        for (before, _), (level, text) in zip(found, found[1:])
        if level - before > 1
    ]
    return barriers + [f"empty heading of level {level}" for level, text in found if not text]


def landmarks(page):
    """One main part, banner, search and footer (slides have only the first); navigations that differ by name."""
    found = page.evaluate(LANDMARKS)
    once = ["main"] if page.locator("body.deck").count() else ["main", "banner", "search", "contentinfo"]
    barriers = [f"{len(found[role])} x {role}" for role in once if len(found[role]) != 1]
    names = found["navigation"]
    return (
        barriers
        if names and all(names) and len(set(names)) == len(names)
        else [*barriers, f"navigations are named {names}"]
    )


def names(page):
    """Every control, picture and navigation has a name in the accessibility tree that a person can say."""
    barriers = name_barriers(page.locator("body").aria_snapshot())
    for _ in range(page.evaluate(LONG_NAMES)):
        if "- img" in barriers:
            barriers.remove("- img")
    return barriers


def name_barriers(snapshot):
    """Lines of an accessibility tree, as Playwright writes it, whose control has no name or one that nobody can say."""
    barriers = []
    for line in snapshot.splitlines():
        found = re.match(rf"\s*- '?({NAMED_ROLES})\b(?: \"((?:[^\"\\]|\\.)*)\")?", line)
        if found and not readable(found[1], found[2] or ""):
            barriers.append(line.strip())
    return barriers


def readable(role, name):
    """Whether a name has a letter or digit and is not that of a file, which only a link may name: it may lead there."""
    return bool(re.search(r"\w", name)) and (role == "link" or " " in name or not FILE_NAME.search(name))


def keyboard(page, whole=False):
    """The Tab key reaches every control once, in the order of the page; each shows that it has the focus and is not
    covered.

    The bar and the menu are the same on every page: unless ``whole``, the walk goes around them by the link that skips
    them.
    """
    whole = whole or not page.locator(".skip").count()
    if not whole:
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
    waiting = page.evaluate(WATCH_FOCUS, "body" if whole else "main")
    for _ in range(2 * waiting // STEPS + 10):
        for _ in range(STEPS):
            page.keyboard.press("Tab")
        if page.evaluate("walk.done"):
            barriers = page.evaluate("walk.end()")
            page.evaluate(
                "document.activeElement.blur()"
            )  # the skip link, say, would lie over the page's title in the next look
            return barriers
    return ["the Tab key never comes to the end of the page"]


def reflow(page):
    """No scrolling sideways at 320 px (400% zoom), also with wide spacing, at 640 px (200% zoom), and with letters of
    twice the size."""
    window = page.viewport_size
    barriers = []
    for width in (640, 320):
        page.set_viewport_size({"width": width, "height": 512})
        page.evaluate(DRAWN_AGAIN)
        barriers += page.evaluate(WIDER)
    page.evaluate(
        "text => { const sheet = new CSSStyleSheet(); sheet.replaceSync(text); document.adoptedStyleSheets ="
        " [sheet]; }",
        TEXT_SPACING,
    )
    barriers += page.evaluate(WIDER)
    page.evaluate("document.adoptedStyleSheets = []")
    page.set_viewport_size(window)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    barriers += page.evaluate(WIDER)
    page.evaluate("document.documentElement.style.fontSize = ''")
    return barriers


def shorten(page):
    """Leave the first ENTRIES entries of every list and table, and those that look otherwise."""
    page.evaluate(SHORTEN, ENTRIES)


def in_both_themes(page, axe_violations, context):
    """What axe-core finds in a part of a page of an explorer alone: by each rule but contrast in all of it, and by
    contrast in both themes after it is shortened."""
    barriers = axe_violations(page, context, ALL_BUT_CONTRAST)
    shorten(page)
    for theme in ("dark", "light"):
        page.evaluate("theme => { document.documentElement.dataset.theme = theme; }", theme)
        barriers += axe_violations(page, context, CONTRAST)
    return barriers


def motion(page):
    """Nothing moves, or would move, for a reader who asked for less motion."""
    return page.evaluate(MOTION)
