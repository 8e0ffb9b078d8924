from odoo.tests import tagged

from odoo.addons.vanban_core.tests.client import ClientCase


@tagged("post_install", "-at_install")
class TestClient(ClientCase):
    def test_functions_of_the_web_client(self):
        """The line of time of the tasks."""
        self._check_functions("vanban_tasks")
