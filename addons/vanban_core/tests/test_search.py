from unicodedata import is_normalized, normalize

from odoo.tests import tagged

from .common import VanbanCommon


@tagged("post_install", "-at_install")
class TestSearch(VanbanCommon):
    """A specialist finds the document, however it is typed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.document = cls._create_handled(
            symbol="128/QĐ-BM",
            subject=normalize("NFD", "Về việc tổ chức Đại hội ở xã Đăk Ơ"),
            signer_name=normalize("NFD", "Nguyễn Thị Ước"),
        )
        cls.other = cls._create_handled(symbol="77/QĐ-BM", subject="Về phòng cháy")

    def _find(self, words, field="search_words", operator="ilike"):
        Document = self.env["vanban.document"].with_user(self.officer)
        return Document.search([(field, operator, words)])

    def test_found_by_number_and_symbol(self):
        """HT-8.4"""
        for words in ("128/QĐ-BM", "128", "128/qd-bm", "qd-bm 128"):
            with self.subTest(words):
                self.assertEqual(self._find(words), self.document)

    def test_found_by_arrival_number(self):
        """HT-8.4"""
        number = self.other.register_number
        self.assertEqual(self._find(number, "register_number", "="), self.other)
        self.assertIn(self.other, self._find(str(number)))

    def test_found_without_diacritics_and_in_any_case(self):
        """HT-8.4"""
        for words in (
            "quyet dinh 128",
            "QUYẾT ĐỊNH 128",
            "dai hoi dak o",
            "nguyen thi uoc",
            "to chuc bo mau",
        ):
            with self.subTest(words):
                self.assertEqual(self._find(words), self.document)

    def test_found_by_words_typed_decomposed(self):
        """HN-2: as some keyboards and copied PDF text do"""
        words = normalize("NFD", "Đại hội ở xã")
        self.assertFalse(is_normalized("NFC", words))
        self.assertEqual(self._find(words), self.document)
        self.assertEqual(self._find(words, "subject"), self.document)
        name = normalize("NFD", "Bộ Mẫu")
        self.assertEqual(
            self._find(name, "issuer_name", "="), self.document | self.other
        )
        self.assertEqual(
            self.env["res.partner"].search([("name", "=", name)]), self.issuer
        )

    def test_every_word_has_to_be_there(self):
        """HT-8.4"""
        self.assertFalse(self._find("quyet dinh 128 phong chay"))
        self.assertEqual(self._find("  "), self.document | self.other)

    def test_marks_of_patterns_are_plain_letters(self):
        """design §4.11"""
        for words in ("100%", "_", "\\", "'; DROP TABLE x --", "{", "(("):
            with self.subTest(words):
                self.assertFalse(self._find(words))

    def test_names_are_found_like_words(self):
        """HT-8.4: where a document is chosen in a form"""
        Document = self.env["vanban.document"].with_user(self.officer)
        found = Document.name_search("quyet dinh 128")
        self.assertEqual([id_ for id_, _name in found], self.document.ids)
        self.assertIn("128/QĐ-BM", found[0][1])

    def test_text_is_stored_in_one_form(self):
        """HN-2"""
        self.assertEqual(self.document.subject, "Về việc tổ chức Đại hội ở xã Đăk Ơ")
        partner = self.env["res.partner"].create({"name": normalize("NFD", "Sở Y tế")})
        case = self.env["vanban.case"].create({"title": normalize("NFD", "Hồ sơ")})
        for text in (
            self.document.signer_name,
            self.document.search_text,
            partner.name,
            case.title,
        ):
            self.assertTrue(is_normalized("NFC", text), text)
