from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.modules import module
from odoo.tests import tagged

from odoo.addons.iap.tools import iap_tools

from .common import SmsCommon


@tagged("post_install", "-at_install")
class TestNoGateway(SmsCommon):
    """Nobody is asked in place of a gateway: Odoo's paid service least of all."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.leader.partner_id.phone = "0912 345 678"
        cls.account = cls.env["iap.account"].get("sms")

    def setUp(self):
        super().setUp()
        # where all that goes to Odoo's services passes; in tests it would refuse
        self.paid_service = self.startPatcher(patch.object(iap_tools, "iap_jsonrpc"))

    def _assert_nobody_was_asked(self):
        self.assertFalse(self.hosts)
        self.assertFalse(self.gateway.requests)
        self.paid_service.assert_not_called()

    def test_a_new_agency_sends_nothing(self):
        agency = self.env["res.company"].create({"name": "UBND xã Mẫu"})
        self.assertEqual(agency.vanban_sms_provider, "none")

    def test_messages_end_with_a_clear_reason(self):
        accounts = self.env["iap.account"].search_count([])
        message = self._send(self.leader)
        self._run_queue()
        self.assertEqual(message.state, "error")
        self.assertEqual(message.failure_type, "vanban_no_gateway")
        labels = message.with_context(lang="vi_VN").fields_get(["failure_type"])
        self.assertIn(
            ("vanban_no_gateway", "Cơ quan chưa khai báo cổng tin nhắn"),
            labels["failure_type"]["selection"],
        )
        self.assertEqual(self.env["iap.account"].search_count([]), accounts)
        self._assert_nobody_was_asked()

    def test_messages_of_the_chatter_end_so_too(self):
        """What Odoo's dialog and its posts send by themselves."""
        posted = self.issuer.with_user(self.admin).message_post(
            body="Họp khẩn", message_type="sms", sms_numbers=["0912345678"]
        )
        composer = (
            self.env["sms.composer"]
            .with_user(self.admin)
            .create(
                {
                    "numbers": "+84912345678",
                    "body": "Họp",
                    "composition_mode": "numbers",
                }
            )
        )
        composer.action_send_sms()
        messages = self._get_messages()
        self.assertEqual(len(messages), 2)
        self._run_queue()
        self.assertEqual(set(messages.mapped("failure_type")), {"vanban_no_gateway"})
        notification = posted.sudo().notification_ids
        self.assertEqual(notification.notification_status, "exception")
        self.assertEqual(notification.failure_type, "vanban_no_gateway")
        self._assert_nobody_was_asked()

    def test_nobody_else_sends_messages_by_hand(self):
        """At any number, in the agency's name and at its expense."""
        self._set_up_gateway()
        draft = self._create_draft().with_user(self.officer)
        with self._assert_refused():
            draft.message_post(
                body="Trúng thưởng", message_type="sms", sms_numbers=["+84912345678"]
            )
        for user in (self.officer, self.clerk, self.leader, self.secretary):
            dialog = (
                self.env["sms.composer"]
                .with_user(user)
                .create(
                    {
                        "numbers": "+84912345678",
                        "body": "Trúng thưởng",
                        "composition_mode": "numbers",
                    }
                )
            )
            with self.subTest(user.login), self._assert_refused():
                dialog.action_send_sms()
        self.assertFalse(self._get_messages())

    def test_no_context_passes_for_an_action(self):
        messages = self.env["sms.sms"].with_user(self.officer).sudo()
        with self._assert_refused():
            messages.with_context(vanban_action=True).create(
                {"number": "+84912345678", "body": "Trúng thưởng"}
            )

    def _assert_refused(self):
        return self.assertRaisesRegex(
            AccessError, "Only the administrator|Chỉ quản trị mới"
        )

    def test_paid_service_is_asked_nothing_about_messages(self):
        account = self.account.with_user(self.admin)
        with patch.object(module, "current_test", None):
            account.web_read({"name": {}})
            account.warning_threshold = 5
        self.assertEqual(account.get_credits("sms"), 0)
        with self.assertRaises(UserError):
            account.action_buy_credits()
        with self.assertRaises(UserError):
            account.get_credits_url("sms")
        self._assert_nobody_was_asked()

    def test_nobody_registers_with_the_paid_service(self):
        for model, values, action in (
            (
                "sms.account.phone",
                {"phone_number": "0912345678"},
                "action_send_verification_code",
            ),
            ("sms.account.code", {"verification_code": "123456"}, "action_register"),
            ("sms.account.sender", {"sender_name": "UBND"}, "action_set_sender_name"),
        ):
            dialog = (
                self.env[model]
                .with_user(self.admin)
                .create({"account_id": self.account.id, **values})
            )
            with self.subTest(model), self.assertRaisesRegex(UserError, "own gateway"):
                getattr(dialog, action)()
        self._assert_nobody_was_asked()

    def test_other_paid_services_are_left_to_their_modules(self):
        service = self.env["iap.service"].create(
            {
                "name": "Khác",
                "technical_name": "khac",
                "description": "Khác",
                "unit_name": "lượt",
                "integer_balance": True,
            }
        )
        account = self.env["iap.account"].create({"service_id": service.id})
        account.get_credits("khac")
        self.paid_service.assert_called_once()
