import base64
import threading
from unittest.mock import patch

from odoo import Command
from odoo.tests import tagged

from ..tools.gateway import Answer, Gateway
from .common import TOKEN, GatewayServer, SmsCommon


@tagged("post_install", "-at_install")
class TestSending(SmsCommon):
    """From a module's wish to the request that the gateway gets."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.leader.partner_id.phone = "0912 345 678"

    def _get_request(self, text="Họp khẩn lúc 8 giờ", **settings):
        """Return the one request that a message becomes with these settings."""
        self._set_up_gateway(**settings)
        self.gateway.requests.clear()
        self._send(self.leader, text=text)
        self._run_queue()
        self.assertEqual(len(self.gateway.requests), 1)
        return self.gateway.requests[0]

    # ---- the way of a message ----

    def test_people_of_an_urgent_invitation_get_a_message(self):
        """HT-8.15: queued at once, handed over by the queue, kept in the log."""
        self._set_up_gateway()
        message = self._send(self.leader, text="Hỏa tốc: họp 8 giờ tại phòng số 2")
        self.assertEqual(message.state, "outgoing")
        self.assertFalse(self.gateway.requests)

        self._run_queue()

        [request] = self.gateway.requests
        self.assertEqual(request["path"], "/send")
        self.assertEqual(request["headers"]["Authorization"], f"Bearer {TOKEN}")
        self.assertEqual(
            self._get_bodies(),
            [
                {
                    "phone": "84912345678",
                    "content": "Hoa toc: hop 8 gio tai phong so 2",
                    "brandname": "UBND-MAU",
                    "id": message.uuid,
                }
            ],
        )
        self.assertEqual(message.state, "pending")
        self.assertEqual(message.partner_id, self.leader.partner_id)
        self.assertEqual(message.vanban_company_id, self.agency)
        self.assertFalse(message.to_delete)
        self.assertIn("100", message.vanban_answer)

    def test_nothing_is_sent_twice(self):
        self._set_up_gateway()
        self._send(self.leader)
        self._run_queue()
        self._run_queue()
        self.assertEqual(len(self.gateway.requests), 1)

    def test_no_request_of_a_user_waits_for_the_gateway(self):
        """Odoo's own ways to send at once only wake the queue as well."""
        self._set_up_gateway()
        trigger = [("cron_id", "=", self.cron.id)]
        triggers = self.env["ir.cron.trigger"]
        message = self._send(self.leader)
        triggers.search(trigger).unlink()
        message.with_user(self.admin).send()
        message.with_user(self.admin).with_context(vanban_sms_now=True).send()
        message._vanban_in_action().send()
        self.assertEqual(message.state, "outgoing")
        self.assertFalse(self.gateway.requests)
        self.assertTrue(triggers.search(trigger))

    def test_many_messages_leave_in_several_batches(self):
        self._set_up_gateway()
        messages = self.env["sms.sms"].union(
            *(self._send(self.leader, text=f"Tin số {i}") for i in range(45))
        )
        self._run_queue()
        self.assertEqual(set(messages.mapped("state")), {"pending"})
        texts = [body["content"] for body in self._get_bodies()]
        self.assertEqual(texts, [f"Tin so {i}" for i in range(45)])

    # ---- people ----

    def test_who_has_no_mobile_number_is_told(self):
        self.officer2.partner_id.phone = "024 3825 1234"
        people = self.leader | self.officer2 | self.unit_head
        without = people.with_user(self.officer)._vanban_send_sms("Họp")
        self.assertEqual(without, self.officer2 | self.unit_head)
        self.assertEqual(self._get_messages().partner_id, self.leader.partner_id)
        partners = people.partner_id.with_user(self.officer)
        self.assertEqual(
            partners._vanban_send_sms("Họp"),
            (self.officer2 | self.unit_head).partner_id,
        )

    def test_the_mobile_number_of_an_employee_is_taken(self):
        employee = self._get_employees(self.unit_head)
        employee.work_contact_id.phone = "024 3825 1234"
        employee.mobile_phone = "0987 654 321"
        self.assertEqual(self._send(self.unit_head).number, "+84987654321")

    def test_one_message_goes_to_each_person(self):
        self.officer2.partner_id.phone = "0987 654 321"
        messages = self._send(self.leader, self.officer2)
        self.assertEqual(messages.mapped("number"), ["+84912345678", "+84987654321"])
        self.assertFalse(self.env["res.users"]._vanban_send_sms("Họp"))

    # ---- agencies ----

    def test_each_agency_sends_by_its_own_gateway(self):
        other = GatewayServer()
        thread = threading.Thread(target=other.serve_forever, daemon=True)
        thread.start()
        self.addCleanup(thread.join)
        self.addCleanup(other.stop)
        self.stranger.partner_id.phone = "0987 654 321"
        self._set_up_gateway()
        self._set_up_gateway(
            self.other_agency, vanban_sms_url=other.url, vanban_sms_secret="ma-khac"
        )
        self._send(self.leader)
        self._send(self.stranger, user=self.stranger, agency=self.other_agency)
        self._run_queue()
        [mine], [theirs] = self.gateway.requests, other.requests
        self.assertIn(b"84912345678", mine["body"])
        self.assertIn(b"84987654321", theirs["body"])
        self.assertEqual(theirs["headers"]["Authorization"], "Bearer ma-khac")

    def test_an_agency_without_gateway_borrows_none(self):
        self._set_up_gateway()
        self.stranger.partner_id.phone = "0987 654 321"
        message = self._send(
            self.stranger, user=self.stranger, agency=self.other_agency
        )
        self._run_queue()
        self.assertEqual(message.failure_type, "vanban_no_gateway")
        self.assertFalse(self.gateway.requests)

    # ---- what the gateway is sent ----

    def test_request_as_a_form(self):
        request = self._get_request(
            vanban_sms_body="form",
            vanban_sms_number_field="to",
            vanban_sms_text_field="msg",
            vanban_sms_id_field=False,
            vanban_sms_fixed="SmsType=2\n\n Sandbox = a=b ",
        )
        kind = request["headers"]["Content-Type"]
        self.assertEqual(kind, "application/x-www-form-urlencoded")
        self.assertEqual(
            self._get_bodies(),
            [
                {
                    "SmsType": "2",
                    "Sandbox": "a=b",
                    "to": "84912345678",
                    "msg": "Hop khan luc 8 gio",
                    "brandname": "UBND-MAU",
                }
            ],
        )

    def test_number_in_each_form(self):
        for prefix in ("0", "84", "+84"):
            with self.subTest(prefix):
                self._get_request(vanban_sms_number_format=prefix)
                self.assertEqual(self._get_bodies()[0]["phone"], f"{prefix}912345678")

    def test_diacritics_are_kept_where_the_agency_pays_for_them(self):
        for kind in ("json", "form"):
            with self.subTest(kind):
                self._get_request(vanban_sms_keep_diacritics=True, vanban_sms_body=kind)
                text = self._get_bodies()[0]["content"]
                self.assertEqual(text, "Họp khẩn lúc 8 giờ")

    def test_a_text_is_as_long_as_the_agency_pays_for(self):
        self._get_request(text="Họp khẩn " * 50, vanban_sms_length_max=40)
        text = self._get_bodies()[0]["content"]
        self.assertEqual(text, "Hop khan Hop khan Hop khan Hop khan...")

    def test_each_kind_of_authentication(self):
        basic = base64.b64encode(f"sở-tt:{TOKEN}".encode()).decode()
        for kind, name, header, value in (
            ("none", False, "Authorization", None),
            ("bearer", False, "Authorization", f"Bearer {TOKEN}"),
            ("basic", "sở-tt", "Authorization", f"Basic {basic}"),
            ("header", "X-Api-Key", "X-Api-Key", TOKEN),
        ):
            with self.subTest(kind):
                request = self._get_request(
                    vanban_sms_auth=kind, vanban_sms_auth_name=name
                )
                self.assertEqual(request["headers"].get(header), value)

    # ---- another provider ----

    def test_another_provider_is_one_class_and_one_key(self):
        class Board(Gateway):
            handed = []

            def _deliver(self, number, text, uuid):
                self.handed.append((number, text))
                return Answer("sent")

        company_class = type(self.env["res.company"])
        ours = self.agency._vanban_sms_gateways()
        with patch.object(
            company_class, "_vanban_sms_gateways", lambda _self: ours | {"http": Board}
        ):
            self._set_up_gateway()
            message = self._send(self.leader, text="Họp")
            self._run_queue()
        self.assertEqual(message.state, "pending")
        self.assertEqual(Board.handed, [("84912345678", "Hop")])
        self.assertFalse(self.gateway.requests)

    # ---- the log ----

    def test_old_messages_are_forgotten(self):
        self._set_up_gateway()
        old, new = self._send(self.leader), self._send(self.leader)
        self._run_queue()
        waiting = self._send(self.leader)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE sms_sms SET create_date = create_date - interval '91 days' "
            "WHERE id = ANY(%s)",
            [(old | waiting).ids],
        )
        self.env.invalidate_all()
        self.env["sms.sms"]._gc_vanban_messages()
        self.assertEqual(self._get_messages(), new | waiting)

    def test_log_is_the_agency_s_own(self):
        self._send(self.leader)
        other = self.env["res.users"].create(
            {
                "name": "Quản trị Sở",
                "login": "quantri.so",
                "company_id": self.other_agency.id,
                "company_ids": [Command.set(self.other_agency.ids)],
                "group_ids": [Command.link(self.env.ref("vanban_core.group_admin").id)],
            }
        )
        log = self.env["sms.sms"]
        self.assertFalse(log.with_user(other).search([]))
        self.assertTrue(log.with_user(self.admin).search([]))
