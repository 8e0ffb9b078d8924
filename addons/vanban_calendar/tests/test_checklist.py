from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import CalendarCommon


@tagged("post_install", "-at_install")
class TestChecklist(CalendarCommon):
    """HT-8.14: what is prepared until a meeting's end, and the notice after it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.entry = cls._create_entry(
            cls.unit_head,
            vanban_is_closed=True,
            partner_ids=[(6, 0, (cls.unit_head.partner_id | cls.issuer).ids)],
            vanban_chair_id=cls.leader.id,
        )
        cls.Check = cls.env["vanban.event.check"]

    def _create_check(self, user=None, **values):
        vals = {"event_id": self.entry.id, "name": "Tài liệu", **values}
        return self.Check.with_user(user or self.unit_head).create(vals)

    # ---- checklist ----

    def test_usual_preparations_are_added_once(self):
        self.entry.action_vanban_add_checks()
        names = self.entry.vanban_check_ids.mapped("name")
        self.assertIn("Papers of the meeting", names)
        self.entry.vanban_check_ids[0].unlink()
        self.entry.action_vanban_add_checks()
        again = self.entry.vanban_check_ids.mapped("name")
        self.assertEqual(sorted(again), sorted(names))
        with self.assertRaises(AccessError):
            self.entry.with_user(self.officer2).action_vanban_add_checks()

    def test_who_is_named_sees_the_entry_and_notes_that_it_is_done(self):
        Event = self.env["calendar.event"].with_user(self.officer2)
        search = [("id", "=", self.entry.id)]
        self.assertFalse(Event.search(search))
        check = self._create_check(user_id=self.officer2.id)
        self.assertTrue(Event.search(search))
        check.with_user(self.officer2).action_done()
        self.assertTrue(check.is_done)
        self.assertEqual(check.done_by_id, self.officer2)
        check.action_undo()
        self.assertFalse(check.is_done)
        self.assertFalse(check.done_by_id)

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_preparation_of_a_closed_meeting_is_not_there_for_others(self):
        check = self._create_check()
        self.entry.with_user(self.office_head).action_vanban_accept()
        self._publish()
        other = check.with_user(self.officer2)
        self.assertFalse(other.search([("id", "=", check.id)]))
        with self.assertRaises(AccessError):
            other.read(["name"])
        with self.assertRaises(AccessError):
            other.action_done()
        with self.assertRaises(AccessError):
            self._create_check(self.officer2)

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_who_is_named_changes_nothing_else(self):
        mine = self._create_check(user_id=self.officer2.id)
        another = self._create_check(name="Nước")
        for call in (
            lambda: mine.with_user(self.officer2).write({"name": "Khác"}),
            lambda: mine.with_user(self.officer2).unlink(),
            another.with_user(self.officer2).action_done,
            lambda: mine.write({"is_done": True}),
            lambda: mine.write(
                {"event_id": self._create_entry(self.unit_head, day=1).id}
            ),
        ):
            with self.assertRaises(AccessError):
                call()

    def test_nobody_of_another_agency_is_named(self):
        with self.assertRaisesRegex(ValidationError, "not of this agency"):
            self._create_check(user_id=self.stranger.id)

    # ---- notice of conclusions ----

    def _end(self):
        now = fields.Datetime.now()
        self.entry._vanban_in_action().write(
            {"start": now - timedelta(hours=3), "stop": now - timedelta(hours=1)}
        )

    def test_notice_is_drafted_for_the_agencies_that_took_part(self):
        self._end()
        action = self.entry.action_vanban_conclude()
        draft = self.env["vanban.document"].browse(action["res_id"])
        draft = draft.with_user(self.unit_head)
        self.assertEqual(draft, self.entry.vanban_conclusion_id)
        self.assertEqual((draft.direction, draft.state), ("outgoing", "draft"))
        kind = self.env.ref("vanban_core.vanban_document_type_notice")
        self.assertEqual(draft.document_type_id, kind)
        self.assertEqual(draft.drafter_id, self.unit_head)
        self.assertEqual(draft.recipient_ids.partner_id, self.issuer)
        self.assertIn("Họp giao ban", draft.subject)
        self.assertIn(self.leader.name, draft.subject)

    def test_notice_is_drafted_once(self):
        self._end()
        self.entry.action_vanban_conclude()
        with self.assertRaisesRegex(UserError, "Unit Head has drafted"):
            self.entry.with_user(self.office_head).action_vanban_conclude()
        self.env.invalidate_all()
        told = self.entry.with_user(self.office_head)
        self.assertTrue(told.vanban_has_conclusion)

    def test_notice_follows_the_meeting_and_is_for_who_keeps_it(self):
        with self.assertRaisesRegex(UserError, "has not begun"):
            self.entry.action_vanban_conclude()
        self._create_check(user_id=self.officer2.id)
        self._end()
        with self.assertRaises(AccessError):
            self.entry.with_user(self.officer2).action_vanban_conclude()
        self.assertFalse(self.entry.vanban_conclusion_id)
