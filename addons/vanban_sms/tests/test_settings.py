from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import TOKEN, SmsCommon

LOGGER = "odoo.addons.vanban_sms.tools.gateway"


@tagged("post_install", "-at_install")
class TestSettings(SmsCommon):
    def _assert_refused(self, **settings):
        before = self.agency.read(list(settings))
        with self.assertRaises(ValidationError), self.env.cr.savepoint():
            self._set_up_gateway(**settings)
        self.env.invalidate_all()
        self.assertEqual(self.agency.read(list(settings)), before)

    def test_address_is_that_of_a_gateway(self):
        for url in (
            False,
            "sms.songmay.example",
            "ftp://sms.songmay.example/",
            "file:///etc/passwd",
            "javascript:alert(1)",
            "https://",
            "https:///send",
            "https://[::1/send",
            "https://sms.songmay.example:99999/",
            "https://ten:mat-khau@sms.songmay.example/",
            "http://169.254.169.254/latest/meta-data",
            "http://[fe80::1]/",
            "http://[::ffff:169.254.169.254]/",
            "http://0.0.0.0/",
            "http://224.0.0.1/",
        ):
            with self.subTest(url):
                self._assert_refused(vanban_sms_url=url)

    def test_gateways_of_the_own_network_are_allowed(self):
        for url in (
            "https://sms.songmay.example/send?kind=2",
            "http://10.10.0.5:13013/cgi-bin/sendsms",
            "http://192.168.1.20/",
            "http://127.0.0.1:8080/",
            "http://[::1]/",
            "HTTPS://SMS.SONGMAY.EXAMPLE/",
        ):
            with self.subTest(url):
                self._set_up_gateway(vanban_sms_url=url)
                self.assertEqual(self.agency.vanban_sms_url, url)

    def test_request_has_number_and_text(self):
        self._assert_refused(vanban_sms_number_field=False)
        self._assert_refused(vanban_sms_text_field=False)
        for lines in ("SmsType", "=2", "a=1\n \nb"):
            with self.subTest(lines):
                self._assert_refused(vanban_sms_fixed=lines)

    def test_authentication_is_whole(self):
        for kind, name, secret in (
            ("bearer", False, False),
            ("bearer", False, "mã có dấu"),
            ("bearer", False, "hai\ndòng"),
            ("basic", False, "mật khẩu"),
            ("basic", "tài khoản", False),
            ("header", False, "ma"),
            ("header", "X-Key", "xuống\r\nX-Other: 1"),
            ("header", "X Key", "ma"),
            ("header", "X-Key: 1\r\nX-Other", "ma"),
        ):
            with self.subTest(kind=kind, name=name, secret=secret):
                self._assert_refused(
                    vanban_sms_auth=kind,
                    vanban_sms_auth_name=name,
                    vanban_sms_secret=secret,
                )
        self._set_up_gateway(
            vanban_sms_auth="basic",
            vanban_sms_auth_name="tài khoản",
            vanban_sms_secret="mật khẩu",
        )

    def test_success_is_a_value(self):
        self._assert_refused(
            vanban_sms_success_path="CodeResult", vanban_sms_success_value=False
        )

    def test_length_is_one_that_gateways_take(self):
        for length in (0, -1, 19, 1601):
            with (
                self.subTest(length),
                mute_logger("odoo.sql_db"),
                self.assertRaises(IntegrityError),
                self.env.cr.savepoint(),
            ):
                self._set_up_gateway(vanban_sms_length_max=length)
                self.env.flush_all()

    def test_who_is_no_administrator_of_ours_can_still_save_an_agency(self):
        """The checks read settings that others do not."""
        self._set_up_gateway()
        other = self.env["res.users"].create(
            {
                "name": "Kỹ thuật",
                "login": "ky.thuat",
                "group_ids": [
                    Command.link(self.env.ref("base.group_erp_manager").id),
                    Command.link(self.env.ref("base.group_partner_manager").id),
                ],
            }
        )
        agency = self.agency.with_user(other)
        agency.name = "UBND tỉnh Mẫu mới"
        with self.assertRaises(AccessError):
            agency.vanban_sms_url = "https://sms.songmay.example/"
        self.assertTrue(agency.create({"name": "Cơ quan mới"}))

    def test_a_copy_of_an_agency_has_no_secret(self):
        self._set_up_gateway(vanban_sms_fixed="ApiKey=1", vanban_sms_auth="none")
        copied = self.agency.copy_data()[0]
        self.assertNotIn("vanban_sms_secret", copied)
        self.assertNotIn("vanban_sms_fixed", copied)


@tagged("post_install", "-at_install")
class TestTestMessage(SmsCommon):
    """The button that tries the settings."""

    def _try(self, number="0912 345 678", user=None):
        dialog = (
            self.env["vanban.sms.test"]
            .with_user(user or self.admin)
            .create({"company_id": self.agency.id, "number": number, "text": "Thử"})
        )
        with mute_logger(LOGGER):
            action = dialog.action_send()
        self.assertEqual(action["res_id"], dialog.id)
        return dialog

    def test_the_answer_is_shown_at_once(self):
        self._set_up_gateway()
        dialog = self._try()
        self.assertTrue(dialog.is_sent)
        self.assertIn("The gateway took the message: HTTP 200", dialog.answer)
        self.assertEqual(self._get_bodies()[0]["content"], "Thu")
        self.assertEqual(self._get_messages().state, "pending")

    def test_a_refusal_is_shown_in_one_sentence(self):
        self._set_up_gateway()
        self.gateway.answers = [(401, f"Unknown token\n{TOKEN}".encode())]
        dialog = self._try()
        self.assertFalse(dialog.is_sent)
        self.assertEqual(
            dialog.answer, "Refused by the gateway: HTTP 401 Unknown token •••"
        )

    def test_it_is_not_tried_again(self):
        self._set_up_gateway()
        for status in (500, 503):
            self.gateway.answers = [(status, b"")]
            self.assertIn("The gateway has an error", self._try().answer)
        self.gateway.answers = [(200, b"")]
        self._run_queue()
        self.assertEqual(len(self.gateway.requests), 2)
        self.assertEqual(set(self._get_messages().mapped("state")), {"error"})

    def test_without_gateway_it_says_so(self):
        dialog = self._try()
        self.assertFalse(dialog.is_sent)
        self.assertEqual(dialog.answer, "The agency has no gateway")
        self.assertFalse(self.hosts)

    def test_a_number_that_takes_no_messages_is_refused(self):
        self._set_up_gateway()
        with self.assertRaises(UserError):
            self._try("024 3825 1234")
        self.assertFalse(self.gateway.requests)

    def test_own_number_is_proposed(self):
        self.admin.partner_id.phone = "0987 654 321"
        dialog = self.env["vanban.sms.test"].with_user(self.admin)
        self.assertEqual(dialog.default_get(["number"])["number"], "+84987654321")

    def test_nobody_else_sends_one(self):
        self._set_up_gateway()
        for user in (self.officer, self.clerk, self.leader):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self._try(user=user)
        self.assertFalse(self.gateway.requests)
