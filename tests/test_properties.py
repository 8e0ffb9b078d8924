"""Rules that hold for whatever is typed or sent."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.vanban_core.tools import symbol
from odoo.addons.vanban_core.tools.args import to_id
from odoo.addons.vanban_core.tools.text import nfc

LETTERS = st.text("ABCDGHKLNQTUVXYĐƯ", min_size=1, max_size=6)


@given(st.text())
def test_stored_text_has_one_form(text):
    """HN-2: storing twice changes nothing more, and every form gives the same."""
    stored = nfc(text)
    assert unicodedata.is_normalized("NFC", stored)
    assert nfc(stored) == stored
    assert nfc(unicodedata.normalize("NFD", text)) == stored


@given(st.integers(1, 10**6), LETTERS, LETTERS)
def test_what_is_composed_is_understood(number, kind, agency):
    """BS-14.2a: the parts of a symbol come back as they were put in."""
    text = symbol.compose(symbol.TITLED_PATTERN, number, type=kind, agency=agency)
    read, year, groups = symbol.parse(text)
    assert (int(read), year, groups) == (number, None, [kind, agency])
    assert symbol.normalise(text) == text


@given(st.text())
def test_any_text_is_a_symbol_or_none(text):
    """HCM-6.3a: whatever stands on a paper can be typed."""
    parsed = symbol.parse(text)
    assert parsed is None or len(parsed) == 3


@given(
    st.one_of(st.none(), st.text(), st.floats(), st.integers(), st.lists(st.integers()))
)
def test_an_argument_is_an_id_or_nothing(value):
    """HT-4.2a: no value of a client ends in a traceback."""
    assert 0 <= to_id(value) < 2**31
