from unicodedata import normalize

from odoo.tests import BaseCase, tagged

from odoo.addons.vanban_core.tools import symbol
from odoo.addons.vanban_core.tools.args import to_id
from odoo.addons.vanban_core.tools.text import fold, nfc


@tagged("post_install", "-at_install")
class TestText(BaseCase):
    """Pure functions; no database."""

    def test_text_is_composed_and_trimmed(self):
        """HN-2"""
        self.assertEqual(nfc(normalize("NFD", " Quyết định ")), "Quyết định")

    def test_what_is_no_text_stays_as_it_is(self):
        """HN-2"""
        for value in (False, None, 7, b"x", ["x"]):
            self.assertIs(nfc(value), value)

    def test_search_form_has_neither_diacritics_nor_case(self):
        """HT-8.4"""
        self.assertEqual(fold("Đề nghị QUYẾT ĐỊNH số 128"), "de nghi quyet dinh so 128")
        self.assertEqual(fold(normalize("NFD", "Ở Đắk Lắk")), "o dak lak")

    def test_numbers_below_ten_have_a_leading_zero(self):
        """BS-14.2a; NĐ 30/2020 Phụ lục I II.3"""
        for number, printed in ((5, "05"), (10, "10"), (99, "99"), (100, "100")):
            with self.subTest(number=number):
                text = symbol.compose(
                    symbol.TITLED_PATTERN, number, type="QĐ", agency="UBND"
                )
                self.assertEqual(text, f"{printed}/QĐ-UBND")

    def test_legal_documents_bear_the_year(self):
        """BS-14.2a"""
        text = symbol.compose(
            symbol.LAW_PATTERN, 28, year="2018", type="QĐ", agency="UBND"
        )
        self.assertEqual(text, "28/2018/QĐ-UBND")

    def test_letter_of_no_unit_has_no_stray_hyphen(self):
        """BS-14.2a"""
        letter = symbol.LETTER_PATTERN
        self.assertEqual(
            symbol.compose(letter, 15, agency="UBND", unit="VP"), "15/UBND-VP"
        )
        for unit in ("", None, False):
            self.assertEqual(
                symbol.compose(letter, 15, agency="UBND", unit=unit), "15/UBND"
            )

    def test_document_without_kind_has_no_stray_hyphen(self):
        """BS-14.2a"""
        self.assertEqual(
            symbol.compose(symbol.TITLED_PATTERN, 7, type="", agency="UBND"), "07/UBND"
        )
        self.assertEqual(symbol.compose("{number}/{type}", 7, type=""), "07")

    def test_printed_symbol_is_read_back(self):
        """BS-14.2a"""
        cases = {
            "128/QĐ-UBND": ("128", None, ["QĐ", "UBND"]),
            "28/2018/QĐ-TTg": ("28", "2018", ["QĐ", "TTg"]),
            " 15 / UBND - VP ": ("15", None, ["UBND", "VP"]),
            "05/UBND": ("05", None, ["UBND"]),
            "12a/TB-VP": ("12a", None, ["TB", "VP"]),
            "2020/QĐ-UBND": ("2020", None, ["QĐ", "UBND"]),
            "1/1999/TT": ("1", "1999", ["TT"]),
        }
        for text, parts in cases.items():
            with self.subTest(text=text):
                self.assertEqual(symbol.parse(text), parts)

    def test_what_is_no_symbol_is_none(self):
        """BS-14.2a"""
        for text in ("", None, "QĐ-UBND", "128", "128/", "/QĐ", "số 5/QĐ", "12-QĐ"):
            with self.subTest(text=text):
                self.assertIsNone(symbol.parse(text))

    def test_composed_symbol_is_read_back(self):
        """BS-14.2a"""
        for number in (1, 9, 10, 100, 12345):
            text = symbol.compose(
                symbol.TITLED_PATTERN, number, type="QĐ", agency="UBND"
            )
            self.assertEqual(int(symbol.parse(text)[0]), number)

    def test_spaces_around_marks_are_taken_out(self):
        """BS-14.2a"""
        self.assertEqual(symbol.normalise(" 128 / QĐ – UBND "), "128/QĐ – UBND")
        self.assertEqual(symbol.normalise("128 /QĐ- UBND"), "128/QĐ-UBND")
        self.assertEqual(symbol.normalise(False), "")

    def test_only_whole_placeholders_stand_in_a_pattern(self):
        for pattern in ("{number}/{type}-{agency}", "S{number}", "x", ""):
            self.assertTrue(symbol.is_pattern(pattern), pattern)
        for pattern in (
            "{number:>999999999}",
            "{number!r}",
            "{number.__class__}",
            "{number[0]}",
            "{other}",
            "{}",
            "{",
            "{{number}}",
        ):
            self.assertFalse(symbol.is_pattern(pattern), pattern)

    def test_only_ids_are_read_as_ids(self):
        self.assertEqual([to_id(7), to_id("7")], [7, 7])
        for value in (None, False, True, "", "x", -1, 0, [1], {}, 2**31, 1e999, 10**30):
            self.assertEqual(to_id(value), 0, value)
