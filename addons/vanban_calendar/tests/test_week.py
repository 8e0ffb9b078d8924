from datetime import date, datetime, timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged, warmup

from ..tools.day_parts import cut_days
from .common import CalendarCommon


@tagged("post_install", "-at_install")
class TestWeek(CalendarCommon):
    """The week table: who is told what of it."""

    def _read(self, user, **kwargs):
        """Return the next week as the person reads it."""
        Schedule = self.Schedule.with_user(user).with_company(user.company_id)
        return Schedule.get_week(
            self.monday.isoformat(), **{"columns": "none"} | kwargs
        )

    def _names(self, user, **kwargs):
        return [entry["name"] for entry in self._read(user, **kwargs)["entries"]]

    # ---- who reads what ----

    def test_everyone_reads_the_published_week(self):
        """HN-7.2b: what a schedule shows, in its words."""
        self._create_entry(
            self.office_head,
            name="Họp <b>giao ban</b>",
            vanban_chair_id=self.leader.id,
            vanban_room_id=self.room.id,
            location="tầng 2",
            vanban_vehicle_ids=[(6, 0, self.car.ids)],
            vanban_unit_ids=[(6, 0, self.unit2.ids)],
            vanban_preparing_unit_id=self.unit.id,
            vanban_guests="Đại diện Bộ Mẫu",
            vanban_dress="Lễ phục",
            partner_ids=[(6, 0, self.officer.partner_id.ids)],
            hours=1.5,
        )
        self._publish()
        for user in (self.officer2, self.clerk, self.leader, self.unit_head):
            week = self._read(user)
            [entry] = week["entries"]
            with self.subTest(user.login):
                self.assertEqual(entry["name"], "Họp <b>giao ban</b>")
                self.assertEqual(
                    entry["slots"],
                    [
                        {
                            "date": self.monday.isoformat(),
                            "session": "morning",
                            "time": "08:00–09:30",
                            "stop": "09:30",
                        }
                    ],
                )
                self.assertEqual(entry["chair"], "Leader, leader")
                self.assertEqual(
                    entry["participants"], "Phòng Khoa giáo, Officer; Đại diện Bộ Mẫu"
                )
                self.assertEqual(entry["place"], "Phòng họp số 1, tầng 2")
                self.assertEqual(entry["preparing_unit"], "Phòng Tổng hợp")
                self.assertEqual(entry["vehicles"], "Xe 7 chỗ")
                self.assertEqual(entry["dress"], "Lễ phục")
                self.assertEqual(week["schedule"]["state"], "published")

    def test_week_that_is_not_published_is_there_for_who_arranges_it(self):
        self._create_entry(self.unit_head, name="Đề xuất")
        self._create_entry(self.office_head, name="Đã nhận")
        self.assertEqual(self._names(self.office_head), ["Đề xuất", "Đã nhận"])
        self.assertEqual(self._names(self.unit_head), ["Đề xuất"])
        for user in (self.officer, self.officer2, self.clerk):
            with self.subTest(user.login):
                self.assertFalse(self._names(user))
                schedule = self._read(user)["schedule"]
                self.assertEqual(schedule["proposal_count"], 0)
                self.assertFalse(schedule["can_arrange"])
        schedule = self._read(self.office_head)["schedule"]
        self.assertEqual(schedule["proposal_count"], 1)
        self.assertTrue(schedule["can_submit"])

    def test_another_agency_reads_nothing_of_it(self):
        self._create_entry(self.office_head)
        self._publish()
        week = self._read(self.stranger)
        self.assertEqual(week["name"], self.other_agency.name)
        self.assertFalse(week["entries"])
        self.assertFalse(week["schedule"]["id"])

    def test_of_a_closed_meeting_the_time_alone_is_told(self):
        self._create_entry(
            self.office_head,
            name="Kiểm điểm cán bộ",
            vanban_is_closed=True,
            vanban_chair_id=self.leader.id,
            vanban_unit_ids=[(6, 0, self.unit.ids)],
            vanban_note="Chỉ những người được mời",
            location="Phòng Chủ tịch",
        )
        before = self._read(self.officer2)
        self.assertFalse(before["entries"])
        self._publish()
        self.assertEqual(self._names(self.officer), ["Kiểm điểm cán bộ"])
        for columns in ("none", "leaders", "units"):
            [entry] = self._read(self.officer2, columns=columns)["entries"]
            with self.subTest(columns):
                self.assertEqual(entry["name"], "Closed meeting")
                self.assertEqual(entry["slots"][0]["time"], "08:00–09:00")
                self.assertEqual(
                    set(entry),
                    {"id", "is_hidden", "name", "units", "people", "slots", "columns"},
                )
                self.assertFalse(entry["id"])
                self.assertFalse(entry["units"])
        leaders = self._read(self.officer2, columns="leaders")
        self.assertEqual(leaders["entries"][0]["columns"], self.leader.ids)

    def test_private_appointments_of_leaders_are_taken_time(self):
        """HN-7.2b: what people keep to themselves."""
        self._create_entry(
            self.leader,
            name="Khám bệnh",
            vanban_level="person",
            privacy="private",
            location="Bệnh viện",
        )
        self._create_entry(
            self.leader, name="Tiếp khách", vanban_level="person", hour=10
        )
        self.assertEqual(
            self._names(self.officer, columns="leaders"), ["Busy", "Tiếp khách"]
        )
        self.assertEqual(
            self._names(self.leader, columns="leaders"), ["Khám bệnh", "Tiếp khách"]
        )
        self.assertFalse(self._names(self.officer, columns="none"))
        self.assertNotIn("Bệnh viện", str(self._read(self.officer, columns="leaders")))
        # free time is nobody's business
        self.Event.search([("name", "=", "Khám bệnh")]).show_as = "free"
        self.assertEqual(self._names(self.officer, columns="leaders"), ["Tiếp khách"])

    def test_office_leaders_follow_the_leaders_by_field(self):
        """HT-6.2: columns of the leaders, entries of one field."""
        topics = self.env["vanban.topic"].create(
            [
                {"name": name, "company_id": self.agency.id}
                for name in ("Nông nghiệp", "Y tế")
            ]
        )
        for topic, name in zip(topics, ("Thăm đồng", "Thăm trạm y tế"), strict=True):
            self._create_entry(
                self.office_head,
                name=name,
                vanban_topic_id=topic.id,
                vanban_chair_id=self.leader.id,
                day=topic.id - topics[0].id,
            )
        self._create_entry(self.leader, vanban_level="person", privacy="private")
        week = self._read(self.office_head, columns="leaders")
        self.assertEqual([head["id"] for head in week["heads"]], self.leader.ids)
        self.assertEqual(len(week["entries"]), 3)
        week = self._read(self.office_head, columns="leaders", topic_id=topics[0].id)
        [entry] = week["entries"]
        self.assertEqual(entry["name"], "Thăm đồng")
        self.assertEqual(entry["columns"], self.leader.ids)

    def test_entry_whose_leader_sends_somebody_else_leaves_the_column(self):
        entry = self._create_entry(self.office_head, vanban_chair_id=self.leader.id)
        row = entry.attendee_ids.filtered(
            lambda one: one.partner_id == self.leader.partner_id
        )
        row.with_user(self.leader).action_vanban_substitute(self.officer2.id)
        [found] = self._read(self.office_head, columns="leaders")["entries"]
        self.assertFalse(found["columns"])
        self.assertIn("Leader (Officer2, officer2 instead)", found["participants"])
        self.assertEqual(found["participants"].count("Officer2"), 1)

    # ---- units and people ----

    def test_units_have_weeks_of_their_own(self):
        """HN-7.2a HN-7.2b: that of a unit, and what the agency has for it."""
        unit_values = {"vanban_level": "unit", "vanban_unit_id": self.unit.id}
        self._create_entry(self.unit_head, name="Họp phòng", **unit_values)
        self._create_entry(
            self.office_head, name="Họp cơ quan", vanban_unit_ids=[(4, self.unit.id)]
        )
        self._create_entry(self.office_head, name="Việc khác")
        self._publish()
        week = self._read(self.officer, unit_id=self.unit.id)
        names = [entry["name"] for entry in week["entries"]]
        self.assertEqual(names, ["Họp phòng", "Họp cơ quan"])
        self.assertEqual(week["name"], "Phòng Tổng hợp")
        # others see it once it is published
        self.assertEqual(
            self._names(self.officer2, unit_id=self.unit.id), ["Họp cơ quan"]
        )
        week = self._read(self.unit_head, unit_id=self.unit.id)
        self.assertTrue(week["schedule"]["can_publish"])
        self.Schedule.browse(week["schedule"]["id"]).with_user(
            self.unit_head
        ).action_publish(week["schedule"]["revision"])
        self.assertEqual(
            self._names(self.officer2, unit_id=self.unit.id),
            ["Họp phòng", "Họp cơ quan"],
        )
        week = self._read(self.officer2, columns="units")
        columns = {entry["name"]: entry["columns"] for entry in week["entries"]}
        self.assertEqual(columns["Họp phòng"], self.unit.ids)
        self.assertEqual(columns["Họp cơ quan"], self.unit.ids)
        self.assertFalse(columns["Việc khác"])
        self.assertIn(self.unit2.id, [head["id"] for head in week["heads"]])

    def test_my_week_is_all_that_concerns_me(self):
        """HN-7.2b: whatever the schedule it stands in."""
        unit_values = {"vanban_level": "unit", "vanban_unit_id": self.unit.id}
        guests = [(6, 0, self.officer.partner_id.ids)]
        self._create_entry(self.officer, name="Việc riêng", vanban_level="person")
        self._create_entry(self.unit_head, name="Họp phòng", partner_ids=guests)
        self._create_entry(
            self.unit_head, name="Họp tổ", partner_ids=guests, **unit_values
        )
        self._create_entry(self.office_head, name="Việc khác")
        self.assertEqual(
            self._names(self.officer, user_id=self.officer.id),
            ["Việc riêng", "Họp tổ"],
        )
        self._get_week(self.unit_head, self.unit).action_publish()
        self.Event.search(
            [
                ("vanban_state", "=", "proposed"),
                ("vanban_company_id", "=", self.agency.id),
            ]
        ).with_user(self.office_head).action_vanban_accept()
        self._publish()
        self.assertEqual(
            self._names(self.officer, user_id=self.officer.id),
            ["Việc riêng", "Họp phòng", "Họp tổ"],
        )
        self.assertFalse(self._read(self.officer, user_id=self.officer.id)["schedule"])
        # a colleague sees the same week, without what is private
        self.Event.search([("name", "=", "Việc riêng")]).privacy = "private"
        self.assertEqual(
            self._names(self.officer2, user_id=self.officer.id),
            ["Busy", "Họp phòng", "Họp tổ"],
        )

    def test_invitation_of_another_agency_is_in_the_leaders_column(self):
        director = self._create_person(
            "director", "vanban_core.group_office_head", self.other_agency
        )
        boss = self._create_person(
            "boss", "vanban_core.group_leader", self.other_agency
        )
        self._create_entry(
            director,
            name="Sở mời Chủ tịch",
            vanban_company_id=self.other_agency.id,
            partner_ids=[(6, 0, self.leader.partner_id.ids)],
        )
        self.assertFalse(self._names(self.leader, columns="leaders"))
        week = self.Schedule._get_for(
            self.other_agency, self.env["hr.department"], self.monday
        )
        week.with_user(director).action_submit()
        week.with_user(boss).action_approve(week.revision)
        week.with_user(director).action_publish()
        [entry] = self._read(self.leader, columns="leaders")["entries"]
        self.assertEqual(entry["agency"], self.other_agency.name)
        self.assertEqual(self._names(self.officer, columns="leaders"), ["Busy"])
        self.assertFalse(self._names(self.officer, columns="none"))

    # ---- changes ----

    def test_late_changes_stand_beside_the_week(self):
        kept = self._create_entry(self.office_head, name="Giữ lại")
        moved = self._create_entry(self.office_head, name="Dời đi", day=1)
        self._create_entry(self.unit_head, name="Bị bỏ", day=2)
        self.Event.search([("name", "=", "Bị bỏ")]).with_user(
            self.office_head
        ).action_vanban_refuse("Trùng lịch")
        week = self._publish()
        self.assertFalse(self._read(self.officer)["changes"])
        kept.with_user(self.office_head).action_vanban_cancel("Hoãn vì bão")
        moved.write({"start": self._moment(8, 8), "stop": self._moment(8, 9)})
        self._create_entry(self.office_head, name="Thêm vào", day=3)
        data = self._read(self.office_head)
        self.assertEqual(
            [(entry["name"], entry["mark"]) for entry in data["entries"]],
            [("Giữ lại", "cancelled"), ("Thêm vào", "added")],
        )
        self.assertEqual(data["entries"][0]["reason"], "Hoãn vì bão")
        self.assertEqual(
            [change["kind"] for change in data["changes"]],
            ["Added", "Moved to another week", "Cancelled"],
        )
        self.assertEqual(data["changes"][2]["words"], "Hoãn vì bão")
        self.assertEqual(data["schedule"]["revision"], week.revision)

    # ---- days ----

    def test_days_tell_whether_they_are_worked(self):
        """9441/TB-BNV, NQ 28/2026/QH16: off by name, and worked in lieu."""
        with freeze_time("2026-08-20 02:00:00"):
            data = self.Schedule.with_user(self.officer).get_week("2026-08-26")
        self.assertEqual(
            (data["week"], data["date_from"], data["date_to"]),
            (35, "2026-08-24", "2026-08-30"),
        )
        worked = [day["is_working"] for day in data["days"]]
        self.assertEqual(worked, [True] * 5 + [False] * 2)
        read = self.Schedule.with_user(self.officer).get_week
        saturday = read("2026-08-22")["days"][5]
        self.assertEqual(
            (saturday["is_working"], saturday["kind"], saturday["name"]),
            (True, "swapped_work", "Làm bù cho 31/8"),
        )
        tuesday = read("2026-11-24")["days"][1]
        self.assertFalse(tuesday["is_working"])
        self.assertEqual(tuesday["name"], "Ngày Văn hóa Việt Nam")
        self.assertIn("evening", tuesday["hours"])

    def test_absence_of_a_leader_is_shown_without_its_reason(self):
        employee = self._get_employees(self.leader)
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Nghỉ ốm",
                "resource_id": employee.resource_id.id,
                "date_from": self._moment(1, 13),
                "date_to": self._moment(2, 17),
            }
        )
        for columns in ("none", "leaders"):
            data = self._read(self.officer, columns=columns)
            [head] = [head for head in data["heads"] if head["id"] == self.leader.id]
            with self.subTest(columns):
                self.assertEqual(
                    [(one["session"], one["time"]) for one in head["leaves"]],
                    [("afternoon", "from 13:00"), ("day", "until 17:00")],
                )
                self.assertNotIn("Nghỉ ốm", str(data))

    def test_entry_of_several_days_stands_in_each_of_them(self):
        start, stop = self._moment(-3, 14), self._moment(1, 10)
        self._create_entry(self.office_head, name="Đi công tác", day=-3, hours=1)
        trip = self.Event.search([("name", "=", "Đi công tác")])
        trip.write({"start": start, "stop": stop})
        [entry] = self._read(self.office_head)["entries"]
        self.assertEqual(
            [(slot["session"], slot["time"]) for slot in entry["slots"]],
            [("day", "all day"), ("morning", "until 10:00")],
        )
        trip.write({"allday": True, "start": start, "stop": self._moment(1, 10)})
        [entry] = self._read(self.office_head)["entries"]
        self.assertEqual(len(entry["slots"]), 2)

    def test_a_time_is_cut_into_days(self):
        monday = date(2026, 3, 2)
        cases = [
            # whole evening over midnight
            ("2026-03-02 22:00", "2026-03-03 02:00", ["evening", "morning"]),
            ("2026-03-02 08:00", "2026-03-02 08:00", ["morning"]),
            ("2026-03-02 08:00", "2026-03-02 13:59", ["morning"]),
            ("2026-03-02 08:00", "2026-03-02 14:00", ["day"]),
            ("2026-03-02 12:00", "2026-03-02 18:00", ["afternoon"]),
            ("2026-03-08 23:59", "2026-03-09 00:00", ["evening"]),
            ("2026-03-09 00:00", "2026-03-09 01:00", []),
            ("2026-01-01 00:00", "2027-01-01 00:00", ["day"] * 7),
        ]
        for start, stop, sessions in cases:
            with self.subTest(start=start, stop=stop):
                parts = cut_days(
                    datetime.fromisoformat(start), datetime.fromisoformat(stop), monday
                )
                self.assertEqual([part.session for part in parts], sessions)

    # ---- hostile arguments, and speed ----

    def test_what_is_no_week_is_refused_in_a_sentence(self):
        read = self.Schedule.with_user(self.officer).get_week
        for day in ("hôm nay", "0000-01-01", "9999-12-31", 10**9, [1], {"a": 1}, True):
            with self.subTest(day), self.assertRaisesRegex(UserError, "not a date"):
                read(day)
        for empty in (None, False, 0, "", [], {}):
            self.assertEqual(read(empty, empty, empty)["level"], "agency")
        for unit_id in (10**9, -1, "x", [7], {"a": 1}, 1e999, True, 2**70):
            with self.subTest(unit_id), self.assertRaises(UserError):
                read(unit_id=unit_id)
            with self.subTest(unit_id), self.assertRaises(UserError):
                read(user_id=unit_id)
            self.assertFalse(read(topic_id=unit_id)["entries"])
        for columns in ("", None, [], "rooms", {}):
            with self.subTest(columns), self.assertRaises(UserError):
                read(columns=columns)

    def test_units_and_people_of_another_agency_are_refused(self):
        read = self.Schedule.with_user(self.stranger).get_week
        with self.assertRaises(UserError):
            read(unit_id=self.unit.id)
        with self.assertRaises(UserError):
            read(user_id=self.officer.id)
        portal = new_test_user(self.env, "khach", groups="base.group_portal")
        with self.assertRaises(AccessError):
            self.Schedule.with_user(portal).get_week()
        with self.assertRaises(AccessError):
            self.Schedule.with_user(portal).get_week_choices()

    def test_choices_are_those_of_the_agency(self):
        self.env["vanban.topic"].create(
            [
                {"name": "Y tế", "company_id": self.agency.id},
                {"name": "Giáo dục", "company_id": self.other_agency.id},
            ]
        )
        Schedule = self.Schedule.with_user(self.officer).with_company(self.agency)
        choices = Schedule.get_week_choices()
        self.assertEqual(
            {unit["name"]: unit["is_mine"] for unit in choices["units"]},
            {"Phòng Tổng hợp": True, "Phòng Khoa giáo": False},
        )
        names = [topic["name"] for topic in choices["topics"]]
        self.assertIn("Y tế", names)
        self.assertNotIn("Giáo dục", names)

    @warmup
    def test_full_week_takes_five_queries(self):
        """500 entries with 20 participants each."""
        partners = self.env["res.partner"].create(
            [{"name": f"Đại biểu {number}"} for number in range(20)]
        )
        start = self._moment(0, 8)
        self.Event._vanban_in_action().with_context(no_mail_to_attendees=True).create(
            [
                {
                    "name": f"Cuộc họp {number}",
                    "vanban_level": "agency",
                    "vanban_company_id": self.agency.id,
                    "vanban_state": "accepted",
                    "vanban_chair_id": self.leader.id,
                    "vanban_unit_ids": [(6, 0, self.unit.ids)],
                    "vanban_room_id": self.room.id,
                    "start": start + timedelta(minutes=10 * number),
                    "stop": start + timedelta(minutes=10 * number + 60),
                    "partner_ids": [(6, 0, partners.ids)],
                }
                for number in range(500)
            ]
        )
        self._get_week()._vanban_in_action().write({"state": "published"})
        for user in (self.officer2, self.office_head):
            Schedule = self.Schedule.with_user(user).with_company(self.agency)
            for columns in ("none", "leaders", "units"):
                Schedule.get_week(self.monday, columns=columns)
                self.env.flush_all()
                self.env.invalidate_all()
                with self.subTest(columns), self.assertQueryCount(5):
                    week = Schedule.get_week(self.monday, columns=columns)
                self.assertEqual(len(week["entries"]), 500)
                people = week["entries"][0]["participants"]
                self.assertEqual(people.count("Đại biểu"), 20)
