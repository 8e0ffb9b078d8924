import re

import polib

from odoo.tests import TransactionCase
from odoo.tools import file_path
from odoo.tools.translate import TranslationModuleReader

# Forms of the law are written in Vietnamese in the first place.
VIETNAMESE = re.compile(r"[ăâđêôơưĂÂĐÊÔƠƯ\u00c0-\u00ff\u1ea0-\u1ef9]")
# The same in both languages, or no words at all.
ALIKE = {"Fax", "SHA-256", "UBND", "ID", "id", "{number}/{type}-{agency}"}
EXPRESSION = re.compile(r"^('.*' % \S+|object\.\w+\(\)|<span>–</span>|[\d/]+[A-Z-]+)$")
PLACEHOLDER = re.compile(r"%\(\w+\)s|\{\w+\}")


class TranslationCase(TransactionCase):
    """The screen of a module is Vietnamese, whole."""

    def _get_path(self, module):
        return file_path(f"{module}/i18n/vi.po")

    def _check_complete(self, module, at_least):
        """Check that every term of a module has its line in vi.po."""
        path = self._get_path(module)
        known = {e.msgid for e in polib.pofile(path) if e.msgstr and not e.fuzzy}
        reader = TranslationModuleReader(self.env.cr, modules=[module])
        terms = {row[4] for row in reader}
        self.assertGreater(len(terms), at_least)
        missing = sorted(filter(self._needs_translation, terms - known))
        self.assertFalse(missing, f"terms of {module} without a line in vi.po")

    def _needs_translation(self, term):
        return not (VIETNAMESE.search(term) or term in ALIKE or EXPRESSION.match(term))

    def _check_choices(self, module):
        """Check what the screen says for each choice, also an inherited one."""
        english, vietnamese = (
            self.env(context={"lang": lang}) for lang in ("en_US", "vi_VN")
        )
        for name, model in self.registry.items():
            if model._original_module != module:
                continue
            for field in model._fields.values():
                # what Odoo keeps of activities is shown by Odoo's own components
                if (
                    field.type != "selection"
                    or callable(field.selection)
                    or field.name.startswith("activity_")
                ):
                    continue
                told = dict(field._description_selection(vietnamese))
                for key, label in field._description_selection(english):
                    if self._needs_translation(label):
                        with self.subTest(field=f"{name}.{field.name}", choice=key):
                            self.assertNotEqual(told[key], label)

    def _check_placeholders(self, module):
        """Check that both languages fill in the same values."""
        for entry in polib.pofile(self._get_path(module)):
            if entry.msgstr:
                with self.subTest(entry.msgid):
                    self.assertEqual(
                        sorted(PLACEHOLDER.findall(entry.msgid)),
                        sorted(PLACEHOLDER.findall(entry.msgstr)),
                    )
