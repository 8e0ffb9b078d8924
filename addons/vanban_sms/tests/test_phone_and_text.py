from odoo.tests import BaseCase, tagged

from ..tools.phone import to_mobile, with_prefix
from ..tools.text import one_line, shorten, without_diacritics

NUMBER = "+84912345678"


@tagged("post_install", "-at_install")
class TestPhoneAndText(BaseCase):
    def test_a_mobile_number_is_known_however_it_is_written(self):
        for written in (
            "0912345678",
            "0912 345 678",
            "0912.345.678",
            "(091) 234-5678",
            "912345678",
            "84912345678",
            "+84 912 345 678",
            "+84 (0) 912 345 678",
            "0084 912 345 678",
            "ĐT: 0912 345 678 (chị Hà)",
            "0912 345 678 / 0987 654 321",
            "0912345678\n0987654321",
            "024 3825 1234, di động 0912 345 678",
        ):
            with self.subTest(written):
                self.assertEqual(to_mobile(written), NUMBER)

    def test_what_takes_no_messages_is_no_mobile_number(self):
        for written in (
            None,
            False,
            "",
            "chưa có",
            "113",
            "1900 1234",
            "024 3825 1234",
            "0168 123 4567",
            "091234567",
            "09123456789",
        ):
            with self.subTest(written):
                self.assertIsNone(to_mobile(written))

    def test_a_number_abroad_keeps_its_country(self):
        self.assertEqual(to_mobile("+856 20 5555 1234"), "+8562055551234")
        for prefix, written in (
            ("0", "8562055551234"),
            ("84", "8562055551234"),
            ("+84", "+8562055551234"),
        ):
            self.assertEqual(with_prefix("+8562055551234", prefix), written)

    def test_a_number_is_written_as_the_gateway_wants_it(self):
        for prefix in ("0", "84", "+84"):
            self.assertEqual(with_prefix(NUMBER, prefix), f"{prefix}912345678")

    def test_text_without_diacritics_is_ascii(self):
        for text, plain in (
            ("Hỏa tốc: mời đ/c Đặng Ước", "Hoa toc: moi d/c Dang Uoc"),
            ("“Sông Mây” – 8 giờ…", '"Song May" - 8 gio...'),
            ("Họp\ntại phòng số 2", "Hop\ntai phong so 2"),
            ("5.000₫", "5.000d"),
            ("10 × 2 • 3 m²", "10 x 2 - 3 m2"),
            ("Được 👍", "Duoc "),
        ):
            with self.subTest(text):
                self.assertEqual(without_diacritics(text), plain)
                decomposed = without_diacritics(text.encode().decode())
                self.assertTrue(decomposed.isascii())

    def test_a_long_text_is_cut_between_two_words(self):
        text = "Mời họp khẩn lúc tám giờ"
        self.assertEqual(shorten(text, len(text)), text)
        self.assertEqual(shorten(text, 20), "Mời họp khẩn lúc...")
        self.assertEqual(shorten(text, 19), "Mời họp khẩn lúc...")
        self.assertEqual(shorten(text, 18), "Mời họp khẩn...")
        self.assertEqual(shorten("a" * 30, 20), "a" * 17 + "...")
        for longest in range(4, len(text)):
            self.assertLessEqual(len(shorten(text, longest)), longest)

    def test_an_answer_is_told_in_one_line(self):
        self.assertEqual(one_line(' {\n  "code":\t1\r\n} ', 50), '{ "code": 1 }')
        self.assertEqual(one_line("a" * 300, 200), "a" * 200)
