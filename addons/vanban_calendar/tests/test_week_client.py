from odoo.tests import HttpCase, tagged

from odoo.addons.web.tests import test_js


@tagged("post_install", "-at_install")
class TestWeekClient(HttpCase):
    def test_functions_of_the_week_table(self):
        """The rows, columns and addresses of the week, in a real browser."""
        ours = test_js.HOOTCommon._generate_hash(self, "@vanban_calendar")
        self.browser_js(
            f"/web/tests?headless&loglevel=2&id={ours}",
            "",
            "",
            login="admin",
            timeout=300,
            success_signal="[HOOT] Test suite succeeded",
            error_checker=test_js.unit_test_error_checker,
        )
