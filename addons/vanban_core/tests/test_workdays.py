from datetime import date, datetime, timedelta

from odoo.tests import BaseCase, tagged

from odoo.addons.vanban_core.tools.holidays import propose
from odoo.addons.vanban_core.tools.workdays import STATE_WEEK, WorkTime, add_months

# Nghệ An, 16/4–15/10: 7:00–11:30, 13:30–17:00
SUMMER = (*(((420, 690), (810, 1020)),) * 5, (), ()) * 2
# 7:30–12:00, 13:30–17:00
WINTER = (*(((450, 720), (810, 1020)),) * 5, (), ()) * 2


@tagged("post_install", "-at_install")
class TestHolidays(BaseCase):
    """BLLĐ 2019 Điều 111, 112."""

    def _get_days(self, year, *kinds):
        return {
            f"{holiday.date:%m-%d}"
            for holiday in propose(year)
            if holiday.kind in (kinds or ("holiday", "make_up"))
        }

    def test_there_are_eleven_holidays_and_twelve_from_2026(self):
        self.assertEqual(len(self._get_days(2025, "holiday")), 11)
        for year in range(2026, 2150):
            with self.subTest(year):
                self.assertEqual(len(self._get_days(year, "holiday")), 12)

    def test_what_is_proposed_is_what_the_notices_said(self):
        """5034/TB-LĐTBXH, 6150/TB-BLĐTBXH, 9441/TB-BNV, but for the swapped days."""
        self.assertLessEqual({"09-01", "09-02", "09-04"}, self._get_days(2023))
        self.assertEqual(
            self._get_days(2025),
            {"01-01", "01-27", "01-28", "01-29", "01-30", "01-31"}
            | {"04-07", "04-30", "05-01", "09-01", "09-02"},
        )
        self.assertEqual(
            self._get_days(2026),
            {"01-01", "02-16", "02-17", "02-18", "02-19", "02-20"}
            | {"04-26", "04-27", "04-30", "05-01", "09-01", "09-02", "11-24"},
        )

    def test_make_up_days_are_the_next_that_are_worked(self):
        """29/4/2023 was a Saturday, before 30/4 and 1/5."""
        self.assertLessEqual({"05-02", "05-03"}, self._get_days(2023, "make_up"))
        for year in range(2018, 2100):
            for day in propose(year):
                if day.kind == "make_up":
                    self.assertLess(day.date.weekday(), 5)

    def test_the_day_of_culture_has_no_make_up_day(self):
        """24/11/2029 is a Saturday; Điều 112 does not name the day."""
        self.assertNotIn("11-26", self._get_days(2029))


