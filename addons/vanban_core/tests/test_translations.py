import re

import polib

from odoo.tests import BaseCase, TransactionCase, tagged
from odoo.tools import file_path
from odoo.tools.translate import TranslationModuleReader

# Forms of the law are written in Vietnamese in the first place.
VIETNAMESE = re.compile(r"[ăâđêôơưĂÂĐÊÔƠƯ\u00c0-\u00ff\u1ea0-\u1ef9]")
# The same in both languages, or no words at all.
ALIKE = {"Fax", "SHA-256", "UBND", "ID", "{number}/{type}-{agency}"}
EXPRESSION = re.compile(r"^('.*' % \S+|object\.\w+\(\)|<span>–</span>)$")


def needs_translation(term):
    return not (VIETNAMESE.search(term) or term in ALIKE or EXPRESSION.match(term))


@tagged("post_install", "-at_install")
class TestTranslations(TransactionCase):
    def test_every_term_has_its_vietnamese(self):
        """HN-2: no English word reaches the screen."""
        path = file_path("vanban_core/i18n/vi.po")
        known = {e.msgid for e in polib.pofile(path) if e.msgstr and not e.fuzzy}
        reader = TranslationModuleReader(self.env.cr, modules=["vanban_core"])
        terms = {row[4] for row in reader}
        self.assertGreater(len(terms), 400)
        missing = sorted(filter(needs_translation, terms - known))
        self.assertFalse(missing, "terms of vanban_core without a line in vi.po")


@tagged("post_install", "-at_install")
class TestTranslationFile(BaseCase):
    def test_placeholders_are_the_same_in_both_languages(self):
        placeholder = re.compile(r"%\(\w+\)s|\{\w+\}")
        for entry in polib.pofile(file_path("vanban_core/i18n/vi.po")):
            if entry.msgstr:
                with self.subTest(entry.msgid):
                    self.assertEqual(
                        sorted(placeholder.findall(entry.msgid)),
                        sorted(placeholder.findall(entry.msgstr)),
                    )
