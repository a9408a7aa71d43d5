"""Signs of a table as a printer would set them."""

import pytest

from section287g.typography import set_in_type, typographic


@pytest.mark.parametrize(
    "plain, set_",
    [
        ('Say: "I do not know."', "Say: “I do not know.”"),
        ("ICE's form, the sheriffs' view", "ICE’s form, the sheriffs’ view"),
        ("one word, 'eligible', twice", "one word, ‘eligible’, twice"),
        ("(\"Yes\" or 'No')", "(“Yes” or ‘No’)"),
        ("\"'Eligible' officers\"", "“‘Eligible’ officers”"),
        ("The card says that ...", "The card says that …"),
    ],
)
def test_quotation_marks_curl_and_dots_join(plain, set_):
    assert typographic(plain) == set_


def test_texts_are_set_at_any_depth_but_keys_and_addresses_stay():
    content = {"it's": ["a 'b'", ("c's", 3, None)], "url": "https://example.org/it's"}
    assert set_in_type(content) == {"it's": ["a ‘b’", ["c’s", 3, None]], "url": "https://example.org/it's"}
