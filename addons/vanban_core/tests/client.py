from odoo.tests import HttpCase

from odoo.addons.web.tests import test_js


class ClientCase(HttpCase):
    """The functions of the web client of a module, in a real browser."""

    def _check_functions(self, module):
        """Run the tests in ``static/tests`` of a module."""
        ours = test_js.HOOTCommon._generate_hash(self, f"@{module}")
        self.browser_js(
            f"/web/tests?headless&loglevel=2&id={ours}",
            "",
            "",
            login="admin",
            timeout=300,
            success_signal="[HOOT] Test suite succeeded",
            error_checker=test_js.unit_test_error_checker,
        )
