from datetime import date, timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import CalendarCommon


@tagged("post_install", "-at_install")
class TestEntry(CalendarCommon):
    """How an entry is entered: its form, who keeps it, what belongs to it."""

    def _new(self, user, level="agency"):
        Event = self.Event.with_user(user).with_company(user.company_id)
        form = Form(Event, view="vanban_calendar.calendar_event_view_form")
        form.vanban_level = level
        form.name = "Họp chuyên đề"
        return form

    def _local(self, moment):
        return self.agency._vanban_to_local(moment)

    # ---- day and hours ----

    def test_part_of_the_day_takes_the_hours_of_the_agency(self):
        form = self._new(self.unit_head)
        form.vanban_day = self.monday
        form.vanban_session_pick = "evening"
        form.vanban_session_pick = "morning"
        hours = self.agency._vanban_work_time().get_intervals(self.monday)
        self.assertEqual(self._local(form.start), hours[0][0])
        self.assertEqual(self._local(form.stop), hours[0][1])
        form.vanban_session_pick = "afternoon"
        self.assertEqual(self._local(form.start), hours[1][0])
        entry = form.save()
        self.assertEqual(entry.vanban_session, "afternoon")
        self.assertEqual(self._local(entry.stop), hours[1][1])

    def test_hours_that_were_typed_stay(self):
        form = self._new(self.unit_head)
        form.vanban_day = self.monday
        form.vanban_from = 14
        form.vanban_to = 15.5
        self.assertEqual(form.vanban_session_pick, "afternoon")
        form.vanban_session_pick = "afternoon"
        entry = form.save()
        self.assertEqual(entry.start, self._moment(0, 14))
        self.assertEqual(entry.stop, self._moment(0, 15, 30))

    def test_what_begins_later_ends_later(self):
        form = self._new(self.unit_head)
        form.vanban_day = self.monday
        form.vanban_from, form.vanban_to = 8, 9.5
        form.vanban_from = 10
        self.assertEqual(form.vanban_to, 11.5)
        form.vanban_day = self.monday + timedelta(days=1)
        entry = form.save()
        self.assertEqual(entry.start, self._moment(1, 10))
        self.assertEqual(entry.stop, self._moment(1, 11, 30))

    def test_end_before_the_start_is_one_sentence(self):
        form = self._new(self.unit_head)
        form.vanban_day = self.monday
        form.vanban_from, form.vanban_to = 8, 9
        form.vanban_to = 7
        with self.assertRaisesRegex(ValidationError, "ends before it begins"):
            form.save()

    def test_whole_days_have_no_hours(self):
        form = self._new(self.unit_head)
        form.vanban_day = self.monday
        form.vanban_session_pick = "day"
        form.vanban_last_day = self.monday + timedelta(days=2)
        entry = form.save()
        self.assertTrue(entry.allday)
        self.assertEqual(entry.start_date, self.monday)
        self.assertEqual(entry.stop_date, self.monday + timedelta(days=2))
        self.assertEqual(entry.vanban_session, "day")

    def test_new_entry_takes_the_next_part_of_a_day_that_is_worked(self):
        form = self._new(self.unit_head)
        span = self._local(form.start), self._local(form.stop)
        hours = self.agency._vanban_work_time().get_intervals(span[0].date())
        self.assertIn(span, hours)
        self.assertGreater(form.start, fields.Datetime.now())

    def test_day_off_has_the_hours_of_the_next_working_day(self):
        sunday = self.monday - timedelta(days=1)
        hours = self.agency._vanban_session_hours(sunday, "morning")
        monday = self.agency._vanban_work_time().get_intervals(self.monday)[0]
        self.assertEqual([h.time() for h in hours], [h.time() for h in monday])
        self.assertEqual({h.date() for h in hours}, {sunday})
        evening = self.agency._vanban_session_hours(date(2026, 3, 2), "evening")
        self.assertEqual([h.hour for h in evening], [19, 21])

    def test_nonsense_of_a_client_is_no_error_of_the_program(self):
        Event = self.Event.with_user(self.officer)
        spec = {name: {} for name in ("start", "stop", "vanban_from", "vanban_day")}
        plain = {"vanban_level": "person", "vanban_company_id": self.agency.id}
        for values in (
            {"vanban_from": 1e999, "vanban_day": "2026-12-01"},
            {"vanban_from": -7, "vanban_to": float("nan"), "vanban_day": "2026-12-01"},
            {"vanban_day": "0001-01-01"},
            {"vanban_day": "9999-12-31", "vanban_session_pick": "morning"},
        ):
            with self.subTest(values):
                moments = {
                    "start": "2026-12-01 01:00:00",
                    "stop": "2026-12-01 02:00:00",
                }
                found = Event.onchange({**plain, **moments, **values}, [*values], spec)
                self.assertIn("value", found)

    # ---- whose schedule ----

    def test_level_names_the_unit_and_who_takes_part(self):
        """HN-7.2a: an officer plans the own week, and proposes for the unit's."""
        form = self._new(self.officer, "person")
        me = self.officer.partner_id
        self.assertEqual(form.partner_ids.ids, me.ids)
        form.vanban_level = "unit"
        self.assertEqual(form.vanban_unit_id, self.unit)
        self.assertFalse(form.partner_ids.ids)
        form.vanban_level = "agency"
        self.assertFalse(form.vanban_unit_id)
        form.vanban_level = "person"
        self.assertEqual(form.partner_ids.ids, me.ids)

    def test_own_entry_is_shown_to_the_agency_or_to_nobody_else(self):
        """HN-7.2b: by each entry, else by the person's own setting."""
        form = self._new(self.officer, "person")
        self.assertEqual(form.vanban_shown_to, "all")
        shown = form.save()
        form = self._new(self.officer, "person")
        form.vanban_shown_to = "me"
        hidden = form.save()
        seen = self.Event.with_user(self.officer2).search([])
        self.assertIn(shown, seen)
        self.assertNotIn(hidden, seen)
        self.officer.with_user(self.officer).calendar_default_privacy = "private"
        self.assertEqual(self._new(self.officer, "person").vanban_shown_to, "me")

    def test_privacy_of_a_person_does_not_close_the_schedule(self):
        """HN-7.2b: what is published is there in lists that are grouped, too."""
        head = self.office_head
        head.with_user(head).calendar_default_privacy = "private"
        entry = self._create_entry(head)
        self._publish()
        self.assertFalse(entry.privacy)
        groups = self.Event.with_user(self.officer2)._read_group(
            [("id", "=", entry.id)], ["vanban_chair_name"], ["__count"]
        )
        self.assertEqual([count for _name, count in groups], [1])
        with self.assertRaisesRegex(ValidationError, "follows from the schedule"):
            entry.privacy = "private"

    # ---- recurring ----

    def test_repeated_entry_stands_in_each_week_and_changes_one_by_one(self):
        form = self._new(self.office_head)
        form.vanban_day = self.monday
        form.recurrency = True
        form.rrule_type_ui = "weekly"
        form.end_type = "count"
        form.count = 3
        first = form.save()
        entries = first.recurrence_id.calendar_event_ids.sorted("start")
        self.assertEqual(len(entries), 3)
        self.assertEqual(len(entries.vanban_schedule_id), 3)
        self.assertEqual(set(entries.mapped("vanban_state")), {"accepted"})
        with self.assertRaisesRegex(UserError, "one by one"):
            first.write({"recurrence_update": "all_events", "location": "Hội trường"})
        first.write({"recurrence_update": "self_only", "location": "Hội trường"})
        self.assertEqual(entries.mapped("location"), ["Hội trường", False, False])

    # ---- decided on ----

    def _decide(self, user, entries, decision, **values):
        context = {
            "active_model": entries._name,
            "active_ids": entries.ids,
            "default_decision": decision,
        }
        wizard = self.env["vanban.event.decide"].with_user(user)
        return wizard.with_context(**context).create(values).action_confirm()

    def test_several_proposals_are_left_out_with_one_reason(self):
        """HN-7.2e: and who proposed them proposes them again"""
        entries = self._create_entry(self.unit_head)
        entries |= self._create_entry(self.unit_head, name="Họp hai", day=1)
        with self.assertRaisesRegex(UserError, "Say why"):
            self._decide(self.office_head, entries, "refuse", text="  ")
        with self.assertRaises(AccessError):
            self._decide(self.officer, entries[0], "refuse", text="Không cần")
        self._decide(self.office_head, entries, "refuse", text="Trùng lịch Bộ")
        self.assertEqual(set(entries.mapped("vanban_state")), {"refused"})
        self.assertEqual(set(entries.mapped("vanban_refusal")), {"Trùng lịch Bộ"})
        entries[0].action_vanban_propose()
        self.assertEqual(entries[0].vanban_state, "proposed")

    def test_what_is_published_is_cancelled_with_a_reason(self):
        entry = self._create_entry(self.office_head)
        self._publish()
        with self.assertRaisesRegex(UserError, "cancel it"):
            self._decide(self.office_head, entry, "refuse", text="Bỏ")
        self._decide(self.office_head, entry, "cancel", text="Lãnh đạo đi công tác")
        self.assertEqual(entry.vanban_mark, "cancelled")
        self.assertEqual(entry.vanban_refusal, "Lãnh đạo đi công tác")

    def test_what_stands_in_a_schedule_does_not_vanish(self):
        entry = self._create_entry(self.office_head)
        for call in (entry.unlink, entry.action_archive):
            with self.assertRaisesRegex(UserError, "cancel it instead"):
                call()
        proposal = self._create_entry(self.unit_head)
        proposal.unlink()
        self.assertFalse(proposal.exists())

    # ---- who keeps it ----

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_proposer_keeps_the_papers_of_what_was_taken(self):
        """HT-8.14: the schedule is changed by who arranges it, nothing else is."""
        entry = self._create_entry(self.officer)
        entry.with_user(self.office_head).action_vanban_accept()
        self.assertFalse(entry.vanban_is_editable)
        self.assertTrue(entry.vanban_is_kept)
        entry.write({"vanban_check_ids": [(0, 0, {"name": "Tài liệu"})]})
        with self.assertRaisesRegex(AccessError, "who arranges"):
            entry.write({"location": "Nơi khác"})
        with self.assertRaises(AccessError):
            entry.write({"vanban_is_closed": True, "vanban_check_ids": []})
        with self.assertRaises(AccessError):
            entry.unlink()
        self._publish()
        other = entry.with_user(self.officer2)
        self.assertFalse(other.vanban_is_kept)
        with self.assertRaises(AccessError):
            other.write({"vanban_check_ids": [(0, 0, {"name": "Nước"})]})

    def test_unit_that_prepares_keeps_the_meeting(self):
        entry = self._create_entry(
            self.office_head, vanban_preparing_unit_id=self.unit2.id
        )
        mine = entry.with_user(self.officer2)
        self.assertTrue(mine.vanban_is_kept)
        self.assertFalse(entry.with_user(self.officer).vanban_is_kept)
        # who heads it sees it before it is published, the others then
        self._get_employees(self.secretary).department_id = self.unit2
        self.assertFalse(entry.with_user(self.secretary).vanban_is_kept)
        self._publish()
        entry.invalidate_recordset()
        self.assertTrue(entry.with_user(self.secretary).vanban_is_kept)
        self._get_employees(self.secretary).department_id = self.unit
        entry.invalidate_recordset()
        self.assertFalse(entry.with_user(self.secretary).vanban_is_kept)

    # ---- papers ----

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_document_is_opened_by_its_own_rights(self):
        document = self._create_handled()
        entry = self._create_entry(
            self.officer,
            vanban_level="person",
            vanban_document_ids=[(6, 0, document.ids)],
        )
        self.assertEqual(entry.vanban_document_ids, document)
        self.env.invalidate_all()
        self.assertFalse(entry.with_user(self.officer2).vanban_document_ids)
        self.env.invalidate_all()
        # who does not see it does not take it off either
        entry.with_user(self.officer2).sudo(False).read(["vanban_document_ids"])
        self.env.invalidate_all()
        self.assertEqual(entry.vanban_document_ids, document)
        with self.assertRaisesRegex(AccessError, "not open to you"):
            self._create_entry(
                self.officer2,
                vanban_level="person",
                vanban_document_ids=[(6, 0, document.ids)],
            )

    def _create_file(self, user, **values):
        return (
            self.env["ir.attachment"]
            .with_user(user)
            .create({"name": "tai-lieu.txt", "raw": b"noi dung", **values})
        )

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_file_is_as_visible_as_the_entry(self):
        file = self._create_file(self.office_head)
        entry = self._create_entry(
            self.office_head,
            vanban_is_closed=True,
            vanban_unit_ids=[(6, 0, self.unit.ids)],
            vanban_attachment_ids=[(6, 0, file.ids)],
        )
        self.assertEqual((file.res_model, file.res_id), (entry._name, entry.id))
        self._publish()
        Files = self.env["ir.attachment"]
        domain = [("id", "=", file.id)]
        self.assertTrue(Files.with_user(self.officer).search(domain))
        self.assertFalse(Files.with_user(self.officer2).search(domain))
        with self.assertRaises(AccessError):
            file.with_user(self.officer2).read(["raw"])
        with self.assertRaises(AccessError):
            file.with_user(self.officer).write({"name": "khac.txt"})
        entry.write({"vanban_attachment_ids": [(3, file.id)]})
        self.assertFalse(file.exists())

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_file_of_somebody_else_is_not_taken(self):
        file = self._create_file(self.officer2)
        with self.assertRaises(AccessError):
            self._create_entry(
                self.officer,
                vanban_level="person",
                vanban_attachment_ids=[(6, 0, file.ids)],
            )

    # ---- clashes ----

    def test_leader_in_two_places_is_told_while_typing(self):
        self._create_entry(self.office_head, vanban_chair_id=self.leader.id)
        form = self._new(self.office_head)
        form.vanban_day = self.monday
        form.vanban_from, form.vanban_to = 8, 9
        self.assertFalse(form.vanban_clashes)
        form.vanban_chair_id = self.leader
        found = form.vanban_clashes
        self.assertEqual([one["what"] for one in found["clashes"]], ["Họp giao ban"])
        self.assertEqual(
            found["leaders"], [{"name": self.leader.name, "attendee_id": False}]
        )
        self.assertEqual(
            found["free"]["start"], fields.Datetime.to_string(self._moment(0, 9))
        )

    def test_saved_entry_offers_to_name_who_goes_instead(self):
        chaired = {"vanban_chair_id": self.leader.id, "partner_ids": []}
        self._create_entry(self.office_head, **chaired)
        entry = self._create_entry(self.office_head, **chaired)
        row = entry.attendee_ids.filtered(
            lambda one: one.partner_id == self.leader.partner_id
        )
        offered = entry.vanban_clashes["leaders"]
        self.assertEqual([one["attendee_id"] for one in offered], row.ids)
        row.action_vanban_substitute(name="Phó Chủ tịch")
        self.assertFalse(entry.vanban_clashes)

    def test_officer_who_is_no_leader_has_to_name_nobody(self):
        partners = [(6, 0, self.officer.partner_id.ids)]
        self._create_entry(self.office_head, partner_ids=partners)
        entry = self._create_entry(self.office_head, partner_ids=partners)
        self.assertEqual(len(entry.vanban_clashes["clashes"]), 1)
        self.assertFalse(entry.vanban_clashes["leaders"])
