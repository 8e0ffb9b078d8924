from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import CalendarCommon


@tagged("post_install", "-at_install")
class TestAttendance(CalendarCommon):
    """HT-8.14: who is invited, what they answer, who is reminded, who came."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.entry = cls._create_entry(
            cls.officer,
            partner_ids=[(6, 0, (cls.officer2 | cls.clerk).partner_id.ids)],
            vanban_chair_id=cls.leader.id,
        )
        cls.entry.with_user(cls.office_head).action_vanban_accept()
        cls._publish()

    def _get_row(self, user, entry=None):
        rows = (entry or self.entry).attendee_ids
        return rows.filtered(lambda row: row.partner_id == user.partner_id)

    def _create_over(self, **values):
        """Return a meeting that was entered in time and is over by now."""
        entry = self._create_entry(self.officer, vanban_level="person", **values)
        now = fields.Datetime.now()
        moments = {"start": now - timedelta(hours=3), "stop": now - timedelta(hours=1)}
        entry._vanban_in_action().write(moments)
        return entry

    def _decide(self, user, record, decision, **values):
        context = {
            "active_model": record._name,
            "active_id": record.id,
            "active_ids": record.ids,
            "default_decision": decision,
        }
        wizard = self.env["vanban.event.decide"].with_user(user)
        return wizard.with_context(**context).create(values).action_confirm()

    # ---- replies ----

    def test_invited_takes_part_by_the_first_button(self):
        mine = self.entry.with_user(self.officer2)
        self.assertEqual(mine.vanban_my_reply, "invited")
        self.assertTrue(mine.vanban_can_answer)
        mine.action_vanban_take_part()
        row = self._get_row(self.officer2)
        self.assertEqual(row.vanban_reply, "accepted")
        self.assertEqual(row.vanban_replied_by_id, self.officer2)
        self.assertTrue(row.vanban_replied_on)

    def test_who_chairs_is_not_asked(self):
        self.assertEqual(self._get_row(self.leader).vanban_reply, "accepted")

    def test_who_is_not_invited_has_nothing_to_answer(self):
        other = self.entry.with_user(self.unit_head)
        self.assertFalse(other.vanban_can_answer)
        with self.assertRaisesRegex(UserError, "not invited"):
            other.action_vanban_take_part()
        with self.assertRaisesRegex(UserError, "not invited"):
            self._decide(self.unit_head, other, "decline", text="Bận")

    def test_who_enters_an_own_entry_is_not_invited_to_it(self):
        partners = (self.officer | self.clerk).partner_id
        own = self._create_entry(
            self.officer, vanban_level="person", partner_ids=[(6, 0, partners.ids)]
        )
        self.assertFalse(own.vanban_my_attendee_id)
        self.assertEqual(own.with_user(self.clerk).vanban_my_reply, "invited")

    def test_invited_sends_somebody_else_who_is_invited_by_that(self):
        self._decide(
            self.officer2,
            self.entry.with_user(self.officer2),
            "substitute",
            user_id=self.secretary.id,
        )
        row = self._get_row(self.officer2)
        self.assertEqual(row.vanban_reply, "substitute")
        self.assertEqual(row.vanban_substitute_id, self.secretary)
        self.assertEqual(self._get_row(self.secretary).vanban_reply, "invited")

    def test_invited_declines_with_a_reason(self):
        self._decide(self.clerk, self.entry, "decline", text="Trực sổ văn bản")
        row = self._get_row(self.clerk)
        self.assertEqual(
            (row.vanban_reply, row.vanban_reason), ("declined", "Trực sổ văn bản")
        )

    def test_secretary_answers_for_the_leader(self):
        self.env["vanban.delegation"].create(
            {
                "delegator_id": self.officer2.id,
                "delegate_id": self.secretary.id,
                "date_to": self.agency._vanban_today(),
                "company_id": self.agency.id,
            }
        )
        mine = self.entry.with_user(self.secretary)
        self.assertEqual(mine.vanban_answer_for, self.officer2.name)
        mine.action_vanban_take_part()
        row = self._get_row(self.officer2)
        self.assertEqual(row.vanban_reply, "accepted")
        self.assertEqual(row.vanban_replied_by_id, self.secretary)

    def test_who_keeps_the_entry_notes_a_reply_given_by_phone(self):
        row = self._get_row(self.clerk).with_user(self.officer)
        self.assertTrue(row.vanban_can_answer)
        self._decide(self.officer, row, "decline", text="Báo ốm qua điện thoại")
        self.assertEqual(row.vanban_reply, "declined")
        self.assertEqual(row.vanban_replied_by_id, self.officer)

    def test_nobody_answers_for_others(self):
        row = self._get_row(self.clerk).with_user(self.officer2)
        self.assertFalse(row.vanban_can_answer)
        for call in (
            row.do_accept,
            row.do_decline,
            row.do_tentative,
            row.action_vanban_came,
            lambda: row.action_vanban_decline("…"),
            lambda: row.action_vanban_substitute(self.officer2.id),
        ):
            with self.assertRaises(AccessError):
                call()
        self.assertEqual(row.vanban_reply, "invited")

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_plain_write_answers_nothing(self):
        row = self._get_row(self.officer2).with_user(self.officer2)
        for vals in (
            {"state": "accepted"},
            {"vanban_substitute_name": "Ông Ba"},
            {"vanban_attendance": "attended"},
            {"vanban_unit_id": self.unit.id},
        ):
            with self.subTest(vals), self.assertRaises(AccessError):
                row.write(vals)

    def test_cancelled_meeting_takes_no_reply(self):
        self.entry.with_user(self.office_head).action_vanban_cancel("Hoãn")
        self.assertFalse(self.entry.with_user(self.officer2).vanban_can_answer)
        with self.assertRaisesRegex(UserError, "is cancelled"):
            self._get_row(self.officer2).with_user(self.officer2).do_accept()

    def test_replies_are_counted_in_one_line(self):
        self._get_row(self.officer2).with_user(self.officer2).do_accept()
        self._get_row(self.clerk).with_user(self.clerk).action_vanban_substitute(
            name="Bà Tư, Phó Văn thư"
        )
        self.assertEqual(
            self.entry.vanban_reply_counts,
            "3 invited · 2 take part · 1 send somebody else",
        )
        self.assertEqual(self.entry.vanban_unanswered, 0)

    # ---- units ----

    def test_unit_is_invited_and_its_head_answers(self):
        arranged = self.entry.with_user(self.office_head)
        arranged.write({"vanban_unit_ids": [(4, self.unit.id)]})
        row = self.entry.attendee_ids.filtered("vanban_unit_id")
        self.assertEqual(row.partner_id, self.unit_head.partner_id)
        self.assertEqual(row.vanban_who, f"Phòng Tổng hợp ({self.unit_head.name})")
        self.assertNotIn(self.unit_head.partner_id, self.entry.partner_ids)
        mine = self.entry.with_user(self.unit_head)
        self.assertEqual(mine.vanban_my_reply, "invited")
        mine.action_vanban_take_part()
        self.assertEqual(row.vanban_reply, "accepted")
        arranged.write({"vanban_unit_ids": [(3, self.unit.id)]})
        self.assertFalse(row.exists())

    def test_new_head_of_a_unit_answers_for_it(self):
        arranged = self.entry.with_user(self.office_head)
        arranged.write({"vanban_unit_ids": [(4, self.unit.id)]})
        self.unit.manager_id = self._get_employees(self.archivist)
        self.env.flush_all()
        row = self.entry.attendee_ids.filtered("vanban_unit_id")
        row.with_user(self.archivist).do_accept()
        self.assertEqual(row.vanban_reply, "accepted")

    def test_head_invited_by_name_answers_once(self):
        arranged = self.entry.with_user(self.office_head)
        arranged.write({"partner_ids": [(4, self.unit_head.partner_id.id)]})
        arranged.write({"vanban_unit_ids": [(4, self.unit.id)]})
        self.assertEqual(len(self._get_row(self.unit_head)), 1)
        arranged.write({"vanban_unit_ids": [(3, self.unit.id)]})
        self.assertEqual(len(self._get_row(self.unit_head)), 1)

    # ---- reminders ----

    def _count_told(self, user):
        return self.env["mail.notification"].search_count(
            [("res_partner_id", "=", user.partner_id.id)]
        )

    def test_only_who_has_not_answered_is_reminded_and_not_every_minute(self):
        self._get_row(self.officer2).with_user(self.officer2).do_accept()
        before = self._count_told(self.officer2), self._count_told(self.clerk)
        told = self.entry.action_vanban_remind()
        self.assertEqual(told["params"]["message"], "1 were reminded to answer.")
        after = self._count_told(self.officer2), self._count_told(self.clerk)
        self.assertEqual(after, (before[0], before[1] + 1))
        with self.assertRaisesRegex(UserError, "remind them again from"):
            self.entry.action_vanban_remind()
        self.entry._vanban_in_action().write(
            {"vanban_asked_on": fields.Datetime.now() - timedelta(minutes=61)}
        )
        self.entry.action_vanban_remind()

    def test_reminding_is_for_who_keeps_the_entry_until_it_ends(self):
        with self.assertRaises(AccessError):
            self.entry.with_user(self.officer2).action_vanban_remind()
        over = self._create_over(partner_ids=[(6, 0, self.clerk.partner_id.ids)])
        with self.assertRaisesRegex(UserError, "is over"):
            over.action_vanban_remind()
        proposal = self._create_entry(self.officer, day=7)
        with self.assertRaisesRegex(UserError, "not been told"):
            proposal.action_vanban_remind()
        for user in (self.officer2, self.clerk):
            self._get_row(user).with_user(user).do_accept()
        with self.assertRaisesRegex(UserError, "Everyone has answered"):
            self.entry.action_vanban_remind()

    def _remind(self, day, hour=9):
        """Let the job of the reminders run at an hour of a day."""
        moment = datetime.combine(day, datetime.min.time()) + timedelta(hours=hour - 7)
        with freeze_time(moment), self.enter_registry_test_mode():
            cron = self.env.ref("vanban_calendar.calendar_event_remind_cron")
            cron.method_direct_trigger()

    def test_meeting_is_reminded_of_one_working_day_before_and_once(self):
        """Who takes part is reminded, who has not answered is asked."""
        self._get_row(self.officer2).with_user(self.officer2).do_accept()
        day = self.agency._vanban_shift_days(self.monday, -1)
        self.assertEqual(self.entry.vanban_remind_on, day)
        before = self._count_told(self.officer2), self._count_told(self.clerk)
        self._remind(day, hour=6)
        self.assertEqual(self.entry.vanban_remind_on, day)
        for _time in range(2):
            self._remind(day)
        after = self._count_told(self.officer2), self._count_told(self.clerk)
        self.assertEqual(after, (before[0] + 1, before[1] + 1))
        messages = self.env["mail.message"].search(
            [("model", "=", self.entry._name), ("res_id", "=", self.entry.id)],
            order="id",
        )
        subjects = {
            partner: message.subject
            for message in messages
            for partner in message.notified_partner_ids
        }
        self.assertNotEqual(
            subjects[self.officer2.partner_id], subjects[self.clerk.partner_id]
        )

    def test_what_is_moved_is_reminded_of_anew_and_what_is_cancelled_never(self):
        arranged = self.entry.with_user(self.office_head)
        arranged.write({"start": self._moment(2, 8), "stop": self._moment(2, 9)})
        self.assertEqual(self.entry.vanban_remind_on, self.monday + timedelta(days=1))
        arranged.action_vanban_cancel("Hoãn")
        self.assertFalse(self.entry.vanban_remind_on)

    def test_own_entry_alone_reminds_nobody(self):
        own = self._create_entry(self.officer, vanban_level="person", day=2)
        before = self._count_told(self.officer)
        self._remind(self.monday + timedelta(days=1))
        self.assertFalse(own.vanban_remind_on)
        self.assertEqual(self._count_told(self.officer), before)

    # ---- who came ----

    def test_attendance_is_noted_once_it_has_begun(self):
        row = self._get_row(self.clerk)
        with self.assertRaisesRegex(UserError, "has not begun"):
            row.with_user(self.officer).action_vanban_came()
        over = self._create_over(partner_ids=[(6, 0, self.clerk.partner_id.ids)])
        row = over.attendee_ids
        self.assertTrue(row.vanban_can_note)
        row.action_vanban_came()
        self.assertEqual(row.vanban_attendance, "attended")
        row.action_vanban_stayed_away()
        self.assertEqual(row.vanban_attendance, "absent")
        with self.assertRaises(AccessError):
            row.with_user(self.clerk).action_vanban_came()