@tagged("post_install", "-at_install")
class TestWorkTime(BaseCase):
    """Bộ luật Dân sự 2015 Điều 147, 148."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.work = WorkTime(
            days={
                date(2026, 8, 22): "swapped_work",
                date(2026, 8, 31): "swapped_off",
                date(2026, 9, 1): "holiday",
                date(2026, 9, 2): "holiday",
            }
        )

    def test_hours_count_inside_working_time_only(self):
        """HCM-6.2: 4 working hours from Friday 16:00 end on Monday at 10:00."""
        for start, hours, end in (
            ("2026-03-06 16:00", 4, "2026-03-09 10:00"),
            ("2026-03-06 10:30", 4, "2026-03-06 16:30"),
            ("2026-03-06 07:30", 4, "2026-03-06 11:30"),
            ("2026-03-06 07:00", 8, "2026-03-06 17:30"),
            ("2026-03-07 09:00", 1, "2026-03-09 08:30"),
            ("2026-03-07 09:00", 0, "2026-03-07 09:00"),
        ):
            with self.subTest(start=start, hours=hours):
                self.assertEqual(self.work.add_hours(_at(start), hours), _at(end))

    def test_first_day_is_not_counted_and_the_last_is_worked(self):
        for start, days, end in (
            ("2026-03-06 08:00", 1, "2026-03-09 17:30"),
            ("2026-03-04 23:00", 2, "2026-03-06 17:30"),
            # received on 30/4, a Thursday, before 1/5 and a weekend
            ("2026-04-30 08:00", 1, "2026-05-04 17:30"),
            # Saturday 22/8 is worked, Monday 31/8 is not
            ("2026-08-21 08:00", 1, "2026-08-22 17:30"),
            ("2026-08-28 08:00", 1, "2026-09-03 17:30"),
            ("2026-11-23 08:00", 1, "2026-11-25 17:30"),
        ):
            with self.subTest(start=start, days=days):
                self.assertEqual(self.work.add_days(_at(start), days), _at(end))

    def test_months_end_on_the_same_day_or_on_the_last(self):
        self.assertEqual(add_months(date(2026, 1, 29), 1), date(2026, 2, 28))
        self.assertEqual(add_months(date(2028, 1, 31), 1), date(2028, 2, 29))
        self.assertEqual(add_months(date(2026, 11, 15), 3), date(2027, 2, 15))
        # 28/2/2026 is a Saturday
        end = self.work.add_months(_at("2026-01-29 09:00"), 1)
        self.assertEqual(end, _at("2026-03-02 17:30"))

    def test_what_comes_in_until_the_cut_off_is_due_the_same_day(self):
        """128/QĐ-UBND Điều 4.5c: until 15:00."""
        for moment, end in (
            ("2026-03-06 15:00", "2026-03-06 17:30"),
            ("2026-03-06 15:01", "2026-03-09 17:30"),
            ("2026-03-07 08:00", "2026-03-09 17:30"),
        ):
            with self.subTest(moment):
                self.assertEqual(self.work.end_same_day(_at(moment), 15.0), _at(end))

    def test_a_season_has_its_own_hours(self):
        work = WorkTime(weeks=WINTER, seasons=(((4, 16), (10, 15), SUMMER),))
        for day, start in (
            (date(2026, 4, 15), "07:30"),
            (date(2026, 4, 16), "07:00"),
            (date(2026, 10, 15), "07:00"),
            (date(2026, 10, 16), "07:30"),
        ):
            with self.subTest(day):
                self.assertEqual(f"{work.get_intervals(day)[0][0]:%H:%M}", start)

    def test_a_season_may_last_over_new_year(self):
        work = WorkTime(weeks=SUMMER, seasons=(((10, 16), (4, 15), WINTER),))
        for day, start in (
            (date(2026, 4, 15), "07:30"),
            (date(2026, 4, 16), "07:00"),
            (date(2026, 12, 31), "07:30"),
        ):
            with self.subTest(day):
                self.assertEqual(f"{work.get_intervals(day)[0][0]:%H:%M}", start)

    def test_a_year_without_entered_days_has_those_of_the_law(self):
        """No deadline falls on Tết because nobody entered it."""
        for day in (date(2030, 2, 4), date(2030, 9, 3), date(2031, 5, 1)):
            self.assertFalse(self.work.is_working(day), day)

    def test_a_settled_year_keeps_what_is_sure_and_drops_what_was_guessed(self):
        work = WorkTime(settled=frozenset({2027}))
        self.assertFalse(work.is_working(date(2027, 9, 2)))
        self.assertTrue(work.is_working(date(2027, 9, 3)))
        self.assertFalse(self.work.is_working(date(2027, 9, 3)))

    def test_leaves_of_the_calendar_are_not_worked(self):
        work = WorkTime(leaves=((_at("2026-03-05 10:00"), _at("2026-03-05 14:30")),))
        self.assertEqual(
            work.get_intervals(date(2026, 3, 5)),
            (
                (_at("2026-03-05 07:30"), _at("2026-03-05 10:00")),
                (_at("2026-03-05 14:30"), _at("2026-03-05 17:30")),
            ),
        )

    def test_time_worked_over_years_is_that_of_its_days(self):
        """Half days at both ends, Tết, a leap year, a leave over New Year."""
        work = WorkTime(leaves=((_at("2027-12-31 10:00"), _at("2028-01-03 09:00")),))
        start, stop = _at("2026-12-30 09:15"), _at("2029-01-02 15:45")
        day, days = start.date(), timedelta()
        while day <= stop.date():
            for begin, end in work.get_intervals(day):
                days += max(min(end, stop) - max(begin, start), timedelta())
            day += timedelta(days=1)
        self.assertEqual(work.get_worked(start, stop), days)
        self.assertEqual(work.get_worked(stop, start), -days)
        noon, evening = _at("2028-02-29 12:00"), _at("2028-02-29 20:00")
        self.assertEqual(work.get_worked(noon, evening), timedelta(hours=4))
        long_ago = datetime(1, 1, 2)
        self.assertFalse(work.get_worked(long_ago, long_ago + timedelta(days=9)))

    def test_an_agency_that_never_works_has_no_deadline(self):
        closed = WorkTime(weeks=((),) * 14)
        with self.assertRaises(OverflowError):
            closed.add_days(_at("2026-03-05 10:00"), 1)
        with self.assertRaises(OverflowError):
            WorkTime().add_hours(_at("2026-03-05 10:00"), 10**7)

    def test_hours_of_the_state_are_forty_in_five_days(self):
        """QĐ 188/1999/QĐ-TTg"""
        minutes = [sum(end - start for start, end in day) for day in STATE_WEEK]
        self.assertEqual(minutes, [480, 480, 480, 480, 480, 0, 0] * 2)


def _at(text):
    return datetime.fromisoformat(text)
