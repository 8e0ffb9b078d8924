from odoo.tests import tagged

from odoo.addons.vanban_core.tests.client import ClientCase


@tagged("post_install", "-at_install")
class TestClient(ClientCase):
    def test_functions_of_the_web_client(self):
        """The table of the week, the words of clashes, the hours people type."""
        self._check_functions("vanban_calendar")
