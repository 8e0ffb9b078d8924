from odoo.tests import tagged

from .client import ClientCase


@tagged("post_install", "-at_install")
class TestClient(ClientCase):
    def test_functions_of_the_web_client(self):
        """The deadline in words and the tree of the way."""
        self._check_functions("vanban_core")
