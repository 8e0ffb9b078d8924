from odoo.tests import tagged

from odoo.addons.vanban_core.tests.translations import TranslationCase


@tagged("post_install", "-at_install")
class TestTranslations(TranslationCase):
    def test_every_term_has_its_vietnamese(self):
        """HN-2: no English word reaches the screen."""
        self._check_complete("vanban_tasks", at_least=500)

    def test_every_choice_is_shown_in_vietnamese(self):
        """HN-2"""
        self._check_choices("vanban_tasks")

    def test_placeholders_are_the_same_in_both_languages(self):
        self._check_placeholders("vanban_tasks")
