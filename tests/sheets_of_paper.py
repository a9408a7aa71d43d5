"""What tests look for in a PDF: how small its type is, what a screen reader meets, its words without white space."""

import re

from section287g.typography import typographic

SMALLEST = 11  # points, on every sheet


def smallest_type(document):
    """The smallest type on the pages of a document, in points."""
    sizes = []

    def visit(words, matrix, text_matrix, _font, size):
        if words.strip():
            (a, b, c, d), (e, f, g, h) = text_matrix[:4], matrix[:4]
            sizes.append(size * abs((a * d - b * c) * (e * h - f * g)) ** 0.5)

    for page in document.pages:
        page.extract_text(visitor_text=visit)
    return round(min(sizes), 2)


def structure(document):
    """Every element that a screen reader meets."""
    waiting = [document.trailer["/Root"]["/StructTreeRoot"]]
    while waiting:
        element = waiting.pop().get_object()
        if isinstance(element, list):
            waiting += element
        elif isinstance(element, dict):
            yield element
            waiting += [element["/K"]] if "/K" in element else []


def squeezed(value):
    return re.sub(r"\s+", "", typographic(str(value)))
