from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import CalendarCommon


@tagged("post_install", "-at_install")
class TestSchedule(CalendarCommon):
    def test_unit_proposes_office_head_arranges_leader_approves(self):
        """HN-6.2a HN-7.2a HN-7.2e: the week from proposals to publication."""
        entry = self._create_entry(self.unit_head)
        self.assertEqual(entry.vanban_state, "proposed")
        week = self._get_week()
        self.assertEqual(entry.vanban_schedule_id, week)
        with self.assertRaisesRegex(UserError, "no entry yet\\.\n1 proposals wait"):
            week.action_submit()
        entry.with_user(self.office_head).action_vanban_accept()
        week.action_submit(week.revision)
        self.assertEqual(week.state, "submitted")
        with self.assertRaises(AccessError):
            week.action_approve(week.revision)
        week.with_user(self.leader).action_approve(week.revision)
        self.assertEqual(week.approved_by_id, self.leader)
        self.assertFalse(
            self.Event.with_user(self.officer2).search([("id", "=", entry.id)])
        )
        week.action_publish(week.revision)
        self.assertEqual(week.state, "published")
        self.assertTrue(
            self.Event.with_user(self.officer2).search([("id", "=", entry.id)])
        )
        self.assertFalse(
            self.Event.with_user(self.stranger).search([("id", "=", entry.id)])
        )

    def test_week_that_changed_is_not_approved_unread(self):
        """HN-6.2a: the leader is told what changed since."""
        entry = self._create_entry(self.office_head)
        week = self._get_week()
        week.action_submit()
        read = week.revision
        entry.write({"location": "Hội trường tỉnh"})
        with self.assertRaisesRegex(UserError, "Hội trường tỉnh"):
            week.with_user(self.leader).action_approve(read)
        self.assertEqual(week.state, "submitted")
        week.with_user(self.leader).action_approve(week.revision)
        self.assertEqual(week.state, "approved")

    def test_week_is_published_once(self):
        self._create_entry(self.office_head)
        week = self._publish()
        with self.assertRaisesRegex(UserError, "published already"):
            week.action_publish()

    def test_late_change_is_marked_and_told(self):
        entry = self._create_entry(self.office_head)
        entry.write({"partner_ids": [(4, self.officer.partner_id.id)]})
        self._publish()
        self._tell()
        self.assertFalse(entry.vanban_mark)
        entry.write({"start": self._moment(0, 9), "stop": self._moment(0, 10)})
        self.assertEqual(entry.vanban_mark, "changed")
        self.assertIn("09:00", entry.vanban_mark_words)
        self.assertEqual(entry.sudo().vanban_to_tell, "changed")
        before = self.env["mail.notification"].search_count(
            [("res_partner_id", "=", self.officer.partner_id.id)]
        )
        self._tell()
        after = self.env["mail.notification"].search_count(
            [("res_partner_id", "=", self.officer.partner_id.id)]
        )
        self.assertEqual(after, before + 1)

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_plain_write_does_not_bring_a_week_further(self):
        entry = self._create_entry(self.unit_head)
        with self.assertRaises(AccessError):
            entry.write({"vanban_state": "accepted"})
        with self.assertRaises(AccessError):
            self._get_week(self.leader).write({"state": "published"})

    def test_closed_meeting_is_not_there_for_others(self):
        entry = self._create_entry(
            self.office_head,
            name="Kiểm điểm cán bộ",
            vanban_is_closed=True,
            vanban_unit_ids=[(6, 0, self.unit.ids)],
        )
        self._publish()
        search = [("name", "ilike", "kiểm điểm")]
        self.assertIn(entry, self.Event.with_user(self.officer).search(search))
        self.assertFalse(self.Event.with_user(self.officer2).search(search))
        attendees = self.env["calendar.attendee"].with_user(self.officer2)
        self.assertFalse(attendees.search([("event_id", "=", entry.id)]))

    def test_clash_is_told_without_what_is_closed(self):
        self._create_entry(
            self.office_head,
            name="Họp kín",
            vanban_is_closed=True,
            vanban_room_id=self.room.id,
        )
        other = self._create_entry(
            self.unit_head, name="Họp phòng", vanban_room_id=self.room.id
        )
        clashes = other.vanban_clashes
        self.assertEqual(
            [(one["who"], one["what"]) for one in clashes["clashes"]],
            [("Phòng họp số 1", "Busy")],
        )
        self.assertTrue(clashes["free"]["label"].startswith("09:00–10:00"))

    def test_leader_in_two_places_names_who_goes_instead(self):
        first = self._create_entry(self.office_head, vanban_chair_id=self.leader.id)
        second = self._create_entry(
            self.office_head, name="Tiếp dân", vanban_chair_id=self.leader.id
        )
        week = self._get_week()
        with self.assertRaisesRegex(UserError, "in two places"):
            week.action_submit()
        self._substitute(first)
        week.action_submit()
        with self.assertRaisesRegex(UserError, "in two places"):
            self._create_entry(
                self.office_head, name="Dự lễ", vanban_chair_id=self.leader.id
            )
        with self.assertRaisesRegex(UserError, "in two places"):
            self._create_entry(
                self.office_head, day=1, vanban_chair_id=self.leader.id
            ).write({"start": second.start, "stop": second.stop})

    def _substitute(self, entry):
        partner = self.leader.partner_id
        row = entry.attendee_ids.filtered(lambda one: one.partner_id == partner)
        row.with_user(self.leader).action_vanban_substitute(self.office_head.id)

    def test_end_before_start_is_refused(self):
        with self.assertRaises(UserError):
            self._create_entry(self.officer, hours=-2)
