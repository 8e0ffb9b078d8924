from datetime import date, datetime, timedelta

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import VanbanCommon

HALVES = ((7.5, 11.5), (13.5, 17.5))


@tagged("post_install", "-at_install")
@freeze_time("2026-08-10 02:00:00")  # a Monday, 9:00 in Việt Nam
class TestWorkDays(VanbanCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.agency.resource_calendar_id = cls._create_calendar("Giờ hành chính")
        cls.days = cls.env["vanban.work.day"].with_user(cls.admin)

    @classmethod
    def _create_calendar(cls, name, halves=HALVES):
        return cls.env["resource.calendar"].create(
            {
                "name": name,
                "company_id": cls.agency.id,
                "tz": "UTC",  # design §4.5: hours are those of the agency all the same
                "attendance_ids": [(5, 0, 0)]
                + [
                    (
                        0,
                        0,
                        {
                            "name": f"{day} {start}",
                            "dayofweek": str(day),
                            "hour_from": start,
                            "hour_to": end,
                            "day_period": "morning" if start < 12 else "afternoon",
                        },
                    )
                    for day in range(5)
                    for start, end in halves
                ],
            }
        )

    def _create_day(self, day, kind="holiday", user=None, **values):
        return self.days.with_user(user or self.admin).create(
            {"date": day, "kind": kind, "name": "Ngày", "source": "1/TB", **values}
        )

    def _local(self, moment):
        return f"{moment + timedelta(hours=7):%Y-%m-%d %H:%M}"

    # ---- what the module knows ----

    def test_known_notices_count_at_once(self):
        """9441/TB-BNV, 12729/VPCP-KGVX, 6150/TB-BLĐTBXH"""
        for day, worked in (
            ("2025-04-26", True),
            ("2025-05-02", False),
            ("2025-01-27", False),
            ("2026-01-02", False),
            ("2026-01-10", True),
            ("2026-02-13", True),
            ("2026-02-20", False),
            ("2026-04-27", False),
            ("2026-08-22", True),
            ("2026-08-29", False),
            ("2026-08-31", False),
            ("2026-09-03", True),
            ("2026-11-24", False),
            # 2023, of which nothing was entered: 2/9 was a Saturday
            ("2023-09-04", False),
        ):
            with self.subTest(day):
                found = self.agency._vanban_is_working_day(date.fromisoformat(day))
                self.assertEqual(found, worked)

    def test_a_day_tells_by_what_name_it_differs_from_its_week(self):
        self._create_day(date(2026, 8, 14), "swapped_off", name="Ngày truyền thống")
        days = {
            # entered for the agency, entered for the country, by the law alone
            "2026-08-14": (False, "swapped_off", "Ngày truyền thống"),
            "2026-08-22": (True, "swapped_work", "Làm bù cho 31/8"),
            "2031-04-30": (False, "holiday", "Ngày Chiến thắng"),
            # like its week
            "2026-08-15": (False, False, False),
            "2026-08-17": (True, False, False),
        }
        for day, told in days.items():
            with self.subTest(day):
                found = self.agency._vanban_describe_day(date.fromisoformat(day))
                self.assertEqual(tuple(found.values()), told)

    def test_deadlines_follow_the_days(self):
        """Bộ luật Dân sự 2015 Điều 147, 148; 128/QĐ-UBND Điều 4.5c"""
        agency = self.agency
        friday = datetime(2026, 8, 28, 9)  # 16:00
        until = datetime(2026, 9, 3, 2)
        for found, end in (
            (agency._vanban_deadline(1), "2026-08-11 17:30"),
            (agency._vanban_deadline(1, friday), "2026-09-03 17:30"),
            (agency._vanban_deadline_hours(4, friday), "2026-09-03 10:00"),
            (agency._vanban_deadline_months(1), "2026-09-10 17:30"),
            (agency._vanban_end_of_today(), "2026-08-10 17:30"),
            (agency._vanban_due_same_day(), "2026-08-10 17:30"),
            (agency._vanban_due_same_day(friday), "2026-09-03 17:30"),
            (agency._vanban_due_same_day(friday, 16.0), "2026-08-28 17:30"),
            (agency._vanban_resume(friday, friday, until), "2026-09-03 09:00"),
        ):
            with self.subTest(end):
                self.assertEqual(self._local(found), end)
        self.assertEqual(agency._vanban_worked_hours(friday, until), 3.0)
        self.assertEqual(agency._vanban_shift_days(date(2026, 9, 3), -1).day, 28)

    def test_a_deadline_beyond_all_years_is_refused_in_a_sentence(self):
        for days in (10**6, 10**12):
            with self.subTest(days), self.assertRaises(UserError):
                self.agency._vanban_deadline(days)
        far = datetime(9999, 12, 31, 23, 59)
        self.assertGreater(
            self.agency._vanban_worked_hours(datetime(2026, 8, 10), far), 1000
        )

    # ---- entering and accepting ----

    def test_administrator_has_a_year_proposed_and_accepts_it(self):
        self.days.action_propose(2028)
        proposed = self.days.search([("date", ">=", "2028-01-01")])
        self.assertEqual(set(proposed.mapped("state")), {"proposed"})
        self.assertIn(date(2028, 1, 26), proposed.mapped("date"))
        self.days.action_propose(2028)
        self.assertEqual(
            self.days.search_count([("date", ">=", "2028-01-01")]), len(proposed)
        )
        proposed.action_accept()
        self.assertEqual(set(proposed.mapped("state")), {"accepted"})

    def test_the_next_year_without_days_is_proposed_first(self):
        self.days.action_propose()
        self.assertTrue(self.days.search([("date", "=", "2027-02-06")]))

    def test_only_years_to_come_are_proposed(self):
        for year in (2025, 2099, -1, "abc", [2027], {"a": 1}, 1e999, True):
            with self.subTest(year), self.assertRaises(UserError):
                self.days.action_propose(year)

    def test_only_accepted_days_count(self):
        """3/9/2027 counts as proposed by the law until the notice was entered."""
        work = self.agency._vanban_is_working_day
        self.days.action_propose(2027)
        proposed = self.days.search([("state", "=", "proposed")])
        self.assertFalse(work(date(2027, 9, 3)))
        proposed.filtered(lambda d: d.date == date(2027, 9, 3)).unlink()
        proposed.exists().action_accept()
        self.assertTrue(work(date(2027, 9, 3)))
        self._create_day("2027-09-01")
        self.assertFalse(work(date(2027, 9, 1)))

    def test_the_state_changes_by_accepting_only(self):
        day = self._create_day("2026-12-01")
        with self.assertRaises(AccessError), mute_logger("odoo.addons.base"):
            day.state = "proposed"

    def test_a_day_is_entered_once(self):
        self._create_day("2026-12-01")
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self._create_day("2026-12-01")

    # ---- a past year ----

    def test_a_past_year_never_changes(self):
        day = self.days.search([("date", "=", "2025-04-26")])
        for change in (
            lambda: day.write({"kind": "holiday"}),
            lambda: day.write({"date": "2026-12-01"}),
            day.unlink,
            day.action_accept,
            lambda: self._create_day("2025-12-01"),
            lambda: self._create_day("2026-12-01").write({"date": "2025-12-01"}),
            lambda: self.days.with_context(install_mode=True).create(
                {"date": "2025-12-01", "name": "Ngày", "source": "1/TB"}
            ),
        ):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                change()
        self.assertEqual(day.kind, "swapped_work")

    def test_a_day_of_this_year_changes(self):
        day = self._create_day("2026-03-05")
        self.assertFalse(self.agency._vanban_is_working_day(date(2026, 3, 5)))
        day.date = "2026-03-06"
        self.assertTrue(self.agency._vanban_is_working_day(date(2026, 3, 5)))
        day.unlink()
        self.assertTrue(self.agency._vanban_is_working_day(date(2026, 3, 6)))

    def test_the_past_year_begins_at_midnight_in_viet_nam(self):
        day = self._create_day("2026-12-01")
        with freeze_time("2026-12-31 16:59:59"):
            day.name = "Ngày nghỉ"
        with freeze_time("2026-12-31 17:00:00"), self.assertRaises(UserError):
            day.name = "Ngày"

    def test_what_was_set_is_not_computed_again(self):
        document = self._create_registered()
        deadline = self.agency._vanban_deadline(3)
        document._vanban_in_action().deadline = deadline
        self._create_day("2026-08-11")
        self.env.invalidate_all()
        self.assertEqual(document.deadline, deadline)
        self.assertGreater(self.agency._vanban_deadline(3), deadline)

    # ---- whose days ----

    def test_officers_read_days_and_change_none(self):
        day = self._create_day("2026-12-01").with_user(self.officer)
        self.assertEqual(day.name, "Ngày")
        with mute_logger("odoo.addons.base.models.ir_model"):
            for change in (
                day.action_accept,
                day.action_propose,
                day.unlink,
                lambda: self._create_day("2026-12-02", user=self.officer),
                lambda: day.write({"name": "x"}),
            ):
                with self.assertRaises(AccessError):
                    change()

    def test_days_of_an_agency_are_its_own(self):
        self._create_day("2026-08-11", company_id=self.agency.id)
        self._create_day("2026-09-02", "swapped_work", company_id=self.agency.id)
        tuesday, national = date(2026, 8, 11), date(2026, 9, 2)
        self.assertFalse(self.agency._vanban_is_working_day(tuesday))
        self.assertTrue(self.agency._vanban_is_working_day(national))
        self.assertTrue(self.other_agency._vanban_is_working_day(tuesday))
        self.assertFalse(self.other_agency._vanban_is_working_day(national))
        self.assertFalse(
            self.days.with_user(self.stranger).search([("date", "=", tuesday)])
        )

    # ---- hours ----

    def test_season_gives_other_hours_at_once(self):
        season = (
            self.env["vanban.work.season"]
            .with_user(self.admin)
            .create(
                {
                    "name": "Mùa hè",
                    "calendar_id": self._create_calendar(
                        "Hè", ((7.0, 11.5), (13.5, 17.0))
                    ).id,
                    "company_id": self.agency.id,
                }
            )
        )
        end = self.agency._vanban_deadline
        self.assertEqual(self._local(end(1)), "2026-08-11 17:00")
        self.assertEqual(self._local(end(1, datetime(2026, 11, 1))), "2026-11-02 17:30")
        season.write({"month_from": 9})
        self.assertEqual(self._local(end(1)), "2026-08-11 17:30")
        season.write({"month_from": 4})
        season.unlink()
        self.assertEqual(self._local(end(1)), "2026-08-11 17:30")

    def test_seasons_are_days_of_the_year_and_share_none(self):
        values = {
            "name": "Mùa hè",
            "calendar_id": self.agency.resource_calendar_id.id,
            "company_id": self.agency.id,
        }
        Season = self.env["vanban.work.season"].with_user(self.admin)
        for wrong in ({"day_to": 31, "month_to": 9}, {"month_from": 0}, {"day_to": -1}):
            with self.subTest(wrong), self.assertRaises(ValidationError):
                Season.create({**values, **wrong})
        Season.create(values)
        with self.assertRaises(ValidationError):
            Season.create({**values, "month_from": 10, "day_from": 15, "month_to": 1})
        winter = {"month_from": 10, "day_from": 16, "month_to": 4, "day_to": 15}
        self.assertTrue(Season.create({**values, **winter}))

    def test_hours_and_leaves_of_the_calendar_count_at_once(self):
        calendar = self.agency.resource_calendar_id
        last = calendar.attendance_ids.filtered(
            lambda a: a.dayofweek == "1" and a.hour_from > 12
        )
        last.hour_to = 17
        end = self.agency._vanban_deadline
        self.assertEqual(self._local(end(1)), "2026-08-11 17:00")
        leave = self.env["resource.calendar.leaves"].create(
            {
                "name": "Mất điện",
                "calendar_id": calendar.id,
                "date_from": "2026-08-10 17:00:00",
                "date_to": "2026-08-11 16:59:59",
            }
        )
        self.assertEqual(self._local(end(1)), "2026-08-12 17:30")
        leave.unlink()
        self.assertEqual(self._local(end(1)), "2026-08-11 17:00")
        self.agency.resource_calendar_id = self._create_calendar("Khác")
        self.assertEqual(self._local(end(1)), "2026-08-11 17:30")

    def test_a_thousand_deadlines_ask_the_database_once(self):
        agency = self.agency.with_user(self.officer)
        agency._vanban_deadline(1)
        self.env.flush_all()
        with self.assertQueryCount(0):
            for number in range(1000):
                agency._vanban_deadline(1 + number % 20)
                agency._vanban_deadline_hours(1 + number % 40)

    # ---- documents ----

    def test_waiting_moves_the_deadline_by_the_working_time_waited(self):
        """HT-8.9b: what is waited for somebody else is not counted."""
        document = self._create_handled().with_user(self.officer)
        deadline = self.agency._vanban_deadline(2)
        document._vanban_in_action().deadline = deadline
        held = document.sudo().routing_ids.filtered(lambda r: r.role == "lead")
        held._vanban_in_action().deadline = deadline
        with freeze_time("2026-08-11 02:00:00"):
            document.action_wait("Chờ họp", date(2026, 8, 14))
        # until the afternoon of the next day: 9:00 to 15:30 is 12.5 hours
        with freeze_time("2026-08-12 08:30:00"):
            document.action_resume()
        self.assertRecordValues(
            document, [{"wait_since": False, "state": "processing"}]
        )
        self.assertEqual(self._local(document.deadline), "2026-08-14 14:00")
        self.assertEqual(held.deadline, document.deadline)

    def test_ending_while_waiting_counts_no_wait_either(self):
        document = self._create_handled().with_user(self.officer)
        document._vanban_in_action().deadline = self.agency._vanban_deadline(1)
        document.action_wait("Chờ họp", date(2026, 8, 14))
        with freeze_time("2026-08-14 02:00:00"):
            document.action_finish("no_handling", "Để biết")
        self.assertGreaterEqual(document.deadline, document.done_date)
        self.assertFalse(document.wait_until)

    def test_time_left_is_working_time(self):
        """Two days and three hours left on a Friday end on a Tuesday."""
        document = self._create_registered()
        with freeze_time("2026-08-14 01:00:00"):
            document._vanban_in_action().deadline = "2026-08-18 04:00:00"
            document.invalidate_recordset()
            self.assertEqual(document.work_left, 60 * 19)
        with freeze_time("2026-08-18 07:30:00"):
            document.invalidate_recordset()
            self.assertEqual(document.work_left, -90)
        document._vanban_in_action().deadline = "9999-12-31 23:59:59"
        self.assertGreater(document.work_left, 0)
