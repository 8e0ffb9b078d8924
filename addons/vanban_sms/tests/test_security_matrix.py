from pathlib import Path

from odoo.tests import tagged

from odoo.addons.vanban_core.tests.matrix import MatrixCase

from .common import TOKEN, SmsCommon


@tagged("post_install", "-at_install")
class TestSecurityMatrix(MatrixCase, SmsCommon):
    """HT-4.2a: ``security_matrix.csv`` says what is expected of each cell."""

    table = Path(__file__).with_name("security_matrix.csv")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._read_table()
        cls.agency.write(
            {
                "vanban_sms_provider": "http",
                "vanban_sms_url": "https://sms.songmay.example/",
                "vanban_sms_auth": "bearer",
                "vanban_sms_secret": TOKEN,
                "vanban_sms_fixed": "ApiKey=1",
            }
        )
        cls.message = (
            cls.env["sms.sms"]
            ._vanban_in_action()
            .create(
                {
                    "number": "+84912345678",
                    "body": "Họp",
                    "vanban_company_id": cls.agency.id,
                }
            )
        )

    def _get_call(self, model, operation):
        agency, message = self.agency.ids, self.message.ids
        number = {"number": "+84912345678", "body": "Họp"}
        test = {"company_id": self.agency.id, "number": "0912345678", "text": "Thử"}
        return {
            "read secret": ("read", {"ids": agency, "fields": ["vanban_sms_secret"]}),
            "read fixed": ("read", {"ids": agency, "fields": ["vanban_sms_fixed"]}),
            "read url": (
                "web_read",
                {"ids": agency, "specification": {"vanban_sms_url": {}}},
            ),
            "search_read by secret": (
                "search_read",
                {"domain": [("vanban_sms_secret", "=like", "ma%")], "fields": ["id"]},
            ),
            "group by secret": (
                "formatted_read_group",
                {
                    "domain": [("id", "in", agency)],
                    "groupby": ["vanban_sms_secret"],
                    "aggregates": ["__count"],
                },
            ),
            "set gateway": (
                "write",
                {"ids": agency, "vals": {"vanban_sms_provider": "none"}},
            ),
            "search_read": (
                "search_read",
                {"domain": [], "fields": ["number", "body"]},
            ),
            "create": (
                "create",
                {"vals_list": [test if model == "vanban.sms.test" else number]},
            ),
            "send": ("send", {"ids": message}),
            "send again": ("resend_failed", {"ids": message}),
            "set tries": ("write", {"ids": message, "vals": {"vanban_tries": 0}}),
            "set agency": (
                "write",
                {"ids": message, "vals": {"vanban_company_id": self.other_agency.id}},
            ),
        }[operation]

    def test_settings(self):
        """Nobody else reads a secret, by whatever door."""
        self._check("res.company")

    def test_messages(self):
        self._check("sms.sms", "vanban.sms.test")

    def test_table_names_every_role_for_every_operation_once(self):
        self._check_table("vanban_sms")
