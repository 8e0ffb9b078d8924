from odoo.tests import tagged

from odoo.addons.vanban_core.tests.translations import TranslationCase


@tagged("post_install", "-at_install")
class TestTranslations(TranslationCase):
    def test_every_term_has_its_vietnamese(self):
        """HN-2: no English word reaches the screen."""
        self._check_complete("vanban_calendar_tasks", at_least=2)
