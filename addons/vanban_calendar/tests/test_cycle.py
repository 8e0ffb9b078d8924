from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import CalendarCommon


@tagged("post_install", "-at_install")
class TestCycle(CalendarCommon):
    """HN-6.2a: nothing is public that the leader has not approved."""

    def test_week_comes_back_with_a_reason_and_is_submitted_again(self):
        self._create_entry(self.office_head)
        week = self._get_week()
        week.action_submit()
        with self.assertRaisesRegex(UserError, "Say why"):
            week.with_user(self.leader).action_send_back("  ")
        week.with_user(self.leader).action_send_back("Bỏ cuộc họp sáng thứ Hai")
        self.assertEqual(week.state, "draft")
        self.assertIn("thứ Hai", week.return_reason)
        week.action_submit()
        self.assertFalse(week.return_reason)

    def test_change_after_the_approval_is_approved_anew(self):
        entry = self._create_entry(self.office_head)
        week = self._get_week()
        week.action_submit()
        week.with_user(self.leader).action_approve(week.revision)
        entry.write({"location": "Nhà văn hóa"})
        with self.assertRaisesRegex(
            UserError, "(?s)after it was approved.*Nhà văn hóa"
        ):
            week.action_publish()
        week.action_reopen()
        week.action_submit()
        week.with_user(self.leader).action_approve(week.revision)
        week.action_publish()
        self.assertEqual(week.state, "published")

    def test_approval_names_what_was_read(self):
        self._create_entry(self.office_head)
        week = self._get_week()
        week.action_submit()
        for revision in (None, True, "1", [], 10**9, -1):
            with self.assertRaises(UserError):
                week.with_user(self.leader).action_approve(revision)
        self.assertEqual(week.state, "submitted")

    def test_secretary_approves_for_the_leader_and_both_are_named(self):
        today = self.agency._vanban_today()
        self.env["vanban.delegation"].create(
            {
                "delegator_id": self.leader.id,
                "delegate_id": self.secretary.id,
                "company_id": self.agency.id,
                "date_from": today,
                "date_to": today,
            }
        )
        self._create_entry(self.office_head)
        week = self._get_week()
        week.action_submit()
        week.with_user(self.secretary).action_approve(week.revision)
        self.assertEqual(week.approved_by_id, self.secretary)
        self.assertEqual(week.approved_label, "Secretary for Leader, leader")

    def test_proposal_that_waits_holds_up_the_week(self):
        self._create_entry(self.office_head)
        proposal = self._create_entry(self.unit_head, name="Xin lịch", hour=14)
        week = self._get_week()
        with self.assertRaisesRegex(UserError, "1 proposals wait"):
            week.action_submit()
        proposal.with_user(self.office_head).action_vanban_refuse("Tuần sau")
        week.action_submit()
        self.assertEqual(proposal.vanban_refusal, "Tuần sau")
        proposal.action_vanban_propose()
        self.assertEqual(proposal.vanban_state, "proposed")

    def test_head_publishes_the_week_of_the_unit_and_nobody_else(self):
        """HN-7.2a: units plan theirs after the agency's."""
        entry = self._create_entry(
            self.officer,
            vanban_level="unit",
            vanban_unit_id=self.unit.id,
            name="Họp phòng",
        )
        self.assertEqual(entry.vanban_state, "proposed")
        week = self._get_week(self.office_head, self.unit)
        with self.assertRaises(AccessError):
            week.action_publish()
        entry.with_user(self.unit_head).action_vanban_accept()
        week.with_user(self.unit_head).action_publish()
        self.assertTrue(
            self.Event.with_user(self.officer2).search([("id", "=", entry.id)])
        )

    def test_heads_then_people_are_told_to_plan(self):
        """HN-7.2a: after the agency's week the heads, after the unit's its people."""
        self._create_entry(self.office_head)
        self._publish()
        week = self._get_week(self.unit_head, self.unit)
        self.assertEqual(week.sudo().activity_ids.user_id, self.unit_head)
        domain = [("res_partner_id", "=", self.officer.partner_id.id)]
        before = self.env["mail.notification"].search_count(domain)
        self._create_entry(
            self.unit_head, vanban_level="unit", vanban_unit_id=self.unit.id
        )
        week.action_publish()
        after = self.env["mail.notification"].search_count(domain)
        self.assertEqual(after, before + 1)
        self.assertFalse(week.sudo().activity_ids)

    def test_entry_moved_to_another_week_is_told_in_both(self):
        entry = self._create_entry(self.office_head)
        first = self._publish()
        entry.write({"start": self._moment(7, 8), "stop": self._moment(7, 9)})
        self.assertNotEqual(entry.vanban_schedule_id, first)
        self.env.invalidate_all()
        self.assertEqual(first.change_ids[0].kind, "moved")
        self.assertTrue(first.change_ids[0].is_late)
        self.assertEqual(entry.vanban_schedule_id.change_ids[0].kind, "changed")

    def test_person_who_left_the_unit_sees_its_plan_no_more(self):
        entry = self._create_entry(
            self.unit_head, vanban_level="unit", vanban_unit_id=self.unit.id
        )
        here = self.Event.with_user(self.officer)
        self.assertTrue(here.search([("id", "=", entry.id)]))
        self._get_employees(self.officer).department_id = self.unit2
        self.assertFalse(here.search([("id", "=", entry.id)]))

    def test_history_is_not_deleted(self):
        entry = self._create_entry(self.office_head)
        with self.assertRaises(UserError):
            entry.vanban_schedule_id.change_ids.unlink()
        with self.assertRaisesRegex(UserError, "cancel it instead"):
            entry.unlink()
