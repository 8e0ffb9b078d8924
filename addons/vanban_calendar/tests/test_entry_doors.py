from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import CalendarCommon


@tagged("post_install", "-at_install")
class TestEntryDoors(HttpCase, CalendarCommon):
    """HN-7.2b HT-8.14: what a client asks for, and the link of an invitation."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.guest = cls.env["res.partner"].create(
            {"name": "Ông Ba Trạm Bơm", "email": "ba@example.com", "lang": "en_US"}
        )
        cls.closed = cls._create_entry(
            cls.office_head,
            name="Kiểm điểm cán bộ",
            vanban_is_closed=True,
            vanban_unit_ids=[(6, 0, cls.unit.ids)],
            partner_ids=[(6, 0, (cls.clerk.partner_id | cls.guest).ids)],
        )
        cls.closed.message_post(body="Mang theo hồ sơ")
        cls._publish()
        tomorrow = fields.Datetime.now() + timedelta(days=1)
        keys = cls.env["res.users.apikeys"]
        cls.keys = {
            user: keys.with_user(user).sudo()._generate("rpc", "test", tomorrow)
            for user in (cls.officer2, cls.office_head)
        }

    def _call(self, user, model, method, **body):
        answer = self.url_open(
            f"/json/2/{model}/{method}",
            method="POST",
            json=body,
            headers={"Authorization": f"Bearer {self.keys[user]}"},
        )
        self.env.invalidate_all()
        return answer.status_code, answer.json()

    # ---- what a client asks for ----

    @mute_logger("odoo.http")
    def test_five_thousand_participants_are_one_sentence(self):
        partners = self.env["res.partner"].create(
            [{"name": f"Đại biểu {number}"} for number in range(5000)]
        )
        before = self.Event.search_count([])
        status, answer = self._call(
            self.office_head,
            "calendar.event",
            "create",
            vals_list={
                "name": "Đại hội",
                "start": "2026-12-01 01:00:00",
                "stop": "2026-12-01 02:00:00",
                "partner_ids": [[6, 0, partners.ids]],
            },
        )
        self.assertEqual(status, 422)
        self.assertEqual(
            answer["message"], "An entry names at most 1000 people: invite their units."
        )
        self.assertEqual(self.Event.search_count([]), before)

    @mute_logger("odoo.http", "odoo.addons.base.models.ir_rule")
    def test_nothing_of_a_closed_meeting_leaks_to_others(self):
        """By lists, groups, names, messages and the rows of those invited."""
        domain = [["name", "ilike", "Kiểm điểm"]]
        calls = [
            ("calendar.event", "search_read", {"domain": domain, "fields": ["name"]}),
            ("calendar.event", "search_count", {"domain": domain}),
            ("calendar.event", "name_search", {"name": "Kiểm điểm"}),
            (
                "calendar.event",
                "formatted_read_group",
                {"domain": domain, "groupby": ["name"], "aggregates": ["__count"]},
            ),
            (
                "calendar.attendee",
                "search_read",
                {
                    "domain": [["event_id", "=", self.closed.id]],
                    "fields": ["common_name"],
                },
            ),
            (
                "mail.message",
                "search_read",
                {
                    "domain": [
                        ["model", "=", "calendar.event"],
                        ["res_id", "=", self.closed.id],
                    ],
                    "fields": ["subject"],
                },
            ),
        ]
        for model, method, body in calls:
            with self.subTest(model=model, method=method):
                status, answer = self._call(self.officer2, model, method, **body)
                self.assertEqual(status, 200, answer)
                self.assertFalse(answer)
        status, answer = self._call(
            self.officer2,
            "calendar.event",
            "read",
            ids=self.closed.ids,
            fields=["name"],
        )
        self.assertEqual(status, 403)
        self.assertEqual(answer["message"], "This entry is not open to you.")

    @mute_logger("odoo.http")
    def test_nobody_reads_by_what_link_others_answer(self):
        rows = self.closed.sudo().attendee_ids
        domain = [["access_token", "=", rows[0].access_token]]
        for method, body in (
            ("read", {"ids": rows.ids, "fields": ["access_token"]}),
            ("search_read", {"domain": domain, "fields": ["id"]}),
            (
                "formatted_read_group",
                {"domain": [], "groupby": ["access_token"], "aggregates": []},
            ),
            ("export_data", {"ids": rows.ids, "fields_to_export": ["access_token"]}),
        ):
            with self.subTest(method):
                status, answer = self._call(
                    self.office_head, "calendar.attendee", method, **body
                )
                self.assertIn(status, (403, 422), answer)

    def test_title_with_markup_is_text(self):
        entry = self._create_entry(
            self.office_head,
            name="<b>Họp</b><script>alert(1)</script>",
            vanban_level="person",
            partner_ids=[(6, 0, self.officer2.partner_id.ids)],
        )
        row = entry.sudo().attendee_ids
        page = self.url_open(row._vanban_get_link("view")).content.decode()
        self.assertNotIn("<script>alert", page)
        self.assertIn("&lt;script&gt;", page)

    # ---- the link of an invitation ----

    def _get_row(self):
        rows = self.closed.sudo().attendee_ids
        return rows.filtered(lambda row: row.partner_id == self.guest)

    def test_guest_without_account_answers_by_the_link_of_the_message(self):
        self._tell()
        told = self.env["mail.message"].search(
            [
                ("model", "=", "calendar.event"),
                ("res_id", "=", self.closed.id),
                ("notified_partner_ids", "in", self.guest.ids),
            ]
        )
        row = self._get_row()
        self.assertEqual(len(told), 1)
        self.assertIn(row.access_token, told.body)
        others = self.env["mail.message"].search(
            [
                ("model", "=", "calendar.event"),
                ("notified_partner_ids", "in", self.clerk.partner_id.ids),
            ]
        )
        self.assertTrue(others)
        self.assertNotIn("token", "".join(others.mapped("body")))
        page = self.url_open(row._vanban_get_link("view")).content.decode()
        self.assertIn("Kiểm điểm cán bộ", page)
        # who else is invited is not a guest's matter
        self.assertNotIn(self.clerk.name, page)
        self.url_open(row._vanban_get_link("accept"))
        row.invalidate_recordset()
        self.assertEqual(row.vanban_reply, "accepted")
        self.assertFalse(row.vanban_replied_by_id)
        self.url_open(row._vanban_get_link("decline"))
        row.invalidate_recordset()
        self.assertEqual(row.vanban_reply, "declined")

    @mute_logger("odoo.http")
    def test_guessed_link_opens_nothing_and_names_nobody(self):
        row = self._get_row()
        link = urlsplit(row._vanban_get_link("accept"))
        self.assertEqual(parse_qs(link.query)["id"], [str(self.closed.id)])
        wrong = f"{link.path}?token={'0' * 32}&id={self.closed.id}"
        answer = self.url_open(wrong)
        self.assertEqual(answer.status_code, 400)
        self.assertNotIn("Kiểm điểm", answer.content.decode())
        self.authenticate("officer2", "officer2")
        answer = self.url_open(row._vanban_get_link("accept"))
        self.assertEqual(answer.status_code, 400)
        self.assertNotIn(self.guest.email, answer.text)
        row.invalidate_recordset()
        self.assertEqual(row.vanban_reply, "invited")

    def test_everyday_forms_of_odoo_are_not_shown(self):
        """Wherever an appointment is opened, it is in the form of the schedule."""
        Event = self.Event.with_user(self.officer)
        views = Event.get_views(
            [(False, kind) for kind in ("form", "list", "kanban", "calendar", "search")]
        )["views"]
        for kind, view in views.items():
            with self.subTest(kind):
                self.assertEqual(
                    view["id"],
                    self.env.ref(f"vanban_calendar.calendar_event_view_{kind}").id,
                )
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "calendar.action_calendar_event"
        )
        ours = self.env["ir.ui.view"].browse([id_ for id_, _kind in action["views"]])
        modules = {xmlid.split(".")[0] for xmlid in ours.get_external_id().values()}
        self.assertEqual(modules, {"vanban_calendar"})
        menu = self.env.ref("calendar.mail_menu_calendar")
        shown = self.env["ir.ui.menu"].with_user(self.officer)._visible_menu_ids()
        self.assertNotIn(menu.id, shown)

    def test_others_do_not_send_the_invitations_again(self):
        entry = self._create_entry(self.office_head, day=1, vanban_level="person")
        with self.assertRaises(AccessError):
            entry.with_user(self.officer2).action_sendmail()

    def test_chat_of_an_entry_is_for_who_keeps_it(self):
        entry = self._create_entry(self.office_head, day=1, vanban_level="person")
        with (
            self.assertRaises(AccessError),
            mute_logger("odoo.addons.base.models.ir_rule"),
        ):
            entry.with_user(self.officer2).message_post(body="Góp ý")
