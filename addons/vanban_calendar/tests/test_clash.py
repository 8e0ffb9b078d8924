from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from .common import CalendarCommon


@tagged("post_install", "-at_install")
class TestClash(CalendarCommon):
    """Who and what is taken is told while an entry is typed."""

    def _who(self, entry):
        clashes = entry.vanban_clashes or {"clashes": []}
        return [one["who"] for one in clashes["clashes"]]

    def test_chair_participant_room_and_vehicle_are_told(self):
        self._create_entry(
            self.office_head,
            vanban_chair_id=self.leader.id,
            vanban_room_id=self.room.id,
            vanban_vehicle_ids=[(4, self.car.id)],
        )
        other = self._create_entry(
            self.unit_head,
            name="Đi cơ sở",
            vanban_chair_id=self.leader.id,
            vanban_room_id=self.room.id,
            vanban_vehicle_ids=[(4, self.car.id)],
        )
        [who] = self._who(other)
        self.assertEqual(set(who.split(", ")), {"Leader", "Phòng họp số 1", "Xe 7 chỗ"})
        elsewhere = self._create_entry(
            self.unit_head, name="Họp riêng", vanban_room_id=self.hall.id, hour=14
        )
        self.assertFalse(elsewhere.vanban_clashes)

    def test_who_declined_and_what_was_refused_or_cancelled_is_free(self):
        first = self._create_entry(self.office_head, vanban_chair_id=self.leader.id)
        other = self._create_entry(
            self.unit_head, name="Tiếp khách", vanban_chair_id=self.leader.id
        )
        self.assertEqual(self._who(other), ["Leader"])
        row = first.attendee_ids.filtered(
            lambda one: one.partner_id == self.leader.partner_id
        )
        row.with_user(self.leader).action_vanban_decline("Đi công tác")
        other.invalidate_recordset()
        self.assertEqual(self._who(other), [])
        row.with_user(self.leader).do_accept()
        first.action_vanban_cancel("Hoãn")
        other.invalidate_recordset()
        self.assertEqual(self._who(other), [])

    def test_a_whole_day_takes_the_day_where_the_agency_is(self):
        self._create_entry(
            self.office_head,
            allday=True,
            start=self._moment(0, 15),
            stop=self._moment(0, 15),
            start_date=self.monday,
            stop_date=self.monday,
            vanban_room_id=self.room.id,
        )
        for hour in (0, 8, 23):
            entry = self._create_entry(
                self.unit_head,
                name=f"Lúc {hour}",
                hour=hour,
                vanban_room_id=self.room.id,
            )
            self.assertTrue(entry.vanban_clashes, hour)
            entry.unlink()
        next_day = self._create_entry(
            self.unit_head, day=1, hour=0, vanban_room_id=self.room.id
        )
        self.assertFalse(next_day.vanban_clashes)

    def test_free_time_is_in_working_hours_and_free_for_all(self):
        for hour in (8, 9, 10, 14):
            self._create_entry(
                self.office_head,
                name=f"Họp {hour}",
                hour=hour,
                vanban_room_id=self.room.id,
            )
        entry = self._create_entry(
            self.unit_head, name="Xin họp", hours=2, vanban_room_id=self.room.id
        )
        free = entry.vanban_clashes["free"]
        # until 11:00 the room is taken, work ends at 11:30 and 17:30
        self.assertTrue(free["label"].startswith("15:00–17:00"), free["label"])

    def test_clashes_show_while_typing(self):
        self._create_entry(self.office_head, vanban_room_id=self.room.id)
        typed = self.Event.with_user(self.unit_head).with_company(self.agency)
        form = Form(typed, "vanban_calendar.calendar_event_view_form")
        form.name = "Họp tổ"
        form.vanban_day = self.monday
        form.vanban_room_id = self.room
        entry = form.save()
        entry.write({"start": self._moment(0, 8), "stop": self._moment(0, 9)})
        self.assertEqual(self._who(entry), ["Phòng họp số 1"])

    def test_entries_that_meet_at_an_hour_do_not_clash(self):
        self._create_entry(self.office_head, vanban_room_id=self.room.id)
        after = self._create_entry(self.unit_head, hour=9, vanban_room_id=self.room.id)
        self.assertFalse(after.vanban_clashes)

    def test_five_thousand_participants_are_refused_in_one_sentence(self):
        with self.assertRaisesRegex(UserError, "at most 1000 people"):
            self._create_entry(self.officer, partner_ids=[(6, 0, list(range(1, 5001)))])
        entry = self._create_entry(self.officer)
        people = [(4, id_) for id_ in range(1, 1500)]
        with self.assertRaisesRegex(UserError, "at most 1000 people"):
            entry.write({"partner_ids": people})

    def test_room_of_another_agency_is_refused(self):
        foreign = self.env["resource.resource"].create(
            {
                "name": "Phòng họp Sở",
                "resource_type": "material",
                "vanban_kind": "room",
                "company_id": self.other_agency.id,
            }
        )
        with self.assertRaisesRegex(UserError, "not a room or vehicle"):
            self._create_entry(self.officer, vanban_room_id=foreign.id)
        with self.assertRaisesRegex(UserError, "not a room or vehicle"):
            self._create_entry(self.officer, vanban_room_id=self.car.id)

    def test_one_query_finds_what_is_taken(self):
        entry = self._create_entry(self.office_head, vanban_room_id=self.room.id)
        self._create_entry(self.office_head, name="Khác", vanban_room_id=self.room.id)
        needs = self.office_head.partner_id.ids, self.room.ids
        start, stop = entry.start, entry.stop
        self.env.flush_all()
        with self.assertQueryCount(1):
            found = entry._vanban_find_taken(needs, start, stop)
        self.assertEqual(len(found), 1)
